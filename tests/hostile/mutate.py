"""Bytes changed at random, and inside a zip container so that what is within is reached."""
# ruff: noqa: E501  a list of words is read as a list

import io
import random
import zipfile
import zlib

TOKENS = (
    b"\0", b"\xff" * 8, b"--BOUND", b"\r\n\r\n", b"\n.\r\n", b"PK\x03\x04", b"PK\x05\x06", b"]]>", b"<!DOCTYPE x [",
    b"<!ENTITY a '&a;&a;'>", b"&amp;" * 50, b"-1", b"99999999999999999999", b"1e309", b"NaN", b"=1+1", b"\xef\xbb\xbf",
    b"\xfe\xff", b"begin 644 ", b"=?utf-8?B?", b"<row r='1048577'>", b'r="XFD1"', b"<c t='s'><v>9999999</v></c>",
    "若干".encode(), "约３场".encode(), "一千零八".encode(), b"endobj", b"stream", b"\x1b$)A", b"~{", b"../" * 9, b"%s%n",
)  # fmt: skip


def changed(data: bytes, dice: random.Random) -> bytes:
    """The bytes with a few changes; a zip container mostly inside one of its members."""
    if data[:2] == b"PK" and dice.random() < 0.7:
        try:
            return _member_changed(data, dice)
        except (zipfile.BadZipFile, NotImplementedError, zlib.error, ValueError, KeyError, OSError, EOFError):
            pass  # only named like a zip: changed as bytes
    found = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        dice.choice((_flip, _flip, _token, _cut, _double, _number))(found, dice)
    return bytes(found)


def _member_changed(data: bytes, dice: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        if not infos or sum(i.file_size for i in infos) > 4 << 20:
            raise ValueError(data)
        chosen = dice.choice(infos).filename
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", dice.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as fresh:
            for info in infos:
                content = archive.read(info)
                if info.filename == chosen:
                    content = changed(content, dice) if content[:2] == b"PK" else _plain(content, dice)
                fresh.writestr(info.filename, content)
    return out.getvalue()


def _plain(content: bytes, dice: random.Random) -> bytes:
    found = bytearray(content)
    for _ in range(dice.choice((1, 2, 4))):
        dice.choice((_flip, _token, _cut, _double, _number))(found, dice)
    return bytes(found)


def _at(found: bytearray, dice: random.Random) -> int:
    return dice.randrange(len(found) + 1)


def _flip(found: bytearray, dice: random.Random) -> None:
    if found:
        found[dice.randrange(len(found))] = dice.randrange(256)


def _token(found: bytearray, dice: random.Random) -> None:
    at = _at(found, dice)
    found[at : at + dice.choice((0, 0, 4))] = dice.choice(TOKENS)


def _cut(found: bytearray, dice: random.Random) -> None:
    begin = _at(found, dice)
    del found[begin : begin + dice.choice((1, 10, 1000, len(found)))]


def _double(found: bytearray, dice: random.Random) -> None:
    begin = _at(found, dice)
    piece = found[begin : begin + dice.choice((10, 200, 5000))]
    found[begin:begin] = piece * dice.choice((1, 2, 30))


def _number(found: bytearray, dice: random.Random) -> None:
    """A length or a count that lies."""
    at = _at(found, dice)
    value = dice.choice((0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF))
    found[at : at + 4] = value.to_bytes(4, dice.choice(("little", "big")))
