"""What could not be taken out of an archive is told of, beside what could."""

import io
import zipfile
from dataclasses import replace

from tasks.intake.judge import read_document
from tasks.intake.placing.place import place_mail
from tasks.intake.placing.placement import Document
from tasks.intake.placing.rules import Rules
from tasks.mail.parse import parse_mail
from tasks.terms.readings import Content
from tests.intake.factory import CAMPAIGN, ROSTER
from tests.mail.letters import attached, mail, text

RULES = Rules(CAMPAIGN, ROSTER, {"500119100": ("summary",)})
HEAD = b"From: u500119100@town.example\r\nTo: b@district.example\r\nSubject: report\r\n"


def archive(*, encrypted: bool) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("三泉镇活动总结.txt", "三泉镇总结")
        made.writestr("统计表.csv", "1,2")
    data = bytearray(out.getvalue())
    if encrypted:  # the flag of the second member, in its own head and in the directory
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.rindex(mark) + at] |= 1
    return bytes(data)


def placed(*, encrypted: bool):
    came = parse_mail(mail(text("x"), attached(b"; filename=a.zip", archive(encrypted=encrypted)), head=HEAD))
    documents = [
        Document(f, c, read_document(c, CAMPAIGN, ROSTER, filename=f.filename))
        for f in came.unpacked
        for c in [Content("txt", text="三泉镇社会工作宣传周活动总结\n" + "开展了五社联动活动。" * 30)]
    ]
    return place_mail(RULES, replace(came, sender="u500119100@town.example"), documents[:1])


def test_beside_what_came_out_a_person_is_told_of_what_did_not():
    found = placed(encrypted=True)
    assert [p.obligation for p in found.placed] == ["summary"]
    (left,) = found.undecided
    assert (left.file, left.candidates) == (None, ("500119100",))
    assert "没能打开" in left.reasons[0]


def test_an_archive_that_opened_whole_asks_nobody():
    assert placed(encrypted=False).undecided == ()


def test_a_link_beside_the_report_is_told_of():
    came = parse_mail(
        mail(
            text("总结见附件，统计表在百度网盘 https://pan.baidu.com/s/1x"),
            attached(b"; filename=a.txt"),
            head=HEAD,
        )
    )
    content = Content("txt", text="三泉镇社会工作宣传周活动总结\n" + "开展了五社联动活动。" * 30)
    document = Document(
        came.attachments[0], content, read_document(content, CAMPAIGN, ROSTER, filename="a.txt")
    )
    found = place_mail(RULES, came, [document])
    assert [p.obligation for p in found.placed] == ["summary"]
    assert "下载链接" in "".join(found.undecided[0].reasons)
    assert place_mail(RULES, replace(came, linked=False), [document]).undecided == ()
