"""Formats that show their own end, and bytes that do not."""

import io
import zipfile

import pytest

from tasks.mail.whole import ends_whole


def a_zip(comment: bytes = b"") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("总结.txt", "内容" * 50)
        archive.comment = comment
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        a_zip(),
        a_zip(b"a comment"),
        b"%PDF-1.7\n1 0 obj\n%%EOF\n",
        b"\x89PNG\r\n\x1a\n0000IEND\xaeB`\x82",
        b"\xff\xd8\xff\xe0data\xff\xd9",
    ],
)
def test_what_is_whole_is_no_longer_so_with_its_last_bytes_gone(data):
    assert ends_whole(data)
    assert not any(ends_whole(data[:-n]) for n in (7, 9, 11))


@pytest.mark.parametrize("data", [b"", b"PK", "单位,场次\n东城街道,12\n".encode(), b"\xd0\xcf\x11\xe0" * 128])
def test_a_format_without_an_end_of_its_own_shows_nothing(data):
    assert not ends_whole(data)
