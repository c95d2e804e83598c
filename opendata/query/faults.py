"""What is wrong with a request, as values: all of them are collected, then told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from opendata.vocabularies import Label

#: The names of faults, for programs.
Code = Literal[
    "missing_parameter",
    "unknown_parameter",
    "unknown_field",
    "unfit_field",
    "unknown_operator",
    "unknown_value",
    "wrong_form",
    "out_of_range",
    "repeated",
    "too_many",
    "too_long",
    "foreign_cursor",
    "lost_cursor",
    "more_faults",
]

#: One answer tells of this many faults; of others only how many they are.
MAX_FAULTS = 20


class Explanation(NamedTuple):
    """What something means and what to do about it; a section of ``/docs/errors``."""

    title: Label
    text: Label


#: What each fault means and how to mend it.
FAULTS: dict[Code, Explanation] = {
    "missing_parameter": Explanation(
        Label("缺少参数", "Missing parameter"),
        Label("此地址必须有这个参数。", "The address needs this parameter."),
    ),
    "unknown_parameter": Explanation(
        Label("没有这个参数", "Unknown parameter"),
        Label(
            "此地址没有这个参数。参数从不忽略：写错的筛选条件若被忽略，得到的就是另一份数据。"
            "请改用 allowed 中的参数，nearest 是最接近的一个。",
            "This address has no such parameter. Parameters are never ignored: a mistyped filter "
            "that is ignored gives other data. Use one of `allowed`; `nearest` is the closest.",
        ),
    ),
    "unknown_field": Explanation(
        Label("没有这个字段", "Unknown field"),
        Label(
            "参数的值提到了此集合没有的字段。字段名就是表格的列名，如 title_zh。",
            "The value names a field that the collection does not have. Fields have the names of "
            "the table's columns, such as `title_zh`.",
        ),
    ),
    "unfit_field": Explanation(
        Label("字段不能这样用", "Unfit field"),
        Label(
            "有这个字段，但不能用在这里：列表字段不能用来排序，文字不能用来计数。"
            "allowed 列出可用的。",
            "The field exists but cannot stand here: records are not sorted by lists, nor counted "
            "by texts. `allowed` lists those that can.",
        ),
    ),
    "unknown_operator": Explanation(
        Label("字段不支持这种比较", "Unknown operator"),
        Label(
            "双下划线之后的比较方式不存在，或不适用于这个字段，如文字没有大小之分。"
            "allowed 列出可用的。",
            "What follows the two underscores is no operator, or none of this field: texts, for "
            "instance, are not more or less than each other. `allowed` lists those it has.",
        ),
    ),
    "unknown_value": Explanation(
        Label("没有这个值", "Unknown value"),
        Label(
            "这个参数只接受列出的值，通常是代码表中的代码，见 /v1/vocabularies。",
            "The parameter takes one of a list of values only, mostly codes of a code list; "
            "/v1/vocabularies has them.",
        ),
    ),
    "wrong_form": Explanation(
        Label("形式不对", "Wrong form"),
        Label(
            "值不是这种字段的写法：数字写作 1200.5，日期写作 2025-12-31，游标取自 links.next。",
            "The value is not written as values of this kind are: a number as 1200.5, a date as "
            "2025-12-31, and a cursor is taken from `links.next`.",
        ),
    ),
    "out_of_range": Explanation(
        Label("超出范围", "Out of range"),
        Label(
            "数字太大或太小；说明中有上下限。",
            "The number is too large or too small; the message gives both ends.",
        ),
    ),
    "repeated": Explanation(
        Label("重复", "Repeated"),
        Label(
            "同一个参数或同一个名字给了不止一次。多个值请用 __in 并以逗号分隔。",
            "A parameter, or a name in its value, is given more than once. For several values "
            "use `__in` and separate them by commas.",
        ),
    ),
    "too_many": Explanation(
        Label("太多", "Too many"),
        Label(
            "条件、字段或值的个数超过上限，以免一次请求占用过多资源；说明中有上限。",
            "There are more conditions, fields or values than one request may have, so that none "
            "costs too much; the message gives the limit.",
        ),
    ),
    "too_long": Explanation(
        Label("太长", "Too long"),
        Label(
            "值超过长度上限；说明中有上限。",
            "The value has more characters than it may have; the message gives the limit.",
        ),
    ),
    "foreign_cursor": Explanation(
        Label("游标属于另一个查询", "Cursor of another query"),
        Label(
            "游标只能用于给出它的那个查询：筛选、排序都要相同。请原样使用 links.next。",
            "A cursor belongs to the query that gave it, with the same filters and order. Follow "
            "`links.next` as it is.",
        ),
    ),
    "lost_cursor": Explanation(
        Label("游标所指的记录已不存在", "Lost cursor"),
        Label(
            "数据已更新，游标所指的记录不在其中。请从第一页重新开始；要逐页读完而不受更新影响，请读固定版本的地址。",
            "The data have changed, and the record that the cursor stands for is no longer there. "
            "Start again at the first page; a walk through a pinned version never loses its place.",
        ),
    ),
    "more_faults": Explanation(
        Label("还有其他错误", "More faults"),
        Label(
            f"一次回答最多列出 {MAX_FAULTS} 个错误，其余的只给出个数。改正列出的之后再试。",
            f"An answer tells of {MAX_FAULTS} faults, and of the others only how many they are. "
            "Mend those that are told and try again.",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class RequestFault:
    """One thing wrong with a request.

    ``parameter`` is what is at fault: a parameter, or a field of the request's header. ``allowed``
    lists what may stand there, where that can be listed, and ``nearest`` is the one of these most
    like what was sent.
    """

    parameter: str
    code: Code
    message: Label
    allowed: Sequence[str] = ()
    nearest: str | None = None


#: Tells one fault. What was probably meant is looked for only where the fault is told.
Telling = Callable[[], RequestFault]


def told(tellings: Iterable[Telling]) -> list[RequestFault]:
    """Return the faults as an answer has them: the first ones, and how many more there are."""
    every = list(tellings)
    found = [tell() for tell in every[:MAX_FAULTS]]
    more = len(every) - len(found)
    if more:
        message = Label(f"还有 {more} 个错误未列出。", f"has {more} more faults, not listed here.")
        found.append(RequestFault("query", "more_faults", message))
    return found
