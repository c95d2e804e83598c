"""Texts of the pages of pictures."""

from opendata.vocabularies import Label

TEXTS = {
    "pictures.title": Label("图示", "Pictures"),
    "pictures.lead": Label(
        "每张图旁边的表格是同样的数字，点开即到记录。约数、下限和没有数字的目标不会画成精确数。",
        "Beside each picture, a table has the same numbers and leads to the records. What is "
        "about a figure, at least one or without one is never drawn as if it were exact.",
    ),
    "pictures.none": Label("这个版本没有可画的内容。", "This version has nothing to draw."),
    "pictures.target": Label("目标", "Target"),
    "pictures.figure": Label("数值", "Figure"),
    "pictures.printed": Label("原文写法", "As printed"),
    "pictures.strength": Label("承诺强度", "Strength"),
    "pictures.group": Label("类别", "Group"),
    "pictures.total": Label("合计", "Total"),
    "pictures.sums": Label("可以相加的", "What can be added up"),
    "pictures.sum": Label("{n} 项合计：", "{n} added up: "),
    "pictures.left": Label("没有画出或没有相加的", "Not drawn, or not added up"),
    "pictures.left.count": Label("{n} 项：{reason}", "{n}: {reason}"),
    "pictures.left.more": Label("还有 {n} 项", "{n} more"),
    "pictures.more": Label("还有 {n} 项，见数据。", "{n} more are in the data."),
    "pictures.embed": Label("在别处使用这张图", "Use this picture elsewhere"),
    "pictures.embed.text": Label(
        "可以直接嵌入或下载；图上带有引用信息。地址固定在这个版本，不会变。",
        "Embed it or download it; its citation is part of it. The address is that of this "
        "version and will not change.",
    ),
    "pictures.download": Label("下载 SVG", "Download SVG"),
    "pictures.cite": Label("引用", "Citation"),
    "pictures.numbers": Label("{title}：同样的数字", "{title}: the same numbers"),
}
