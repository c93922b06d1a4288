"""What was read out of a document, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Code = Literal[
    "BELOW_TARGET", "MISSING", "VAGUE", "NEGATIVE", "HUGE", "DECIMAL", "TOTAL_MISMATCH", "CONTRADICTION",
    "IMPLAUSIBLE", "BLANK_FORM", "WRONG_CAMPAIGN", "WRONG_YEAR", "UNKNOWN_UNIT", "AMBIGUOUS_UNIT",
    "UNIT_MISSING", "FORMULA_NO_CACHE", "ERROR_CELL", "HIDDEN_ROWS", "SUSPICIOUS_TEXT", "WRONG_FORMAT",
    "ENCRYPTED", "TRACKED_CHANGES", "DAMAGED", "HOSTILE",
]  # fmt: skip
"""The findings 问题 scripts may rely on (contract)."""

CODES: tuple[str, ...] = get_args(Code)

FINDING_ZH: Mapping[str, str] = {
    "BELOW_TARGET": "低于任务数",
    "MISSING": "缺项",
    "VAGUE": "数字不明确",
    "NEGATIVE": "负数",
    "HUGE": "数字过大",
    "DECIMAL": "应为整数而有小数",
    "TOTAL_MISMATCH": "合计与分项不符",
    "CONTRADICTION": "前后矛盾",
    "IMPLAUSIBLE": "数字须核实",
    "BLANK_FORM": "空表",
    "WRONG_CAMPAIGN": "非本次活动材料",
    "WRONG_YEAR": "年份不符",
    "UNKNOWN_UNIT": "单位不在名册",
    "AMBIGUOUS_UNIT": "单位不能确定",
    "UNIT_MISSING": "未填单位",
    "FORMULA_NO_CACHE": "公式未计算",
    "ERROR_CELL": "单元格报错",
    "HIDDEN_ROWS": "有隐藏行列",
    "SUSPICIOUS_TEXT": "文字待核实",
    "WRONG_FORMAT": "格式不符",
    "ENCRYPTED": "文件加密",
    "TRACKED_CHANGES": "留有修订痕迹",
    "DAMAGED": "文件损坏",
    "HOSTILE": "文件不安全",
}
"""Findings as a short Chinese name; the sender's letter has the whole sentence."""

ASKED_ABOUT = frozenset(
    {"BELOW_TARGET", "HUGE", "IMPLAUSIBLE", "HIDDEN_ROWS", "SUSPICIOUS_TEXT", "CONTRADICTION"}
)
"""Findings that leave a report acceptable: the unit is asked, the figure stands as reported."""

NOT_A_REPORT = frozenset(
    {"BLANK_FORM", "DAMAGED", "ENCRYPTED", "HOSTILE", "WRONG_FORMAT", "WRONG_CAMPAIGN", "WRONG_YEAR"}
)
"""Findings after which nothing was reported at all: such a version does not make a unit punctual."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a document.

    Attributes:
        text: one Chinese sentence for the sender: what, where, what to do.
        where: the place, such as ``统计表!C7``; empty for the document as a whole.
        asks: it is only asked about (True) or sends the report back (False), whatever its code says of
            most: prose is not sent back for a vague word, a form is where two rows contradict each other.
    """

    code: Code
    text: str
    where: str = ""
    asks: bool | None = None

    @property
    def blocking(self) -> bool:
        """Whether the report goes back to the sender for it."""
        return self.code not in ASKED_ABOUT if self.asks is None else not self.asks


def is_asked_about(finding: Mapping[str, Any]) -> bool:
    """Whether a finding, as the ledger keeps it, leaves the report acceptable."""
    asks: bool | None = finding.get("asks")
    return finding["code"] in ASKED_ABOUT if asks is None else asks


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: cell values by row and column from A1, None where empty."""

    name: str
    rows: tuple[tuple[Any, ...], ...]
    visible: bool = True
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged ranges as (first row, first column, last row, last column), from 0."""
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    formulas_without_value: tuple[str, ...] = ()
    error_cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A document's content, read in a bounded child; no meaning has been given to it yet.

    Attributes:
        format: by content, not by name: xlsx xls ods csv html xml docx doc pdf txt ofd image zip unknown.
        text: running text of a document, empty for workbooks; a table's cells stand in it line by line.
        findings: what the door itself saw: ENCRYPTED, DAMAGED, HOSTILE, WRONG_FORMAT, TRACKED_CHANGES.
        pictures: how many pictures are inside.
        unchanged: the text without the changes still open in it; empty where there are none.
        unread: why tables it shows are not among its sheets, as Chinese clauses: 第1页的表有文字压着格线.
    """

    format: str
    sheets: tuple[Sheet, ...] = ()
    text: str = ""
    findings: tuple[Finding, ...] = ()
    pictures: int = 0
    unchanged: str = ""
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One unit's figures in a form: the reporting unit itself or one it reports for."""

    unit: str
    values: dict[str, float | None]
    evidence: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document says, to one campaign.

    Attributes:
        unit: the reporting unit's code when it is certain, else None with candidates and reasons.
        obligation: the obligation it answers, when certain.
        rows: per-unit figures of a form.
        values: each field's total over the rows; None where any part is uncertain.
        evidence: the cell each value came from.
        date: the date the document carries, ISO, or None.
        nil: an explicit nil return 零报告.
    """

    unit: str | None = None
    candidates: tuple[str, ...] = ()
    campaign: str | None = None
    obligation: str | None = None
    rows: tuple[Row, ...] = ()
    values: dict[str, float | None] | None = None
    evidence: dict[str, str] | None = None
    date: str | None = None
    nil: bool = False
    findings: tuple[Finding, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that send it back."""
        return tuple(f for f in self.findings if f.blocking)
