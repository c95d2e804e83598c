"""Texts of the pages of errors."""

from opendata.vocabularies import Label

TEXTS = {
    "failure.successor": Label("接替它的记录", "The record that takes its place"),
    "failure.last": Label(
        "最后有它的 {version} 版", "The record as version {version} has it, the last that does"
    ),
    "failure.history": Label("它的历史", "Its history"),
    "failure.home": Label("首页", "Start page"),
    "failure.datasets": Label("全部数据集", "All datasets"),
    "failure.explained": Label("{status} 是什么意思", "What {status} means"),
    "failure.address": Label("地址：", "Address:"),
}
