"""Which pictures there are, and why something is left out of one."""

from __future__ import annotations

from opendata.vocabularies import Label

#: The title of each picture by its name, in the order of the index.
PICTURES = {
    "growth": Label("增长目标", "Growth targets side by side"),
    "sections": Label("各部分的目标和项目", "Targets and projects by section"),
    "money": Label("各部分的金额目标", "Money by section"),
    "deadlines": Label("期限", "When things are due"),
    "firmness": Label("措辞的力度", "How firm the language is"),
}

#: Why records are left out of a picture, or their figures not added up.
REASONS = {
    "qualitative": Label(
        "同在这些章节，但没有数字，不能画成条形",
        "in the same sections, but without a figure that could be drawn",
    ),
    "other_unit": Label(
        "单位不同，不能用同一刻度",
        "in another unit, which the same scale cannot show",
    ),
    "stock": Label(
        "是期末余额或水平，不是期内发生的金额",
        "a stock at the end of the period, not money moved during it",
    ),
    "project_size": Label(
        "是项目的规模，报告没有把它列为金额目标",
        "the size of a project, which the report does not set as a target",
    ),
    "different_things": Label(
        "指标各不相同（例如收入不能与投资相加），不求和",
        "not added up: they measure different things (revenue is not investment)",
    ),
    "both_bounds": Label(
        "有的是下限、有的是上限，不求和",
        "not added up: some are lower bounds and some upper bounds",
    ),
    "no_deadline": Label("没有承诺完成的期限", "projects without a deadline promised"),
}
