"""Realistic dossiers: the shapes of the two notices, with invented units, figures and letters."""

import hashlib
from datetime import date, time, timedelta

from tasks.package.dossier import Chase, Dossier, Original
from tasks.terms import times
from tasks.terms.campaign import Campaign, Notice, OwnTask, PackageRule, Person, Rung, Superior
from tasks.terms.due import Due, Window
from tasks.terms.letters import LetterState
from tasks.terms.obligation import Field, Obligation, Quota, Selector, Target
from tasks.terms.standings import REPORTED, DueMoment, Standing, State, Tally, Timeliness
from tasks.terms.units import Roster, Unit

SURNAMES = "东西南北兴大水山金石鸣河福古木头铁楠合庆民太骑冷德三土峰中鱼乾白黎岭"
FIELDS = (
    Field(id="activities", title="社区活动", unit="场"),
    Field(id="visits", title="家庭走访", unit="户"),
    Field(id="served", title="服务人次", unit="人次", required=False),
)


class Originals:
    """Stands in for the store: content by digest."""

    def __init__(self):
        self.contents = {}

    def add(self, filename, content):
        digest = hashlib.sha256(content).hexdigest()
        self.contents[digest] = content
        return Original(filename, digest, len(content))

    def read(self, digest):
        return self.contents[digest]


def nanchuan_campaign():
    everyone = (Selector(kind="street"), Selector(kind="township"), Selector(kind="organisation"))
    return Campaign(
        id="bayu-2023",
        title="第七届巴渝社会工作宣传周活动",
        notice=Notice(
            issuer="重庆市南川区民政局",
            document_number="南川民发〔2023〕10号",
            title="关于开展第七届巴渝社会工作宣传周活动的通知",
            issued_on=date(2023, 3, 7),
            section="社会组织管理科",
            contact=Person(name="张三", phone="000-00000000"),
            theme="推进“五社联动” 关爱“一小一老”",
            superior_document="《重庆市民政局办公室关于举办第七届巴渝社会工作宣传周活动的通知》（渝民办〔2023〕33号）",
        ),
        superior=Superior(name="重庆市民政局"),
        roster="rosters/nanchuan.csv",
        windows=(
            Window(id="week", title="宣传周", start=date(2023, 3, 21), end=date(2023, 3, 31)),
            Window(id="homes", title="“千场活动，万家走访”", start=date(2023, 3, 21), end=date(2023, 5, 31)),
        ),
        obligations=(
            Obligation(
                id="summary", title="活动总结", deliverable="narrative", window="week",
                due=Due(date=date(2023, 4, 4)), owed_by=everyone,
            ),
            Obligation(
                id="figures", title="活动走访统计表", deliverable="form", window="homes", due="unknown",
                owed_by=(*everyone, Selector(kind="studio")), through_parent=("studio",), fields=FIELDS,
                quotas=(Quota(field="activities", min=3), Quota(field="visits", min=30)),
                targets=(
                    Target(field="activities", min=1000, title="千场活动"),
                    Target(field="visits", min=10000, title="万家走访"),
                ),
            ),
        ),
        sources=(),
        ladder=(
            Rung(id="r1", title="提醒", working_days=-1, at=time(9), audience=("sender",), template="start"),
        ),
        package=PackageRule(at=times.parse("2023-04-06T17:00"), basis="时限后两个工作日"),
        own_tasks=(
            OwnTask(title="第七届巴渝社会工作宣传周启动仪式", deliverables=("现场布展",)),
            OwnTask(title="社工机构主任进社区宣讲"),
            OwnTask(title="风采展示筑梦启航"),
        ),
    )  # fmt: skip


def nanchuan_roster(towns=34, organisations=60, studios=244):
    units = []
    for n in range(towns):
        street = n < 3
        name = f"{SURNAMES[n % 34]}{'城' if street else '坪'}{'街道' if street else '镇'}{n // 34 or ''}"
        units.append(Unit(f"50011900{n:04d}", name, "street" if street else "township", "镇街"))
    units += [
        Unit(
            f"SG{n:03d}", f"南川区{SURNAMES[n % 34]}心社会工作服务中心（{n + 1}）", "organisation", "社会组织"
        )
        for n in range(organisations)
    ]
    for n in range(studios):
        parent = units[n % towns]
        units.append(
            Unit(
                f"{parent.code}{n:03d}",
                f"{parent.name}{SURNAMES[n % 34]}溪村社会工作室{n}",
                "studio",
                "村社",
                parent.code,
            )
        )
    return Roster(tuple(units))


def haikou_campaign():
    return Campaign(
        id="haikou-2023",
        title="海口市2023年社会工作主题宣传活动",
        notice=Notice(
            issuer="海口市民政局",
            document_number="海民发〔2023〕79号",
            title="海口市民政局关于印发《海口市2023年社会工作主题宣传活动方案》的通知",
            issued_on="unknown",
            section="unknown",
            contact=Person(name="李四"),
            superior_document="《海南省2023年社会工作主题宣传活动方案》（琼办函〔2023〕6号）",
        ),
        superior=Superior(name="海南省民政厅", channel="document_exchange"),
        roster="rosters/haikou.csv",
        windows=(Window(id="week", title="宣传活动", start=date(2023, 3, 21), end=date(2023, 3, 31)),),
        obligations=(
            Obligation(
                id="summary", title="总结材料", deliverable="narrative", window="week",
                due=Due(date=date(2023, 4, 10)), owed_by=(Selector(kind="district"), Selector(kind="zone")),
            ),
        ),
        sources=(),
        package=PackageRule(at=times.parse("2023-04-12T17:00"), basis="时限后两个工作日"),
        own_tasks=(
            OwnTask(title="加强新闻媒体宣传", deliverables=("新闻报道", "公益广告", "短视频")),
            OwnTask(title="加强社工品牌打造", deliverables=("专有标识", "作品征集大赛", "宣传片")),
        ),
    )  # fmt: skip


def haikou_roster():
    names = ("秀英区民政局", "龙华区民政局", "琼山区民政局", "美兰区民政局")
    districts = [Unit(f"46010{n}", name, "district", "区") for n, name in enumerate(names, 5)]
    zone = Unit("460108400", "桂林洋经济开发区社会事业管理科", "zone", "开发区")
    return Roster((*districts, zone))


def standing(unit, obligation, state, *, due=None, received_at=None, reporter=None, values=None, **more):
    timeliness = None
    if received_at and due and due.at:
        timeliness = Timeliness.ON_TIME if received_at <= due.at else Timeliness.LATE
    return Standing(
        unit=unit, obligation=obligation, reporter=reporter or unit, due=due or DueMoment(None, "时限待定"),
        state=state, timeliness=timeliness, received_at=received_at, values=values or {},
        version=1 if received_at else None, **more,
    )  # fmt: skip


def tallies(campaign, standings, dues):
    found = []
    for o in campaign.obligations:
        mine = [s for s in standings if s.obligation == o.id and s.state is not State.WAIVED]
        got = [s for s in mine if s.state in REPORTED]
        on_time = sum(s.timeliness is Timeliness.ON_TIME for s in got)
        found.append(Tally(o.id, dues[o.id], len(mine), len(got), on_time))
    return tuple(found)


def _state(n):
    if n % 13 == 5:
        return State.MISSING
    if n % 29 == 7:
        return State.RETURNED
    return State.RECEIVED if n % 31 == 9 else State.ACCEPTED


def _letters(units, start):
    def sent(day, kind, title, state=LetterState.SENT):
        return Chase(kind, title, times.parse(f"2023-04-0{day}T09:00"), state)

    return {
        u.code: (sent(start, "reminder", "到期前提醒"), sent(start + 3, "overdue", "逾期催报"))
        for n, u in enumerate(units)
        if n % 13 == 5
    }


def nanchuan(towns=34, organisations=60, studios=244, number=1):
    """The district's dossier and its originals."""
    campaign, roster, store = nanchuan_campaign(), nanchuan_roster(towns, organisations, studios), Originals()
    due = DueMoment(times.end_of(date(2023, 4, 4)), "4月4日（周二）24:00前（通知：于4月4日前，含当日）")
    later = DueMoment(None, "通知未写明时限，待定")
    files, evidence, found = {}, {}, []
    own = [u for u in roster if u.kind != "studio"]
    for n, unit in enumerate(own):
        state = _state(n)
        came = times.parse("2023-03-29T08:30") + timedelta(hours=(n * 7) % 190)
        got = state is not State.MISSING
        number_of = n + 1 if got else None
        if got:
            files[number_of] = (store.add(f"{unit.name}活动总结.docx", f"总结{n}".encode() * 40),)
        found.append(
            standing(
                unit.code, "summary", state, due=due, received_at=came if got else None, submission=number_of,
                findings=("MISSING",) if state is State.RETURNED else (),
            )
        )  # fmt: skip
    found += _figures(roster, store, files, evidence, later)
    return (
        Dossier(
            campaign=campaign, roster=roster, as_of=times.parse("2023-04-06T17:00"), number=number,
            standings=tuple(found), tallies=tallies(campaign, found, {"summary": due, "figures": later}),
            files=files, evidence=evidence, chased=_letters(own, 3), queue=2,
        ),
        store,
    )  # fmt: skip


def _figures(roster, store, files, evidence, due):
    found = []
    for n, unit in enumerate(roster):
        reporter = unit.parent or unit.code
        serial = list(roster.by_code).index(reporter)
        state, submission = _state(serial + 3), 1000 + serial
        if unit.code.endswith("011"):
            state = State.NIL
        got = state is not State.MISSING
        if got and submission not in files:
            files[submission] = (store.add("活动走访统计表.xlsx", f"表{serial}".encode() * 30),)
        if got:
            cells = evidence.setdefault(submission, {})
            cells |= {
                f"{unit.code}/{f.id}": f"活动走访统计表.xlsx!{c}{n + 4}"
                for f, c in zip(FIELDS, "CDE", strict=True)
            }
        values = {
            "activities": float(2 + n % 4),
            "visits": float(25 + n % 12),
            "served": None if n % 50 == 11 else 80.0 + n,
        }
        found.append(
            standing(
                unit.code, "figures", state, due=due, reporter=reporter,
                submission=submission if got else None,
                received_at=times.parse("2023-04-01T10:00") + timedelta(hours=serial) if got else None,
                values=values if state is State.ACCEPTED else {},
                findings=("BELOW_TARGET",) if state is State.ACCEPTED and n % 4 == 0 else (),
            )
        )  # fmt: skip
    return found


def haikou(number=1):
    """The city's dossier: no form, no quota, no target, five reporters."""
    campaign, roster, store = haikou_campaign(), haikou_roster(), Originals()
    due = DueMoment(times.end_of(date(2023, 4, 10)), "4月10日（周一）24:00前（通知：于4月10日前，含当日）")
    files = {
        n: (store.add("总结材料.doc", f"区{n}".encode() * 99), store.add("活动照片.zip", b"PK" + bytes(n)))
        for n in range(4)
    }
    moments = ("2023-04-07T10:12", "2023-04-10T23:59", "2023-04-11T08:05", "2023-04-10T09:00")
    found = [
        standing(u.code, "summary", State.ACCEPTED, due=due, received_at=times.parse(m), submission=n)
        for n, (u, m) in enumerate(zip(roster, moments, strict=False))
    ]
    found.append(standing("460108400", "summary", State.MISSING, due=due))
    return (
        Dossier(
            campaign=campaign, roster=roster, as_of=times.parse("2023-04-12T17:00"), number=number,
            standings=tuple(found), tallies=tallies(campaign, found, {"summary": due}), files=files,
        ),
        store,
    )  # fmt: skip
