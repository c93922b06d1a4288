"""What the report lists as its annexes 附件, in order; the files that go up carry the same numbers."""

from tasks.package.dossier import Dossier
from tasks.package.originals import placed

MOST_ROWS = 150
"""Longest table of units a document carries; beyond it the documents refer to the workbook."""

TABLE, WORKBOOK, GAPS, ORIGINALS = "各单位报送情况表", "汇总表（电子表格）", "缺报说明", "各单位报送材料原件"


def carries_table(dossier: Dossier) -> bool:
    """Whether the table of units stands in the report itself, as its first annex."""
    return 0 < len(dossier.standings) <= MOST_ROWS


def annexes(dossier: Dossier) -> list[str]:
    """The annexes by name."""
    originals = ORIGINALS if placed(dossier) else ""
    return [name for name in (TABLE if carries_table(dossier) else "", WORKBOOK, GAPS, originals) if name]
