"""What each error means and how to mend it: the sections that problems lead to."""

from __future__ import annotations

from dataclasses import dataclass

from opendata.query.faults import FAULTS, Explanation
from opendata.vocabularies import Label

#: Where the page of the sections stands, below the base address.
PATH = "/docs/errors"

#: The kinds of problem, by status; ``None`` for every other status.
PROBLEMS: dict[int | None, Explanation] = {
    400: Explanation(
        Label("请求有误", "Bad request"),
        Label(
            "请求的参数有误。errors 一次列出全部错误：哪个参数、错在哪里、可以写什么。",
            "The request has faults. `errors` lists all of them at once: which parameter, what is "
            "wrong with it, and what may stand there.",
        ),
    ),
    404: Explanation(
        Label("没有这个资源", "Not found"),
        Label(
            "地址不存在，或其中的数据集、版本、记录不存在。/v1 列出全部资源。"
            "地址一律小写，末尾没有斜杠。",
            "There is nothing at the address, or no such dataset, version or record. /v1 lists "
            "what there is. Addresses are in lower case and have no slash at their end.",
        ),
    ),
    405: Explanation(
        Label("不支持这种方法", "Method not allowed"),
        Label(
            "本接口只读，只有 GET、HEAD 和 OPTIONS。",
            "The API is read-only: there are GET, HEAD and OPTIONS.",
        ),
    ),
    406: Explanation(
        Label("没有这种表示形式", "Not acceptable"),
        Label(
            "Accept 或 Accept-Encoding 拒绝了所有可用的表示形式；detail 列出可用的。"
            "也可用地址后缀选择，如 .csv。",
            "Accept or Accept-Encoding refuses every form there is; `detail` lists them. A suffix "
            "on the address, such as .csv, chooses one too.",
        ),
    ),
    409: Explanation(
        Label("数据已更新", "Data have changed"),
        Label(
            "数据在翻页途中更新了，游标所指的记录已不存在。请从第一页重新开始。",
            "The data changed during a walk through pages, and the record that the cursor stands "
            "for is gone. Start again at the first page.",
        ),
    ),
    410: Explanation(
        Label("已撤回", "Withdrawn"),
        Label(
            "这条记录已撤回，所请求的版本中不再有它。reason 说明理由（早期版本没有），"
            "successor 是接替它的记录的地址，withdrawn_in 是撤回它的版本，"
            "last_version 是最后有它的版本及其固定地址，那里仍可读取。",
            "The record was withdrawn and stands no more in the version that is asked for. "
            "`reason` says why, where that was written down, `successor` is the address of the "
            "record that takes its place, `withdrawn_in` the version that withdrew it, and "
            "`last_version` the last that had it, with an address that still answers.",
        ),
    ),
    412: Explanation(
        Label("条件不成立", "Precondition failed"),
        Label(
            "If-Match 或 If-Unmodified-Since 所说的状态已不是当前状态。"
            "不带条件再请求一次即可得到当前内容。",
            "What If-Match or If-Unmodified-Since speaks of is no longer current. Ask without the "
            "condition to get what is.",
        ),
    ),
    414: Explanation(
        Label("地址过长", "Address too long"),
        Label("地址最长 8000 个字符。", "Addresses may have 8,000 characters at most."),
    ),
    415: Explanation(
        Label("请求不应有正文", "Request with a body"),
        Label(
            "GET 和 HEAD 请求不带正文：正文里的条件不会被理会，因此一律拒绝。请把参数写在地址里。",
            "GET and HEAD requests have no body: conditions in one would not be heeded, so it is "
            "refused. Write parameters into the address.",
        ),
    ),
    416: Explanation(
        Label("没有这一段内容", "Range not satisfiable"),
        Label(
            "Range 的起点在文件末尾之后；Content-Range 给出文件长度。",
            "Range begins behind the end of the file; Content-Range gives its length.",
        ),
    ),
    500: Explanation(
        Label("服务器出错", "Server error"),
        Label(
            "服务器处理请求时出错，已记录。请稍后再试。",
            "The server failed to answer, and the failure has been logged. Try again later.",
        ),
    ),
    503: Explanation(
        Label("暂时没有可用的数据", "Nothing to serve yet"),
        Label(
            "数据尚未生成。请过 Retry-After 所说的秒数再试。",
            "The data are not built yet. Try again after the seconds that Retry-After gives.",
        ),
    ),
    None: Explanation(
        Label("其他错误", "Other error"),
        Label("状态码和 detail 说明了原因。", "The status and `detail` say what is wrong."),
    ),
}


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page: its name in addresses, and the status or code it explains."""

    name: str
    mark: str
    title: Label
    text: Label


def sections() -> list[tuple[Label, list[Section]]]:
    """Return the parts of the page: heading and sections of each."""
    kinds = [Section(slug(e.title.en), str(s or ""), *e) for s, e in PROBLEMS.items()]
    faults = [Section(slug(code), code, *e) for code, e in FAULTS.items()]
    return [
        (Label("问题的种类（type）", "Kinds of problem (type)"), kinds),
        (Label("请求中的错误（errors）", "Faults of a request (errors)"), faults),
    ]


def kind(status: int) -> Explanation:
    """Return what a status means."""
    return PROBLEMS.get(status) or PROBLEMS[None]


def section(base_url: str, name: str) -> str:
    """Return the address of the section of a code or an English title."""
    return f"{base_url}{PATH}#{slug(name)}"


def slug(name: str) -> str:
    """Return the name that the section of a code or an English title has in addresses."""
    return name.lower().replace("_", "-").replace(" ", "-")
