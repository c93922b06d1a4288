"""What an HTML body says to who looks at it."""

import pytest

from tasks.mail.markup import read_markup
from tasks.mail.parse import parse_mail


@pytest.mark.parametrize(
    "html",
    [
        "活动<s>3</s>5场",
        "活动<del>3</del>5场",
        "活动<STRIKE >3</STRIKE>5场",
        '活动<span style="color:red; text-decoration: line-through">3</span>5场',
        "活动<span style='text-decoration:line-through'><span>1</span>2<br/></span>5场",
        '活动<s><s>1</s>2</s>5<br style="text-decoration:line-through">场',
    ],
)
def test_a_struck_figure_does_not_join_the_one_beside_it(html):
    read = read_markup(f"<p>{html}</p>")
    assert read.struck
    assert read.text.replace("\n", "") == "活动5场"


@pytest.mark.parametrize(
    "html",
    [
        "<s>3场，走访40户",
        "活动<span style='text-decoration:none'>3</span>场，走访40户",
        "<p>3场，走访40户</s>",
    ],
)
def test_what_is_not_struck_to_its_end_is_kept(html):
    read = read_markup(html)
    assert not read.struck
    assert read.text.endswith("3场，走访40户")


def test_the_plain_half_of_a_mail_cannot_strike_out_and_gives_way():
    def mail(figure: str) -> bytes:
        body = (
            'Content-Type: multipart/alternative; boundary="b"\n\n'
            "--b\nContent-Type: text/plain; charset=utf-8\n\n我镇演练35场次，参演120人次。\n"
            "--b\nContent-Type: text/html; charset=utf-8\n\n"
            f"<p>我镇演练{figure}场次，参演120人次。</p>\n--b--\n"
        )
        return b"From: a@units.example\nSubject: =?utf-8?b?5pWw5o2u?=\n" + body.encode()

    assert "演练5场次" in parse_mail(mail("<s>3</s>5")).text
    assert "演练35场次" in parse_mail(mail("<b>3</b>5")).text


REPEATED = "请于4月4日前报送附件，每镇不少于3场、30户。"
ANSWERS = [
    f'<div>收到，已转办。</div><blockquote type="cite">{REPEATED}</blockquote>',
    f'<div>收到，已转办。</div><div class="gmail_quote">{REPEATED}<blockquote>{REPEATED}</blockquote></div>',
    f'<p>收到，已转办。</p><div id="isReplyContent"><p>{REPEATED}</p></div><p></p>',
    f'收到，已转办。<blockquote id="isReplyContent" style="PADDING-LEFT: 1ex">{REPEATED}</blockquote>',
    f"<div>收到，已转办。<blockquote><div>{REPEATED}</div></blockquote></div>",
    f"<blockquote type=cite>{REPEATED}</blockquote><p>收到，已转办。</p>",
]


@pytest.mark.parametrize("html", ANSWERS)
def test_a_page_that_repeats_the_mail_it_answers_has_only_its_own_words(html):
    found = parse_mail(_page(html, "回复：催报"))
    assert (found.kind, found.text.strip()) == ("reply", "收到，已转办。")


@pytest.mark.parametrize("html", ANSWERS)
def test_what_a_page_passes_on_is_kept(html):
    assert REPEATED in parse_mail(_page(html, "转发：催报")).text


def test_words_only_indented_by_their_writer_are_his_own():
    html = (
        "<p>收到：</p><blockquote style='margin:0 0 0 40px'>我镇走访42户、活动3场</blockquote><p>三泉镇</p>"
    )
    assert "42户" in parse_mail(_page(html, "回复：催报")).text


def test_an_answer_that_is_nothing_but_an_indented_line_is_kept():
    html = "<blockquote>我镇走访42户、活动3场</blockquote>"
    assert "42户" in parse_mail(_page(html, "回复：催报")).text


def _page(html: str, subject: str) -> bytes:
    head = f"From: a@town.example\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n".encode()
    return head + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
