"""Every clause is in a record's own words or excluded with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from opendata.audit import SourceText
from opendata.errors import InvalidDataError
from tests.audit import made_up_report
from tests.audit.finding import audit_of, drop, edit, records_of, unaccounted
from tests.audit.made_up_report import DRAFT

SUPPORTED = "支持桥头甲厂、河东乙厂等企业做大做强"
FIRST = f"first 桥头甲厂 support 支持 {SUPPORTED}"
SECOND = f"second 河东乙厂 support 支持 {SUPPORTED}"
SHOPS = "新增茶馆、书店等小店40家"


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("做强工业,新增5家;办好会。", ["做强工业", "新增5家", "办好会"]),
        ("一是：甲、乙，丙！丁？", ["一是", "甲", "乙", "丙", "丁"]),
        ("建成甲厂、乙厂等项目5个", ["建成甲厂", "乙厂等", "项目5个"]),
        ("甲等[3]项目", ["甲等[3]", "项目"]),
        ("提升等级,坚持平等,高等学校等于零", ["提升等级", "坚持平等", "高等学校等于零"]),
        ("修路(甲街、乙街)、桥（丙,丁）", ["修路(甲街、乙街)", "桥（丙,丁）"]),
        ("深化“甲、乙等,丙”行动[1],完", ["深化“甲、乙等,丙”行动[1]", "完"]),
        ("不配对的(甲,乙“丙、丁", ["不配对的(甲", "乙“丙", "丁"]),
        ("新增1,200人,3,4月", ["新增1,200人", "3", "4月"]),
        ("甲, 乙。 丙", ["甲", "乙", "丙"]),
    ],
)
def test_what_a_clause_is(text: str, clauses: list[str]) -> None:
    """Split at marks and after 等, not within brackets, quotation marks, words and numbers."""
    source = SourceText(f"标题\n{text}\n")
    assert [source[clause] for clause in source.clauses] == ["标题", *clauses]
    assert {clause.paragraph for clause in source.clauses[1:]} == {2}


def test_projects_of_a_list_answer_for_their_own_items(tmp_path: Path) -> None:
    """And each for what they have in common after 等; nothing needs an exclusion."""
    datasets = made_up_report.write_projects(tmp_path, SUPPORTED, FIRST, SECOND)
    assert audit_of(datasets)[1] == []
    drop(datasets, "projects.yaml", "second")
    assert unaccounted(audit_of(datasets)[1]) == [("clause", "河东乙厂等", 8)]


@pytest.mark.parametrize(
    ("sentence", "row", "left"),
    [
        # the name stands in parts: its beginning tells it from the rest
        ("改造东街、西街排水管网", "p 东街排水管网 upgrade 改造", [("clause", "西街排水管网", 8)]),
        # neither the name nor its beginning: the longest stretch they share
        ("改造老东街、西街管网", "p 石桥西街管网 upgrade 改造", [("clause", "改造老东街", 8)]),
        # nothing shared: the whole quote
        ("改造老东街、西街管网", "p 无 upgrade 改造", []),
        # capitals, quotation marks and interpuncts do not count
        ("建设5g·港、新港", "p 5G港 advance 建设", [("clause", "新港", 8)]),
        (
            *("改造旧街、“新”城、新港", "p 新·城 upgrade 改造"),
            [("clause", "改造旧街", 8), ("clause", "新港", 8)],
        ),
        # no list: the whole quote
        ("改造东街,让居民满意", "p 东街 upgrade 改造", []),
        # what precedes the name is no one's
        ("改造东街等街道、新港", "p 新港 upgrade 改造", [("clauses", "改造东街等街道", 8)]),
    ],
)
def test_what_of_a_list_is_a_projects_own(
    sentence: str, row: str, left: list[tuple[str, str, int]], tmp_path: Path
) -> None:
    """By its name, as far as that is printed."""
    datasets = made_up_report.write_projects(tmp_path, sentence, f"{row} {sentence}")
    found = [found for found in unaccounted(audit_of(datasets)[1]) if found[0] != "numeral"]
    assert found == left


@pytest.mark.parametrize(
    "detail",
    ["parties: [{zh: 东院, en: East}]", "aliases: [东院]"],
)
def test_parties_and_aliases_are_a_projects_own(detail: str, tmp_path: Path) -> None:
    """与东院、西院共建医联体: the name stands in the second clause alone."""
    sentence = "与东院、西院共建医联体"
    row = f"union 医联体 advance 共建 {sentence}"
    datasets = made_up_report.write_projects(tmp_path, sentence, row)
    if detail.startswith("aliases"):
        edit(datasets, "projects.yaml", "union", ("name: {zh: 医联体", "name: {zh: 联盟医联"))
    else:
        assert unaccounted(audit_of(datasets)[1]) == [("clause", "与东院", 8)]
    edit(datasets, "projects.yaml", "union", ("  section:", f"  {detail}\n  section:"))
    left = [("clause", "西院共建医联体", 8)] if detail.startswith("aliases") else []
    assert unaccounted(audit_of(datasets)[1]) == left


def test_a_quote_that_stops_before_and_leaves_the_rest(tmp_path: Path) -> None:
    """改造东街和西街: a record of the first street does not answer for the second."""
    rows = ("p 东街 upgrade 改造 改造东街", "q 西街 upgrade 改造 改造东街和西街")
    datasets = made_up_report.write_projects(tmp_path, "改造东街和西街", *rows)
    assert audit_of(datasets)[1] == []
    drop(datasets, "projects.yaml", "q")
    assert unaccounted(audit_of(datasets)[1]) == [("clause", "改造东街和西街", 8)]


def test_a_quantity_is_a_projects_own(tmp_path: Path) -> None:
    """It stands in a clause of its own, and the name in another."""
    sentence = "新建桥亭、桥廊,总长30米"
    row = f"p 桥廊 start 新建 {sentence}"
    datasets = made_up_report.write_projects(tmp_path, sentence, row)
    quantity = "quantities: [{value: 30, unit: item, as_printed: 30米}]"
    left = [("clause", "新建桥亭", 8)]
    more = [("clause", "总长30米", 8), ("numeral", "30", 8)]
    assert sorted(unaccounted(audit_of(datasets)[1])) == sorted(left + more)
    edit(datasets, "projects.yaml", "p", ("  section:", f"  {quantity}\n  section:"))
    assert unaccounted(audit_of(datasets)[1]) == left


def test_a_figure_does_not_answer_for_the_examples_before_it(tmp_path: Path) -> None:
    """茶馆、书店等 are excluded as examples, or named by projects."""
    datasets = made_up_report.write(tmp_path, ("新增就业1,200人", SHOPS), ("1,200人", "40家"))
    edit(
        datasets,
        "targets.yaml",
        "new-jobs",
        ("value: 1200", "value: 40"),
        ("unit: person", "unit: enterprise"),
        ("indicator: new-jobs", "indicator: firms"),
    )
    left = [("clauses", "新增茶馆、书店等", 7)]
    assert unaccounted(audit_of(datasets)[1]) == left


def test_an_outcome_answers_for_the_whole_of_its_quote(tmp_path: Path) -> None:
    """Also for what stands before 等: there is no figure that counts others."""
    datasets = made_up_report.write(tmp_path, ("办好桥灯会", "办好桥灯会、龙舟赛等活动"))
    assert audit_of(datasets)[1] == []


def test_a_mention_of_a_term_answers_for_no_clause(datasets: Path) -> None:
    """Its marker's numeral does; the clause around it needs a record."""
    entries = records_of(datasets / DRAFT / "exclusions.yaml")
    (datasets / DRAFT / "exclusions.yaml").write_text("".join(entries[:-1]), "utf-8")
    left = [("clause", "深入开展“三品一特”[1]行动", 6)]
    assert unaccounted(audit_of(datasets)[1]) == left


def _exclude(datasets: Path, quote: str, *, cut: str | None = None, paragraph: int = 6) -> None:
    """Exclude a stretch of the report as clauses."""
    report = (datasets.parent / "report.txt").read_text("utf-8")
    start = report.index(quote)
    place = f"paragraph: {paragraph}, start: {start}, end: {start + len(quote)}"
    path = datasets / DRAFT / "exclusions.yaml"
    entry = f"- {{kind: clause, reason: general_aim, document: report, {place}, quote: "
    path.write_text(f'{path.read_text("utf-8")}{entry}"{cut or quote}"}}\n', "utf-8")


@pytest.fixture
def aims(tmp_path: Path) -> Path:
    """A draft that leaves two stretches of paragraph 6 and one of 7 to be excluded."""
    aim = "投资增长3%点击查看2图,做优服务、做强品牌,不断提升群众的获得感、幸福感和安全感。"
    return made_up_report.write(tmp_path, ("投资增长3%点击查看2图。", aim))


LONG = "做优服务、做强品牌,不断提升群众的获得感、幸福感和安全感"


def test_neighbours_are_reported_and_excluded_together(aims: Path) -> None:
    """The fix is an entry that needs its reason alone."""
    [finding] = audit_of(aims)[1]
    assert finding.message == (
        f"does not account for the clauses {LONG} of paragraph 6, 230 to {230 + len(LONG)}"
    )
    entry = finding.fix.partition("with a reason: ")[2].replace("…, doc", "general_aim, doc")
    assert 'quote: "做优服务、做强品牌,不断…"' in entry
    path = aims / DRAFT / "exclusions.yaml"
    path.write_text(f"{path.read_text('utf-8')}{entry}\n", "utf-8")
    figures, found = audit_of(aims)
    assert found == []
    assert figures["clauses"]["excluded"] == 15 + 4
    assert figures["clauses"]["reasons"][0] == {"reason": "general_aim", "count": 8 + 4}


def test_the_final_mark_may_be_excluded_too(aims: Path) -> None:
    """Or not."""
    _exclude(aims, f"{LONG}。", cut="做优服务…")
    assert audit_of(aims)[1] == []


@pytest.mark.parametrize(
    ("quote", "cut", "said"),
    [
        ("优服务、做强品牌", None, "cuts into a clause of 做优服务、做强品牌"),
        ("做优服务、做强", None, "cuts into a clause of 做优服务、做强品牌"),
        ("做优服务、", None, "cuts into a clause of 做优服务"),
        (
            "不断提升群众的获得感、幸福感和安全感。\n\n  增进民生福祉",
            "不断…",
            "runs over the end of a sentence",
        ),
        (
            "投资增长3%点击查看2图",
            None,
            "excludes 投资增长3%点击查看2图, which a record answers for",
        ),
        ("做强实体经济", None, "excludes 做强实体经济, which is excluded already"),
        ("深入开展“三品一特”[1]行动", None, "which is excluded already"),
        (",", None, "excludes no clause of the source"),
    ],
)
def test_an_exclusion_that_is_not_of_whole_clauses_left_over_is_found(
    quote: str, cut: str | None, said: str, aims: Path
) -> None:
    """It cuts a clause, runs on, contradicts a record, repeats an exclusion, or is of none."""
    paragraph = 5 if quote == "做强实体经济" else 3 if quote == "," else 6
    _exclude(aims, quote, cut=cut, paragraph=paragraph)
    found = [finding for finding in audit_of(aims)[1] if finding.record == "#22"]
    assert any(said in finding.message for finding in found), found


@pytest.mark.parametrize(
    ("cut", "said"),
    [
        ("做强品牌…", "quote is not what stands from 230"),
        (
            "做优服务、做强品牌,不断提升群众的获得感、幸福感和安全感",
            "is not cut, though its clauses",
        ),
        ("做优服务、做强品牌,不断提升群众的获得感…", "is not cut, though its clauses have 28"),
    ],
)
def test_a_long_stretch_is_quoted_by_its_beginning(cut: str, said: str, aims: Path) -> None:
    """The report is not republished, and what is quoted stands there."""
    _exclude(aims, LONG, cut=cut)
    try:
        said_of = [f"{p.field} {p.message}" for p in audit_of(aims)[1]]
    except InvalidDataError as invalid:
        said_of = [str(invalid)]
    assert any(said in text for text in said_of), said_of


def test_a_short_stretch_is_quoted_in_full(aims: Path) -> None:
    """As a record is."""
    _exclude(aims, "做优服务、做强品牌", cut="做优服务…")
    with pytest.raises(InvalidDataError, match="quote has 5 characters but start and end span 9"):
        audit_of(aims)
