"""Texts of the pages of datasets and their versions."""

from opendata.vocabularies import Label

TEXTS = {
    "dataset.version": Label("{version} 版", "Version {version}"),
    "dataset.released": Label("{day} 发布", "released {day}"),
    "dataset.latest": Label("最新版本", "latest version"),
    "dataset.contents": Label("内容与下载", "What is in it, and downloads"),
    "dataset.browse": Label("浏览、筛选", "Browse and filter"),
    "dataset.files": Label("全部文件及其 SHA-256", "Every file, with its SHA-256"),
    "dataset.zip": Label("整个数据集（ZIP）", "The whole dataset (ZIP)"),
    "dataset.sections": Label("报告的章节", "Sections of the report"),
    "dataset.sections.note": Label(
        "点开即为该章节的目标。", "Each leads to the targets of that section."
    ),
    "dataset.terms": Label("术语，按拼音", "Glossary from A to Z"),
    "dataset.facts": Label("说明", "About"),
    "dataset.publisher": Label("发布者", "Publisher"),
    "dataset.contact": Label("联系", "Contact"),
    "dataset.sources": Label("来源", "Sources"),
    "dataset.source.characters": Label("{n} 个字符", "{n} characters"),
    "dataset.source.retrieved": Label("{day} 获取", "retrieved {day}"),
    "dataset.source.printed": Label("文中印出的地址", "Address printed in the text"),
    "dataset.damage": Label("来源文本的损坏（{n} 处）", "Damage of the source text ({n})"),
    "dataset.damage.note": Label(
        "不带入数据，也不暗中修补；有关记录附有说明。",
        "None of it is carried into the data or repaired silently; the records concerned carry "
        "caveats.",
    ),
    "dataset.versions": Label("版本与变更", "Versions and changes"),
    "dataset.changes": Label("此版变更", "What it changed"),
    "dataset.corrections": Label("更正（{n}）", "Corrections ({n})"),
    "dataset.quality": Label("数据质量", "Quality"),
    "dataset.feed": Label("Atom 订阅", "Atom feed"),
    "dataset.notes": Label("版本说明", "Notes of this version"),
    "dataset.cite": Label("引用", "Cite"),
    "dataset.machines": Label("供程序和数据门户使用", "For programs and portals"),
    "dataset.cn": Label("中文数据目录字段（非官方）", "Chinese catalogue fields (unofficial)"),
}
