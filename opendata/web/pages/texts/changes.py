"""Texts of the pages of changes, corrections, what is new, histories and citations."""

from opendata.vocabularies import Label

TEXTS = {
    "changes.title": Label("变更", "Changes"),
    "changes.up.to": Label("截至 {version}", "everything up to {version}"),
    "changes.from": Label("从", "From"),
    "changes.to": Label("到", "to"),
    "changes.compare": Label("比较", "Compare"),
    "changes.counts": Label("变更数", "How much changed"),
    "changes.part": Label("部分", "Part"),
    "changes.none": Label("没有变更。", "Nothing changed."),
    "changes.csv": Label("下载变更（CSV）", "Download the changes (CSV)"),
    "changes.pages": Label("翻页", "Pages"),
    "changes.previous": Label("上一页", "Previous page"),
    "changes.next": Label("下一页", "Next page"),
    "corrections.title": Label("更正", "Corrections"),
    "corrections.lead": Label(
        "已发布的数据里有过的错误：错在哪里、为什么、从哪一版起、哪些下载受影响。",
        "What had been wrong in data that were published: what, why, since which version, and "
        "which downloads are affected.",
    ),
    "corrections.total": Label("共 {n} 项", "{n} in all"),
    "corrections.none": Label("没有更正。", "Nothing was corrected."),
    "corrections.csv": Label("下载更正（CSV）", "Download the corrections (CSV)"),
    "corrections.since": Label("错误始于 {version} 版", "wrong since version {version}"),
    "corrections.downloads": Label("受影响的下载（{n}）", "Downloads affected ({n})"),
    "news.title": Label("新发布", "What is new"),
    "news.lead": Label(
        "全部数据集中最近发布的版本，新的在前。",
        "The versions of all datasets that were published last, the newest first.",
    ),
    "news.corrections": Label("更正 {n} 项", "{n} corrections"),
    "history.title": Label("历史", "History"),
    "history.record": Label("看这条记录", "See the record"),
    "cite.title": Label("引用", "Cite"),
    "cite.lead": Label(
        "带今天的访问日期；链接指向固定地址，内容不会再变。",
        "With today as the day of access; the links lead to fixed addresses, where nothing will "
        "change.",
    ),
    "cite.several": Label(
        "带今天的访问日期；这些是各数据集最新版本的记录，会随新版本改变。",
        "With today as the day of access; these are records of the latest versions, which change "
        "with the next.",
    ),
}
