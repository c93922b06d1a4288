"""``baosong draft``: a notice in, a campaign to complete out; what is no notice is one clear line."""

import json
import re

import pytest

from flows.__main__ import main
from tests.notice.draft.files import ENCODED, NO_NOTICE, docx
from tests.notice.draft.score import CORPUS, FOLDERS, KINDS, examples
from tests.notice.homes import new_home

KEYS = {
    "issuer", "doc_number", "title", "issue_date", "superior_document", "theme", "periods", "obligations",
    "channels", "section", "contacts", "quotas", "campaign_targets", "is_reporting_notice", "unknown",
}  # fmt: skip
ROWS = {
    "periods": {"name", "start", "end"},
    "obligations": {"what", "due_date", "due_time", "inclusive", "recurrence", "roll", "who", "quote"},
    "channels": {"type", "address"},
    "contacts": {"name", "phone"},
    "quotas": {"item", "min", "max", "per"},
    "campaign_targets": {"item", "min"},
}
NANCHUAN = (CORPUS / "nanchuan.txt").read_text("utf-8")
FILLED = (
    (r"^roster: unknown.*$", "roster: rosters/nanchuan.csv"),
    (r"- kind: imap\n    account: unknown.*$", "- kind: maildir\n    path: var/mail/inbox"),
    (r"- kind: unknown.*$", "- kind: street"),
    (r"^  at: unknown.*$", "  at: 2027-12-31T18:00"),
    (r"^  basis: unknown.*$", "  basis: 科室确定"),
    (r"^      date: unknown.*$", "      date: 2026-01-09"),
    (r"^      time: unknown.*$", '      time: "12:00"'),
    (r"^      until: unknown.*$", "      until: 2026-02-27"),
    (r"^(    title|  issuer|  title|  name|    name|title|  document_number): unknown.*$", r"\1: 已补"),
    (r"title: unknown(?=[,}])", "title: 指标"),
)
"""What a clerk writes in place of the unknowns that nothing may start without."""


@pytest.fixture
def home(tmp_path):
    return new_home(tmp_path)


def run(home, *arguments):
    return main(["--home", str(home.root), "draft", *map(str, arguments)])


def as_told(capsys):
    return json.loads(capsys.readouterr().out)


def put(home, name, data):
    path = home.root / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("stem", [stem for stem, _, _ in examples(CORPUS)])
def test_the_json_has_every_key_of_the_contract(home, capsys, stem):
    assert run(home, CORPUS / f"{stem}.txt", "--json") == 0
    found = as_told(capsys)
    assert set(found) >= KEYS
    for name, keys in ROWS.items():
        assert all(set(row) >= keys for row in found[name])


@pytest.mark.parametrize("encoding", ENCODED)
def test_plain_text_is_read_in_every_encoding_offices_use(home, capsys, encoding):
    path = put(home, "通知.txt", ENCODED[encoding](NANCHUAN))
    assert run(home, path, "--json") == 0
    found = as_told(capsys)
    assert found["issuer"] == "重庆市南川区民政局"
    assert [each["due_date"] for each in found["obligations"]] == ["2023-04-04"]


def test_a_word_document_says_the_same_as_its_text(home, capsys):
    assert run(home, put(home, "通知.docx", docx(NANCHUAN)), "--json") == 0
    from_word = as_told(capsys)
    assert run(home, CORPUS / "nanchuan.txt", "--json") == 0
    from_text = as_told(capsys)
    assert from_word["unknown"] == from_text["unknown"]
    assert [o["quote"] for o in from_word["obligations"]] == [o["quote"] for o in from_text["obligations"]]


@pytest.mark.parametrize("what", NO_NOTICE)
def test_what_is_no_notice_is_one_clear_line_and_2(home, capsys, what):
    name, data = NO_NOTICE[what]
    assert run(home, put(home, name, data), "--json") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith(name)
    assert re.search("[\u4e00-\u9fff]{4}", said.err)
    assert "Traceback" not in said.err


def test_a_file_that_is_not_there_is_one_clear_line_and_2(home, capsys):
    assert run(home, home.root / "没有.txt") == 2
    assert "没有这个文件" in capsys.readouterr().err
    assert run(home, home.root) == 2


def test_a_notice_that_asks_for_nothing_says_so_and_owes_nothing(home, capsys):
    assert run(home, CORPUS / "08-fire-no-report.txt", "--json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["is_reporting_notice"] is False
    assert "没有要求报送" in said.err


def drafted(home, stem, name="draft-campaign"):
    path = home.config / "campaigns" / f"{name}.yaml"
    assert run(home, CORPUS / f"{stem}.txt", "--out", path) == 0
    return path


@pytest.mark.parametrize(
    "stem", [stem for stem, _, wanted in examples(CORPUS) if wanted["is_reporting_notice"]]
)
def test_the_draft_is_valid_once_its_unknowns_are_filled(home, capsys, stem):
    path = drafted(home, stem)
    assert main(["--home", str(home.root), "validate", path.stem]) == 2, "unknowns must stop it first"
    text = path.read_text("utf-8")
    for unknown, known in FILLED:
        text = re.sub(unknown, known, text, flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    capsys.readouterr()
    assert main(["--home", str(home.root), "validate", path.stem]) == 0, capsys.readouterr().err


FIGURES = (
    "23-women-federation-works", "74-docx-contact-table-form", "96-party-classified-multi-date-month-inherit",
    "09-culture-case", "12-youth-select", "19-court-case", "37-fire-check", "62-red-cross-supply-list",
)  # fmt: skip
"""Notices with figures of one thing for several kinds of units, or with several reports of one name."""


@pytest.mark.parametrize("stem", FIGURES)
def test_figures_for_several_kinds_of_units_and_reports_of_one_name_make_a_valid_campaign(home, capsys, stem):
    (notice,) = (p for folder in FOLDERS for p in folder.glob(f"{stem}.*") if p.suffix in KINDS)
    path = home.config / "campaigns" / "figures.yaml"
    assert run(home, notice, "--out", path) == 0
    text = path.read_text("utf-8")
    for unknown, known in FILLED:
        text = re.sub(unknown, known, text, flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    capsys.readouterr()
    assert main(["--home", str(home.root), "validate", path.stem]) == 0, capsys.readouterr().err


def test_each_kind_of_units_has_a_form_with_its_own_figures(home):
    said = "每个基层法院报送典型案例不少于3篇；本院每个业务庭报送典型案例2～3篇。全市报送典型案例不少于50篇。"
    notice = put(home, "a.txt", f"关于报送案例的通知\n各庭：\n{said}请于2024年3月15日前报送案例。\n".encode())
    assert run(home, notice, "--out", home.root / "a.yaml") == 0
    forms = (home.root / "a.yaml").read_text("utf-8").split("- id: figures")[1:]
    assert [("每个基层法院" in form, "每个业务庭" in form) for form in forms] == [
        (True, False),
        (False, True),
    ]
    assert ["min: 3}" in form for form in forms] == [True, False]
    assert "field: item1, min: 50" in forms[0], "one field for each and for all"


def test_the_draft_carries_quotes_and_questions_in_chinese(home):
    text = drafted(home, "nanchuan").read_text("utf-8")
    assert "# “于4月4日前将活动总结电子版报区民政局（社会组织管理科）”" in text
    assert "# 待问 1. " in text
    assert "待填：" in text
    assert "含当日 / 不含当日" in text
    assert "  due: unknown" in text
    assert "通知所列 00000001 没有区号" in text


def test_a_file_a_clerk_has_completed_is_not_written_over(home, capsys):
    path = drafted(home, "nanchuan")
    path.write_text("改过", "utf-8")
    assert run(home, CORPUS / "nanchuan.txt", "--out", path) == 2
    assert "已存在" in capsys.readouterr().err
    assert path.read_text("utf-8") == "改过"
    assert run(home, CORPUS / "nanchuan.txt", "--out", path, "--force") == 0


def test_a_changed_notice_shows_what_changed_against_the_old_one_and_against_the_campaign(home, capsys):
    path = drafted(home, "nanchuan")
    changed = put(
        home,
        "新.txt",
        NANCHUAN.replace("于4月4日前", "于4月10日17:00前").replace("至5月底", "至6月底").encode(),
    )
    for old in (CORPUS / "nanchuan.txt", path):
        capsys.readouterr()
        assert run(home, changed, "--against", old) == 0
        said = capsys.readouterr().out
        assert "“活动总结电子版”的时限日期：2023-04-04 → 2023-04-10" in said
        assert "“活动总结电子版”的时限钟点：（未写明） → 17:00" in said
        assert "时段增加：2023-03-21 2023-06-30" in said
        assert "时段减少：2023-03-21 2023-05-31" in said
        assert len(said.splitlines()) == 4


def test_an_unchanged_notice_has_no_changes(home, capsys):
    path = drafted(home, "nanchuan")
    for old in (CORPUS / "nanchuan.txt", path):
        capsys.readouterr()
        assert run(home, CORPUS / "nanchuan.txt", "--against", old) == 0
        assert capsys.readouterr().out == "与原件相比没有变化\n"
    assert run(home, CORPUS / "nanchuan.txt", "--against", path, "--json") == 0
    assert as_told(capsys)["changes"] == []


def test_what_to_compare_with_must_be_there(home, capsys):
    assert run(home, CORPUS / "nanchuan.txt", "--against", home.root / "无.yaml") == 2
    assert "没有这个文件" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("limit", "hour"),
    [("下班前", "下班前"), ("下午下班前", "下班前"), ("上午下班前", "unknown"), ("放学前", "unknown")],
)
def test_only_the_end_of_the_office_day_is_written_as_such(home, limit, hour):
    notice = put(
        home, "a.txt", f"关于报送总结的通知\n各校：\n请各校于2024年3月15日{limit}报送总结。\n".encode()
    )
    assert run(home, notice, "--out", home.root / "a.yaml") == 0
    (line,) = [line for line in (home.root / "a.yaml").read_text("utf-8").splitlines() if "time:" in line]
    assert line.split()[1] == hour
    assert f"{limit}”是几点" in (home.root / "a.yaml").read_text("utf-8")


def test_what_only_the_clerk_knew_is_no_change_and_of_two_reports_of_one_name_the_right_one_changed(
    home, capsys
):
    said = (
        "清河县教育局\n关于报送总结的通知\n各校：\n各成员单位于2024年11月20日前将排查总结报县教育局，"
        "各镇（街道）于2024年11月15日前报送。\n清河县教育局\n2024年3月5日\n"
    )
    old = put(home, "旧.txt", said.encode())
    path = home.config / "campaigns" / "mine.yaml"
    assert run(home, old, "--out", path) == 0
    text = path.read_text("utf-8")
    for pattern, filled in FILLED:
        text = re.sub(pattern, filled, text, flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    assert main(["--home", str(home.root), "validate", "mine"]) == 0, capsys.readouterr().err
    new = put(home, "新.txt", said.replace("11月15日", "11月18日").encode())
    for before in (old, path):
        capsys.readouterr()
        assert run(home, new, "--against", before) == 0
        assert capsys.readouterr().out == "“排查总结”的时限日期：2024-11-15 → 2024-11-18\n"


@pytest.mark.parametrize(
    "text",
    [
        "@各村 明天上午8点到12点停电检修，请提前做好准备。\n2024年3月5日",
        "各村：\n明天停水，请告知村民储水。\n石桥镇人民政府\n2024年3月5日",
    ],
)
def test_a_message_without_a_title_that_asks_for_nothing_is_read_and_owes_nothing(home, capsys, text):
    assert run(home, put(home, "a.txt", text.encode()), "--json") == 0
    assert as_told(capsys)["is_reporting_notice"] is False


def test_a_table_given_for_a_notice_is_called_one(home, tmp_path, capsys):
    path = tmp_path / "名册.csv"
    path.write_text("单位,邮箱\n东坪镇,east@units.example\n", "utf-8")
    assert main(["--home", str(home.root), "draft", str(path)]) == 2
    told = capsys.readouterr().err
    assert told == "名册.csv：读不出通知正文（是表格，不是通知），请换成 .txt、.docx 或文字版 .pdf\n"


def test_the_letters_a_clerk_may_add_become_part_of_the_draft_by_taking_away_a_mark(home, capsys):
    path = drafted(home, "01-education-cold-wave")
    text = path.read_text("utf-8")
    for unknown, known in FILLED:
        text = re.sub(unknown, known, text, flags=re.MULTILINE)
    text = text.replace("  # - {id: start", "  - {id: start").replace("on: 日期", "on: 2023-03-08")
    text = text.replace("  # - {id: late", "  - {id: late")
    path.write_text(text, "utf-8")
    assert main(["--home", str(home.root), "validate", path.stem]) == 0, capsys.readouterr().err
