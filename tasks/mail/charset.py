"""Text from bytes, where the label may be wrong, unknown or missing.

Chinese mail programs write GBK under the label gb2312, UTF-8 under gbk, GBK under utf-8 or iso-8859-1, and
raw 8-bit text under no label at all. The label is believed when the bytes agree; then UTF-8, then GB18030.
"""

import codecs
import re
from functools import lru_cache

GB18030 = "gb18030"
UTF8 = "utf-8"
CHINESE_LABEL = re.compile(r"(x-?)?(gb|csgb|cp-?936|ms-?936|windows-?936|936$|chinese|cn-gb|euc-?cn)")
BIG5_LABEL = re.compile(r"(x-?)?(big-?5|cp-?950|ms-?950|cn-big5)")
UTF8_LABEL = re.compile(r"(x-?)?(utf-?8|unicode-1-1-utf-8|utf8mb)")
SEVEN_BIT = frozenset(
    {"hz", "iso2022_jp", "iso2022_jp_2", "iso2022_kr", "utf-7", "utf-16", "utf-16-be", "utf-16-le"}
)
"""Codecs whose bytes may all be ASCII although the text is not."""
MANY_BYTES = re.compile(r"utf|gb|big5|shift|euc|johab|cp9")
"""Codecs that refuse most bytes written in another one."""
NOT_FOR_TEXT = frozenset(
    {"idna", "mbcs", "oem", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"}
)
LONGEST_LABEL = 40

CHINESE = (
    "\u2010-\u2027\u2030-\u205e\u2100-\u214f\u2150-\u218f\u2190-\u22ff\u2460-\u24ff\u2500-\u25ff\u2e80-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u00a0\u00b0\u00b1\u00b7\u00d7\U00020000-\U0003ffff"
)
NOT_CHINESE = re.compile(f"[^\x00-\x7f\u2000-\u200f\ufe0f{CHINESE}]")
IDEOGRAPHS = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uff60]")
EVIDENCE_PER_FAULT = 2
"""UTF-8 with a broken character is still UTF-8 when it holds twice as many whole Chinese ones."""


@lru_cache(maxsize=512)
def codec_for(label: str) -> str | None:
    """The codec a label stands for, or None when there is none. The GB family is read as GB18030."""
    name = label.strip(" \t\r\n\"'").lower().replace("_", "-")
    if not name or len(name) > LONGEST_LABEL or not name.isascii():
        return None
    if UTF8_LABEL.match(name):
        return UTF8
    if CHINESE_LABEL.match(name):
        return GB18030
    if BIG5_LABEL.match(name):
        return "big5hkscs"
    return _python_codec(name)


def _python_codec(name: str) -> str | None:
    try:
        codec = codecs.lookup(name)
        "".encode(codec.name)  # the stored ones only: zlib, base64 and rot13 are codecs too
    except (LookupError, ValueError):
        return None
    return None if codec.name in NOT_FOR_TEXT else codec.name


def decode_text(data: bytes, label: str = "") -> str:
    """The text these bytes most likely are. Never raises; what cannot be read becomes U+FFFD."""
    codec = codec_for(label)
    if codec in SEVEN_BIT and (text := _strictly(data, codec)) is not None:
        return text
    if data.isascii():
        return data.decode("ascii")
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :].decode(UTF8, "replace")
    if _looks_like_utf8(data):
        return data.decode(UTF8, "replace")
    return _by_label(data, codec)


def _by_label(data: bytes, codec: str | None) -> str:
    labelled = _strictly(data, codec) if codec else None
    if labelled is not None and (MANY_BYTES.match(codec or "") or not NOT_CHINESE.search(labelled)):
        return labelled
    # A single-byte label fits any bytes: it is not believed against a reading that is plain Chinese.
    chinese = _strictly(data, GB18030)
    if chinese is not None and not NOT_CHINESE.search(chinese):
        return chinese
    for text in (labelled, _strictly(data, UTF8), chinese):
        if text is not None:
            return text
    return _least_damaged(data, codec)


def _looks_like_utf8(data: bytes) -> bool:
    text = data.decode(UTF8, "replace")
    good = len(IDEOGRAPHS.findall(text))
    return good > 0 and good >= EVIDENCE_PER_FAULT * text.count("\ufffd")


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError):
        return None


def _least_damaged(data: bytes, codec: str | None) -> str:
    readings = [data.decode(each, "replace") for each in dict.fromkeys((codec or GB18030, UTF8, GB18030))]
    return min(readings, key=lambda text: text.count("\ufffd"))
