"""本次补报: what a supplement says that the package before it did not."""

from collections.abc import Iterator
from dataclasses import dataclass

from tasks.package.dossier import Dossier, Earlier
from tasks.package.sheets.sheet import Book
from tasks.package.sheets.units_sheet import source
from tasks.package.words import clean, moment_zh
from tasks.terms.standings import STATE_ZH, Standing, State


@dataclass(frozen=True, slots=True)
class Change:
    """One standing that is not as the earlier package had it; ``before`` in Chinese."""

    standing: Standing
    before: str

    @property
    def after(self) -> str:
        """How it stands now, in Chinese."""
        return STATE_ZH[self.standing.state]


def changes(dossier: Dossier, earlier: Earlier) -> Iterator[Change]:
    """Everything that changed, in the order of obligations and roster."""
    for obligation in dossier.campaign.obligations:
        for standing in dossier.of(obligation):
            if dossier.changed(standing):
                yield Change(standing, _before(earlier, standing))


def changes_sheet(book: Book, name: str, dossier: Dossier, earlier: Earlier) -> None:
    """Write the sheet."""
    page = book.page(name, (6, 30, 24, 20, 12, 22, 44), middle=(0, 3, 4))
    page.title(f"本次补报内容（对照第{earlier.number}号汇总件）")
    page.note(f"数据截至{moment_zh(dossier.as_of)}；其余各表为全部单位的最新情况，原件只附本表所列报件的原件")
    page.heads(("序号", "单位", "事项", "上次情况", "现在情况", "收到时间", "来源文件及单元格"), repeat=True)
    for count, each in enumerate(changes(dossier, earlier), 1):
        obligation = dossier.campaign.obligation(each.standing.obligation)
        page.row(
            [
                count,
                dossier.unit_name(each.standing.unit),
                clean(obligation.title),
                each.before,
                each.after,
                moment_zh(each.standing.received_at),
                source(dossier, obligation, each.standing),
            ]
        )
    if not page.rows:
        page.note("无：与上次相比没有变动。")


def _before(earlier: Earlier, standing: Standing) -> str:
    known = earlier.counted.get((standing.unit, standing.obligation))
    if known is None:
        return "未报或免报"
    state, version = known
    told = STATE_ZH[State(state)]
    return told if version == standing.submission else f"{told}（旧版）"
