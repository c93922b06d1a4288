"""What a letter says, read as a section chief would: nothing empty, nothing doubled, nothing untrue."""

import re

import pytest

from tasks.chase.letter import Letters
from tasks.chase.samples import samples
from tasks.settings import SHIPPED
from tasks.terms.letters import LETTER_KINDS

SHIPPED_LETTERS = Letters(SHIPPED / "templates")
EVERY = [(kind, n) for kind in LETTER_KINDS for n in (0, 1)]


def words(kind, number=0, **more):
    return SHIPPED_LETTERS.compose(kind, {**samples(kind)[number], **more})


@pytest.mark.parametrize(("kind", "number"), EVERY)
def test_no_letter_has_holes_doubled_marks_or_a_programs_words(kind, number):
    made = words(kind, number)
    html_text = re.sub(r"<[^>]+>", " ", made.html)
    for text in (made.subject, made.text, html_text):
        assert not re.search(
            r"None|nan|\{\{|\}\}|undefined|。。|，，|、、|：：|；；|（）|“”|《》|，。|、。|：。", text
        )
        assert not re.search(r"(?<![\d.第])0 ?(项|个|家|份|封|天|件)", text)
    assert "\n\n\n" not in made.text
    assert made.text.count("联系人：") == 1


@pytest.mark.parametrize(("kind", "number"), EVERY)
def test_plain_text_and_html_name_the_same_things(kind, number):
    made = words(kind, number)
    bare = re.sub(r"<[^>]+>", "", made.html)
    plain, html_text = (re.sub(r"(?m)^- |[\s*·•]+", "", t) for t in (made.text, bare))
    for quoted in re.findall(r"《[^》]+》|\d+月\d+日|[\w-]+\.(?:xlsx|docx|zip)", plain):
        assert quoted in html_text


def test_a_circular_asks_nobody_where_all_have_reported():
    assert "尽快报送" in words("circular", 0).text
    nobody = words("circular", 1)
    assert "尽快报送" not in nobody.text + nobody.html


def test_who_has_not_given_everything_is_not_told_that_all_has_come():
    assert words("thanks", complete=True).subject == "【致谢】社会工作宣传周材料已全部收到"
    part = words("thanks", complete=False)
    assert "全部" not in part.subject + part.text + part.html
    assert "你单位报送的社会工作宣传周以下材料已收到" in part.text


def test_a_leader_who_signs_is_told_which_gaps_are_counted():
    assert "缺报 4 项（时限未写明的事项不计），名单和原因见所附缺报说明" in words("sign_off").text
    assert "缺报 4 项，名单" in words("sign_off", undated=False).text


def test_the_superior_is_told_in_which_folder_of_the_package_to_look():
    """A package opens on the files of its seal; what is to be read lies one folder further in."""
    for text in (words("dispatch").text, words("dispatch").html):
        assert "总结报告、汇总表、缺报说明、呈报函和各单位报送的原件都在 data 文件夹里" in text


def test_where_nothing_has_come_yet_a_letter_says_so_without_counting():
    (item,) = samples("digest")[1]["items"]
    none_yet = words("digest", 1, items=[{**item, "received": 0, "on_time": 0}])
    assert "应报 56 个单位，尚无单位报送。" in none_yet.text
    assert "尚无单位报送" in none_yet.html
