from tasks.package.dossier import Quote
from tasks.package.highlights import best_sentence, chosen
from tasks.terms.obligation import NarrativeRule

RULE = NarrativeRule(
    keywords=("五社联动", "一老一小", "一小一老"), topics=("社会工作基本知识", "先进典型、有代表性的服务项目")
)


def best(text):
    found = best_sentence(text, RULE)
    return found[1] if found else None


def test_a_sentence_with_the_theme_and_a_figure_stands_out_word_for_word():
    text = "我街道高度重视。围绕“五社联动”开展社区宣传活动12场，服务居民860人次。下一步将继续努力做好工作。"
    assert best(text) == "围绕“五社联动”开展社区宣传活动12场，服务居民860人次。"


def test_the_number_of_its_heading_is_no_part_of_a_sentence():
    assert best("（二）推进“五社联动”，打造“暖阳”服务品牌3个。") == "推进“五社联动”，打造“暖阳”服务品牌3个。"


def test_a_phrase_without_figure_or_example_does_not_stand_out():
    assert best("我单位深入推进“五社联动”，切实做好各项工作任务。") is None


def test_a_figure_that_has_nothing_to_do_with_the_notice_does_not_stand_out():
    assert best("本季度共清运垃圾120吨，整治卫生死角45处。") is None


def test_a_sentence_with_a_telephone_or_identity_number_is_never_quoted():
    assert best("五社联动先进典型联系电话是00000000000，欢迎居民来电咨询。") is None
    assert best("五社联动服务对象身份证已登记共计12名并建立台账。") is None


def test_half_a_quotation_and_an_endless_sentence_are_not_quoted():
    assert best("围绕“五社联动开展社区宣传活动12场，服务居民860人次。") is None
    assert best("围绕“五社联动”开展活动12场，" + "服务居民，" * 40 + "效果良好。") is None


def test_the_best_come_first_and_equals_in_the_order_given_each_sentence_once():
    quotes = [(n, Quote(f"u{n}", n, f"句{n}", "f")) for n in (3, 5, 5)]
    quotes[2] = (5, Quote("u9", 9, "句9", "f"))
    doubled = [*quotes, (4, Quote("u1", 1, "句5", "f"))]
    assert [q.unit for q in chosen(doubled)] == ["u5", "u9", "u3"]
    assert len(chosen([(1, Quote("u", n, str(n), "f")) for n in range(30)])) == 6
