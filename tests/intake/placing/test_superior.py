"""The superior writes to the bureau: its forms and circulars are no unit's report."""

from dataclasses import replace

from tasks.intake.placing.impostor import unmasked
from tasks.intake.placing.place import place_mail
from tasks.intake.placing.placement import Document
from tasks.intake.placing.rules import Rules
from tasks.mail.parse import parse_mail
from tasks.terms.readings import Content, Reading
from tests.intake.factory import CAMPAIGN, ROSTER
from tests.mail.letters import attached, mail, plain, text

CITY = "office@city.example"
RULES = Rules(
    replace(CAMPAIGN, superior=replace(CAMPAIGN.superior, address="Office@City.example")),
    ROSTER,
    {"500119100": ("summary", "figures")},
)


def head(sender: str, subject: str = "关于三泉镇等单位进度的通报") -> bytes:
    return f"From: {sender}\r\nTo: b@bureau.example\r\nSubject: {subject}\r\n".encode()


def came(raw: bytes):
    found = unmasked(RULES, parse_mail(raw))
    reading = Reading("500119100", (), {"activities": 3.0}, obligation="figures")
    documents = [Document(f, Content("xlsx"), reading) for f in found.attachments]
    return found, place_mail(RULES, found, documents)


def test_what_hangs_on_the_superiors_mail_is_no_units_report():
    found, placement = came(mail(text("请按附件填报"), attached(b"; filename=a.xlsx"), head=head(CITY)))
    assert found.kind == "needs_person"
    assert "上级机关" in found.reasons[0]
    (left,) = placement.undecided
    assert (placement.placed, left.file) == ((), None)


def test_no_unit_is_spared_the_chase_because_the_superior_names_it():
    _, placement = came(plain("三泉镇等3个镇尚未报送，请督促。", head(CITY)))
    assert placement.undecided[0].candidates == ()


def test_the_superiors_thanks_and_robots_stay_what_they_are():
    assert came(plain("收到", head(CITY, "回复：呈报")))[0].kind == "reply"
    robot = head(CITY, "自动回复：呈报") + b"Auto-Submitted: auto-replied\r\n"
    assert came(plain("已收到", robot))[0].kind == "auto_reply"


def test_a_unit_at_the_superiors_address_is_that_unit():
    rules = replace(
        RULES,
        campaign=replace(CAMPAIGN, superior=replace(CAMPAIGN.superior, address="u500119100@town.example")),
    )
    raw = mail(text("见附件"), attached(b"; filename=a.xlsx"), head=head("u500119100@town.example"))
    assert unmasked(rules, parse_mail(raw)).kind == "submission"
