"""What may stand in a letter's headers and envelope: plain addresses, and text without hidden characters."""

import re
from functools import lru_cache

UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0 and C1 controls, line ends among them
    "\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff"  # what reorders or hides text
    "\ud800-\udfff]"  # halves of characters
)
"""Characters that end a line, reorder it or hide in it."""

ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
)
LONGEST_ADDRESS = 254  # RFC 5321 4.5.3.1.3, without the angle brackets
LONGEST_LOCAL_PART = 64


@lru_cache(maxsize=256)
def is_address(text: str) -> bool:
    """Whether the text is one plain mail address that any server takes."""
    return (
        len(text) <= LONGEST_ADDRESS
        and text.find("@") <= LONGEST_LOCAL_PART
        and ADDRESS.fullmatch(text) is not None
    )


def check_address(text: str) -> str:
    """The address itself.

    Raises:
        ValueError: it is no plain address.
    """
    if not is_address(text):
        raise ValueError(f"邮件地址无法使用：{text!r}")
    return text


def check_text(text: str, what: str) -> str:
    """The text itself, fit for a header.

    Raises:
        ValueError: it holds a control or direction character.
    """
    if found := UNSAFE.search(text):
        raise ValueError(f"{what}含有不可见的控制字符 U+{ord(found[0]):04X}：{text!r}")
    return text


def without_unsafe(text: str) -> str:
    """A sender's text as it may be shown: line ends become blanks, hidden characters go."""
    if text.isascii() and text.isprintable():
        return text
    return UNSAFE.sub("", re.sub(r"[\r\n\t\v\f\x85\u2028\u2029]+", " ", text))
