"""Texts of the pages of records."""

from opendata.vocabularies import Label

TEXTS = {
    "record.bare": Label(
        "原文只写数字，没有比较词", "A bare figure: no word of comparison is printed"
    ),
    "record.also": Label("即", "That is"),
    "record.is": Label("：", ": "),
    "record.and": Label("、", ", "),
    "record.caveats": Label("引用之前请注意", "Mind this before you quote"),
    "record.place.how": Label("怎样在来源中找到", "How to find it in the source"),
    "record.facts": Label("这是怎样的承诺", "What kind of promise this is"),
    "record.facts.term": Label("关于这个术语", "About this term"),
    "record.deadline": Label("期限", "Deadline"),
    "record.deadline.none": Label(
        "没有期限：报告没有承诺何时完成。",
        "None: the report does not promise when it will be done.",
    ),
    "record.printed": Label("原文怎么写", "What the report prints"),
    "record.printed.chinese": Label(
        "原文为中文，逐字照录；标出的是据以录入的字。",
        "In Chinese, exactly as printed; what the entry rests on is marked.",
    ),
    "record.place": Label(
        "第 {paragraph} 段，第 {start} 至 {end} 个字符",
        "paragraph {paragraph}, characters {start} to {end}",
    ),
    "record.place.note": Label(
        "段落从 1 起数，空行不计；字符按 Unicode 码点从 0 起数，终点不含。",
        "Paragraphs are counted from 1 without blank lines, characters from 0 as Unicode code "
        "points, the end excluded.",
    ),
    "record.reposted": Label("转载：{name}", "Reposted by {name}"),
    "record.sha256": Label("源文件的 SHA-256", "SHA-256 of the source file"),
    "record.why": Label("为什么是这个数", "Why this number"),
    "record.why.reading": Label("为什么这样录入", "Why it is recorded so"),
    "record.why.printed": Label("印出", "Printed"),
    "record.why.read": Label("读作", "Read as"),
    "record.why.base": Label("换算", "In base units"),
    "record.why.no.base": Label(
        "单位就是基本单位，不用换算。", "The unit is a base unit; nothing is converted."
    ),
    "record.why.exact": Label(
        "按精确十进制数计算，不四舍五入。", "Calculated in exact decimals, never rounded."
    ),
    "record.word": Label("原文用词", "Printed as"),
    "record.definition": Label("释义（本项目自拟）", "Definition (in this project's own words)"),
    "record.members": Label("所列成员（{n} 项）", "Listed members ({n})"),
    "record.mentions": Label("在正文中", "In the running text"),
    "record.mentions.none": Label(
        "节选正文中没有出现。", "It does not occur in the excerpt's running text."
    ),
    "record.mention": Label("第 {n} 段", "paragraph {n}"),
    "record.linked.open": Label("打开术语页", "Open the term's page"),
    "record.linked.close": Label("关闭", "Close"),
    "record.history": Label("历史和更正", "History and corrections"),
    "record.history.note": Label(
        "从第一次收录起的每个版本。", "Every version from the first that had the record."
    ),
    "record.history.here": Label("本页", "this page"),
    "record.history.successor": Label("接替记录", "Successor"),
    "record.history.empty": Label("空", "nothing"),
    "record.corrections": Label("{version} 版更正", "Corrected in {version}"),
    "record.corrections.all": Label("本数据集的全部更正", "All corrections of the dataset"),
    "record.cite": Label("引用", "Cite"),
    "record.cite.note": Label(
        "都指向 {version} 版的固定地址，内容不会再变。",
        "All lead to the fixed address in version {version}, where nothing will change.",
    ),
    "record.cite.day": Label("带访问日期的引用格式", "Citations with the day of access"),
    "record.permalink": Label("固定地址", "Permalink"),
    "record.download": Label("下载", "Download"),
    "record.download.this": Label("本条记录", "This record"),
    "record.download.all": Label(
        "同版本的全部{collection}", "All {collection} of the same version"
    ),
    "record.excel": Label("Excel CSV", "CSV for Excel"),
    "record.before": Label("上一条", "Previous"),
    "record.after": Label("下一条", "Next"),
    "record.beside": Label("前后记录", "Records beside this one"),
}
