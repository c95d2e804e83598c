"""Texts of what stands around every page."""

from opendata.vocabularies import Label

TEXTS = {
    "site.name": Label("政府工作报告开放数据", "Government work reports as open data"),
    "site.skip": Label("跳到正文", "Skip to the content"),
    "site.menu": Label("主要栏目", "Main sections"),
    "site.search": Label("检索", "Search"),
    "site.search.all": Label("检索全部记录", "Search all records"),
    "site.search.hint": Label("学位、GDP、tisheng…", "schools, GDP, 学位…"),
    "site.language.other": Label("English", "中文"),
    "site.docs": Label("文档", "Guide"),
    "site.unofficial": Label(
        "非官方整理。每个数字都注明原文写法和位置；以报告原文为准。",
        "An unofficial reading. Every figure gives its printed wording and place; the report "
        "itself decides.",
    ),
    "site.licence.text": Label(
        "数据可自由使用，请注明出处；各数据集的许可见其页面。",
        "The data are free to use with attribution; each dataset's page states its licence.",
    ),
    "site.developers": Label("供开发者", "For developers"),
    "site.portals": Label("供数据门户", "For portals"),
    "site.follow": Label("订阅", "Follow"),
    "site.openapi": Label("OpenAPI 3.1", "OpenAPI 3.1"),
    "site.schema": Label("数据字典", "Data dictionary"),
    "site.vocabularies": Label("代码表", "Code lists"),
    "site.errors": Label("错误说明", "Errors"),
    "site.feed": Label("Atom 订阅", "Atom feed"),
    "site.catalog": Label("DCAT-AP 目录", "DCAT-AP catalogue"),
    "site.data.json": Label("DCAT-US data.json", "DCAT-US data.json"),
    "site.bulk": Label("全部数据（ZIP）", "Everything (ZIP)"),
    "site.sitemap": Label("网站地图", "Sitemap"),
    "site.untranslated": Label("未译", "not translated"),
    "site.crumbs": Label("位置", "You are here"),
    "site.faults": Label("这个查询有误", "There is something wrong with this query"),
    "site.nearest": Label("最接近的是", "The nearest is"),
    "site.allowed": Label("可以写什么", "What may stand there"),
    "site.copy": Label("复制", "Copy"),
    "site.copied": Label("已复制", "Copied"),
}
