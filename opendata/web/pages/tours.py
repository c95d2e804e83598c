"""What the guide tells, step by step, for each kind of user.

A step may have a call: an address of this site with ``{dataset}``, ``{version}``, ``{target}`` and
``{sought}`` (a text that finds something) in it, a command of ``opendata``, or a program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opendata.vocabularies import Label


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, and what one sees.

    ``path`` is an address that answers with ``status``; ``page`` whether that is to be looked at
    rather than to be called. ``command`` runs where the software is installed, ``program`` is
    Python, in which ``BASE`` stands for the address of this site.
    """

    text: Label
    path: str = ""
    status: int = 200
    page: bool = False
    command: str = ""
    program: str = ""


@dataclass(frozen=True, slots=True)
class Tour:
    """The steps for one kind of user, and the documents that go on from there."""

    id: str
    title: Label
    about: Label
    steps: Sequence[Step]


_WALK = """\
import json, urllib.request

url, targets = "BASE/v1/targets?limit=50", []
while url:
    page = json.load(urllib.request.urlopen(url))
    targets += page["data"]
    url = page["links"]["next"]
print(len(targets), "of", page["meta"]["total"])"""

_DEVELOPERS = Tour(
    "developers",
    Label("开发者", "Developers"),
    Label(
        "只读的 REST 接口，不用注册。JSON 是默认形式，地址加后缀得到 CSV、NDJSON、XLSX 和网页。",
        "A read-only REST API, nothing to sign up for. JSON is the default; a suffix on the "
        "address gives CSV, NDJSON, XLSX or the page.",
    ),
    (
        Step(
            Label(
                "取三个目标。记录在 data，总数在 meta，下一页在 links.next。",
                "Get three targets: data holds the records, meta how many there are, and "
                "links.next leads to the next page.",
            ),
            "/v1/targets?limit=3",
        ),
        Step(
            Label(
                "筛选、排序、只要几个字段：金额不低于十亿元的承诺，从大到小。",
                "Filter, sort, and take a few fields: promises of at least a billion yuan, the "
                "largest first.",
            ),
            "/v1/targets?unit_base=CNY&value_base__gte=1000000000&sort=-value_base"
            "&fields=id,title,as_printed,value_base",
        ),
        Step(
            Label(
                "数一数：各种承诺强度和比较关系各有多少条。",
                "Count: how many there are of each strength and comparator.",
            ),
            "/v1/targets?facet=strength,comparator&limit=1",
        ),
        Step(
            Label(
                "全文检索全部记录；繁体、拼音和英文都可以。",
                "Search every record in full text; traditional characters, pinyin and English "
                "work too.",
            ),
            "/v1/search?q={sought}",
        ),
        Step(
            Label(
                "写错了会怎样：一次列出全部错误和最接近的写法。",
                "What a mistake is answered with: every fault at once, and the nearest name.",
            ),
            "/v1/targets?untit=percent",
            status=400,
        ),
        Step(
            Label(
                "固定版本的地址永远给出同样的内容；ETag 不变就不必再下载。",
                "Addresses with a version give the same for good; while the ETag is the same, "
                "there is nothing to download again.",
            ),
            "/v1/datasets/{dataset}/versions/{version}/targets/{target}",
        ),
        Step(
            Label(
                "逐行读取全部：NDJSON 和 CSV 不分页。",
                "Read everything line by line: NDJSON and CSV have no pages.",
            ),
            "/v1/targets.ndjson",
        ),
        Step(Label("用 Python 翻完所有页。", "Walk through every page in Python."), program=_WALK),
        Step(
            Label(
                "接口的描述，可据以生成客户端；也可在参考文档里逐项试用。",
                "The description to generate a client from; the reference lets you try every "
                "operation.",
            ),
            "/openapi.json",
        ),
    ),
)

_JOURNALISTS = Tour(
    "journalists",
    Label("记者和研究者", "Journalists and researchers"),
    Label(
        "找到承诺，看清它有多硬，带走表格，正确引用。",
        "Find what was promised, see how firm it is, take the table along, cite it right.",
    ),
    (
        Step(
            Label(
                "检索一个主题；命中的字会标出来。",
                "Search for a subject; what was found is marked.",
            ),
            "/v1/search?q={sought}",
            page=True,
        ),
        Step(
            Label(
                "在目标的列表里用左边的表单缩小范围，例如只看留有余地的“力争”。",
                "Narrow the list of targets down with the form: only those that the government "
                "strives for, say, which promises less.",
            ),
            "/v1/targets?strength=strive",
            page=True,
        ),
        Step(
            Label(
                "打开一条：数字怎么读、原文怎么写、期限是写明的还是推定的、引用前要注意什么。",
                "Open one: what the figure means, what is printed, whether the deadline is stated "
                "or implied, and what to mind before you quote it.",
            ),
            "/v1/datasets/{dataset}/targets/{target}",
            page=True,
        ),
        Step(
            Label(
                "下载 Excel 和 WPS 直接打开的 CSV：中文列名，每行带来源、版本和许可。",
                "Download a CSV that Excel and WPS open right: headings in words, and on every "
                "row its source, version and licence.",
            ),
            "/v1/datasets/{dataset}/targets.csv?profile=excel&lang=en",
        ),
        Step(
            Label(
                "取得带访问日期的引用格式：GB/T 7714、APA、BibTeX、CSL。",
                "Get a citation with the day of access: GB/T 7714, APA, BibTeX, CSL.",
            ),
            "/v1/datasets/{dataset}/targets/{target}/cite",
            page=True,
        ),
        Step(
            Label(
                "发表前看一眼更正和变更：有没有改过这个数。",
                "Before you publish, look at what was corrected and changed: was your figure?",
            ),
            "/v1/datasets/{dataset}/corrections",
            page=True,
        ),
    ),
)

_PORTALS = Tour(
    "portals",
    Label("数据门户", "Portals"),
    Label(
        "整站可以采集和镜像；每个文件都有摘要。",
        "The whole site can be harvested and mirrored; every file has its digest.",
    ),
    (
        Step(Label("DCAT-AP 3 目录。", "The catalogue in DCAT-AP 3."), "/catalog.ttl"),
        Step(Label("DCAT-US 1.1。", "DCAT-US 1.1."), "/data.json"),
        Step(
            Label(
                "CKAN 的接口，现有的采集程序可直接使用。", "CKAN's API, for harvesters as they are."
            ),
            "/api/3/action/package_search?rows=1",
        ),
        Step(
            Label(
                "一个版本的全部内容，一个文件；旁边是它的 SHA-256。",
                "All of a version in one file; its SHA-256 stands beside it.",
            ),
            "/v1/datasets/{dataset}/versions/{version}.zip.sha256",
        ),
        Step(
            Label("自某日以来发布了什么。", "What was published since a day."),
            "/v1/changes?since=2020-01-01",
        ),
        Step(
            Label("每晚镜像一次，再逐个核对摘要。", "Mirror every night, then check every digest."),
            command="opendata mirror BASE DIR",
        ),
        Step(Label("核对镜像。", "Verify the mirror."), command="opendata verify DIR"),
    ),
)

_EDITORS = Tour(
    "editors",
    Label("编者", "Editors"),
    Label(
        "数据集是一个放 YAML 的文件夹，用 git 管理；命令指出每一处错误的位置和改法。",
        "A dataset is a folder of YAML, kept in git; one command names every mistake with its "
        "place and its fix.",
    ),
    (
        Step(
            Label("新建一个能通过检查的样例。", "Start from an example that is valid."),
            command="opendata new liuxi-2030",
        ),
        Step(
            Label(
                "改写它；每次保存后列出全部问题：文件、行、列、字段、改法。",
                "Write over it; every problem is listed with file, line, column, field and fix.",
            ),
            command="opendata validate liuxi-2030",
        ),
        Step(
            Label("在浏览器里预览草稿。", "Preview the draft in a browser."),
            command="opendata serve --draft",
        ),
        Step(
            Label(
                "发布：冻结为一个版本，从此不再改动。",
                "Release it: frozen as a version that never changes again.",
            ),
            command="opendata release liuxi-2030 1.0.0",
        ),
        Step(
            Label(
                "以后改动时，看差异和应取的版本号。",
                "Later, see what the draft changes and which number that demands.",
            ),
            command="opendata diff liuxi-2030",
        ),
    ),
)

#: Every tour, in the order of the page.
TOURS = (_DEVELOPERS, _JOURNALISTS, _PORTALS, _EDITORS)
