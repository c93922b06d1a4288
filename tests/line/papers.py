"""What the units of the small office send."""

import io

from docx import Document
from openpyxl import load_workbook

from tasks.mail.sending.build import build_mail, message_id
from tasks.terms import times


def narrative(unit: str, words: str = "", year: int = 2023) -> bytes:
    document = Document()
    document.add_heading(f"{unit}防汛演练总结")
    document.add_paragraph(
        f"{unit}按照区里统一部署，于{year}年5月组织开展防汛演练，群众广泛参与，达到了检验预案、锻炼队伍的目的。{words}"
    )
    document.add_paragraph(unit)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def filled(form: bytes, unit: str, drills: object, people: object) -> bytes:
    book = load_workbook(io.BytesIO(form))
    sheet = book.worksheets[0]
    columns = {}
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                text = cell.value.lstrip("*")
                if text.startswith("演练场次"):
                    columns.setdefault("drills", cell.column)
                if text.startswith("参演人数"):
                    columns.setdefault("people", cell.column)
    line = next(
        c.row for r in sheet.iter_rows() for c in r if c.value == unit and c.column <= 3 and c.row > 3
    )
    sheet.cell(line, columns["drills"]).value = drills
    sheet.cell(line, columns["people"]).value = people
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mail(
    sender: str, office: str, subject: str, files: list[tuple[str, bytes]], when: str, text: str = "请查收"
) -> bytes:
    moment = times.local(times.parse(when))
    return build_mail(
        sender=sender,
        sender_name="经办人",
        recipient=office,
        recipient_name="",
        subject=subject,
        text=text,
        html="",
        message_id=message_id(sender, subject, when, domain="units.example"),
        date=moment,
        files=files,
        auto=False,
    )
