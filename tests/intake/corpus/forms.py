"""Forms, each with one quirk."""

from collections.abc import Iterator, Sequence
from typing import Any

from tests.documents import hostile, word97
from tests.intake.corpus.office import TOWNS
from tests.intake.corpus.paper import Paper, Rows, book, word

CELLS = ("清淤沟渠（公里）", "整修山塘（口）", "投工投劳（人次）", "投入资金（万元）")
HEAD = ("单位", *CELLS)
FIGURES = (12.5, 6, 340, 20)
ALL = {"dredged": 12.5, "ponds": 6.0, "labour": 340.0, "money": 20.0}
TITLE = ("溪南县2024年冬修水利统计表",)


def without(*names: str) -> dict[str, float]:
    """The plain figures but for some."""
    return {k: v for k, v in ALL.items() if k not in names}


def said(town: str) -> tuple[str, ...]:
    return (f"填报单位：{town}",)


def forms() -> Iterator[Paper]:
    """Every form; each from a town of its own, from the second on: the first has villages."""
    towns = iter(TOWNS[1:])
    for quirk, rows, values, codes, more in _one_table_each():
        town = next(towns)
        data = book([TITLE, said(town), *_named(rows, town)], **more)
        yield Paper(quirk, f"{quirk}.xlsx", data, town, values, codes)
    yield from _of_the_town_with_villages()
    yield from _in_other_files(towns)


def _named(rows: Rows, town: str) -> list[list[Any]]:
    return [[c.replace("本镇", town) if isinstance(c, str) else c for c in row] for row in rows]


def _row(*figures: Any) -> tuple[Any, ...]:
    return ("本镇", *figures)


OWN = _row(*FIGURES)
Case = tuple[str, Rows, dict[str, float], tuple[str, ...], dict[str, Any]]


def _one_table_each() -> Iterator[Case]:
    for quirk, rows in _CLEAN.items():
        yield quirk, rows, ALL, (), _MERGED.get(quirk, {})
    for quirk, (rows, lost, code) in _DOUBTFUL.items():
        yield quirk, rows, without(*lost), (code,), {}
    yield "藏行", [HEAD, ("甲村", *FIGURES), ("乙村", *FIGURES)], {}, ("HIDDEN_ROWS",), {"hidden": [5]}
    other = [HEAD, ("甲村", 12.5, 7, 340, 20)]
    yield "两张表数字不同", [HEAD, ("甲村", *FIGURES)], without("ponds"), ("CONTRADICTION",), {"more": other}


_CLEAN: dict[str, Rows] = {
    "普通": [HEAD, OWN],
    "单位另起一行": [
        ("单位", "清淤沟渠", "整修山塘", "投工投劳", "投入资金"), (None, "公里", "口", "人次", "万元"), OWN],
    "列次序不同": [("单位", *CELLS[::-1]), _row(*FIGURES[::-1])],
    "改名的表头": [
        ("镇街名称", "沟渠清淤（公里）", "修复山塘（口）", "出动劳力（人次）", "资金投入（万元）"), OWN],
    "计划与完成": [("单位", "清淤沟渠计划（公里）", "清淤沟渠完成（公里）", *CELLS[1:]), _row(20, *FIGURES)],
    "目标与已完成": [
        ("单位", "整修山塘目标（口）", CELLS[0], "整修山塘已完成（口）", *CELLS[2:]), _row(9, *FIGURES)],
    "本周与累计": [
        ("单位", CELLS[0], "本周整修山塘（口）", "累计整修山塘（口）", *CELLS[2:]),
        _row(12.5, 2, 6, 340, 20)],
    "户数旁的率": [(*HEAD, "完成率"), (*OWN, "98%")],
    "上年同期列": [("单位", "上年清淤沟渠（公里）", *CELLS), _row(9, *FIGURES)],
    "其中列": [("单位", *CELLS, "其中：财政资金（万元）"), (*OWN, 8)],
    "中文数字": [HEAD, _row(12.5, "六", "三百四十", "二十")],
    "全角与单位词": [HEAD, _row("12.5公里", "６口", "３４０人次", "20万元")],
    "已字开头": [HEAD, _row(12.5, "已完成6口", "共计340人次", 20)],
    "撇号与不可见字符": [HEAD, _row("'12.5", "\u202d6\u202c", "34\u200b0", "\u00a020")],
    "金额按元": [("单位", *CELLS[:3], "投入资金（元）"), _row(12.5, 6, 340, 200000)],
    "人员电话日期列": [("序号", "单位", "填报人", "联系电话", "填报日期", *CELLS),
                 (1, "本镇", "张某某", "000-00000000", "2024-12-01", *FIGURES)],
    "各村加合计": [HEAD, ("甲村", 6.5, 2, 140, 8), ("乙村", 6, 4, 200, 12), ("合计", *FIGURES)],
    "合计在上": [HEAD, ("合计", *FIGURES), ("甲村", 6.5, 2, 140, 8), ("乙村", 6, 4, 200, 12)],
    "示例行未删": [HEAD, ("示例：某镇", 99, 99, 99, 99), OWN],
    "同一张表贴了两遍": [HEAD, OWN, (), ("填报单位：本镇",), HEAD, OWN],
    "指标作行": [("项目", "计划", "完成"), *((c, 99, f) for c, f in zip(CELLS, FIGURES, strict=True))],
    "备注不改数": [(*HEAD, "备注"), (*OWN, "数据截至11月30日")],
    "合并的组表头": [("单位", "完成情况", None, None, None), (None, *CELLS), OWN],
}  # fmt: skip
_MERGED = {"合并的组表头": {"merged": ["B3:E3", "A3:A4"]}}

_DOUBTFUL: dict[str, tuple[Rows, tuple[str, ...], str]] = {
    "约数": ([HEAD, _row(12.5, 6, "约340", 20)], ("labour",), "VAGUE"),
    "若干": ([HEAD, _row(12.5, "若干", 340, 20)], ("ponds",), "VAGUE"),
    "两个数": ([HEAD, _row(12.5, "6/8", 340, 20)], ("ponds",), "VAGUE"),
    "漏填": ([HEAD, _row(12.5, None, 340, 20)], ("ponds",), "MISSING"),
    "负数": ([HEAD, _row(12.5, -6, 340, 20)], ("ponds",), "NEGATIVE"),
    "小数": ([HEAD, _row(12.5, 6.5, 340, 20)], ("ponds",), "DECIMAL"),
    "电话填进数字栏": ([HEAD, _row(12.5, 6, 13900000000, 20)], ("labour",), "IMPLAUSIBLE"),
    "别的计量单位": ([("单位", *CELLS[:2], "投工投劳（人）", CELLS[3]), OWN], ("labour",), "MISSING"),
    "只有计划": ([("单位", CELLS[0], "计划整修山塘（口）", *CELLS[2:]), OWN], ("ponds",), "MISSING"),
    "两列像同一项": ([("单位", *CELLS, "修复山塘（口）"), (*OWN, 7)], ("ponds",), "VAGUE"),
    "公式没有结果": ([HEAD, _row(12.5, "=3+3", 340, 20)], ("ponds",), "FORMULA_NO_CACHE"),
    "合计是公式没有结果": ([HEAD, ("甲村", *FIGURES), ("合计", 12.5, "=SUM(C4:C4)", 340, 20)], ("ponds",),
                   "FORMULA_NO_CACHE"),
    "合计不符": (
        [HEAD, ("甲村", 6.5, 2, 140, 8), ("乙村", 6, 4, 200, 12), ("合计", 12.5, 7, 340, 20)], ("ponds",),
             "TOTAL_MISMATCH"),
    "备注改数": ([(*HEAD, "备注"), (*OWN, "整修山塘应为8口，以此为准")], ("ponds",), "VAGUE"),
    "表下更正": ([HEAD, OWN, ("更正：投工投劳改为430人次",)], ("labour",), "VAGUE"),
    "同一张表两遍数字不同": ([HEAD, OWN, (), ("填报单位：本镇",), HEAD, _row(12.5, 7, 340, 20)], ("ponds",),
                   "CONTRADICTION"),
    "空白表": ([HEAD, _row(None, None, None, None)], tuple(ALL), "BLANK_FORM"),
    "行名是别镇村": ([HEAD, OWN, ("青河镇上坝村", 1, 1, 1, 1)], tuple(ALL), "UNKNOWN_UNIT"),
}  # fmt: skip


def _of_the_town_with_villages() -> Iterator[Paper]:
    town = TOWNS[0]
    rows = [TITLE, said(town), HEAD, (town, *FIGURES), ("上坝村", 6.5, 2, 140, 8), ("下坝村", 6, 4, 200, 12)]
    yield Paper("镇一行是各村之和", "镇村.xlsx", book(rows), town, ALL)
    rows = [TITLE, said(town), HEAD, ("上坝村", 6.5, 2, 140, 8), ("青河村", 6, 4, 200, 12)]
    yield Paper("与镇同名的村", "同名村.xlsx", book(rows), town, {}, ("UNKNOWN_UNIT",))


def _in_other_files(towns: Iterator[str]) -> Iterator[Paper]:
    town = next(towns)
    table = [("项目", "计划", "完成"), *((c, "99", f) for c, f in zip(CELLS, FIGURES, strict=True))]
    text = (TITLE[0], f"填报单位：{town}")
    yield Paper("统计表做成文档", "统计表.docx", word(*text, table=table), town, ALL)
    town = next(towns)
    lines = [TITLE[0], f"填报单位：{town}", ",".join(HEAD), ",".join(map(str, (town, *FIGURES)))]
    yield Paper("国标码的逗号文件", "统计表.csv", "\r\n".join(lines).encode("gb18030"), town, ALL)
    town = next(towns)
    printed = f"冬修水利统计表\n填报单位：{town}\n清淤沟渠\t整修山塘\n12.5\t6"
    yield Paper("统计表另存为旧文档", "表.doc", hostile.word97(printed), town, {}, ("WRONG_FORMAT",))
    yield from _in_old_word(towns)
    first, second = next(towns), next(towns)
    rows = [TITLE, said(first), HEAD, (first, *FIGURES), (), said(second), HEAD, (second, *FIGURES)]
    yield Paper("一张表两个单位", "两镇.xlsx", book(rows), None, {}, ("AMBIGUOUS_UNIT",))
    rows = [TITLE, said(first), HEAD, (second, *FIGURES)]
    yield Paper("填报单位与行名不一致", "张冠李戴.xlsx", book(rows), None, ALL, ("AMBIGUOUS_UNIT",))
    rows = [TITLE, ("填报单位：凤凰镇",), HEAD, ("凤凰镇", *FIGURES)]
    yield Paper("名册上没有的镇", "凤凰镇.xlsx", book(rows), None, ALL, ("UNKNOWN_UNIT",))
    yield Paper("没有写单位", "统计.xlsx", book([TITLE, CELLS, FIGURES]), None, ALL, ("UNIT_MISSING",))
    town = next(towns)
    rows = [("溪南县2024年秋季植树造林活动统计表",), said(town), ("单位", "植树株数"), (town, 500)]
    yield Paper("别的专项的表", "植树.xlsx", book(rows), town, {}, ("WRONG_CAMPAIGN",))
    town = next(towns)
    rows = [("溪南县2022年冬修水利统计表",), said(town), HEAD, (town, *FIGURES)]
    yield Paper("前年的表", "旧表.xlsx", book(rows), town, {}, ("WRONG_YEAR",))


def _in_old_word(towns: Iterator[str]) -> Iterator[Paper]:
    """The form as a table of a .doc or .wps file, certain and not."""
    for quirk, ending, town in (("旧文档里的表", "doc", next(towns)), ("金山文档里的表", "wps", next(towns))):
        yield Paper(quirk, f"{quirk}.{ending}", _old_word(town, (town, *map(str, FIGURES))), town, ALL)
    town = next(towns)
    data = _old_word(town, (town, "12.5", "６", "约340", "20"))
    yield Paper("旧文档里的约数", "约.doc", data, town, without("labour"), ("VAGUE",))
    town = next(towns)
    data = _old_word(town, (town, *map(str, FIGURES)), word97.Made(flags=0x0204))
    yield Paper("快速保存的旧文档", "快.doc", data, town, {}, ("SUSPICIOUS_TEXT", "WRONG_FORMAT"))
    town = next(towns)
    struck = word97.cell(("8", word97.DELETED), ("6", word97.INSERTED))
    data = _old_word(town, (town, "12.5", struck, "340", "20"))
    codes = ("TRACKED_CHANGES", "SUSPICIOUS_TEXT", "WRONG_FORMAT")
    yield Paper("旧文档表里有修订", "修订.doc", data, town, {}, codes)


def _old_word(town: str, row: Sequence[Any], made: word97.Made | None = None) -> bytes:
    text = [word97.par(line) for line in (TITLE[0], f"填报单位：{town}")]
    rows = [*word97.row(HEAD), *word97.row(row)]
    return word97.doc([*text, *rows, word97.par("填表人：某")], made)
