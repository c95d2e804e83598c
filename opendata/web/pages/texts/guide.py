"""Texts of the guide and of the page of errors."""

from opendata.vocabularies import Label

TEXTS = {
    "guide.title": Label("十分钟上手", "Ten-minute guide"),
    "guide.lead": Label(
        "按你要做的事选一段。每个例子都能在本站直接运行。",
        "Pick what you want to do. Every example runs on this site as it stands.",
    ),
    "guide.tours": Label("为谁而写", "For whom"),
    "guide.reference": Label("接口参考（Swagger）", "API reference (Swagger)"),
    "guide.api": Label("全部地址", "Every address"),
    "guide.open": Label("打开", "Open it"),
    "guide.fails": Label("答以 {status}", "answers {status}"),
    "errors.title": Label("错误", "Errors"),
    "errors.lead": Label(
        "每个错误都是一个 problem（RFC 9457）；浏览器看到的是同样内容的网页。它的 type 和 errors "
        "各项的 documentation 都指向本页的一节。",
        "Every error is a problem (RFC 9457); browsers get the same as a page. Its type, and the "
        "documentation of each of its errors, lead to a section of this page.",
    ),
}
