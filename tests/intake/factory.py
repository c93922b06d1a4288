"""One campaign and a small roster for the tests of reading: a town with its villages, look-alike names."""

from datetime import date, datetime, time

from tasks.terms.campaign import Campaign, Notice, PackageRule, Person, Superior
from tasks.terms.due import Due, Window
from tasks.terms.obligation import Field, NarrativeRule, Obligation, Quota, Selector
from tasks.terms.units import Contact, Roster, Unit

FIELDS = (
    Field(
        id="activities", title="社区活动", unit="场", aliases=("活动场次", "活动场数", "开展活动"), high=500
    ),
    Field(id="visits", title="走访家庭", unit="户", aliases=("走访户数", "家庭走访", "走访慰问"), high=5000),
    Field(id="served", title="服务人次", unit="人次", aliases=("服务人数", "服务群众"), required=False),
    Field(id="volunteers", title="参与志愿者", unit="人", aliases=("志愿者人数", "志愿者"), required=False),
)
FORM = Obligation(
    id="figures",
    title="“千场活动、万家走访”统计表",
    deliverable="form",
    window="week",
    due=Due(date=date(2023, 6, 5)),
    owed_by=(Selector(kind="studio"),),
    through_parent=("studio",),
    fields=FIELDS,
    quotas=(Quota(field="activities", min=3), Quota(field="visits", min=30)),
)
SUMMARY = Obligation(
    id="summary",
    title="活动总结",
    deliverable="narrative",
    window="week",
    due=Due(date=date(2023, 4, 4)),
    owed_by=(Selector(kind="township"),),
    narrative=NarrativeRule(keywords=("五社联动", "一小一老", "一老一小"), min_characters=100),
)
CAMPAIGN = Campaign(
    id="week-2023",
    title="南川区第七届巴渝社会工作宣传周",
    notice=Notice(
        issuer="南川区民政局",
        document_number="南川民发〔2023〕10号",
        title="关于开展第七届巴渝社会工作宣传周活动的通知",
        issued_on=date(2023, 3, 7),
        section="unknown",
        contact=Person(name="联系人"),
        theme="推进“五社联动” 关爱“一小一老”",
    ),
    superior=Superior(name="市民政局"),
    roster="rosters/a.csv",
    windows=(Window(id="week", title="宣传周", start=date(2023, 3, 21), end=date(2023, 5, 31)),),
    obligations=(SUMMARY, FORM),
    sources=(),
    package=PackageRule(at=datetime.combine(date(2023, 4, 4), time(18)), basis="演示"),
)


def _unit(code: str, name: str, kind: str, parent: str | None = None, *aliases: str) -> Unit:
    contact = Contact("preparer", f"u{code}@town.example")
    return Unit(code, name, kind, parent=parent, aliases=aliases, contacts=(contact,))


ROSTER = Roster(
    (
        _unit("500119001", "东城街道", "street", None, "东城街道办事处", "东城"),
        _unit("500119002", "南城街道", "street", None, "南城街道办事处", "南城"),
        _unit("500119100", "三泉镇", "township", None, "三泉镇人民政府", "三泉"),
        _unit("500119101", "白沙镇", "township", None, "白沙镇人民政府"),
        _unit("500119004", "白沙街道", "street", None, "白沙街道办事处"),
        _unit("SG001", "阳光社会工作服务中心", "organisation", None, "阳光社工中心"),
        _unit("500119100S", "三泉镇社会工作站", "station", "500119100"),
        _unit("500119100201", "三泉镇观音村社会工作室", "studio", "500119100", "观音村", "观音村村民委员会"),
        _unit("500119100202", "三泉镇窑湾村社会工作室", "studio", "500119100", "窑湾村"),
        _unit("500119101201", "白沙镇观音村社会工作室", "studio", "500119101", "观音村"),
    )
)
