"""Scalars and comments of the YAML draft, so that the strict reader takes them and a clerk can read them."""

import json
import re

UNKNOWN = "unknown"
_PLAIN = re.compile(
    r"[a-z]{3,40}(?:[/-][a-z0-9]{1,40}){1,8}"
    r"|[\u4e00-\u9fff《“（][\w《》〔〕“”、（）·，。；—-]*(?: [\w《》“”]{1,40}){0,8}"
)


def scalar(value: str) -> str:
    """A text as one YAML scalar."""
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def comment(text: str) -> str:
    """A remark after a value: one line, no break inside."""
    return "  # " + " ".join(text.split()) if text.strip() else ""


def quoted(text: str) -> str:
    """The notice's own words as a remark."""
    return f"“{''.join(text.split())}”" if text else ""


def line(indent: int, key: str, value: str | None, remark: str = "", ask: str = "") -> str:
    """One key with its value and remark; without a value it is unknown, and the remark asks for it."""
    known = value is not None
    note = remark if known else "；".join(filter(None, (f"待填：{ask}" if ask else "待填", remark)))
    return f"{' ' * indent}{key}: {value if known else UNKNOWN}{comment(note)}"
