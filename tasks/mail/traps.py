"""Files that are sent to do harm: programs, whatever their names, and pages that ask for a password."""

import re

from tasks.mail.charset import decode_text

PROGRAM = re.compile(
    r"\.(exe|scr|com|pif|bat|cmd|vbs|vbe|js|jse|wsf|wsh|hta|lnk|msi|jar|ps1|cpl|iso|img|reg|chm)$",
    re.IGNORECASE,
)
PROGRAM_MAGIC = (b"MZ", b"\x7fELF")

HEAD = 512 * 1024
PAGE_NAME = re.compile(r"\.(s?html?|xhtml|mht|mhtml|svg)$", re.IGNORECASE)
PAGE = re.compile(rb"\s*<(!doctype\s+html|html|head|body|form|script|meta|svg)\b", re.IGNORECASE)
ASKS = re.compile(
    r"<form\b|type\s{0,9}=\s{0,9}[\"']?password"
    r"|\b(atob|eval|unescape)\s{0,9}\(|<svg\b[^<>]{0,2000}>\s{0,99}<script"
    r"|http-equiv\s{0,9}=\s{0,9}[\"']?refresh[^<>]{0,200}url\s{0,9}=\s{0,9}[\"']?(https?:|data:)",
    re.IGNORECASE,
)
"""A form to fill in, or a page that unfolds itself into one. Office programs save tables without either."""


def is_program(filename: str, data: bytes) -> bool:
    """Whether it would run when clicked."""
    return bool(PROGRAM.search(filename)) or data.startswith(PROGRAM_MAGIC)


def is_trap(filename: str, data: bytes) -> bool:
    """Whether it is a page that asks for something or hides what it does."""
    head = data[:HEAD].removeprefix(b"\xef\xbb\xbf")
    if not PAGE_NAME.search(filename) and not PAGE.match(head[:1024]):
        return False
    return ASKS.search(decode_text(head)) is not None
