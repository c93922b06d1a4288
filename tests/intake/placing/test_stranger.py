"""A clerk writes from home: nothing is taken, but the words and the signature say whom to ask."""

from tasks.intake.placing.place import place_mail
from tasks.intake.placing.placement import Document
from tasks.intake.placing.rules import Rules
from tasks.mail.parse import parse_mail
from tasks.terms.readings import Content, Reading
from tests.intake.factory import CAMPAIGN, ROSTER
from tests.mail.letters import attached, mail, plain, text

TOWN = "500119100"
RULES = Rules(CAMPAIGN, ROSTER, {TOWN: ("summary", "figures"), "500119001": ("summary", "figures")})
HEAD = "From: xiaofan@private.example\r\nSubject: 统计表\r\n".encode()
SIGNED = "老师您好，{words}\n\n--\n张小凡\n南川区三泉镇人民政府社会事务办"


def left_of(raw: bytes, unit: str | None = None):
    came = parse_mail(raw)
    reading = Reading(unit, (), {"activities": 3.0}, obligation="figures")
    found = place_mail(RULES, came, [Document(f, Content("xlsx"), reading) for f in came.attachments])
    assert found.placed == ()
    return found.undecided[0]


def test_the_signature_says_whom_to_ask():
    left = left_of(mail(text(SIGNED.format(words="见附件")), attached(b"; filename=a.xlsx"), head=HEAD))
    assert left.candidates == (TOWN,)
    assert "正文提到“三泉镇”" in left.reasons


def test_it_does_so_for_figures_written_in_the_mail_too():
    left = left_of(plain(SIGNED.format(words="社区活动12场，走访家庭130户。"), HEAD))
    assert left.candidates == (TOWN,)


def test_what_is_quoted_below_is_not_the_strangers_signature():
    quoted = "见附件\n\n---原始邮件---\n发件人: 东城街道 <a@x.example>\n时间: 2023年4月1日\n东城街道的表"
    left = left_of(mail(text(quoted), attached(b"; filename=a.xlsx"), head=HEAD), TOWN)
    assert left.candidates == (TOWN,)


def test_a_form_that_names_another_unit_than_the_signature_is_shown_with_both():
    raw = mail(text(SIGNED.format(words="东城街道的表见附件")), attached(b"; filename=a.xlsx"), head=HEAD)
    assert set(left_of(raw).candidates) == {TOWN, "500119001"}
