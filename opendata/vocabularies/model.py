"""The closed code lists of the record model, with what each code means."""

from opendata.vocabularies.codelist import Code, CodeList, Label


def _list(name: str, title: Label, *codes: tuple[str, str, str, str, str]) -> CodeList:
    return CodeList(
        name,
        title,
        tuple(
            Code(code, Label(zh, en), Label(zh_definition, en_definition))
            for code, zh, en, zh_definition, en_definition in codes
        ),
    )


KINDS = _list(
    "kinds",
    Label("目标类型", "Kinds of target"),
    ("quantitative", "定量", "Quantitative", "以数值表述的目标。", "A target stated as a figure."),
    (
        "qualitative",
        "定性",
        "Qualitative",
        "不以数值表述、年末可核对是否完成的目标。",
        "A target without a figure whose outcome can be checked when the period ends.",
    ),
)

MEASURES = _list(
    "measures",
    Label("计量方式", "Measures"),
    (
        "growth",
        "增长率",
        "Growth",
        "较上年的变化率。",
        "Rate of change on the year before.",
    ),
    (
        "level",
        "水平",
        "Level",
        "期末达到的存量或比率。",
        "Stock or ratio reached at the end of the period.",
    ),
    ("increment", "增量", "Increment", "期内新增的数量。", "Quantity newly added in the period."),
    (
        "count",
        "数量",
        "Count",
        "期内开展或完成的事项数。",
        "Number of events or items done in the period.",
    ),
    (
        "amount",
        "流量",
        "Amount",
        "期内发生的资金等流量。",
        "Flow of money or the like in the period.",
    ),
    ("share", "占比", "Share", "部分占总体的比例。", "Proportion of a whole."),
)

COMPARATORS = _list(
    "comparators",
    Label("比较关系", "Comparators"),
    (
        "about",
        "约",
        "About",
        "“左右”：围绕该数，上下均可。",
        "Printed 左右: around the figure, on either side of it.",
    ),
    (
        "at_least",
        "不少于",
        "At least",
        "“以上”“不低于”：含本数（参照《民法典》第一千二百五十九条）。",
        "Printed 以上 or 不低于: the figure included (by analogy with Civil Code art. 1259).",
    ),
    (
        "more_than",
        "超过",
        "More than",
        "“超”“突破”：不含本数（参照《民法典》第一千二百五十九条）。",
        "Printed 超 or 突破: the figure excluded (by analogy with Civil Code art. 1259).",
    ),
    (
        "equal",
        "等于",
        "Equal to",
        "只写数字，没有比较词。",
        "A bare figure, with no word of comparison.",
    ),
    (
        "reach",
        "达到",
        "Reach",
        "“达到”“提升至”“扩增至”：期末到达该数，含本数。",
        "Printed 达到, 提升至 or 扩增至: arrives at the figure by the end, the figure included.",
    ),
    (
        "maintain",
        "保持",
        "Maintain",
        "“保持”：不低于已有的该数。",
        "Printed 保持: does not fall below the figure already reached.",
    ),
    (
        "at_most",
        "不超过",
        "At most",
        "“以下”“不超过”：含本数（参照《民法典》第一千二百五十九条）。",
        "Printed 以下 or 不超过: the figure included (by analogy with Civil Code art. 1259).",
    ),
    (
        "less_than",
        "少于",
        "Less than",
        "“不足”“低于”：不含本数（参照《民法典》第一千二百五十九条）。",
        "Printed 不足 or 低于: the figure excluded (by analogy with Civil Code art. 1259).",
    ),
    (
        "range",
        "区间",
        "Range",
        "给出上下限，从 value 到 value_max。",
        "Two bounds are printed: from value to value_max.",
    ),
)

STRENGTHS = _list(
    "strengths",
    Label("承诺强度", "Strengths of commitment"),
    (
        "expect",
        "预期",
        "Expected",
        "列为“预期目标”。",
        "Listed among the expected targets (预期目标).",
    ),
    (
        "commit",
        "承诺",
        "Committed",
        "直接陈述，没有保留语。",
        "Stated outright, without a word of reserve.",
    ),
    (
        "strive",
        "力争",
        "Strive for",
        "用“力争”“争创”等语。",
        "Printed with 力争, 争创 or the like.",
    ),
)

DEADLINE_BASES = _list(
    "deadline_bases",
    Label("期限依据", "Bases of deadlines"),
    (
        "stated",
        "原文写明",
        "Stated",
        "原文写明期限（如“年内”）。",
        "The report prints the deadline (年内, for example).",
    ),
    (
        "implied_by_report_year",
        "按报告年度推定",
        "Implied by the report's year",
        "原文未写期限，按报告所属年度年末推定。",
        "No deadline is printed; the end of the report's year is implied.",
    ),
)

ACTIONS = _list(
    "actions",
    Label("推进方式", "Actions on projects"),
    (
        "complete",
        "建成",
        "Complete",
        "年内建成、交付或完成。",
        "To be built, delivered or completed in the period.",
    ),
    (
        "advance",
        "推进",
        "Advance",
        "加快或继续建设，未承诺完成。",
        "To be carried forward, with no promise of completion.",
    ),
    ("start", "启动", "Start", "启动、新开工或组建。", "To be started, opened or founded."),
    (
        "upgrade",
        "提升",
        "Upgrade",
        "改造、扩容或提质升级。",
        "To be rebuilt, enlarged or improved.",
    ),
    (
        "support",
        "支持",
        "Support",
        "支持、引导或鼓励他人办的事。",
        "Another party's undertaking, to be supported, guided or encouraged.",
    ),
    (
        "bid",
        "争创",
        "Bid for",
        "争取称号、试点或资格。",
        "A title, pilot or status to be won.",
    ),
)

TERM_KINDS = _list(
    "term_kinds",
    Label("术语类型", "Kinds of term"),
    ("list", "列举", "List", "以列举成员来说明的术语。", "A term explained by listing members."),
    ("definition", "定义", "Definition", "以定义来说明的术语。", "A term explained by definition."),
)

EXCLUSION_KINDS = _list(
    "exclusion_kinds",
    Label("排除对象", "Kinds of exclusion"),
    ("numeral", "数字", "Numeral", "源文件中的一个数字。", "One numeral of the source."),
    ("sentence", "句子", "Sentence", "源文件中的一个句子。", "One sentence of the source."),
    (
        "clause",
        "分句",
        "Clause",
        "一个句子中的一个或几个相邻分句。",
        "One clause, or several that stand together, of a sentence of the source.",
    ),
)

PRICE_BASES = _list(
    "price_bases",
    Label("价格基础", "Price bases"),
    (
        "real",
        "不变价",
        "Real",
        "增速按不变价格计算；总量按现价计算。",
        "Growth is at constant prices; the level is at current prices.",
    ),
    (
        "nominal",
        "现价",
        "Nominal",
        "增速与总量均按当年价格计算。",
        "Growth is at current prices, and so is the level.",
    ),
)

LANGUAGES = _list(
    "languages",
    Label("语言", "Languages"),
    ("zh", "中文", "Chinese", "中文（ISO 639-1）。", "Chinese (ISO 639-1)."),
    ("en", "英文", "English", "英文（ISO 639-1）。", "English (ISO 639-1)."),
)

DIMENSIONS = _list(
    "dimensions",
    Label("量纲", "Dimensions"),
    ("money", "货币", "Money", "货币金额。", "An amount of money."),
    ("area", "面积", "Area", "面积。", "An area."),
    ("length", "长度", "Length", "长度。", "A length."),
    ("mass", "质量", "Mass", "质量。", "A mass."),
    ("volume", "体积", "Volume", "体积。", "A volume."),
    ("power", "功率", "Power", "功率。", "A power."),
    ("voltage", "电压", "Voltage", "电压。", "A voltage."),
    ("time", "时间", "Time", "时间长度。", "A length of time."),
    ("ratio", "比率", "Ratio", "比率或比例。", "A ratio or proportion."),
    ("count", "计数", "Count", "计数。", "A number of things."),
)

PARTS = _list(
    "parts",
    Label("数据集的组成部分", "Parts of a dataset"),
    ("targets", "目标", "Targets", "目标记录。", "Its targets."),
    ("projects", "项目", "Projects", "项目记录。", "Its projects."),
    ("glossary", "术语", "Glossary", "术语记录。", "Its glossary terms."),
    (
        "dataset",
        "数据集说明",
        "Description",
        "数据集本身的说明，如标题、时期、许可。",
        "What is said of the dataset itself, such as its title, period and licence.",
    ),
    ("documents", "源文件", "Source documents", "数据所依据的文件。", "What it was read from."),
    ("sections", "章节", "Sections", "报告的章节。", "The sections of the report."),
)

CHANGE_KINDS = _list(
    "change_kinds",
    Label("变更类型", "Kinds of change"),
    ("removed", "移除", "Removed", "前有后无。", "Stood in the earlier version only."),
    ("added", "新增", "Added", "前无后有。", "Stands in the later version only."),
    ("renamed", "改标识", "Renamed", "只换了标识。", "Has another id and is otherwise the same."),
    ("changed", "修改", "Changed", "所述事实有变。", "States a fact otherwise."),
    (
        "reworded",
        "改写",
        "Reworded",
        "只改了本项目自己的措辞或译文。",
        "Differs in the project's own wording or translation only.",
    ),
)

#: Every closed list by name.
CLOSED = {
    codelist.name: codelist
    for codelist in (
        ACTIONS,
        CHANGE_KINDS,
        COMPARATORS,
        DEADLINE_BASES,
        DIMENSIONS,
        EXCLUSION_KINDS,
        KINDS,
        LANGUAGES,
        MEASURES,
        PARTS,
        PRICE_BASES,
        STRENGTHS,
        TERM_KINDS,
    )
}
