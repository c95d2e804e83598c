"""Texts of the pages of the API, the data dictionary, code lists and quality."""

from opendata.vocabularies import Label

TEXTS = {
    "index.title": Label("接口", "The API"),
    "index.lead": Label(
        "每个地址都可用后缀选择形式，如 .csv；不带后缀时按 Accept，默认 JSON。无需注册，只读。",
        "A suffix on an address chooses a form, .csv for example; without one Accept does, and "
        "JSON is the default. Nothing to sign up for; read-only.",
    ),
    "index.guide": Label("十分钟上手", "Ten-minute guide"),
    "index.reference": Label("逐项试用（Swagger）", "Try every operation (Swagger)"),
    "index.address": Label("地址", "Address"),
    "index.answers": Label("内容", "What it answers with"),
    "index.forms": Label("形式", "Forms"),
    "dictionary.title": Label("数据字典", "Data dictionary"),
    "dictionary.lead": Label(
        "每个字段的名字、含义和取值。字段名就是 CSV 的列名和查询参数的名字。",
        "What every field is called, means and may hold. Field names are the names of CSV columns "
        "and of query parameters.",
    ),
    "dictionary.collections": Label("类别", "Collections"),
    "dictionary.many": Label("可有多个", "may be several"),
    "dictionary.operators": Label("可以怎样查询", "How it can be asked for"),
    "vocabularies.title": Label("代码表", "Code lists"),
    "vocabularies.lead": Label(
        "记录中的代码是什么意思。封闭的代码表随软件而定，开放的随数据增加。",
        "What the codes of records mean. Closed lists change with the software, open ones grow "
        "with the data.",
    ),
    "vocabularies.closed": Label("封闭", "closed"),
    "vocabularies.open": Label("开放", "open"),
    "vocabularies.total": Label("代码 {n} 个", "{n} codes"),
    "vocabulary.source": Label("出处", "Source"),
    "vocabulary.same": Label("等同于", "Same as"),
    "vocabulary.rdf": Label("供程序使用：", "For programs:"),
    "quality.title": Label("数据质量", "Quality"),
    "quality.lead": Label(
        "{version} 版对照来源文本审核的结果（{document}）。审核核对位置、数值和用字，"
        "不能证明释义和译文正确。",
        "What the audit of version {version} against its source found ({document}). It checks "
        "places, figures and wording; it cannot prove definitions and translations right.",
    ),
    "quality.checks": Label("核对了什么", "What was checked"),
    "quality.of": Label("{agreeing} / {checked} 一致", "{agreeing} of {checked} agree"),
    "quality.coverage": Label("来源文本用了多少", "How much of the source is accounted for"),
    "quality.what": Label("内容", "What"),
    "quality.total": Label("总数", "Total"),
    "quality.evidence": Label("有记录", "Has a record"),
    "quality.excluded": Label("已排除", "Left out, with a reason"),
    "quality.without": Label("没有任何记录的章节：", "Sections without any record: "),
    "quality.exclusions": Label("排除了什么、为什么", "What was left out, and why"),
    "quality.exclusion": Label("第 {n} 段", "paragraph {n}"),
    "quality.more": Label("其余见 JSON。", "The JSON has the rest."),
    "quality.ambiguities": Label("哪里可以有别的读法", "Where the report can be read otherwise"),
    "quality.ambiguities.lead": Label(
        "{n} 处，每处都写在有关记录上。", "{n} places, each noted on the record concerned."
    ),
    "quality.on": Label("审核日期", "Audited on"),
}
