"""Lay a package out as the document exchange 公文系统 takes it: a text to paste, files in order.

Nobody but a clerk can file a document there, so everything the form asks for lies ready in one folder;
what only the office can give, such as the document number, is marked 待填 and never made up.
"""

from pathlib import Path

from tasks.package.annexes import GAPS, ORIGINALS, WORKBOOK
from tasks.package.bagged import durable
from tasks.package.bagged.signature import beside
from tasks.package.build import BuiltPackage
from tasks.package.data import csv_bytes
from tasks.package.names import safe_name
from tasks.package.words import clean, date_zh, report_title
from tasks.terms import times
from tasks.terms.campaign import Campaign

FOLDER = "公文系统上传"
UNFILLED = "待填"
_BODY = "data/总结报告.docx"
_ATTACHED = {WORKBOOK: "data/汇总表.xlsx", GAPS: "data/缺报说明.docx"}


def lay_out(package: BuiltPackage, campaign: Campaign, folder: Path) -> Path:
    """Lay the package out below ``folder`` and return ``公文系统上传/<package>``.

    A layout that is already there is returned as it is: a clerk may have put the document number in.
    """
    final = folder / FOLDER / package.name
    with durable.sole_builder(final.parent):
        if not final.exists():
            with durable.staged(final) as making:
                making.mkdir()
                _write(package, campaign, making)
    return final


def _write(package: BuiltPackage, campaign: Campaign, making: Path) -> None:
    title = report_title(campaign.title, supplement=package.summary.get("supplement_to") is not None)
    body = f"正文_{safe_name(title)}.docx"
    sources = [*(package.path / path for path in _ATTACHED.values()), package.zip_path]
    numbers = package.summary.get("annexes", list(_ATTACHED))
    attached = [
        _numbered(name, numbers, source.name)
        for name, source in zip((*_ATTACHED, ORIGINALS), sources, strict=True)
    ]
    for name, source in zip((body, *attached), (package.path / _BODY, *sources), strict=True):
        durable.copy(source, making / name)
    signature = beside(package.path)
    if signature.exists():
        durable.copy(signature, making / safe_name(signature.name))
    durable.write(making / "填报要素.txt", _elements(package, campaign, title, body, attached))
    durable.write(making / "发文登记.csv", _register(package, campaign, title, attached))


def _numbered(name: str, annexes: list[str], filename: str) -> str:
    """The file under the number the report gives it; what the report does not list has none."""
    number = str(annexes.index(name) + 1) if name in annexes else ""
    return f"附件{number}_{safe_name(filename)}"


def _elements(package: BuiltPackage, campaign: Campaign, title: str, body: str, attached: list[str]) -> bytes:
    notice = campaign.notice
    fields = {
        "标题": f"{clean(notice.issuer)}{title}",
        "文种": "报告",
        "发文机关": clean(notice.issuer),
        "承办科室": _known(notice.section),
        "主送单位": clean(campaign.superior.name),
        "抄送单位": UNFILLED,
        "发文字号": "待编",
        "密级": UNFILLED,
        "紧急程度": UNFILLED,
        "签发人": UNFILLED,
        "成文日期": date_zh(times.local(times.parse(package.summary["as_of"])).date()),
        "联系人": clean(notice.contact.name) or UNFILLED,
        "联系电话": _known(notice.contact.phone),
        "依据文件": clean(notice.superior_document) or UNFILLED,
        "正文": body,
    }
    lines = [f"{name}：{value}" for name, value in fields.items()]
    lines += ["附件清单：", *(f"  {name}" for name in attached)]
    if beside(package.path).exists():
        lines.append(f"  {safe_name(beside(package.path).name)}（汇总件清单的签名，随附件上传）")
    lines += ["", f"汇总件编号：{package.name}", f"清单校验值（SHA-256）：{package.digest}"]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _register(package: BuiltPackage, campaign: Campaign, title: str, attached: list[str]) -> bytes:
    head = [
        "标题",
        "发文机关",
        "主送单位",
        "发文字号",
        "成文日期",
        "附件数",
        "汇总件编号",
        "清单校验值",
        "发出时间",
        "签收时间",
    ]
    day = times.local(times.parse(package.summary["as_of"])).date().isoformat()
    issuer, superior = campaign.notice.issuer, campaign.superior.name
    row = [
        f"{issuer}{title}",
        issuer,
        superior,
        "待编",
        day,
        str(len(attached)),
        package.name,
        package.digest,
    ]
    return csv_bytes([head, [*row, UNFILLED, UNFILLED]])


def _known(value: str) -> str:
    return UNFILLED if value == "unknown" else clean(value) or UNFILLED
