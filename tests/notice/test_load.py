"""A campaign file is taken exactly as it stands, or refused with one line a clerk can act on."""

import re
from datetime import date

import pytest

from flows.__main__ import main
from tasks.notice.load import campaign_ids, load_campaign
from tasks.terms.errors import Misconfigured
from tests.notice.homes import HAIKOU, NANCHUAN, campaign_file, new_home, replace_in
from tests.notice.spoilt import SPOILT

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def home(tmp_path):
    return new_home(tmp_path)


def refusal(home, campaign=NANCHUAN):
    """What the refused file says: always one line, from the loader."""
    with pytest.raises(Misconfigured) as fault:
        load_campaign(home, campaign)
    text = str(fault.value)
    assert "\n" not in text
    assert CHINESE.search(text)
    assert "pydantic" not in text
    assert "Traceback" not in text
    return text


@pytest.mark.parametrize("what", SPOILT)
def test_one_wrong_value_is_one_line_with_file_line_field_and_what_belongs_there(home, what):
    old, new, field, said = SPOILT[what]
    line = replace_in(campaign_file(home), old, new)
    text = refusal(home)
    assert text.startswith(f"config/campaigns/{NANCHUAN}.yaml 第 ")
    found = re.match(r"config/campaigns/\S+ 第 (\d+) 行 ?(\S*)：(.*)", text)
    assert found, text
    # A key that is not there is told at the thing that should hold it: at or above the line it was on.
    assert int(found[1]) in range(line - 3, line + 2), text
    assert found[2] == field, text
    assert said in found[3], text


# What is no campaign file at all

BROKEN = {
    "empty file": b"",
    "only blank lines": b"\n\n\n",
    "only comments": "# 说明\n".encode(),
    "only a byte order mark": b"\xef\xbb\xbf",
    "not UTF-8": "title: 宣传周\n".encode("gb18030"),
    "UTF-16": "id: a\ntitle: 宣传周\n".encode("utf-16"),
    "cut in the middle of a character": "title: 宣传周".encode()[:-1],
    "a tab for the indent": b"notice:\n\tissuer: a\n",
    "a tab inside a list": b"windows:\n  - id: a\n\t  title: b\n",
    "an open bracket": b"windows: [\n",
    "an open quotation mark": 'title: "宣传周\n'.encode(),
    "a Chinese colon": "id：a\ntitle：b\n".encode(),
    "an anchor": b"a: &x 1\nb: *x\n",
    "an anchor alone": b"id: &x a\n",
    "a merge key": b"base: &b {a: 1}\nc:\n  <<: *b\n",
    "a reference to nothing": b"a: *x\n",
    "an anchor that holds itself": b"a: &x [*x]\n",
    "a tag": b"a: !!python/object/apply:os.system ['true']\n",
    "a tag of its own": b"a: !secret b\n",
    "a standard tag": b"id: !!str 12\n",
    "two documents": b"id: a\n---\nid: b\n",
    "a list": b"- a\n- b\n",
    "a word": b"campaign\n",
    "a number": b"12\n",
    "a nul": b"id: a\x00b\n",
    "an escape": b"id: a\x1bb\n",
    "a list for a key": b"? [a, b]\n: c\n",
    "a record for a key": b"? {a: b}\n: c\n",
    "a key given twice": b"id: a\nid: b\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a workbook": b"PK\x03\x04" + bytes(200),
    "deep nesting": b"a: " + b"[" * 5000 + b"]" * 5000,
    "deep records": b"".join(b" " * n + b"a:\n" for n in range(1500)),
    "a number of ten thousand digits": b"id: a\nwindows: " + b"9" * 10_000 + b"\n",
    "too large": b"# " + b"x" * (1 << 20) + b"\nid: a\n",
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_no_campaign_file_is_refused_in_one_line_that_names_it(home, what):
    campaign_file(home).write_bytes(BROKEN[what])
    assert f"config/campaigns/{NANCHUAN}.yaml" in refusal(home)


@pytest.mark.parametrize("what", [each for each in BROKEN if re.search("anchor|merge|reference", each)])
def test_a_reference_is_named_as_what_is_wrong(home, what):
    campaign_file(home).write_bytes(BROKEN[what])
    text = refusal(home)
    assert "锚" in text or "引用" in text
    assert "第 1 行" in text or "第 2 行" in text or "第 3 行" in text


@pytest.mark.parametrize("what", ["a tag", "a tag of its own", "a standard tag"])
def test_a_tag_is_named_as_what_is_wrong(home, what):
    campaign_file(home).write_bytes(BROKEN[what])
    assert "标签" in refusal(home)


@pytest.mark.parametrize("what", ["a tab for the indent", "a tab inside a list"])
def test_a_tab_is_named_as_what_is_wrong(home, what):
    campaign_file(home).write_bytes(BROKEN[what])
    text = refusal(home)
    assert "制表符" in text
    assert "空格" in text
    assert re.search("第 [23] 行", text)


def test_several_faults_are_told_by_the_first_and_how_many_more(home):
    path = campaign_file(home)
    line = replace_in(path, "issued_on: 2023-03-07", "issued_on: 2023-03-77")
    replace_in(path, "min: 3}", "min: 三}")
    replace_in(path, "kind: maildir", "kind: outlook")
    text = refusal(home)
    assert f"第 {line} 行 notice.issued_on" in text
    assert text.endswith("（另有 2 处）")


# What a clerk's editor does to a file without meaning harm


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(home):
    path = campaign_file(home)
    plain = load_campaign(home, NANCHUAN)
    text = path.read_text("utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load_campaign(home, NANCHUAN) == plain


def test_a_file_saved_again_is_read_again(home):
    assert load_campaign(home, NANCHUAN).obligation("summary").due.date == date(2023, 4, 4)
    replace_in(campaign_file(home), "date: 2023-04-04", "date: 2023-04-03")
    assert load_campaign(home, NANCHUAN).obligation("summary").due.date == date(2023, 4, 3)


# Which campaigns there are


def test_both_shipped_campaigns_load(home):
    assert campaign_ids(home) == [HAIKOU, NANCHUAN]
    assert [load_campaign(home, each).id for each in campaign_ids(home)] == [HAIKOU, NANCHUAN]


@pytest.mark.parametrize("name", ["none", "../office", "", ".", "a/b", "..", f"{NANCHUAN}.yaml"])
def test_a_campaign_that_is_not_there_is_told_with_those_that_are(home, name):
    text = refusal(home, name)
    assert NANCHUAN in text
    assert HAIKOU in text


def test_a_folder_where_the_file_should_be_is_no_campaign(home):
    (home.config / "campaigns" / "empty.yaml").mkdir()
    assert "empty" in refusal(home, "empty")


@pytest.mark.parametrize("what", [*BROKEN, *SPOILT])
def test_the_command_ends_with_2_and_one_line_and_no_traceback(home, capsys, what):
    if what in BROKEN:
        campaign_file(home).write_bytes(BROKEN[what])
    else:
        replace_in(campaign_file(home), *SPOILT[what][:2])
    assert main(["--home", str(home.root), "validate", NANCHUAN]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert str(home.root) not in said.err
    assert not (home.root / "var" / "faults.log").exists()


def test_a_file_that_cannot_be_read_is_told_in_one_line(home, monkeypatch):
    def refuse(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(campaign_file(home)), "read_bytes", refuse)
    assert "读不了" in refusal(home)


def test_the_field_that_is_meant_is_suggested_and_else_those_there_are(home):
    path = campaign_file(home)
    replace_in(path, "window: week", "windwo: week")
    assert "是否为 window？" in refusal(home)
    replace_in(path, "windwo: week", "甲: week")
    assert "可用的字段：id、title" in refusal(home)


def test_what_the_notices_leave_open_is_listed_for_staff_to_ask(home):
    assert load_campaign(home, NANCHUAN).unknowns == (
        "重庆市民政局办公室规定的上报时限", "联系电话（须带区号）", "“千场活动、万家走访”统计表的报送时限",
    )  # fmt: skip
    haikou = load_campaign(home, HAIKOU).unknowns
    assert {"通知的成文日期", "承办科室", "海南省民政厅规定的上报时限"} <= set(haikou)


def test_an_open_channel_is_listed_too(home):
    replace_in(campaign_file(home), "channel: email", "channel: unknown")
    assert "向重庆市民政局办公室呈报的渠道" in load_campaign(home, NANCHUAN).unknowns


def test_an_obligation_that_is_not_there_is_no_obligation(home):
    with pytest.raises(KeyError):
        load_campaign(home, NANCHUAN).obligation("none")


def test_what_an_editor_keeps_beside_an_open_file_is_no_campaign(home):
    folder = home.config / "campaigns"
    (folder / f".#{NANCHUAN}.yaml").symlink_to("clerk@machine.1234")
    (folder / f"~${NANCHUAN}.yaml").write_bytes(b"")
    assert sorted(campaign_ids(home)) == sorted((HAIKOU, NANCHUAN))
