"""CSV: RFC 4180 in two profiles, each to the byte, and read back by an ordinary reader."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.formats import EXCEL_EN, EXCEL_ZH, MACHINE, MEDIA_TYPES, Representation
from opendata.records import COLLECTIONS, DATASETS
from tests.formats.contract import RepresentationContract
from tests.formats.made_up_row import PERMALINK, row_of
from tests.formats.test_json import NUMBERS

_TYPE = "text/csv; charset=utf-8; header=present"

#: What validated texts may hold: anything that shows, on one line, but the list separator.
_TEXTS = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="|"), min_size=1
) | st.from_regex(r'[,;"\' 水]+', fullmatch=True)

_QUANTITY = {"value_base": None, "unit_base": None}


class TestMachineCsv(RepresentationContract):
    """Field names, codes, no byte order mark; list members joined with a bar."""

    representation = MACHINE
    media_type = "text/csv"
    head = (
        "id,dataset,version,title_zh,title_en,name_zh,name_en,aliases,section,section_path,action,"
        "action_as_printed,category,location_zh,location_en,parties_zh,parties_en,"
        "quantities_value,quantities_unit,quantities_value_base,quantities_unit_base,"
        "quantities_as_printed,deadline,deadline_basis,targets,terms,source_document,source_paragraph,source_start,source_end,source_quote,"
        "caveats_code,caveats_text_zh,caveats_text_en,"
        "previous_ids,corrections_version\r\n"
    )
    fragment = (
        'pump-factory,demo-2030,1.2.3,"建成“水泵厂”,一期",'
        '"Complete the ""pump factory"", phase one",'
        "水泵厂,Pump factory,泵厂|老厂,2.1,2|2.1,complete,建成,industrial-facility,,,"
        "柳溪水泵厂|石桥钢厂,"
        '"Liuxi Pump Factory|Shiqiao Steelworks, Ltd.",600|6.10,item|km,600|6100,1|m,'
        "600件|6.10公里,2030-12-31,implied_by_report_year,industrial-output|new-jobs,,report,3,77,79,建成,ambiguous_scope,"
        "范围不明。,The scope is unclear.,pump-works,1.2.0\r\n"
    )


class TestExcelCsvInChinese(RepresentationContract):
    """Byte order mark, Chinese headers, codes spelled out, every row attributable."""

    representation = EXCEL_ZH
    media_type = "text/csv"
    head = (
        "\ufeff标识,标题,名称,别名,章节,章节路径,推进方式,推进方式原文,类别,地点,参与方,规模：数值,规模：单位,"
        "规模：基本单位数值,规模：基本单位,规模：原文表述,期限,期限依据,相关目标,相关术语,出处：文件,出处：段落,出处：起点,出处：终点,"
        "出处：原文,注意事项：代码,注意事项：内容,曾用标识,更正：版本,数据集,版本,许可,永久链接\r\n"
    )
    fragment = (
        'pump-factory,"建成“水泵厂”,一期",水泵厂,泵厂；老厂,2.1 绿色工业,'
        "2 工业；2.1 绿色工业,建成,建成,工业设施,,"
        "柳溪水泵厂；石桥钢厂,600；6.10,件；公里,600；6100,1；m,600件；6.10公里,2030-12-31,按报告年度推定,"
        "工业产值；新增就业,,report,3,77,79,建成,范围不明,范围不明。,pump-works,1.2.0,柳溪县2030年工作安排,v1.2.3,"
        f"CC-BY-4.0,{PERMALINK}\r\n"
    )


class TestExcelCsvInEnglish(RepresentationContract):
    """The same in English."""

    representation = EXCEL_EN
    media_type = "text/csv"
    head = (
        "\ufeffIdentifier,Title,Name,Aliases,Section,Section path,Action,Action as printed,"
        "Category,Location,Parties,Quantities: value,Quantities: unit,"
        "Quantities: value in base units,"
        "Quantities: base unit,Quantities: as printed,Deadline,"
        "Basis of the deadline,Targets,Terms,Source: document,Source: paragraph,Source: start,"
        "Source: end,Source: quote,Caveats: code,Caveats: text,Previous ids,"
        "Corrections: version,Dataset title,Version,Licence,"
        "Permalink\r\n"
    )
    fragment = (
        'pump-factory,"Complete the ""pump factory"", phase one",Pump factory,泵厂; 老厂,'
        "2.1 Green industry,2 Industry; 2.1 Green industry,Complete,建成,Industrial facility,,"
        '"Liuxi Pump Factory; Shiqiao Steelworks, Ltd.",600; 6.10,item; kilometre,600; 6100,1; m,'
        "600件; 6.10公里,2030-12-31,Implied by the report's year,"
        "Industrial output; New jobs,,report,3,77,79,建成,"
        "Ambiguous scope,The scope is unclear.,pump-works,1.2.0,"
        "Work plan of Liuxi County for 2030,v1.2.3,"
        f"CC-BY-4.0,{PERMALINK}\r\n"
    )


def _read(representation: Representation, fragment: bytes) -> dict[str, str]:
    """Return a row as an ordinary CSV reader sees it; it must be exactly one."""
    whole = representation.head(COLLECTIONS["projects"]) + fragment
    lines = list(csv.reader(io.StringIO(whole.decode("utf-8-sig"), newline=""), strict=True))
    assert [len(line) for line in lines] == [len(lines[0])] * 2
    return dict(zip(*lines, strict=True))


@given(zh=_TEXTS, en=_TEXTS, aliases=st.lists(_TEXTS), value=NUMBERS)
def test_machine_cells_read_back(zh: str, en: str, aliases: list[str], value: str) -> None:
    """Whatever a text holds, a reader gets it back, and a list splits at its bars."""
    quantity = {**_QUANTITY, "value": Decimal(value), "unit": "item", "as_printed": zh}
    row = row_of(title={"zh": zh, "en": en}, aliases=aliases, quantities=[quantity])
    read = _read(MACHINE, MACHINE.fragment(row))
    assert (read["title_zh"], read["title_en"]) == (zh, en)
    assert (read["aliases"].split("|") if aliases else []) == aliases
    assert read["quantities_value"] == value


@given(zh=_TEXTS, en=_TEXTS, value=NUMBERS)
def test_excel_cells_read_back(zh: str, en: str, value: str) -> None:
    """The profile for people alters no text and no figure either."""
    quantity = {**_QUANTITY, "value": Decimal(value), "unit": "nameless", "as_printed": zh}
    row = row_of(title={"zh": zh, "en": en}, quantities=[quantity])
    chinese = _read(EXCEL_ZH, EXCEL_ZH.fragment(row))
    english = _read(EXCEL_EN, EXCEL_EN.fragment(row))
    assert (chinese["标题"], english["Title"]) == (zh, en)
    assert chinese["规模：数值"] == english["Quantities: value"] == value
    assert chinese["规模：单位"] == english["Quantities: unit"] == "nameless"


@pytest.mark.parametrize("collection", [*COLLECTIONS.values(), DATASETS])
@pytest.mark.parametrize(
    ("representation", "added"),
    [
        (EXCEL_ZH, ["数据集", "版本", "许可", "永久链接"]),
        (EXCEL_EN, ["Dataset title", "Version", "Licence", "Permalink"]),
    ],
)
def test_every_table_for_people_is_attributable(
    representation: Representation, added: list[str], collection: object
) -> None:
    """Dataset, version, licence and permalink close every row; no header stands twice."""
    head = representation.head(collection).decode("utf-8-sig")  # type: ignore[arg-type]
    headers = head.rstrip("\r\n").split(",")
    assert headers[-4:] == added
    assert len(set(headers)) == len(headers)


def test_suffixes_name_their_media_types() -> None:
    """JSON comes first, for clients without a preference."""
    assert list(MEDIA_TYPES.items())[:2] == [("json", "application/json"), ("csv", "text/csv")]
    assert list(MEDIA_TYPES) == ["json", "csv", "ndjson", "xlsx"]


def test_both_formats_hold_the_same_figures() -> None:
    """A figure is written alike in JSON and CSV."""
    value = json.loads("6.10", parse_float=Decimal)
    assert _read(MACHINE, MACHINE.fragment(row_of()))["quantities_value"] == f"600|{value}"
