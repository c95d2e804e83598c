"""Reading a request: what is asked for, and every fault at once."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.query import Condition, Operator, Query, checks, fields_of
from opendata.query.faults import MAX_FAULTS, RequestFault
from opendata.query.filters import filters
from opendata.query.parameters import MAX_CONDITIONS, MAX_MEMBERS, MAX_TEXT
from opendata.query.reading import Arguments, Request, read
from opendata.query.settings import field_names, settings
from opendata.query.values import Kind, encode
from opendata.records import COLLECTIONS, DATASETS, Collection

TARGETS = COLLECTIONS["targets"]
CODES = {"units": ["percent", "cny-100m"]}
ALL = [*COLLECTIONS.values(), DATASETS]


def asked(*arguments: tuple[str, str]) -> tuple[Request, list[RequestFault]]:
    given: Arguments = [(name, [text]) for name, text in arguments]
    known = filters(TARGETS, CODES, across=True), settings(TARGETS)
    return read(TARGETS, "/v1/targets", given, *known)


def fault(*arguments: tuple[str, str]) -> RequestFault:
    _, [found] = asked(*arguments)
    return found


@pytest.mark.parametrize(
    ("name", "text", "operator", "values"),
    [
        ("strength", "strive", Operator.EQ, ("strive",)),
        ("strength__ne", "strive", Operator.NE, ("strive",)),
        ("unit__in", "percent,cny-100m", Operator.IN, ("percent", "cny-100m")),
        ("value__gte", "6.10", Operator.GTE, (encode(Kind.NUMBER, Decimal("6.1")),)),
        ("value_base__lt", "1e9", Operator.LT, (encode(Kind.NUMBER, Decimal(10**9)),)),
        ("source_paragraph__gt", "7", Operator.GT, (encode(Kind.NUMBER, 7),)),
        ("source_paragraph", "5.0", Operator.EQ, (encode(Kind.NUMBER, 5),)),
        ("source_paragraph", "5e1", Operator.EQ, (encode(Kind.NUMBER, 50),)),
        ("value", "0e-450", Operator.EQ, (encode(Kind.NUMBER, 0),)),
        ("unit__in", "percent,percent", Operator.IN, ("percent",)),
        ("deadline__lte", "2025-12-31", Operator.LTE, ("2025-12-31",)),
        ("title_zh__contains", "教育, 100%", Operator.CONTAINS, ("教育, 100%",)),
        ("id__startswith", "gdp", Operator.STARTSWITH, ("gdp",)),
        ("indicator__isnull", "true", Operator.ISNULL, ("true",)),
        ("terms__isnull", "false", Operator.ISNULL, ("false",)),
        ("version__gt", "0.9.0", Operator.GT, (encode(Kind.VERSION, "0.9.0"),)),
    ],
)
def test_condition(name: str, text: str, operator: Operator, values: tuple[str, ...]) -> None:
    request, faults = asked((name, text))
    stem = name.partition("__")[0]
    assert faults == []
    assert request.query.conditions == (Condition(fields_of(TARGETS)[stem], operator, values),)


def test_every_setting() -> None:
    request, faults = asked(
        ("q", "教育"),
        ("sort", "-value,id"),
        ("fields", "id,title,value_base"),
        ("facet", "strength,terms"),
        ("expand", "terms"),
        ("limit", "25"),
        ("bom", "true"),
    )
    assert faults == []
    assert request.query.search == "教育"
    assert [(o.field.name, o.descending) for o in request.query.order] == [
        ("value", True),
        ("id", False),
    ]
    assert request.names("fields") == ("id", "title", "value_base")
    assert request.names("facet") == ("strength", "terms")
    assert request.names("expand") == ("terms",)
    assert request.limit == 25
    assert request.settings["bom"] is True


def test_nothing_asked() -> None:
    assert asked() == (Request(), [])


@pytest.mark.parametrize(
    ("name", "text", "code", "nearest"),
    [
        ("valeu", "1", "unknown_parameter", "value"),
        ("value__gtt", "1", "unknown_operator", "value__gt"),
        ("value__contains", "1", "unknown_operator", None),
        ("strength", "strve", "unknown_value", "strive"),
        ("unit__in", "percent,cny", "unknown_value", None),
        ("sort", "titel_zh", "unknown_field", "title_zh"),
        ("sort", "terms", "unfit_field", None),
        ("sort", "-caveats_code", "unfit_field", None),
        ("facet", "title_zh", "unfit_field", None),
        ("facet", "title", "unknown_field", None),
        ("value", "1,000", "wrong_form", None),
        ("value", "1e-500", "out_of_range", None),
        ("value", "1e31", "out_of_range", None),
        ("value", "", "wrong_form", None),
        ("source_paragraph", "1.5", "wrong_form", None),
        ("source_paragraph", "1e-400", "wrong_form", None),
        ("source_start", "1000000000", "out_of_range", None),
        ("limit", "", "wrong_form", None),
        ("strength", "", "wrong_form", None),
        ("unit__in", "percent,", "wrong_form", None),
        ("deadline", "2025-02-30", "wrong_form", None),
        ("deadline", "20251231", "wrong_form", None),
        ("dataset", "Kuiwen", "wrong_form", None),
        ("indicator__isnull", "yes", "wrong_form", None),
        ("title_zh", "", "wrong_form", None),
        ("title_zh__contains", (MAX_TEXT + 1) * "字", "too_long", None),
        ("q", (MAX_TEXT + 1) * "字", "too_long", None),
        ("unit__in", ",".join((MAX_MEMBERS + 1) * ["percent"]), "too_many", None),
        ("fields", "id,id", "repeated", None),
        ("limit", "0", "out_of_range", None),
        ("limit", "1001", "out_of_range", None),
        ("cursor", "2", "wrong_form", None),
        ("profile", "exel", "unknown_value", "excel"),
    ],
)
def test_fault(name: str, text: str, code: str, nearest: str | None) -> None:
    found = fault((name, text))
    assert (found.parameter, found.code) == (name, code)
    assert found.message.zh
    assert found.message.en
    if nearest:
        assert found.nearest == nearest
        assert nearest in found.allowed
        assert nearest in found.message.en
        assert nearest in found.message.zh


@pytest.mark.parametrize(
    ("name", "text", "zh", "en"),
    [
        ("sort", "-terms", "terms 是列表字段，", "terms may have several values, so"),
        ("facet", "title_zh", "title_zh 是文字，", "title_zh is a text, so"),
        ("source_start", "1000000000", "0 至 999999999 ", "between 0 and 999999999."),
        ("value", "1e31", "-1e30 至 1e30 ", "between -1e30 and 1e30."),
        ("value", "1e-450", "1e-400", "1e-400 is the closest"),
        ("limit", "", "没有值", "has no value"),
        ("limit", "many", "写成 1000，", "write 1000, "),
        ("deadline", "", "没有值", "has no value"),
    ],
)
def test_messages_say_what_is_wrong(name: str, text: str, zh: str, en: str) -> None:
    found = fault((name, text)).message
    assert zh in found.zh
    assert en in found.en


def test_a_parameter_of_another_format_is_said_to_be_one() -> None:
    known, others = filters(TARGETS, CODES, across=True), {"delimiter": ["csv", "xlsx"]}
    _, [found] = read(TARGETS, "", [("delimiter", ["tab"])], known, {}, others=others)
    assert (found.code, found.allowed, found.nearest) == ("unknown_parameter", (), None)
    assert found.message.en == "is a parameter of .csv, .xlsx only."
    assert found.message.zh == "只用于 .csv, .xlsx。"


@pytest.mark.parametrize("name", ["unit__in", "fields", "sort"])
def test_a_list_that_is_too_long_has_that_one_fault(name: str) -> None:
    assert fault((name, ",".join(f"x{n}" for n in range(3000)))).code == "too_many"


def test_a_wrong_member_is_told_once() -> None:
    assert fault(("unit__in", "x,x,x")).code == "unknown_value"


def test_more_faults_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was probably meant is looked for only where it is told."""
    looked: list[str] = []
    monkeypatch.setattr(checks, "nearest", lambda value, _: looked.append(value))
    many = [(f"x{n}", "1") for n in range(30)]
    _, faults = asked(*many, ("fields", ",".join(f"y{n}" for n in range(40))))
    assert [f.code for f in faults] == [*MAX_FAULTS * ["unknown_parameter"], "more_faults"]
    assert "50 " in faults[-1].message.en
    assert "50 " in faults[-1].message.zh
    assert set(looked) == {f"x{n}" for n in range(MAX_FAULTS)}


def test_base_units_can_be_counted() -> None:
    assert fields_of(TARGETS)["unit_base"].kind is Kind.NAME
    assert asked(("facet", "unit_base"))[1] == []


def test_unknown_parameter_lists_fields_not_every_comparison() -> None:
    allowed = fault(("colour", "red")).allowed
    assert "value" in allowed
    assert "sort" in allowed
    assert "value__gte" not in allowed


def test_a_mistyped_field_keeps_its_operator() -> None:
    found = fault(("valeu__gte", "1"))
    assert (found.code, found.nearest) == ("unknown_parameter", "value__gte")
    assert "value__gte" in found.message.zh
    assert fault(("strenght__gt", "1")).nearest == "strength"


def test_unknown_operator_lists_those_of_the_field() -> None:
    allowed = fault(("strength__gt", "strive")).allowed
    assert allowed == [
        "strength",
        *(f"strength__{operator}" for operator in ("ne", "in", "contains", "startswith", "isnull")),
    ]


def test_every_fault_at_once() -> None:
    _, faults = asked(("colour", "red"), ("value__gte", "much"), ("limit", "0"), ("unit", "ton"))
    assert [found.parameter for found in faults] == ["colour", "value__gte", "limit", "unit"]


def test_repeated_parameter() -> None:
    known = filters(TARGETS, CODES, across=True), settings(TARGETS)
    _, [found] = read(TARGETS, "/v1/targets", [("value", ["1", "2"])], *known)
    assert found.code == "repeated"


def test_members_of_a_list_may_come_one_at_a_time() -> None:
    known = filters(TARGETS, CODES, across=True), settings(TARGETS)
    apart = [("unit__in", ["percent", "cny-100m"]), ("sort", ["-value", "id"])]
    together = [("unit__in", ["percent,cny-100m"]), ("sort", ["-value,id"])]
    assert read(TARGETS, "/v1/targets", apart, *known) == read(
        TARGETS, "/v1/targets", together, *known
    )


def test_too_many_conditions_are_not_even_read() -> None:
    names = [name for name in filters(TARGETS, CODES, across=True) if name.endswith("__isnull")]
    many = [(f"x{n}", "1") for n in range(MAX_CONDITIONS + 1 - len(names))]
    found = fault(*((name, "perhaps") for name in names), *many)
    assert found.code == "too_many"
    assert str(MAX_CONDITIONS) in found.message.en


def test_datasets_are_no_filter_within_one() -> None:
    within = filters(TARGETS, CODES, across=False)
    assert "dataset" not in within
    assert "version__gte" not in within
    assert "value__gte" in within


@pytest.mark.parametrize("collection", ALL, ids=lambda c: c.name)
def test_no_field_has_the_name_of_a_setting(collection: Collection) -> None:
    assert not set(filters(collection, CODES, across=True)) & set(settings(collection))


@pytest.mark.parametrize("collection", ALL, ids=lambda c: c.name)
def test_whole_fields_can_be_chosen_as_well_as_columns(collection: Collection) -> None:
    names = field_names(collection)
    assert {"title", "title_zh", "title_en", "id"} <= set(names)
    assert len(names) == len(set(names))


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=5))
def test_anything_is_answered_with_a_query_or_faults(arguments: list[tuple[str, str]]) -> None:
    request, faults = asked(*arguments)
    assert isinstance(request.query, Query)
    assert all(found.message.en and found.message.zh for found in faults)
    assert bool(faults) or all(name in settings(TARGETS) for name in request.settings)
