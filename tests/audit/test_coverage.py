"""Every numeral and every sentence is evidence of a record, or excluded with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit import made_up_report
from tests.audit.finding import audit_of, drop, edit, records_of, unaccounted
from tests.audit.made_up_report import DRAFT

Left = list[tuple[str, str, int]]

#: What of the report is left when one record is dropped.
RECORDS: dict[tuple[str, str], Left] = {
    ("targets", "gdp"): [("numeral", "6.5", 3), ("clause", "地区生产总值增长6.5%左右", 3)],
    ("targets", "revenue"): [("numeral", "4", 3), ("clause", "公共预算收入增长4%以上", 3)],
    ("targets", "grain"): [("numeral", "30万", 3), ("clause", "粮食产量保持30万吨以上", 3)],
    ("targets", "exports"): [("numeral", "300亿", 3), ("clause", "出口额突破300亿元", 3)],
    ("targets", "firms"): [("numeral", "120", 5), ("clause", "规上企业达到120家", 5)],
    ("targets", "coverage"): [("numeral", "97", 5), ("clause", "数字化覆盖率提升至97%", 5)],
    ("targets", "floor-space"): [("numeral", "12.5万", 5), ("clause", "新建厂房12.5万平方米", 5)],
    ("targets", "new-firms"): [("numeral", "1千", 5), ("sentence", "力争全年新增企业1千户。", 5)],
    ("targets", "occupancy"): [("numeral", "75", 6), ("clause", "园区入驻率超75%", 6)],
    ("targets", "base-stations"): [("numeral", "2000", 6), ("clause", "5g基站扩增至2000个", 6)],
    ("targets", "investment"): [("numeral", "3", 6), ("clause", "投资增长3%点击查看2图", 6)],
    ("targets", "unemployment"): [("numeral", "4.5", 7), ("clause", "失业率保持4.5%以下", 7)],
    ("targets", "clean-air"): [("numeral", "85", 7), ("clause", "空气优良率保持85%", 7)],
    ("targets", "new-jobs"): [("numeral", "1,200", 7), ("clause", "新增就业1,200人", 7)],
    ("targets", "districts"): [("numeral", "十二", 7), ("sentence", "改造十二大片区。", 7)],
    ("targets", "lantern-fair"): [("sentence", "办好桥灯会。", 7)],
    ("projects", "waterworks"): [
        ("numeral", "2万", 8),
        ("sentence", "建成双桥水厂,日供水2万吨。", 8),
    ],
    ("projects", "road-102"): [("numeral", "102", 8), ("sentence", "推进102国道改造。", 8)],
    ("glossary", "large-firms"): [
        ("numeral", "2", 12),
        ("sentence", "2.规上企业:指年收入2000万元以上的企业。", 12),
    ],
    ("glossary", "three-products"): [
        *(("numeral", numeral, 6) for numeral in "三一1"),
        *(("numeral", numeral, 11) for numeral in "1三一1"),
        ("sentence", "1.“三品一特”[1]:指品种、品质、品牌和特色。", 11),
    ],
}
#: The same for each exclusion, in the order of the file.
EXCLUSIONS: Left = [
    ("numeral", "2031", 1),
    ("numeral", "一", 2),
    ("numeral", "二十", 3),
    ("numeral", "二", 4),
    ("numeral", "一", 5),
    ("numeral", "5", 6),
    ("numeral", "2", 6),
    ("numeral", "三", 9),
    ("numeral", "2000万", 12),
    ("numeral", "2031", 13),
    ("numeral", "05", 13),
    ("numeral", "06", 13),
    ("sentence", "一、主要预期目标", 2),
    ("sentence", "二、重点工作", 4),
    ("sentence", "做强实体经济。", 5),
    ("sentence", "统一规划、统筹推进。", 5),
    ("sentence", "增进民生福祉。", 7),
    ("sentence", "三、自身建设:持之以恒改进作风。", 9),
    ("sentence", "名词说明", 10),
    ("clauses", "贯彻党的二十大精神,主要预期目标是", 3),
    ("clause", "深入开展“三品一特”[1]行动", 6),
]


@pytest.mark.parametrize(
    ("dropped", "left"), RECORDS.items(), ids=[record for _, record in RECORDS]
)
def test_without_a_record_exactly_what_it_stood_for_is_left(
    dropped: tuple[str, str], left: Left, datasets: Path
) -> None:
    """Its numerals and its clause, or its sentence where it was alone in it."""
    drop(datasets, f"{dropped[0]}.yaml", dropped[1])
    if dropped[1] == "large-firms":
        edit(datasets, "targets.yaml", "firms", ("  terms: [large-firms]\n", ""))
    found = audit_of(datasets)[1]
    assert sorted(unaccounted(found)) == sorted(left)
    assert len(found) == len(left)


@pytest.mark.parametrize("index", range(21))
def test_without_an_exclusion_exactly_what_it_excluded_is_left(index: int, datasets: Path) -> None:
    """Headings, years, ordinals, notes, the footer, and 一 within the word 统一."""
    path = datasets / DRAFT / "exclusions.yaml"
    entries = records_of(path)
    assert len(entries) == len(EXCLUSIONS)
    path.write_text("".join(entries[:index] + entries[index + 1 :]), "utf-8")
    found = audit_of(datasets)[1]
    assert unaccounted(found) == [EXCLUSIONS[index]]
    assert len(found) == 1


def test_without_the_file_of_exclusions_all_of_them_are_left(datasets: Path) -> None:
    """21 findings, and no numeral counts as excluded."""
    (datasets / DRAFT / "exclusions.yaml").unlink()
    figures, found = audit_of(datasets)
    assert sorted(unaccounted(found)) == sorted(EXCLUSIONS)
    assert figures["numerals"] == {"total": 37, "evidence": 25, "excluded": 0, "reasons": []}
    assert figures["sentences"] == {"total": 18, "evidence": 11, "excluded": 0, "reasons": []}
    assert figures["clauses"] == {"total": 40, "evidence": 25, "excluded": 0, "reasons": []}


def test_what_is_left_is_shown_in_its_context(datasets: Path) -> None:
    """With paragraph and offsets, so that a record or an exclusion can be written."""
    drop(datasets, "targets.yaml", "occupancy")
    clause, numeral = audit_of(datasets)[1]
    for finding in (clause, numeral):
        assert finding.place.file == str(datasets / DRAFT / "dataset.yaml")
        assert (finding.record, finding.field) == ("report", "-")
    assert numeral.message == (
        "does not account for the numeral 75 of paragraph 6, 200 to 202 "
        "(… 动,园区入驻率超75%,5g基站扩增 …)"
    )
    assert numeral.fix == "give it a record, or exclude it in exclusions.yaml with a reason"
    assert clause.message == (
        "does not account for the clause 园区入驻率超75% of paragraph 6, 194 to 203"
    )
    assert clause.fix == (
        "give it a record, or exclude it in exclusions.yaml with a reason: - {kind: clause, "
        'reason: …, document: report, paragraph: 6, start: 194, end: 203, quote: "园区入驻率超75%"}'
    )


def test_an_exclusion_that_excludes_nothing_is_found(datasets: Path) -> None:
    """It stands where there is no numeral."""
    path = datasets / DRAFT / "exclusions.yaml"
    text = path.read_text("utf-8")
    place = "paragraph: 7\n  start: 283\n  end: 285\n  quote: 办好\n"
    entry = f"- kind: numeral\n  reason: word\n  document: report\n  {place}"
    path.write_text(text + entry, "utf-8")
    [finding] = audit_of(datasets)[1]
    line = len(text.splitlines()) + 1
    assert (finding.place.file, finding.place.line) == (str(path), line)
    assert (finding.record, finding.field) == ("#22", "-")
    assert finding.message == "excludes no numeral of the source"
    assert finding.fix == "correct its offsets or remove it"


@pytest.mark.parametrize("kind", ["numeral", "sentence"])
def test_an_exclusion_of_the_other_kind_excludes_nothing(kind: str, datasets: Path) -> None:
    """A numeral is not excluded with its sentence, nor a sentence with its numeral."""
    path = datasets / DRAFT / "exclusions.yaml"
    entries = records_of(path)
    index = {"numeral": 0, "sentence": 14}[kind]
    other = {"numeral": "sentence", "sentence": "numeral"}[kind]
    entries[index] = entries[index].replace(f"kind: {kind}", f"kind: {other}")
    path.write_text("".join(entries), "utf-8")
    found = audit_of(datasets)[1]
    assert unaccounted(found) == [EXCLUSIONS[index]]
    assert [p.message for p in found[1:]] == [f"excludes no {other} of the source"]


def test_a_sentence_is_excluded_from_its_start(datasets: Path) -> None:
    """Not from its second character."""
    path = datasets / DRAFT / "exclusions.yaml"
    entries = records_of(path)
    start = int(entries[14].partition("start: ")[2].partition("\n")[0])
    entries[14] = entries[14].replace(f"start: {start}", f"start: {start + 1}")
    entries[14] = entries[14].replace("做强", "强")
    path.write_text("".join(entries), "utf-8")
    found = audit_of(datasets)[1]
    assert unaccounted(found) == [("sentence", "做强实体经济。", 5)]
    assert [(p.record, p.message) for p in found[1:]] == [
        ("#15", "excludes no sentence of the source")
    ]


def test_a_numeral_in_a_quote_is_no_evidence_unless_the_figure_holds_it(datasets: Path) -> None:
    """The record's figure must be the numeral: a wide quote hides nothing."""
    path = datasets / DRAFT / "targets.yaml"
    drop(datasets, "targets.yaml", "occupancy")
    text = path.read_text("utf-8").partition("id: base-stations")[2]
    at = int(text.partition("start: ")[2].split()[0])
    wide = "园区入驻率超75%,5g基站扩增至2000个"
    edit(
        datasets,
        "targets.yaml",
        "base-stations",
        (f"start: {at}", f"start: {at - 10}"),
        ("5g基站扩增至2000个", wide),
    )
    assert unaccounted(audit_of(datasets)[1]) == [("numeral", "75", 6)]


def test_a_numeral_in_a_projects_quote_is_evidence_if_its_name_or_size_holds_it(
    tmp_path: Path,
) -> None:
    """102 is in the name of the road; how long it is, stands in no field."""
    change = ("推进102国道改造", "推进102国道39公里改造")
    datasets = made_up_report.write(tmp_path, change)
    assert unaccounted(audit_of(datasets)[1]) == [("numeral", "39", 8)]


def test_numerals_of_members_are_evidence_though_the_quote_ends_before(tmp_path: Path) -> None:
    """A term's quote may be its beginning; its members are read from the note."""
    quote = ("[1]:指品种、品质、品牌和特色\n", "[1]:\n")
    member = ("和特色。", "和百强。")
    datasets = made_up_report.write(tmp_path, member, quote)
    assert unaccounted(audit_of(datasets)[1]) == [("numeral", "百", 11)]
    edit(datasets, "glossary.yaml", "three-products", ("zh: 特色", "zh: 百强"))
    assert audit_of(datasets)[1] == []
