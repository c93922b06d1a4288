import pytest

from tasks.terms.measures import adds_up
from tasks.terms.obligation import Field


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("整改率", "%"), ("整改率", "％"), ("参保率（%）", ""), ("出生率", "‰"),
        ("覆盖率", ""), ("资金占比", ""),
        ("同比", "个百分点"), ("人均收入", "元"), ("户均增收", "万元"), ("收购价格", "元/公斤"),
        ("水位", "米"),
        ("平均分", "分"), ("考核名次", "名"), ("空气质量指数", ""), ("库区", "℃"),
        ("每亩产量", "公斤"), ("收购均价", "元"),
    ],
)  # fmt: skip
def test_rates_averages_prices_ranks_and_levels_are_not_added_up(title, unit):
    assert adds_up(title, unit) is False


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("社区活动", "场"), ("投入资金", "万元"), ("服务人次", "人次"), ("合格率达标企业", "家"),
        ("排查隐患", "处"),
        ("高频率用电户", "户"), ("宣传册", ""), ("培训人员（覆盖率不计）", "人"), ("污水处理量", "吨/日"),
        ("用电量", "度"),
        ("上级表扬", "次"), ("均衡教育学校", "所"), ("比例尺图件", "幅"), ("志愿者", "名"),
        ("村均衡发展项目", "个"),
    ],
)  # fmt: skip
def test_what_people_count_is_added_up(title, unit):
    assert adds_up(title, unit) is True


def test_what_the_campaign_file_says_of_a_field_goes_before_its_name():
    assert not Field(id="points", title="积分", add_up=False).adds
    assert Field(id="rate", title="积分得分", unit="分", add_up=True).adds
    assert not Field(id="rate", title="整改率", unit="%").adds
