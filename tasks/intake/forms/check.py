"""From cells to figures that may be used: every doubt becomes a finding, and a doubtful figure is None."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property

from tasks.intake.forms.layout import Doubt, Figure, Layout, Line
from tasks.intake.forms.remarks import called, left_open, says_the_same, taking_back
from tasks.terms.obligation import Field, Obligation
from tasks.terms.readings import Code, Finding
from tasks.terms.sums import added

_PHONE = range(13_000_000_000, 20_000_000_000)
_DAY = range(19_000_101, 20_991_232)

PROBLEMS: dict[Code, str] = {
    "VAGUE": "填的是“{shown}”，不是确切的数字，请填阿拉伯数字（没有的填 0）",
    "FORMULA_NO_CACHE": "是公式，文件里没有存下计算结果，请打开并保存一次后重新报送，或直接填数字",
    "ERROR_CELL": "是错误值，请改成正确的数字",
    "MISSING": "没有填，请补填（没有的填 0）",
    "NEGATIVE": "填的是 {shown}，不能是负数，请核对",
    "DECIMAL": "填的是 {shown}，应当是整数，请核对",
    "IMPLAUSIBLE": "填的是 {shown}，像是电话号码或日期而不是数量，请核对",
    "HUGE": "填的是 {shown}，超出合理范围（一般不超过 {high}），请核实",
    "BELOW_TARGET": "为 {shown}，未达到任务数 {low}，请核实；确未完成的请说明情况",
    "HIDDEN_ROWS": "在隐藏的行或列里，无法确定是否要报，请取消隐藏或删除后重新报送",
}


@dataclass
class Checked:
    """Figures of one form under way to a reading."""

    obligation: Obligation
    yearly: bool = False
    """The report is on the time since the beginning of a year."""
    findings: list[Finding] = field(default_factory=list)

    @cached_property
    def _taken_back(self) -> Callable[[str], frozenset[str]]:
        return taking_back(tuple(self.obligation.fields), yearly=self.yearly)

    def say(self, code: Code, text: str, where: str = "", *, asks: bool | None = None) -> None:
        """Add a finding once."""
        finding = Finding(code, text, where, asks)
        if finding not in self.findings:
            self.findings.append(finding)

    def problem(self, code: Code, asked: Field, figure: Figure, **more: object) -> None:
        """Add a finding about one cell."""
        about = PROBLEMS[code].format(shown=_shown(figure), **more)
        self.say(code, f"{figure.where} 的“{asked.title}”{about}", figure.where)

    def line(self, line: Line, left_out: AbstractSet[str] = frozenset()) -> dict[str, float | None]:
        """The usable figures of one row, but for fields left out."""
        fields = {f.id: f for f in self.obligation.fields if f.id not in left_out}
        values = {n: self.figure(fields[n], figure) for n, figure in line.figures.items() if n in fields}
        for remark in line.words:
            held = {n: v for n, v in values.items() if v is not None}
            for name in (self.retracted(remark, held) | self.left_open(remark)) & held.keys():
                values[name] = None
        return values

    def left_open(self, note: str) -> set[str]:
        """The fields a note leaves open, told of."""
        found = left_open(note, self.obligation.fields)
        if found:
            said = (
                f"表中注明“{note[:40]}”，{self._titles(found)}还不是最后的、完整的数，请核实后报送确切的数字"
            )
            self.say("VAGUE", said)
        return found

    def retracted(self, remark: str, held: Mapping[str, float]) -> AbstractSet[str]:
        """The fields a remark takes back, told of; ``held`` are the figures it speaks of."""
        back = self._taken_back(remark)
        figures = {value for name, value in held.items() if name in back}
        if back and says_the_same(remark, self.obligation.fields, figures):
            return frozenset()
        if back:
            unsure = f"无法确定{self._titles(back)}以哪个数字为准"
            self.say("VAGUE", f"表中备注“{remark[:40]}”，{unsure}，请直接改正表内数字后重新报送")
        return back

    def of_others(self, remark: str) -> set[str]:
        """The fields a remark says hold another unit's figures, told of; all if it names none."""
        fields = self.obligation.fields
        found = called(remark, fields) or {f.id for f in fields}
        said = f"表中注明“{remark[:40]}”，{self._titles(found)}含有别的单位的数，请核实后只报本单位的数字"
        self.say("VAGUE", said)
        return found

    def _titles(self, names: AbstractSet[str]) -> str:
        return "、".join(f"“{f.title}”" for f in self.obligation.fields if f.id in names)

    def figure(self, asked: Field, figure: Figure) -> float | None:
        """One usable figure, or None with a finding (an empty optional one is None without)."""
        value, problem = figure.number.value, figure.number.problem
        if problem is None and value is None:
            if asked.required:
                self.problem("MISSING", asked, figure)
            return None
        code = problem or self._refused(asked, figure, value or 0.0)
        if code:
            self.problem(code, asked, figure)
            return None
        assert value is not None
        if value > asked.high:
            self.problem("HUGE", asked, figure, high=asked.high)
        elif value < asked.low:
            text = f"填的是 {number_text(value)}，低于合理范围（一般不少于 {asked.low}），请核实"
            self.say("IMPLAUSIBLE", f"{figure.where} 的“{asked.title}”{text}", figure.where)
        return value

    @staticmethod
    def _refused(asked: Field, figure: Figure, value: float) -> Code | None:
        if figure.hidden:
            return "HIDDEN_ROWS"
        if value < 0 <= asked.low:
            return "NEGATIVE"
        if asked.whole and not value.is_integer():
            return "DECIMAL"
        if asked.unit == "%" and 0 < value <= 1:
            return "VAGUE"  # 0.958 may be a share of one, shown as 95.8 %
        whole = int(value)
        if value > asked.high and (whole in _PHONE or (whole in _DAY and _is_day(whole))):
            return "IMPLAUSIBLE"
        return None

    def doubts(self, layout: Layout) -> None:
        """Findings for fields no column or label could be told for."""
        for asked in self.obligation.fields:
            doubt = layout.doubts.get(asked.id)
            title = f"“{asked.title}{f'（{asked.unit}）' if asked.unit else ''}”"
            if doubt is Doubt.SEVERAL:
                self.say(
                    "VAGUE",
                    f"表“{layout.sheet}”里不止一处可能是{title}，无法确定以哪一处为准，请按原表样填报",
                )
            elif doubt is Doubt.ABSENT and asked.required:
                self.say("MISSING", f"表“{layout.sheet}”里没有找到{title}，请按原表样补填")

    def quotas(self, values: dict[str, float | None], evidence: dict[str, str], who: str) -> None:
        """BELOW_TARGET for a unit that has not reached what every unit is asked for; the figure stands."""
        fields = {f.id: f for f in self.obligation.fields}
        for quota in self.obligation.quotas:
            value = values.get(quota.field)
            if value is None or value >= quota.min or quota.field not in fields:
                continue
            where, unit = evidence.get(quota.field, ""), fields[quota.field].unit
            about = PROBLEMS["BELOW_TARGET"].format(
                shown=f"{number_text(value)} {unit}".rstrip(), low=f"{quota.min} {unit}".rstrip()
            )
            self.say("BELOW_TARGET", f"{who}的“{fields[quota.field].title}”{about}", where)

    def uncomputed(self, layout: Layout) -> set[str]:
        """Fields whose total is a formula nobody computed, or an error: nobody knows what it would say."""
        open_: set[str] = set()
        for asked in self.obligation.fields:
            for stated in layout.totals:
                figure = stated.get(asked.id)
                if figure and figure.number.problem in {"FORMULA_NO_CACHE", "ERROR_CELL"}:
                    open_.add(asked.id)
                    self.problem(figure.number.problem, asked, figure)
        return open_

    def totals(self, layout: Layout, sums: dict[str, float | None]) -> set[str]:
        """Fields whose stated total is not the sum of the rows."""
        wrong: set[str] = set()
        for asked in self.obligation.fields:
            total = sums.get(asked.id)
            if total is None or not asked.adds:
                continue
            examples = sum(e[asked.id].number.value or 0.0 for e in layout.examples if asked.id in e)
            for stated in layout.totals:
                figure = stated.get(asked.id)
                value = figure.number.value if figure else None
                if figure and value is not None and added([value]) not in {total, added([total, examples])}:
                    wrong.add(asked.id)
                    text = f"{figure.where} 的“{asked.title}”合计写的是 {number_text(value)}，各行相加是 "
                    self.say("TOTAL_MISMATCH", f"{text}{number_text(total)}，两者不符，请核对", figure.where)
        return wrong


def _is_day(number: int) -> bool:
    month, day = number // 100 % 100, number % 100
    return 1 <= month <= 12 and 1 <= day <= 31  # noqa: PLR2004  months and days


def _shown(figure: Figure) -> str:
    if figure.shown:
        return number_text(float(figure.shown)) if _is_number(figure.shown) else figure.shown[:20]
    return "" if figure.number.value is None else number_text(figure.number.value)


def _is_number(text: str) -> bool:
    return (
        text.replace(".", "", 1).removeprefix("-").isascii()
        and text.replace(".", "", 1).removeprefix("-").isdigit()
    )


def number_text(value: float) -> str:
    """A figure for a sentence: no .0."""
    return str(int(value)) if float(value).is_integer() else f"{value:.15g}"


def summed(parts: Iterable[float | None]) -> float | None:
    """The sum, or None when any part is unknown or there is none."""
    known = list(parts)
    return None if not known or None in known else added(p for p in known if p is not None)


def span(places: Sequence[str]) -> str:
    """Evidence over several cells: 统计表!C5:C9."""
    if len(set(places)) <= 1:
        return places[0] if places else ""
    return f"{places[0]}:{places[-1].rpartition('!')[2]}"
