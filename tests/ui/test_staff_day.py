"""A clerk's day in a real browser: every act is a form in the Prefect UI, and the board shows its effect."""

import email
import email.policy
import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from flows.__main__ import main
from tests.line import office, papers
from tests.rig.browser import Page, browser
from tests.ui.day import ahead, due, give
from tests.ui.pictures import WHERE
from tests.ui.prefect_pages import (
    CLOSE_NOTICES,
    SUBMIT,
    Office,
    choose,
    log_in,
    open_form,
    serving,
    submit,
    write,
)


@pytest.fixture(scope="module")
def prefect(tmp_path_factory: pytest.TempPathFactory):
    home = office.make_home(tmp_path_factory.mktemp("office"), campaign=ahead())
    drop = home.var / "drop" / "drill"
    for folder, words in (("东山镇", "东山镇"), ("无名", "某处"), ("无名", "别处")):
        (drop / folder).mkdir(parents=True, exist_ok=True)
        (drop / folder / f"{words}总结.docx").write_bytes(papers.narrative(words, year=2099))
    with serving(home) as running:
        yield running


@pytest.fixture(scope="module")
def page(prefect: Office):
    with browser() as opened:
        opened.call(
            "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "light"}]
        )
        log_in(opened, prefect)
        yield opened


FONT = "<style>* {font-family: 'Inter', 'Noto Sans CJK SC', sans-serif !important}</style>"
"""The machine that makes the pictures may prefer a brush script; an office's does not."""


@pytest.fixture(scope="module")
def keep(page: Page, tmp_path_factory: pytest.TempPathFactory):
    """Keep the page as it stands, as a picture of few colours: for the manual when it is being made."""
    folder = Path(os.environ.get(WHERE) or tmp_path_factory.mktemp("pictures"))

    def keep(name: str, height: int = 900) -> Path:
        path = folder / f"{name}.png"
        page.run(f"document.head.insertAdjacentHTML('beforeend', {json.dumps(FONT)})")
        page.picture(path, 1200, height)
        with Image.open(path) as whole:
            whole.convert("RGB").quantize(128).save(path, optimize=True)
        return path

    return keep


def status(prefect: Office, capsys) -> dict:
    capsys.readouterr()
    assert main(["--home", str(prefect.home.root), "status", "drill", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def standing(prefect: Office, capsys, name: str, obligation: str) -> dict:
    units = status(prefect, capsys)["units"]
    return next(u for u in units if (u["name"], u["obligation"]) == (name, obligation))


def act(
    page: Page,
    prefect: Office,
    name: str,
    chosen: dict[str, str],
    written: dict[str, str],
    keep=None,
) -> str:
    """Fill in one form as a clerk does; gives the sentence the run ends with."""
    open_form(page, prefect, f"{name}-drill")
    for title, option in chosen.items():
        choose(page, title, option)
    for title, text in written.items():
        write(page, title, text)
    if keep:
        page.run("document.activeElement.blur(); window.scrollTo(0, 0)")
        keep(f"表单-{name}", 1100)
    run = submit(page, prefect, f"{name}-drill")
    assert run["state_type"] == "COMPLETED", run["state"]["message"]
    return str(run["state"]["message"])


SIGNED = {"经办人姓名": "甲", "理由": "来电说明"}


def board(page: Page, prefect: Office, key: str) -> None:
    found = prefect.ask("/artifacts/latest/filter", {"artifacts": {"key": {"any_": [f"drill-{key}"]}}})[0]
    page.open(f"{prefect.address}/artifacts/artifact/{found['latest_id']}")


def test_first_the_mail_is_checked_by_the_worker(page, prefect, keep, capsys):
    page.open(f"{prefect.address}/deployments")
    page.wait_for_text("待确认件归位")
    keep("操作列表", 1000)
    open_form(page, prefect, "收件核对-drill")
    run = submit(page, prefect, "收件核对-drill")
    assert run["state_type"] == "COMPLETED"
    assert run["name"].endswith("· 1/3")
    assert run["state"]["message"].startswith("收件 3，")
    assert status(prefect, capsys)["queue"] == 2


def test_the_clerk_opens_the_board_and_finds_who_is_missing(page, prefect, keep):
    board(page, prefect, "board")
    page.wait_for_text("未报")
    page.wait_for_text("南山街道")
    keep("报送情况", 1405)
    board(page, prefect, "standing")
    page.wait_for_text("西山镇")
    keep("各单位报送状态", 700)


def test_an_undecided_item_is_given_to_its_unit_and_another_dismissed(page, prefect, keep, capsys):
    chosen = {"归入哪个单位": "西山镇", "报送事项": "演练总结"}
    written = {"“待确认”表中的序号": "1", "经办人姓名": "甲", "依据": "电话核实"}
    said = act(page, prefect, "待确认件归位", chosen, written, keep)
    assert said == "待确认第 1 件已归入西山镇，已记入台账"
    written["“待确认”表中的序号"] = "2"
    assert "已了结" in act(page, prefect, "待确认件归位", {}, written)
    assert status(prefect, capsys)["queue"] == 0
    assert standing(prefect, capsys, "西山镇", "summary")["state"] == "accepted"


def test_a_report_is_returned_and_accepted_again(page, prefect, keep, capsys):
    chosen = {"单位": "东山镇", "报送事项": "演练总结"}
    act(page, prefect, "退回补正", chosen, {"经办人姓名": "甲", "退回原因": "缺少现场照片"}, keep)
    assert standing(prefect, capsys, "东山镇", "summary")["state"] == "returned"
    act(page, prefect, "人工通过", chosen, SIGNED)
    assert standing(prefect, capsys, "东山镇", "summary")["state"] == "accepted"


def test_a_form_the_server_did_not_take_is_submitted_again(page, prefect, capsys):
    open_form(page, prefect, "收件核对-drill")
    page.call("Network.setBlockedURLs", urls=["*/create_flow_run"])
    page.click(SUBMIT, CLOSE_NOTICES)
    page.wait_for_text("Oops")
    page.call("Network.setBlockedURLs", urls=[])
    assert submit(page, prefect, "收件核对-drill")["state_type"] == "COMPLETED"


def test_two_units_are_extended_and_one_excused(page, prefect, keep, capsys):
    for name, shot in (("南山街道", keep), ("东山镇", None)):
        obligation = {"南山街道": "演练总结", "东山镇": "演练统计表"}[name]
        chosen = {"单位": name, "报送事项": obligation}
        act(page, prefect, "延期", chosen, {"延至何时": "2099-06-05", **SIGNED}, shot)
    assert standing(prefect, capsys, "南山街道", "summary")["due"].startswith("2099-06-05T23:59:59")
    assert standing(prefect, capsys, "东山镇", "figures")["due"].startswith("2099-06-05T23:59:59")
    chosen = {"单位": "南山街道", "报送事项": "演练统计表"}
    act(page, prefect, "免报", chosen, {"批准人姓名": "乙", "理由": "机构撤并"})
    assert standing(prefect, capsys, "南山街道", "figures")["state"] == "waived"
    chosen |= {"决定": "撤销免报"}
    said = act(page, prefect, "免报", chosen, {"批准人姓名": "乙", "理由": "撤并推迟"})
    assert said == "南山街道的“演练统计表”：撤销免报，照常报送，已记入台账"
    assert standing(prefect, capsys, "南山街道", "figures")["state"] == "missing"


def test_what_was_typed_wrong_ends_the_run_with_what_to_write_and_nothing_else(page, prefect):
    open_form(page, prefect, "延期-drill")
    for title, option in {"单位": "南山街道", "报送事项": "演练总结"}.items():
        choose(page, title, option)
    for title, text in {"延至何时": "下周五", **SIGNED}.items():
        write(page, title, text)
    run = submit(page, prefect, "延期-drill")
    assert run["state_type"] == "FAILED"
    assert run["state"]["message"] == "“下周五”不是时刻，应写作 2023-04-07 或 2023-04-07T17:00"


def test_paper_is_registered_and_a_call_logged(page, prefect, capsys):
    chosen = {"单位": "西山镇", "报送事项": "演练统计表"}
    written = {"数字": "演练场次=3", "登记人姓名": "甲", "说明": "纸质送达"}
    act(page, prefect, "登记来件", chosen, written)
    assert standing(prefect, capsys, "西山镇", "figures")["values"]["drills"] == 3
    chosen = {"单位": "南山街道", "结果": "答应报送"}
    said = act(page, prefect, "通话记录", chosen, {"通话人姓名": "甲", "通话内容": "明天报"})
    assert said == "与南山街道的通话已记录：答应报送，已记入台账"


def the_day_has_come(prefect: Office) -> None:
    """Reports were due yesterday, the package's moment was an hour ago; the deputy director signs."""
    signed = "  sign_off: true\n  signer: 王示例\n  signer_address: deputy@district.example\n"
    give(prefect.home, due(datetime.now(UTC), 1).rstrip() + "\n" + signed)


def test_the_package_is_signed_and_goes(page, prefect, keep):
    the_day_has_come(prefect)
    open_form(page, prefect, "汇总呈报-drill")
    run = submit(page, prefect, "汇总呈报-drill")
    assert run["state_type"] == "COMPLETED", run["state"]["message"]
    board(page, prefect, "package")
    page.wait_for_text("待审签")
    keep("汇总件-待审签", 700)
    written = {"审签人姓名": "王示例", "审签码": sign_code(prefect)}
    said = act(page, prefect, "审签", {}, written, keep)
    assert "已呈报" in said
    board(page, prefect, "package")
    page.wait_for_text("上级尚未签收")
    keep("汇总件-已呈报", 700)


def sign_code(prefect: Office) -> str:
    for path in sorted((prefect.home.captured / "new").iterdir()):
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if letter["to"].addresses[0].addr_spec == "deputy@district.example":
            return re.search(r"审签码：?\s*(\S+)", letter.get_body(("plain",)).get_content())[1]
    raise LookupError("no request for a signature")


NOTICE = """某区防汛抗旱指挥部
某防汛〔2026〕5号
关于报送防汛备汛情况的通知
各镇、街道：
请于2026年5月8日16:00前将防汛备汛总结报送至邮箱fxb@fx.example。
某区防汛抗旱指挥部
2026年4月20日
"""


def test_a_pasted_notice_becomes_a_draft_to_copy(page, prefect, keep):
    open_form(page, prefect, "起草专项")
    write(page, "通知全文", NOTICE)
    run = submit(page, prefect, "起草专项")
    assert run["state_type"] == "COMPLETED", run["state"]["message"]
    found = prefect.ask("/artifacts/latest/filter", {"artifacts": {"key": {"any_": ["draft"]}}})[0]
    page.open(f"{prefect.address}/artifacts/artifact/{found['latest_id']}")
    page.wait_for_text("须问清的")
    keep("起草专项", 1000)
    assert "date: 2026-05-08" in found["data"]
    assert "fxb@fx.example" in found["data"]


def test_every_run_tells_its_story_in_its_name(page, prefect, keep):
    page.open(f"{prefect.address}/runs")
    page.wait_for_text("防汛演练 · 延期")
    keep("运行记录", 1100)


def test_no_page_asked_anyone_outside_and_the_ledger_is_whole(page, prefect):
    outside = [r for r in page.requested if not r.startswith((prefect.address, "data:", "about:", "blob:"))]
    assert outside == []
    assert main(["--home", str(prefect.home.root), "verify"]) == 0
