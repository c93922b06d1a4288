"""Figures as superior offices set them: whose they are comes first, what is counted is never who counts."""

import pytest

from tests.notice.draft.test_quotas import aimed, owed


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "各县（区）抽查居民小区不少于10个、公共机构不少于5个、农贸市场不少于2个。",
            [
                ("居民小区", 10, None, "各县（区）"),
                ("公共机构", 5, None, "各县（区）"),
                ("农贸市场", 2, None, "各县（区）"),
            ],
        ),
        (
            "各乡镇每月排查“九小场所”不少于60家，沿街门店不少于30家。",
            [("“九小场所”", 60, None, "各乡镇"), ("沿街门店", 30, None, "各乡镇")],
        ),
        (
            "各县（市、区）局应围绕主题开展质量帮扶等活动，帮扶企业不少于20家，开展开放日不少于2场。",
            [("企业", 20, None, "各县（市、区）局"), ("开放日", 2, None, "各县（市、区）局")],
        ),
        ("各乡镇要全面总结，于3月31日前报送总结，推荐典型村不超过2个。", [("典型村", None, 2, "各乡镇")]),
        (
            "各团委推荐优秀学生不超过15名、优秀组织单位不超过3个。",
            [("优秀学生", None, 15, "各团委"), ("优秀组织单位", None, 3, "各团委")],
        ),
        ("各统计站每季度抽查核实单位不少于50家。", [("单位", 50, None, "各统计站")]),
        (
            "各乡镇走访企业不少于5家，县直单位不少于3家。",
            [("企业", 5, None, "各乡镇"), ("企业", 3, None, "县直单位")],
        ),
    ],
)
def test_what_is_counted_is_nobody_who_counts(line, wanted):
    found = owed(line)
    assert [each[1:] for each in found] == [each[1:] for each in wanted]
    assert all(want[0] in (got[0] or "") for got, want in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("每个行政村“周末卫生日”每周至少1次。", [("“周末卫生日”", 1, None, "每个行政村")]),
        (
            "每个村（社区）“妇女之家”晒家风故事不少于6期。",
            [("“妇女之家”晒家风故事", 6, None, "每个村（社区）")],
        ),
        ("每个县（市、区）打造示范街区不少于2条。", [("打造示范街区", 2, None, "每个县（市、区）")]),
        ("每校运动员不超过24人。", [("运动员", None, 24, "每校")]),
        (
            "各镇（街道）文明委组织集中志愿服务活动≥5场。",
            [("集中志愿服务活动", 5, None, "各镇（街道）文明委")],
        ),
        (
            "各组织至少策划2个服务项目，最多可申报5个项目。",
            [("服务项目", 2, None, "各组织"), ("项目", None, 5, "各组织")],
        ),
        ("优秀案例视频可于10月31日前上传，每单位不超过2个。", [("优秀案例视频", None, 2, "每单位")]),
        ("每个乡镇（街道）建成“暖新驿站”2个以上。", [("“暖新驿站”", 2, None, "每个乡镇（街道）")]),
        ("每所学校每学年组织研学活动不超过2次。", [("研学活动", None, 2, "每所学校")]),
        ("各乡镇（街道）对在册隐患点每日巡查不少于3次。", [("巡查", 3, None, "各乡镇（街道）")]),
        ("张贴海报每小区不少于3张。", [("张贴海报", 3, None, "每小区")]),
        (
            "每个社区推荐先进个人1名，报优秀案例不多于2个。",
            [("先进个人", 1, 1, "每个社区"), ("优秀案例", None, 2, "每个社区")],
        ),
        (
            "典型案例于12月10日前另行报送，每个乡镇（街道）不少于1篇。",
            [("典型案例", 1, None, "每个乡镇（街道）")],
        ),
        ("走访动态信息实行随走随报，每个市、州不少于3条。", [("走访动态信息", 3, None, "每个市、州")]),
    ],
)
def test_the_units_end_where_the_thing_begins(line, wanted):
    assert owed(line) == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "各医院要于9月15日至21日组织不少于3次下沉义诊，每次义诊专家不少于5人。",
            [("下沉义诊", 3, None, "各医院"), ("义诊专家", 5, None, "每次")],
        ),
        ("各村开展演练不少于2次，每场参演人员不少于30人。", [("演练", 2, None, "各村")]),
    ],
)
def test_a_figure_of_every_time_is_no_figure_of_the_unit(line, wanted):
    assert owed(line) == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "各县团委征集政务岗位不少于50个，市直机关团工委征集政务岗位不少于100个。",
            [("政务岗位", 50, None, "各县团委"), ("政务岗位", 100, None, "市直机关团工委")],
        ),
        (
            "每村每周组织集中清理不少于2次，打造美丽庭院10户以上；柳桥社区每周组织集中清理不少于3次，打造美丽庭院20户以上。",
            [
                ("集中清理", 2, None, "每村"),
                ("美丽庭院", 10, None, "每村"),
                ("集中清理", 3, None, "柳桥社区"),
                ("美丽庭院", 20, None, "柳桥社区"),
            ],
        ),
        (
            "各县（市、区）交通局检查企业每月不少于10家次，路检路查每月不少于8次。",
            [("企业", 10, None, "各县（市、区）交通局"), ("路检路查", 8, None, "各县（市、区）交通局")],
        ),
        (
            "各镇妇联推荐3—5户，各街道妇联推荐2—4户，区直机关各妇委会推荐1户。",
            [(None, 3, 5, "各镇妇联"), (None, 2, 4, "各街道妇联"), (None, 1, 1, "区直机关各妇委会")],
        ),
        ("各社区入户宣传不少于2轮。", [("入户宣传", 2, None, "各社区")]),
        ("各科普基地免费开放不少于5天。", [("免费开放", 5, None, "各科普基地")]),
        (
            "市公路中心、市港航中心分别排查隐患，每月排查各不少于15处。",
            [("排查", 15, None, "市公路中心、市港航中心")],
        ),
    ],
)
def test_figures_of_different_units_stand_apart(line, wanted):
    found = owed(line)
    assert [each[1:] for each in found] == [each[1:] for each in wanted]
    assert all(want[0] is None or want[0] in got[0] for got, want in zip(found, wanted, strict=True))


def test_what_the_whole_is_to_found_is_a_target_of_all():
    assert aimed("全县创建市级卫生村不少于45个。") == [("创建市级卫生村", 45)]
    assert owed("全县创建市级卫生村不少于45个。") == []
