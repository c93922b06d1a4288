"""What each unit is to reach and what all are to reach: who, what, at least and at most, never mixed up."""

import pytest

from tests.notice.draft.texts import read

HEAD = "清河县文化局\n关于开展全民阅读活动的通知\n各乡镇文化站：\n请于3月15日前将工作总结报县文化局。\n"
FOOT = "\n联系人：顾一苇，电话：5550001\n清河县文化局\n2024年3月5日"


def owed(line: str) -> list[tuple]:
    return [(q["item"], q["min"], q["max"], q["per"]) for q in read(HEAD + line + FOOT)["quotas"]]


def aimed(line: str) -> list[tuple]:
    return [(t["item"], t["min"]) for t in read(HEAD + line + FOOT)["campaign_targets"]]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "各乡镇每月报送信息不少于3条，县直重点部门每月不少于4条，其他部门每月不少于2条。",
            [("信息", 3, None, "各乡镇"), ("信息", 4, None, "县直重点部门"), ("信息", 2, None, "其他部门")],
        ),
        (
            "各乡镇每月报送稿件3—5篇，县直部门每月不少于2篇。",
            [("稿件", 3, 5, "各乡镇"), ("稿件", 2, None, "县直部门")],
        ),
        ("典型案例（每个单位不少于1起，须隐去姓名）。", [("典型案例", 1, None, "每个单位")]),
        ("4.优秀读书社每个文化站限报1个。", [("优秀读书社", None, 1, "每个文化站")]),
        (
            "每校推荐优秀课例不超过2节，每个教管中心不超过6节。",
            [("优秀课例", None, 2, "每校"), ("优秀课例", None, 6, "每个教管中心")],
        ),
        (
            "各村每月开展活动不少于2次，全年累计不少于24次。",
            [("开展活动", 2, None, "各村"), ("开展活动", 24, None, "各村")],
        ),
        ("各镇每月开展2次以上宣传活动。", [("宣传活动", 2, None, "各镇")]),
        (
            "请各单位将2名联络员名单于3月10日前报送，城关街道不少于10名。",
            [(None, 10, None, "城关街道")],
        ),
        ("各镇要在中秋节前开展不少于1次走访慰问。", [("走访慰问", 1, None, "各镇")]),
        ("各单位公众号推送不少于2篇。", [("公众号推送", 2, None, "各单位")]),
        (
            "各县（区）文化馆限推荐3名，市级学会限推荐1名；市直单位限推荐1名。",
            [
                ("推荐", None, 3, "各县（区）文化馆"),
                ("推荐", None, 1, "市级学会"),
                ("推荐", None, 1, "市直单位"),
            ],
        ),
        ("每家读书组织不少于2场活动。", [("活动", 2, None, "每家读书组织")]),
        ("② 读书角照片：每社区不少于6张，6月15日前报送。", [("读书角照片", 6, None, "每社区")]),
        (
            "每个乡镇至少组织1场读书会，各学会原则上不少于2场。",
            [("读书会", 1, None, "每个乡镇"), ("读书会", 2, None, "各学会")],
        ),
        (
            "每个科室申报1—3项，重点专科不少于2项。",
            [("申报", 1, 3, "每个科室"), ("申报", 2, None, "重点专科")],
        ),
        ("每所学校推荐作品3至5件。", [("作品", 3, 5, "每所学校")]),
        (
            "各乡镇要完成3场读书活动和30个家庭走访。",
            [("读书活动", 3, None, "各乡镇"), ("家庭走访", 30, None, "各乡镇")],
        ),
    ],
)
def test_each_kind_of_unit_has_its_own_figure(line, wanted):
    assert owed(line) == wanted


@pytest.mark.parametrize(
    "line",
    [
        "各单位要于4月1日前组织一次全面检查。",
        "各乡镇要对书屋开展一次排查。",
        "每篇不少于800字，照片不少于5张。",
        "总结不超过2000字，一式两份。",
        "各单位推荐的人员须公示3个工作日以上。",
        "各乡镇分管领导1人参加会议。",
        "全县发生1起事故，造成2人受伤。",
        "各单位要在2小时内报告。",
        "每场活动时长不少于30分钟。",
    ],
)
def test_what_is_no_figure_to_reach_is_left_out(line):
    assert owed(line) == []
    assert aimed(line) == []


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("全县开展读书活动不少于200场，参与群众达到3万人次以上。", [("读书活动", 200), ("参与群众", 30000)]),
        ("全县读书活动总数不少于60场。", [("读书活动", 60)]),
        ("全县募集图书不少于1.5万册。", [("募集图书", 15000)]),
        ("力争全县参与人数突破5000人次。", [("参与人数", 5000)]),
    ],
)
def test_what_all_reach_together_is_a_target(line, wanted):
    found = aimed(line)
    assert [n for _, n in found] == [n for _, n in wanted]
    assert all(w in f or f in w for (f, _), (w, _) in zip(found, wanted, strict=True))


def test_units_take_up_what_the_whole_county_was_counting():
    line = "全县开展读书活动不少于200场，参与群众不少于5000人。各乡镇不少于20场，每家书店不少于2场。"
    assert aimed(line) == [("读书活动", 200), ("参与群众", 5000)]
    assert owed(line) == [("读书活动", 20, None, "各乡镇"), ("读书活动", 2, None, "每家书店")]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "（一）开展经典诵读。每个街道至少组织3场，每个乡镇至少组织2场。",
            [("经典诵读", 3, None, "每个街道"), ("经典诵读", 2, None, "每个乡镇")],
        ),
        ("各校至少开展3场。", [(None, 3, None, "各校")]),
        (
            "县级医院每家组织不少于4场义诊；乡镇卫生院每家不少于2场；社区卫生服务中心每家不少于1场。",
            [
                ("义诊", 4, None, "县级医院"),
                ("义诊", 2, None, "乡镇卫生院"),
                ("义诊", 1, None, "社区卫生服务中心"),
            ],
        ),
        (
            "每个综合文化站活动不少于4场，图书馆、文化馆各不少于6场。",
            [("活动", 4, None, "每个综合文化站"), ("活动", 6, None, "图书馆、文化馆")],
        ),
        (
            "样本量：每个镇（街）核查单位不少于30家，其中规模以下工业不少于10家。",
            [("核查单位", 30, None, "每个镇（街）"), ("规模以下工业", 10, None, "每个镇（街）")],
        ),
        ("每名包保干部督导企业不少于3家。", [("督导企业", 3, None, "每名包保干部")]),
        (
            "各街道推荐3户，各乡镇推荐2户，市直机关妇委会推荐5户（分配表见附件2）。",
            [(None, 3, 3, "各街道"), (None, 2, 2, "各乡镇"), (None, 5, 5, "市直机关妇委会")],
        ),
        ("（二）规上企业组织应急演练1次以上。", [("应急演练", 1, None, "规上企业")]),
        ("各校推荐材料1份。", []),
    ],
)
def test_figures_of_a_kind_of_unit_stay_with_that_kind(line, wanted):
    assert owed(line) == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "请按下列数量完成整改：城关镇12户、双河镇9户、龙泉乡7户。",
            [(None, 12, None, "城关镇"), (None, 9, None, "双河镇"), (None, 7, None, "龙泉乡")],
        ),
        (
            "名额分配如下：城关街道3名，西关街道2名，石牛镇1名。",
            [(None, 3, 3, "城关街道"), (None, 2, 2, "西关街道"), (None, 1, 1, "石牛镇")],
        ),
        ("目前受灾情况如下：城关镇12户、双河镇9户。", []),
        ("城关镇12户、双河镇9户已完成整改。", []),
    ],
)
def test_a_figure_for_every_unit_by_name(line, wanted):
    assert owed(line) == wanted
