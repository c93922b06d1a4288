from base64 import b64encode

import pytest

from tasks.mail.charset import codec_for, decode_text
from tasks.mail.decode import clean_name, file_name, header_text, sender_of
from tasks.mail.mime import parameters

NAME = "东城街道活动总结.docx"


def word(data: bytes, charset: str) -> bytes:
    return f"=?{charset}?B?{b64encode(data).decode()}?=".encode()


def test_a_word_cut_inside_a_character_is_joined_before_decoding():
    data = "关于报送活动总结的报告".encode("gb18030")
    assert (
        header_text(word(data[:7], "gb2312") + b"\r\n " + word(data[7:], "gb2312"))
        == "关于报送活动总结的报告"
    )


def test_words_of_one_charset_are_joined_whatever_they_call_it_and_however_they_are_encoded():
    data = "报告".encode("gbk")
    quoted = b"=?cp936?Q?=" + f"{data[1]:02X}".encode() + b"=" + f"{data[2]:02X}".encode() + b"?="
    assert header_text(word(data[:1], "GB2312") + b" " + quoted + b" " + word(data[3:], "x-gbk")) == "报告"


def test_a_base64_stream_cut_anywhere_between_two_words_is_put_together():
    stream = b64encode("活动总结".encode())
    assert header_text(b"=?utf-8?B?" + stream[:6] + b"?= =?utf-8?B?" + stream[6:] + b"?=") == "活动总结"


@pytest.mark.parametrize("label", ["gb2312", "GBK", "cp936", "x-gbk", "gb_2312-80", "windows-936", "chinese"])
def test_the_gb_family_is_read_as_gb18030(label):
    assert codec_for(label) == "gb18030"
    assert header_text(word("镕〇㐀".encode("gb18030"), label)) == "镕〇㐀"


def test_gbk_under_the_label_utf_8_is_gbk():
    assert header_text(word("活动总结".encode("gbk"), "utf-8")) == "活动总结"


def test_utf_8_under_the_label_gbk_is_utf_8():
    assert header_text(word("活动总结报告".encode(), "gbk")) == "活动总结报告"


def test_chinese_under_a_western_label_is_chinese():
    assert decode_text("东城街道".encode("gbk"), "iso-8859-1") == "东城街道"
    assert decode_text("东城街道".encode(), "us-ascii") == "东城街道"


def test_a_western_label_is_believed_where_the_bytes_are_western():
    assert decode_text("Café à la crème".encode("latin-1"), "iso-8859-1") == "Café à la crème"


def test_other_chinese_and_seven_bit_charsets_are_read_by_their_label():
    assert decode_text("活動總結".encode("big5"), "big5") == "活動總結"
    assert decode_text("活动".encode("hz"), "hz-gb-2312") == "活动"
    assert decode_text("報告".encode("iso2022_jp"), "iso-2022-jp") == "報告"


@pytest.mark.parametrize(
    "label", ["x-unknown", "unknown-8bit", "zlib", "base64", "rot13", "idna", "a\0b", "", "?" * 99]
)
def test_an_unknown_label_is_no_label(label):
    assert decode_text("活动总结".encode("gbk"), label) == "活动总结"
    assert decode_text("活动总结".encode(), label) == "活动总结"


def test_utf_8_that_breaks_off_inside_a_character_stays_utf_8():
    assert decode_text("关于报送总结".encode()[:-1]) == "关于报送总\ufffd"


def test_raw_eight_bit_headers_are_read():
    assert header_text("关于报送活动总结".encode("gbk")) == "关于报送活动总结"
    assert header_text("关于报送活动总结".encode()) == "关于报送活动总结"


def test_text_between_words_and_raw_octets_beside_them_are_kept():
    assert (
        header_text(b"Re: " + word("总结".encode(), "utf-8") + b" v2 " + "终稿".encode("gbk"))
        == "Re: 总结 v2 终稿"
    )


def test_a_folded_word_with_a_blank_inside_is_read():
    stream = b64encode("活动总结".encode())
    assert header_text(b"=?utf-8?B?" + stream[:5] + b"\r\n " + stream[5:] + b"?=") == "活动总结"


def test_control_and_direction_characters_do_not_get_into_a_subject():
    assert header_text(word("总结\r\nX: y\u202e\x00".encode(), "utf-8")) == "总结 X: y"


def disposition(value: bytes) -> dict[str, bytes]:
    return parameters(b"attachment; " + value)


def quoted(text: str, charset: str = "utf-8") -> bytes:
    return "".join(f"%{octet:02X}" for octet in text.encode(charset)).encode()


@pytest.mark.parametrize(
    "value",
    [
        b"filename*=UTF-8''" + quoted(NAME),
        b"filename*=gb2312'zh-cn'" + quoted(NAME, "gbk"),
        b"filename*0*=UTF-8''" + quoted(NAME)[:12] + b"; filename*1*=" + quoted(NAME)[12:],
        b"filename*1*=" + quoted(NAME)[12:] + b"; filename*0*=utf-8''" + quoted(NAME)[:12],
        b'filename="' + word(NAME.encode("gbk"), "gb2312") + b'"',
        b"filename=" + word(NAME.encode(), "utf-8"),
        b'filename="' + NAME.encode("gbk") + b'"',
        b'filename="' + NAME.encode() + b'"',
        b"filename=" + NAME.encode("gbk"),
        b'filename="' + quoted(NAME) + b'"',
        b'filename="' + "".join(f"&#{ord(c)};" for c in NAME).encode() + b'"',
        b'filename="C:\\\\Users\\\\a\\\\' + NAME.encode() + b'"',
    ],
)
def test_a_file_name_is_read_in_every_form_programs_write(value):
    assert file_name(disposition(value), {}) == NAME


def test_numbered_pieces_are_joined_before_decoding():
    data = quoted("活动总结.docx")
    value = b"filename*0*=UTF-8''" + data[:6] + b"; filename*1*=" + data[6:15] + b"; filename*2*=" + data[15:]
    assert file_name(disposition(value), {}) == "活动总结.docx"


def test_of_two_forms_the_one_that_decodes_cleanly_is_taken():
    broken = b"filename=\"????????.docx\"; filename*=UTF-8''" + quoted(NAME)
    assert file_name(disposition(broken), {}) == NAME
    assert file_name(disposition(b'filename="????.docx"'), {"name": word(NAME.encode(), "utf-8")}) == NAME
    assert file_name(disposition(b"filename*=utf-8''%FF%FF"), {"name": NAME.encode()}) == NAME


def test_a_name_never_becomes_a_path_or_hides_its_end():
    assert clean_name("../../etc/总结.docx") == "总结.docx"
    assert clean_name("总结\u202excod.exe") == "总结xcod.exe"
    assert clean_name("a\x00b\n.txt") == "ab .txt"
    assert len(clean_name("长" * 500 + ".xlsx")) == 180
    assert clean_name("长" * 500 + ".xlsx").endswith(".xlsx")


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        (b"clerk@a.example", "", "clerk@a.example"),
        (b"Clerk <Clerk@A.example>", "Clerk", "clerk@a.example"),
        (b'"Li, Ming" <li@a.example>', "Li, Ming", "li@a.example"),
        (word("东城街道".encode("gbk"), "gb2312") + b" <dc@a.example>", "东城街道", "dc@a.example"),
        (b'"' + word("东城".encode(), "utf-8") + b'" <dc@a.example>', "东城", "dc@a.example"),
        ("东城街道".encode("gbk") + b" <dc@a.example>", "东城街道", "dc@a.example"),
        (b"dc@a.example (" + "东城".encode() + b")", "东城", "dc@a.example"),
        (word("东城 <dc@a.example>".encode(), "utf-8"), "", "dc@a.example"),
        (b"MAILER-DAEMON", "", ""),
    ],
)
def test_the_sender_is_found(value, name, address):
    found = sender_of([value])
    assert found[1] == address
    if name:
        assert found[0] == name


@pytest.mark.parametrize(
    "value",
    [
        b'"boss@superior.example" <thief@evil.example>',
        b'"boss@superior.example <boss@superior.example>" <thief@evil.example>',
        word("上级 <boss@superior.example>".encode(), "utf-8") + b" <thief@evil.example>",
        b"=?utf-8?Q?<boss@superior.example>?= <thief@evil.example>",
    ],
)
def test_an_address_in_a_display_name_is_not_the_sender(value):
    name, address, is_plain = sender_of([value])
    assert address == "thief@evil.example"
    assert "boss@superior.example" in name
    assert not is_plain


def test_two_senders_are_not_plain():
    assert not sender_of([b"a@a.example", b"b@b.example"])[2]
    assert not sender_of([b"A <a@a.example>, B <b@b.example>"])[2]


def test_a_name_a_gateway_encoded_once_more_is_decoded_twice():
    once = word(NAME.encode("gbk"), "GBK")
    given = b'attachment; filename="' + word(once, "utf-8") + b'"'
    assert file_name(parameters(given), {}) == NAME
    given = b"attachment; filename*=utf-8''" + "".join(f"%{c:02X}" for c in once).encode()
    assert file_name(parameters(given), {}) == NAME
