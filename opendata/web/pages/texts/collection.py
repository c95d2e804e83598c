"""Texts of the pages of collections and of search."""

from opendata.vocabularies import Label

TEXTS = {
    "list.everywhere": Label("全部数据集的最新版本", "All datasets, each at its latest version"),
    "list.version": Label("{version} 版", "Version {version}"),
    "list.versions": Label("全部版本", "All versions"),
    "list.filter": Label("筛选", "Filter"),
    "list.search": Label("在这里检索", "Search in this list"),
    "list.apply": Label("应用", "Apply"),
    "list.found.live": Label("将有 {n} 条", "{n} would be shown"),
    "list.count": Label("{n} 条", "{n} records"),
    "list.count.one": Label("1 条", "1 record"),
    "list.active": Label("已选条件", "What is chosen"),
    "list.remove": Label("去掉：{what}", "Remove: {what}"),
    "list.clear": Label("全部清除", "Clear all"),
    "list.more": Label("另有 {n} 个值", "{n} more values"),
    "list.all.filters": Label("添加其他条件", "Add another condition"),
    "list.field": Label("字段和比较方式", "Field and comparison"),
    "list.choose": Label("请选择……", "Choose …"),
    "list.value": Label("值", "Value"),
    "list.value.hint": Label(
        "数、日期（2025-12-31）、代码或文字；多个值用逗号分开",
        "A number, a date (2025-12-31), a code or a text; several with commas",
    ),
    "list.sort": Label("排序", "Sort by"),
    "list.sort.none": Label("报告中的次序", "The order of the report"),
    "list.sort.best": Label("最相关的在前", "Best match first"),
    "list.descending": Label("{what}，降序", "{what}, descending"),
    "list.columns": Label("选择列", "Choose columns"),
    "list.none": Label("没有符合条件的记录。", "No record meets these conditions."),
    "list.none.hint": Label(
        "去掉一个条件，或换一个词再试。",
        "Remove a condition, or try another word.",
    ),
    "list.none.everywhere": Label("在全部内容中检索。", "Search everything for it."),
    "list.found.in": Label("{field}：", "{field}: "),
    "list.caveats": Label("有注意事项", "has caveats"),
    "list.previous": Label("上一页", "Previous page"),
    "list.next": Label("下一页", "Next page"),
    "list.pages": Label("翻页", "Pages"),
    "list.download": Label("下载这些记录", "Download these records"),
    "list.excel": Label("CSV（Excel、WPS）", "CSV (Excel)"),
    "list.call": Label("用程序获取", "Copy the API call"),
    "list.call.note": Label(
        "同样的条件，同样的记录。JSON 每页 100 条，CSV 是全部。",
        "The same conditions, the same records. JSON comes in pages of 100, CSV whole.",
    ),
    "list.cite": Label("如何引用", "How to cite"),
    "list.table": Label("{what}，共 {n} 条", "{what}, {n} in all"),
    "list.kept": Label(
        "网址就是查询：可收藏、可分享。", "The address is the query: keep it, share it."
    ),
    "search.title": Label("检索", "Search"),
    "search.title.for": Label("检索：{text}", "Search: {text}"),
    "search.in": Label("在哪里找", "Where to look"),
    "search.note": Label(
        "中文任意字串（简繁通用），英文单词或其开头，名称的拼音或首字母。空格分开的各部分须同时出现。",
        "Any stretch of Chinese (simplified or traditional), English words or their beginnings, "
        "the pinyin of names or its initials. Parts separated by spaces must all occur.",
    ),
    "search.none": Label("没有找到“{text}”。", "Nothing was found for “{text}”."),
    "search.narrow": Label("在{what}中筛选这些结果", "Narrow these results down among {what}"),
}
