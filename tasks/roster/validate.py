"""What a campaign file must not contradict: its own parts, its roster, the calendar, the accounts."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

from tasks.documents.strict_yaml import Document, read
from tasks.notice.calendar import Calendar, NoTable
from tasks.notice.load import campaign_and_lines, campaign_path
from tasks.notice.tables import load_calendar
from tasks.notice.unfold import Unclear, is_once, series_of, unfolded
from tasks.roster.known import known_roster
from tasks.roster.read import ADDRESS
from tasks.roster.surroundings import Place, Problem, Surroundings
from tasks.roster.unfilled import left_open, unfilled
from tasks.roster.validate_obligations import of_obligations
from tasks.settings import Home, Office, load_office
from tasks.terms import times
from tasks.terms.campaign import Campaign, Rung
from tasks.terms.due import Due
from tasks.terms.errors import Misconfigured
from tasks.terms.letters import ANNOUNCING, LETTER_KINDS, SUMMONING
from tasks.terms.text import fold
from tasks.terms.units import Roster
from tasks.terms.wording import quoted

ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
"""Short and plain: ids stand in file names, in form codes and in what clerks type."""


def validate(home: Home, campaign_id: str) -> list[str]:
    """Every contradiction of one campaign, one line each with file, line and field; empty when sound.

    Raises:
        Misconfigured: a file is missing or cannot be read as what it should be.
    """
    draft = read(campaign_path(home, campaign_id))
    if unfilled_places := sorted(left_open(draft.value), key=lambda p: draft.line(p.place)):
        return [draft.message(p.place, p.text) for p in unfilled_places]
    campaign, document = campaign_and_lines(home, campaign_id)
    calendar, office = load_calendar(home), load_office(home)
    definite, unclear = _definite(campaign, calendar, office)
    around = Surroundings(
        campaign, definite, _roster(home, campaign, document), calendar, office, _templates(home, campaign_id)
    )
    found = dict.fromkeys((*unclear, *problems(around)))
    return [document.message(p.place, p.text) for p in sorted(found, key=lambda p: document.line(p.place))]


def ensure_sound(home: Home, campaign_id: str) -> None:
    """Refuse to start on a campaign that contradicts itself.

    Raises:
        Misconfigured: the first contradiction.
    """
    found = validate(home, campaign_id)
    if found:
        more = f"（另有 {len(found) - 1} 处）" if len(found) > 1 else ""
        raise Misconfigured(found[0] + more)


def _definite(
    campaign: Campaign, calendar: Calendar, office: Office
) -> tuple[Campaign | None, list[Problem]]:
    try:
        return unfolded(campaign, calendar, office.closes_on), []
    except Unclear as fault:
        return None, [Problem(fault.place, fault.text)]


def _roster(home: Home, campaign: Campaign, document: Document) -> Roster:
    if _leaves(campaign.roster):
        raise document.fault(("roster",), f"“{campaign.roster}”不对，应为 config 之内的相对路径")
    path = home.config / campaign.roster
    if not path.is_file():
        raise document.fault(("roster",), f"没有名册文件 config/{campaign.roster}")
    return known_roster(path)


def _templates(home: Home, campaign: str) -> frozenset[str]:
    folders = [folder / "letters" for folder in home.template_folders(campaign)]
    return frozenset(p.name for folder in folders if folder.is_dir() for p in folder.iterdir() if p.is_dir())


def problems(around: Surroundings) -> list[Problem]:
    """Every contradiction, in the order of the rules."""
    rules: Sequence[Callable[[Surroundings], Iterable[Problem]]] = (
        _doubled_ids,
        _titles,
        unfilled,
        _windows,
        _account,
        _sources,
        of_obligations,
        _ladder,
        _package,
    )
    return [problem for rule in rules for problem in rule(around)]


def _doubled_ids(around: Surroundings) -> Iterator[Problem]:
    campaign = around.campaign
    for name in ("windows", "obligations", "ladder"):
        yield from _doubled((name,), [each.id for each in getattr(campaign, name)])
    for n, obligation in enumerate(campaign.obligations):
        yield from _doubled(("obligations", n, "fields"), [f.id for f in obligation.fields])


def _doubled(place: Place, ids: Sequence[str]) -> Iterator[Problem]:
    for n, each in enumerate(ids):
        if each in ids[:n]:
            yield Problem((*place, n, "id"), f"代号“{each}”重复，应各不相同")
        if not ID.fullmatch(each):
            yield Problem((*place, n, "id"), f"代号“{each}”不对，应为英文小写字母、数字、- 或 _")


def _titles(around: Surroundings) -> Iterator[Problem]:
    """Staff choose by title: every one says something, and no two are the same."""
    campaign = around.campaign
    yield from _titled(("obligations",), [o.title for o in campaign.obligations])
    for n, obligation in enumerate(campaign.obligations):
        yield from _titled(("obligations", n, "fields"), [f.title for f in obligation.fields])
    for place, title in ((("title",), campaign.title), (("notice", "title"), campaign.notice.title)):
        if not title.strip():
            yield Problem(place, "标题是空的，请填写")


def _titled(place: Place, titles: Sequence[str]) -> Iterator[Problem]:
    for n, each in enumerate(titles):
        if not each.strip():
            yield Problem((*place, n, "title"), "标题是空的，请填写")
        elif fold(each) in map(fold, titles[:n]):
            yield Problem((*place, n, "title"), f"标题“{each}”重复，应各不相同")


def _windows(around: Surroundings) -> Iterator[Problem]:
    for n, window in enumerate(around.campaign.windows):
        if window.end < window.start:
            yield Problem(("windows", n, "end"), f"{window.end} 早于起始日 {window.start}")


def _account(around: Surroundings) -> Iterator[Problem]:
    name = around.campaign.account
    if name != "capture" and name not in around.office.accounts:
        known = "、".join(("capture", *around.office.accounts))
        yield Problem(("account",), f"office.yaml 中没有账户“{name}”，应为 {known} 之一")


def _sources(around: Surroundings) -> Iterator[Problem]:
    for n, source in enumerate(around.campaign.sources):
        place = ("sources", n)
        if source.kind == "imap" and (source.account or "") not in around.office.accounts:
            names = "、".join(around.office.accounts)
            known = f"应为 {names} 之一" if names else "office.yaml 里还没有账户，请先填 accounts"
            yield Problem((*place, "account"), f"imap 来源须写 office.yaml 中的账户，{known}")
        if source.kind != "imap" and not source.path:
            yield Problem((*place, "path"), f"{source.kind} 来源须写目录 path")
        if source.path and _leaves(source.path):
            yield Problem((*place, "path"), f"“{source.path}”不对，应为主目录之内的相对路径")


def _leaves(path: str) -> bool:
    """Whether a path leads out of the folder it is counted from."""
    return path.startswith("/") or ".." in path.split("/")


def _ladder(around: Surroundings) -> Iterator[Problem]:
    obligations = [o.id for o in around.campaign.obligations]
    for n, rung in enumerate(around.campaign.ladder):
        place: Place = ("ladder", n)
        counted = (rung.working_days, rung.on, rung.hours_before, rung.hours_after)
        if sum(each is not None for each in counted) != 1:
            yield Problem(place, "working_days、on、hours_before、hours_after 应写且只写一项")
            continue
        fit = {t for t in around.templates if t in SUMMONING | ANNOUNCING or t not in LETTER_KINDS}
        if rung.template not in fit:
            known = "、".join(sorted(fit)) or "（无）"
            yield Problem((*place, "template"), f"没有梯次可用的模板“{rung.template}”，应为 {known} 之一")
        for each in rung.obligations:
            if each not in obligations:
                yield Problem(
                    (*place, "obligations"), f"没有报送事项“{each}”，应为 {'、'.join(obligations)} 之一"
                )
        for field, hours in (("hours_before", rung.hours_before), ("hours_after", rung.hours_after)):
            if hours is not None and hours < 1:
                yield Problem((*place, field), f"{hours} 不对，应为不小于 1 的小时数")
        yield from _audience(around, rung, place)
        yield from _too_late(around, rung, place)


def _audience(around: Surroundings, rung: Rung, place: Place) -> Iterator[Problem]:
    """Every rung speaks to someone; a digest of all units goes to the bureau's own people only."""
    of_all = rung.template == "digest"
    if not rung.audience:
        yield Problem((*place, "audience"), "应至少写一类收件人：preparer、sender 或 leader")
    if of_all and set(rung.audience) - {"ops", "leader"}:
        yield Problem((*place, "audience"), "情况摘要只发本局，收件人应为 ops 或 leader（本局领导）")
    if "ops" in rung.audience and not around.office.on_duty:
        yield Problem((*place, "audience"), "收件人写了 ops，config/office.yaml 须写值班邮箱 on_duty")
    if of_all and "leader" in rung.audience and not around.office.leaders:
        yield Problem(
            (*place, "audience"), "情况摘要的收件人写了 leader，config/office.yaml 须写本局领导邮箱 leaders"
        )
    if rung.template in ANNOUNCING and rung.only is not None:
        yield Problem((*place, "only"), "致谢、通报、情况摘要不分未报、退回，应删去 only")


def _too_late(around: Surroundings, rung: Rung, place: Place) -> Iterator[Problem]:
    """A letter after the last package has gone up could change nothing any more."""
    end = around.campaign.package.last
    field = "on" if rung.on is not None else "working_days"
    try:
        late = [moment for moment in _moments(around, rung) if moment > end]
    except NoTable as fault:
        yield Problem((*place, field), str(fault))
        return
    if late:
        when, last = times.moment_zh(late[0], year=True), times.moment_zh(end, year=True)
        yield Problem((*place, field), f"这一梯次在 {when}，晚于最后一次汇总呈报，应不晚于 {last}")


def _moments(around: Surroundings, rung: Rung) -> list[datetime]:
    if rung.on is not None:
        return [times.at(rung.on, rung.at)]
    if rung.hours_after is not None:  # the hour of the due moment is each unit's own
        return []
    named = {series_of(each) for each in rung.obligations}
    obligations = around.definite.obligations if around.definite else ()
    days = (
        o.due.date
        for o in obligations
        if isinstance(o.due, Due) and not o.optional and (not named or series_of(o.id) in named)
    )
    return _counted(around.calendar, rung, days)


def _counted(calendar: Calendar, rung: Rung, days: Iterable[date]) -> list[datetime]:
    """The rung's moment for each due day; where it leads into a year without a table there is none yet.

    Raises:
        NoTable: there is none for any: the year is mistyped, or lies too far ahead.
    """
    found, missing = [], []
    for day in days:
        try:
            found.append(times.at(calendar.shift(day, rung.working_days or 0), rung.at))
        except NoTable as fault:
            missing.append(fault)
    if missing and not found:
        raise missing[0]
    return found


def _package(around: Surroundings) -> Iterator[Problem]:
    campaign = around.campaign
    at = times.utc(campaign.package.at)
    for obligation in (around.definite or campaign).obligations:
        once = isinstance(obligation.due, Due) and not obligation.optional and is_once(obligation)
        last = obligation.due.date if once and isinstance(obligation.due, Due) else None
        if last is not None and times.local(at).date() < last:
            yield Problem(("package", "at"), f"早于{quoted(obligation.title)}的时限，应不早于 {last}")
    for n, moment in enumerate(campaign.package.supplements):
        if times.utc(moment) <= at:
            yield Problem(("package", "supplements", n), "补报件应晚于汇总件")
    due = campaign.superior.due
    if due != "unknown" and times.utc(due) < at:
        yield Problem(("package", "at"), f"晚于上级时限 {times.moment_zh(due, year=True)}")
    if campaign.superior.channel == "email" and not ADDRESS.fullmatch(campaign.superior.address or ""):
        yield Problem(("superior", "address"), "以邮件呈报须写上级的邮箱地址，写作 name@bureau.example")
