import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.package.names import MOST_CHARACTERS, safe_name, without_collisions

HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from('/\\:*?"<>|%.~ \u202e\u200b\x00\n\r\ud800')), max_size=300
)


@given(HOSTILE)
def test_whatever_a_sender_writes_becomes_one_harmless_component(text):
    name = safe_name(text)
    assert name
    assert name not in {".", ".."}
    assert not set(name) & set('/\\:*?"<>|%')
    assert not name.startswith((".", "~", "-", " "))
    assert not name.endswith((".", " "))
    assert len(name) <= MOST_CHARACTERS
    assert len(name.encode()) <= 200
    assert unicodedata.is_normalized("NFC", name)
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in name)
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\temp\\总结.docx", "C__temp_总结.docx"),
        ("con.docx", "_con.docx"),
        ("COM¹", "_COM¹"),
        ("总结\u202excod.exe", "总结xcod.exe"),
        ("  .隐藏.docx", "隐藏.docx"),
        ("\x00\u200b", "未命名"),
        ("总结\n第二行.docx", "总结 第二行.docx"),
        ("百分之100%.doc", "百分之100_.doc"),
        ("~\xa0总结.docx", "总结.docx"),
    ],
)
def test_known_tricks_are_disarmed(text, name):
    assert safe_name(text) == name


def test_a_long_name_keeps_its_suffix():
    name = safe_name("很长" * 200 + ".docx")
    assert name.endswith(".docx")
    assert len(name) == MOST_CHARACTERS


def test_equal_names_are_numbered_also_when_only_their_case_or_width_differs():
    assert without_collisions(["a.doc", "A.DOC", "ａ.doc", "a(2).doc"]) == [
        "a.doc",
        "A(3).DOC",
        "ａ(4).doc",
        "a(2).doc",
    ]


@given(st.lists(st.sampled_from(["a", "A", "a(2)", "b.x", "B.x", "b(2).x"]), max_size=12))
def test_no_two_names_are_alike_in_the_end(names):
    found = without_collisions(names)
    assert len({n.casefold() for n in found}) == len(names)
