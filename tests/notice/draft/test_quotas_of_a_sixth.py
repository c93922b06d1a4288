"""Figures as a sixth writer sets them: whose each is, and of what."""

import pytest

from tests.notice.draft.texts import notice, read


def owed(sentence: str) -> list[tuple]:
    found = read(notice(f"请于3月15日前报送总结。\n{sentence}"))["quotas"]
    return [(q["per"], q["item"], q["min"], q["max"]) for q in found]


@pytest.mark.parametrize(
    ("sentence", "quota"),
    [
        ("各分馆全年接待读者不少于1.5万人次。", ("各分馆", "接待读者", 15000, None)),
        ("每个网点张贴海报≥1张。", ("每个网点", "张贴海报", 1, None)),
        ("每个调查小区配备调查员不少于1名。", ("每个调查小区", "调查员", 1, None)),
        ("各通信企业在春节前向全市用户发送短信不少于3条。", ("各通信企业", "发送短信", 3, None)),
        ("各乡镇每个护林员管护面积不超过3000亩。", ("每个护林员", "管护面积", None, 3000)),
        ("每个志愿服务组织服务时长累计不低于200小时。", ("每个志愿服务组织", "服务时长", 200, None)),
        ("每个小区配备督导员1至2名。", ("每个小区", "督导员", 1, 2)),
        ("每个行政村设立宣传栏1个。", ("每个行政村", "宣传栏", 1, 1)),
        ("各街道另须推荐“最美档案人”1人。", ("各街道", "“最美档案人”", 1, 1)),
        ("（三）征文。每校报送3~5篇。", ("每校", "征文", 3, 5)),
        ("“巾帼标兵”：每县（区）2—3名。", ("每县（区）", "“巾帼标兵”", 2, 3)),
        ("招聘会岗位数不少于300个/县区。", ("县区", "招聘会岗位数", 300, None)),
        ("各团体会员自荐，每个不超过1户。", ("各团体会员", None, None, 1)),
        ("1、岗位征集（12月20日前）。各校不少于10个。", ("各校", "岗位征集", 10, None)),
    ],
)
def test_a_figure_has_its_unit_and_its_thing(sentence, quota):
    assert owed(sentence) == [quota]


def test_figures_that_go_with_units_one_by_one():
    sentence = "各县（市、区）走访困难家庭，赣东县、赣西县、新区分别不少于60户、45户、30户。"
    assert owed(sentence) == [
        ("赣东县", "走访困难家庭", 60, None),
        ("赣西县", "走访困难家庭", 45, None),
        ("新区", "走访困难家庭", 30, None),
    ]


def test_figures_that_do_not_go_with_as_many_units_are_nobodys():
    assert owed("走访困难家庭，赣东县、赣西县、新区分别不少于60户、45户。") == []


def test_units_behind_a_colon_share_the_thing_before_it():
    sentence = "各高校申报重点团队：云阳大学不超过20支，云阳师范学院不超过15支，其余高校各不超过8支。"
    assert owed(sentence) == [
        ("云阳大学", "重点团队", None, 20),
        ("云阳师范学院", "重点团队", None, 15),
        ("其余高校", "重点团队", None, 8),
    ]


def test_a_second_figure_of_the_year_is_of_the_same_thing():
    assert owed("各文化站每季度举办阅读活动不少于3场，全年不少于12场。") == [
        ("各文化站", "阅读活动", 3, None),
        ("各文化站", "阅读活动", 12, None),
    ]


def test_several_figures_of_units_without_each():
    assert owed("国有林场储备灭火水枪不少于50支、风力灭火机不少于20台。") == [
        ("国有林场", "储备灭火水枪", 50, None),
        ("国有林场", "风力灭火机", 20, None),
    ]


def test_units_of_the_next_clause_own_their_figure():
    assert owed("每名对象谈话不少于1次，重点对象每周走访不少于1次。") == [
        ("每名对象", "谈话", 1, None),
        ("重点对象", "走访", 1, None),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "每个街镇慰问优抚对象按总数的20%确定，且不少于50户。",
        "各县民政局组织开展法治讲座，县级不少于2场。",
    ],
)
def test_a_word_that_is_no_thing_leaves_the_thing_open(sentence):
    assert all(item not in {"且", "县级"} for _, item, _, _ in owed(sentence))


def test_a_part_of_what_is_counted_is_nobody():
    sentence = "各县（市）培育示范单位合计不少于15个，其中学校不少于5所、企业不少于3家。"
    assert owed(sentence) == [
        ("各县（市）", "培育示范单位", 15, None),
        ("各县（市）", "学校", 5, None),
        ("各县（市）", "企业", 3, None),
    ]


def test_how_many_of_a_team_is_a_figure_of_each_team():
    assert owed("每支团队人数6—15人，指导教师不超过2名。") == [
        ("每支团队", "人数", 6, 15),
        ("每支团队", "指导教师", None, 2),
    ]


def test_who_comes_before_each_is_what_is_counted():
    assert owed("参训社会组织负责人每县不少于100人。") == [("每县", "参训社会组织负责人", 100, None)]
