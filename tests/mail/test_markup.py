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
