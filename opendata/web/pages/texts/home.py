"""Texts of the start page."""

from opendata.vocabularies import Label

TEXTS = {
    "home.title": Label("政府工作报告开放数据", "Government work reports as open data"),
    "home.claim": Label(
        "政府承诺了什么，逐条可查", "What governments promised, one promise at a time"
    ),
    "home.lead": Label(
        "政府工作报告里的目标、项目和术语，整理成可检索、可下载、可引用、可核对的数据。"
        "每条记录都注明原文位置和原文写法。",
        "Targets, projects and terms of government work reports, as data to search, download, "
        "cite and check. Every record gives its place in the report and the printed wording.",
    ),
    "home.try": Label("试试：", "Try: "),
    "home.headline": Label("主要预期目标", "Headline targets"),
    "home.headline.all": Label("全部 {n} 项预期目标", "All {n} expected targets"),
    "home.headline.note": Label(
        "“约”不是精确数：报告写的是“左右”。点开可见原文。",
        "“About” is no exact figure: the report prints 左右. Each leads to the printed wording.",
    ),
    "home.sections": Label("报告各部分", "The report, part by part"),
    "home.section": Label("部分", "Part"),
    "home.new": Label("最近发布", "What is new"),
    "home.all.datasets": Label("全部数据集（{n}）", "All datasets ({n})"),
    "home.changes": Label("变更", "Changes"),
    "home.corrections": Label("更正", "Corrections"),
    "home.developers": Label("供开发者", "For developers"),
    "home.developers.text": Label(
        "每个页面都是一个接口地址：加 .json、.csv、.xlsx 即得同样的数据，筛选参数不变。",
        "Every page is an address of the API: add .json, .csv or .xlsx for the same data, with "
        "the same filters.",
    ),
    "home.developers.more": Label("入门和示例", "Guide with examples"),
    "home.portals": Label("供数据门户", "For portals"),
    "home.portals.text": Label(
        "DCAT-AP、DCAT-US、CKAN 接口、数据包和校验和，可每晚增量镜像。",
        "DCAT-AP, DCAT-US, the CKAN Action API, data packages and checksums, to mirror every "
        "night by what changed.",
    ),
    "home.portals.more": Label("DCAT-AP 目录", "DCAT-AP catalogue"),
    "home.editors": Label("供编辑", "For editors"),
    "home.editors.text": Label(
        "数据是 git 里的 YAML 文件；一条命令检查全部错误，指出文件、行、列和改法。",
        "The data are YAML files in git; one command names every mistake with file, line, column "
        "and the fix.",
    ),
    "home.editors.more": Label("怎样添加或更正", "How to add or correct"),
}
