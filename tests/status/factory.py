"""A small campaign: two towns, three villages that report through them, one organisation."""

from datetime import date, time

from tasks.status.assess import Facts, Version, assess, tally
from tasks.terms import times
from tasks.terms.campaign import Campaign, Notice, PackageRule, Person, Superior
from tasks.terms.due import Due
from tasks.terms.obligation import Field, Obligation, Quota, Selector, Target
from tasks.terms.standings import State
from tasks.terms.units import Contact, Roster, Unit

CLOSE = time(17, 30)
DUE_DAY = date(2023, 4, 4)
DUE = times.end_of(DUE_DAY)
BEFORE, AT, AFTER = times.parse("2023-04-03T10:00"), DUE, times.parse("2023-04-05T00:00")
LATER = times.parse("2023-04-20T00:00")

ROSTER = Roster(
    (
        Unit(
            "T1", "东坪镇", "town", "镇街", phone="000-00000001",
            contacts=(Contact("preparer", "east@units.example", "赵某"),),
        ),
        Unit("T2", "西坪镇", "town", "镇街"),
        Unit("V1", "东坪镇甲村", "village", "村社", "T1"),
        Unit("V2", "东坪镇乙村", "village", "村社", "T1"),
        Unit("V3", "西坪镇丙村", "village", "村社", "T2"),
        Unit("G1", "某社会工作服务中心", "organisation", "社会组织"),
    )
)  # fmt: skip

FIELDS = (
    Field(id="activities", title="社区活动", unit="场"),
    Field(id="visits", title="家庭走访", unit="户"),
)


def obligation(**more):
    known = {
        "id": "summary", "title": "活动总结", "deliverable": "narrative", "due": Due(date=DUE_DAY),
        "owed_by": (Selector(kind="town"),),
    }  # fmt: skip
    return Obligation(**known | more)


def form(**more):
    known = {
        "id": "figures", "title": "统计表", "deliverable": "form", "fields": FIELDS,
        "owed_by": (Selector(kind="town"), Selector(kind="village")), "through_parent": ("village",),
        "quotas": (Quota(field="activities", min=3),),
        "targets": (Target(field="visits", min=100, title="百户走访"),),
    }  # fmt: skip
    return obligation(**known | more)


def campaign(*obligations):
    return Campaign(
        id="bayu",
        title="宣传周",
        notice=Notice(
            issuer="某区民政局", document_number="某民发〔2023〕1号", title="通知",
            issued_on=date(2023, 3, 7),
            section="社会组织管理科", contact=Person(name="张三", phone="000-00000000"),
        ),
        superior=Superior(name="某市民政局", due=LATER, channel="email"),
        roster="rosters/a.csv",
        windows=(),
        obligations=obligations or (obligation(), form()),
        sources=(),
        package=PackageRule(at=LATER, basis="时限后"),
    )  # fmt: skip


def version(number=1, verdict=State.ACCEPTED, received_at=BEFORE, **more):
    known = {"id": number, "obligation": "summary", "reporter": "T1", "number": number}
    return Version(**known | {"verdict": verdict, "received_at": received_at} | more)


def filled(number=1, verdict=State.ACCEPTED, received_at=BEFORE, **more):
    """A version of T1's form with every row filled, unless rows are given."""
    rows = {unit: {"activities": 3.0, "visits": 30.0} for unit in ("T1", "V1", "V2")}
    return version(number, verdict, received_at, **{"obligation": "figures", "rows": rows} | more)


def standings(*versions, as_of=LATER, of=None, roster=ROSTER, **facts):
    return assess(of or campaign(), roster, Facts(versions, **facts), as_of, office_close=CLOSE)


def standing(unit, obligation_id, *versions, **more):
    found = [s for s in standings(*versions, **more) if (s.unit, s.obligation) == (unit, obligation_id)]
    assert len(found) == 1
    return found[0]


def tallies(found, of=None):
    return {t.obligation: t for t in tally(of or campaign(), found, office_close=CLOSE)}
