"""The code printed on every fill-in form 填报码: whose form it is and what it answers.

``BS1/campaign/obligation/unit/check``; the check is four hex digits, so a code mistyped or cut off by a
copy is no code at all rather than another unit's.
"""

import re
import zlib
from dataclasses import dataclass

VERSION = "BS1"
HIDDEN_SHEET = "填报信息"
LABEL = "填报码"
NIL_LABEL = "是否零报告"
NIL_YES, NIL_NO = "是", "否"
_CODE = re.compile(r"BS(\d+)/([\w.-]+)/([\w.-]+)/([\w.-]+)/([0-9A-F]{4})(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class FormCode:
    """The campaign, obligation and reporting unit a form was made for."""

    campaign: str
    obligation: str
    unit: str

    def __str__(self) -> str:
        body = f"{VERSION}/{self.campaign}/{self.obligation}/{self.unit}"
        return f"{body}/{_check(body)}"


def find_codes(text: str) -> list[FormCode]:
    """Every intact code in a text."""
    found = []
    for match in _CODE.finditer(text):
        body, _, check = match[0].rpartition("/")
        if check == _check(body):
            found.append(FormCode(match[2], match[3], match[4]))
    return found


def _check(body: str) -> str:
    return f"{zlib.crc32(body.encode()) & 0xFFFF:04X}"
