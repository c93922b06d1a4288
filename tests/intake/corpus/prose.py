"""Summaries, each with one quirk."""

from collections.abc import Iterator

from tests.documents import hostile
from tests.intake.corpus.office import TOWNS
from tests.intake.corpus.paper import Paper, ofd, word

PLAIN = "全镇共清淤沟渠12.5公里，整修山塘6口，投工投劳340人次，投入资金20万元。"
ALL = {"dredged": 12.5, "ponds": 6.0, "labour": 340.0, "money": 20.0}
BODY = (
    "按照《关于开展2024年冬修水利并报送情况的通知》（溪水〔2024〕21号）要求，我镇扎实开展冬修水利，"
    "干部群众积极性高，工程质量有保证。"
)

Said = tuple[str, dict[str, float], tuple[str, ...]]

_SAID: dict[str, Said] = {
    "普通": (PLAIN, ALL, ()),
    "中文数字": ("共整修山塘六口，投工投劳三百四十人次。", {"ponds": 6, "labour": 340}, ()),
    "动宾拆开": ("整修了6口山塘，清淤12.5公里沟渠。", {"ponds": 6, "dredged": 12.5}, ()),
    "金额按元": ("投入资金200000元，整修山塘6口。", {"money": 20, "ponds": 6}, ()),
    "全县的数": ("全县共整修山塘860口。我镇整修山塘6口。", {"ponds": 6}, ()),
    "只有全县的数": ("全县共整修山塘860口，投工投劳5万人次。", {}, ()),
    "别镇的数": ("竹岗镇整修山塘30口，投工投劳900人次。", {}, ()),
    "学别镇的做法": ("学习竹岗镇整修山塘30口的做法，我镇共整修山塘6口。", {"ponds": 6}, ()),
    "只有一个村的数": ("甲丁村整修山塘2口，投工投劳80人次。", {}, ()),
    "其中管到句末": ("共整修山塘6口，投工投劳三百四十人次，其中甲丁村整修山塘2口，投工投劳80人次。",
               {"ponds": 6, "labour": 340}, ()),
    "括号里的其中": ("全镇整修山塘6口（其中新建2口），投入资金20万元。", {"ponds": 6, "money": 20}, ()),
    "去年的数": ("去年同期整修山塘9口，投工投劳500人次。今年整修山塘6口。", {"ponds": 6}, ()),
    "年度累计": ("今年以来共整修山塘20口。", {}, ()),
    "一天的数": ("11月8日，整修山塘1口，投工投劳30人次。", {}, ()),
    "计划的数": ("计划整修山塘9口，投入资金30万元，实际整修山塘6口。", {"ponds": 6}, ()),
    "下一步": (PLAIN + "下一步，整修山塘3口，投入资金5万元。", ALL, ()),
    "没有做": ("因雨未整修山塘3口。", {}, ()),
    "序数": ("整修第3口山塘时，投工投劳340人次。", {"labour": 340}, ()),
    "后来又": ("整修山塘4口，后又整修山塘2口。", {}, ()),
    "人与人次": ("投工投劳120人、340人次。", {"labour": 340}, ()),
    "由少到多": ("整修山塘由4口增加到6口。", {}, ()),
    "更正": ("整修山塘6口，应为8口。", {}, ("VAGUE",)),
    "数十": ("整修山塘数十口。", {}, ("VAGUE",)),
    "余": ("投工投劳340余人次，整修山塘6口。", {"ponds": 6}, ("VAGUE",)),
    "近": ("投工投劳近千人次。", {}, ("VAGUE",)),
    "至少": ("整修山塘至少6口。", {}, ("VAGUE",)),
    "不完全统计": ("据不完全统计，整修山塘6口。", {}, ("VAGUE",)),
    "约数后有准数": ("投工投劳近四百人次。全镇投工投劳共340人次。", {"labour": 340}, ()),
    "前后不一": ("共整修山塘6口。综上，全镇共整修山塘7口。", {}, ("CONTRADICTION",)),
    "部分大于全部": ("共整修山塘6口，其中新修整修山塘8口。", {}, ("CONTRADICTION",)),
}  # fmt: skip


def prose() -> Iterator[Paper]:
    """Every summary; each from a town of its own, the last towns first."""
    towns = iter(reversed(TOWNS[:-1]))
    for quirk, (said, values, codes) in _SAID.items():
        town = next(towns)
        yield Paper(quirk, f"总结{quirk}.docx", word(*_text(town, said)), town, values, codes)
    yield from _in_other_files(towns)


def _text(town: str, said: str, signed: str = "2024年12月3日") -> tuple[str, ...]:
    return (f"{town}冬修水利总结", BODY, said, f"{town}人民政府", signed)


def _in_other_files(towns: Iterator[str]) -> Iterator[Paper]:
    table = [("项目", "完成"), ("整修山塘（口）", "6"), ("投工投劳（人次）", "340")]
    town = next(towns)
    yield Paper("文表一致", "一致.docx", word(*_text(town, PLAIN), table=table), town, ALL)
    town = next(towns)
    data = word(*_text(town, PLAIN.replace("6口", "8口")), table=table)
    others = {k: v for k, v in ALL.items() if k != "ponds"}
    yield Paper("文表不一", "不一.docx", data, town, others, ("CONTRADICTION",))
    town = next(towns)
    data = word(*_text(town, PLAIN), "全镇整修山塘6口", struck="，整修山塘9口")
    yield Paper("划掉的数", "划掉.docx", data, town, ALL)
    town = next(towns)
    lines = "\n".join(_text(town, PLAIN)).replace("整修山塘6口", "整修山\n塘6口")
    yield Paper("硬换行", "换行.txt", lines.encode("gb18030"), town, ALL)
    town = next(towns)
    yield Paper("旧文档", "总结.doc", hostile.word97("\n".join(_text(town, PLAIN))), town, ALL)
    town = next(towns)
    yield Paper("版式文件", "总结.ofd", ofd(*_text(town, PLAIN)), town, ALL)
    town = next(towns)
    text = _text(town, PLAIN, "2022年12月3日")
    told = (f"{town}2024年冬修水利总结", BODY.replace("2024", "2022"), *text[2:])
    yield Paper("改了标题的旧总结", "旧.docx", word(*told), town, {}, ("WRONG_YEAR",))
    town = next(towns)
    told = (
        f"{town}2024年秸秆禁烧总结",
        "巡查86次，劝阻露天焚烧14起，约谈9人，悬挂横幅26条。" * 3,
        f"{town}人民政府",
    )
    yield Paper("别的事的总结", "禁烧.docx", word(*told), town, {}, ("WRONG_CAMPAIGN",))
    town = next(towns)
    yield Paper(
        "没有内容", f"{town}总结.docx", word(f"{town}冬修水利总结", "见附件。"), town, {}, ("BLANK_FORM",)
    )
    told = ("冬修水利总结", BODY, PLAIN, "2024年12月3日")
    yield Paper("没有写单位的总结", "总结x.docx", word(*told), None, {}, ("UNIT_MISSING",))


def spoilt() -> Iterator[Paper]:
    """Files nothing may be read from."""
    town = TOWNS[-1]
    yield Paper("扫描件", f"{town}扫描.pdf", hostile.scanned_pdf(), town, {}, ("WRONG_FORMAT",))
    yield Paper("宏", f"{town}宏.xlsm", hostile.macro_book(), town, {}, ("HOSTILE",))
    yield Paper("实体炸弹", f"{town}甲.xlsx", hostile.entity_bomb(), town, {}, ("HOSTILE",))
    yield Paper("远处一格", f"{town}乙.xlsx", hostile.far_cell(), town, {}, ("HOSTILE",))
    yield Paper("截断", f"{town}丙.xlsx", hostile.xlsx()[:400], town, {}, ("DAMAGED",))
    yield Paper("空文件", f"{town}丁.docx", b"", town, {}, ("DAMAGED",))
    yield Paper("越出目录", f"{town}戊.xlsx", hostile.path_traversal(), town, {}, ("HOSTILE",))
