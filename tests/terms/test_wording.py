import pytest

from tasks.terms.wording import book_title, matter, quoted


@pytest.mark.parametrize(
    ("title", "what"),
    [
        ("关于开展2026年秋季学期校园食品安全专项检查的通知", "2026年秋季学期校园食品安全专项检查"),
        ("临河县教育体育局关于做好防汛工作的紧急通知", "防汛工作"),
        ("关于印发《海口市2023年社会工作主题宣传活动方案》的通知", "海口市2023年社会工作主题宣传活动"),
        ("关于印发《全县秸秆禁烧工作实施方案》的通知", "全县秸秆禁烧工作"),
        ("关于报送2026年度工作总结的通知", "报送2026年度工作总结"),
        ("关于进一步加强安全生产工作的通知", "安全生产工作"),
        ("第七届巴渝社会工作宣传周", "第七届巴渝社会工作宣传周"),
        ("海口市2023年社会工作主题宣传活动", "海口市2023年社会工作主题宣传活动"),
        ("关于防汛", "关于防汛"),
    ],
)
def test_a_notice_is_about_what_stands_between_its_set_words(title, what):
    assert matter(title) == what


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("活动总结", "“活动总结”"),
        ("“千场活动”", "“千场活动”"),
        ("“千场活动、万家走访”统计表", "《“千场活动、万家走访”统计表》"),
        ("推进“五社联动”", "《推进“五社联动”》"),
        ("“五社联动”和“一小一老”", "《“五社联动”和“一小一老”》"),
    ],
)
def test_a_name_is_put_in_quotation_marks_once(name, written):
    assert quoted(name) == written


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("关于开展宣传周的通知", "《关于开展宣传周的通知》"),
        ("关于印发《方案》的通知", "《关于印发〈方案〉的通知》"),
        ("《方案》", "《方案》"),
        ("《方案》（渝民办〔2023〕33号）", "《方案》（渝民办〔2023〕33号）"),
        ("《方案", "《〈方案》"),
    ],
)
def test_a_title_has_its_marks_once_and_titles_inside_it_have_smaller_ones(title, written):
    assert book_title(title) == written
