"""The script many an office has: pandas, openpyxl and yagmail, everything read and sent anew each time."""

import io
from pathlib import Path

import openpyxl
import pandas as pd
import yagmail

from tasks.mail.sending.transport import SmtpAccount

FORM = "form.xlsx"
ROWS = 12


def form(unit: str = "某镇", number: int = 0) -> bytes:
    """A form of the usual size, filled in."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["防汛演练统计表"])
    sheet.append(["序号", "单位名称", "演练场次", "参演人数", "备注"])
    sheet.append([1, unit, 2 + number % 7, 50 + number % 900, ""])
    for n in range(2, ROWS):
        sheet.append([n, None, None, None, None])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_form(folder: Path) -> None:
    (folder / FORM).write_bytes(form())


def read_forms(folder: Path, size: int) -> list[float]:
    """Every form read again and its figures added up."""
    found = []
    for _ in range(size):
        table = pd.read_excel(folder / FORM, header=1)
        found.append(float(table["演练场次"].sum()))
    return found


def send(account: SmtpAccount, addresses: list[str]) -> None:
    """yagmail as its manual has it: one client, one send a letter; nothing is recorded."""
    client = yagmail.SMTP(
        "office@bench.example",
        host=account.smtp.host,
        port=account.smtp.port,
        smtp_ssl=False,
        smtp_starttls=False,
        smtp_skip_login=True,
    )
    for n, address in enumerate(addresses):
        client.send(address, f"催报 {n}", ["请尽快报送。"])
