"""A clerk's day in a real browser: every act is a form in the Prefect UI, and the board shows its effect."""

import json
from pathlib import Path

import pytest

from flows.__main__ import main
from tests.line import office, papers
from tests.rig.browser import Page, browser
from tests.ui.prefect_pages import Office, choose, log_in, open_form, serving, submit, write


@pytest.fixture(scope="module")
def prefect(tmp_path_factory: pytest.TempPathFactory):
    # The due day lies ahead whenever this runs: acts in the UI happen now.
    campaign = office.CAMPAIGN.replace("2023-", "2099-").replace("〔2023〕", "〔2099〕")
    campaign = campaign.replace("working_days: -1", "on: 2099-06-01").replace(
        "working_days: 1", "on: 2099-06-03"
    )
    home = office.make_home(tmp_path_factory.mktemp("office"), campaign=campaign)
    drop = home.var / "drop" / "drill"
    for folder, words in (("东山镇", "东山镇"), ("无名", "某处"), ("无名", "别处")):
        (drop / folder).mkdir(parents=True, exist_ok=True)
        (drop / folder / f"{words}总结.docx").write_bytes(papers.narrative(words, year=2099))
    with serving(home) as running:
        yield running


@pytest.fixture(scope="module")
def page(prefect: Office):
    with browser() as opened:
        log_in(opened, prefect)
        yield opened


def status(prefect: Office, capsys) -> dict:
    capsys.readouterr()
    assert main(["--home", str(prefect.home.root), "status", "drill", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def standing(prefect: Office, capsys, name: str, obligation: str) -> dict:
    units = status(prefect, capsys)["units"]
    return next(u for u in units if (u["name"], u["obligation"]) == (name, obligation))


def act(page: Page, prefect: Office, name: str, chosen: dict[str, str], written: dict[str, str]) -> str:
    """Fill in one form as a clerk does; gives the sentence the run ends with."""
    open_form(page, prefect, f"{name}-drill")
    for title, option in chosen.items():
        choose(page, title, option)
    for title, text in written.items():
        write(page, title, text)
    run = submit(page, prefect, f"{name}-drill")
    assert run["state_type"] == "COMPLETED", run["state"]["message"]
    return str(run["state"]["message"])


SIGNED = {"经办人姓名": "甲", "理由": "来电说明"}


def test_first_the_mail_is_checked_by_the_worker(page, prefect, capsys):
    open_form(page, prefect, "收件核对-drill")
    run = submit(page, prefect, "收件核对-drill")
    assert run["state_type"] == "COMPLETED"
    assert run["name"].endswith("· 1/3")
    assert status(prefect, capsys)["queue"] == 2


def test_an_undecided_item_is_given_to_its_unit_and_another_dismissed(page, prefect, capsys):
    chosen = {"归入哪个单位": "西山镇", "报送事项": "演练总结"}
    written = {"“待确认”表中的序号": "1", "经办人姓名": "甲", "依据": "电话核实"}
    said = act(page, prefect, "待确认件归位", chosen, written)
    assert said == "待确认第 1 件已归入西山镇，已记入台账"
    written["“待确认”表中的序号"] = "2"
    assert "已了结" in act(page, prefect, "待确认件归位", {}, written)
    assert status(prefect, capsys)["queue"] == 0
    assert standing(prefect, capsys, "西山镇", "summary")["state"] == "accepted"


def test_a_report_is_returned_and_accepted_again(page, prefect, capsys):
    chosen = {"单位": "东山镇", "报送事项": "演练总结"}
    act(page, prefect, "退回补正", chosen, {"经办人姓名": "甲", "退回原因": "缺少现场照片"})
    assert standing(prefect, capsys, "东山镇", "summary")["state"] == "returned"
    act(page, prefect, "人工通过", chosen, SIGNED)
    assert standing(prefect, capsys, "东山镇", "summary")["state"] == "accepted"


def test_a_unit_is_extended_and_another_excused(page, prefect, capsys):
    chosen = {"单位": "南山街道", "报送事项": "演练总结"}
    act(page, prefect, "延期", chosen, {"延至何时": "2099-06-05", **SIGNED})
    assert standing(prefect, capsys, "南山街道", "summary")["due"].startswith("2099-06-05T23:59:59")
    chosen["报送事项"] = "演练统计表"
    act(page, prefect, "免报", chosen, {"批准人姓名": "乙", "理由": "机构撤并"})
    assert standing(prefect, capsys, "南山街道", "figures")["state"] == "waived"


def test_paper_is_registered_and_a_call_logged(page, prefect, capsys):
    chosen = {"单位": "西山镇", "报送事项": "演练统计表"}
    written = {"数字": "演练场次=3", "登记人姓名": "甲", "说明": "纸质送达"}
    act(page, prefect, "登记来件", chosen, written)
    assert standing(prefect, capsys, "西山镇", "figures")["values"]["drills"] == 3
    chosen = {"单位": "南山街道", "结果": "答应报送"}
    said = act(page, prefect, "通话记录", chosen, {"通话人姓名": "甲", "通话内容": "明天报"})
    assert said == "与南山街道的通话已记录：答应报送，已记入台账"


def test_the_board_shows_the_day_and_no_page_asked_anyone_outside(page, prefect, tmp_path: Path):
    board = prefect.ask("/artifacts/latest/filter", {"artifacts": {"key": {"any_": ["drill-board"]}}})[0]
    page.open(f"{prefect.address}/artifacts/artifact/{board['latest_id']}")
    page.wait_for_text("防汛演练")
    page.wait_for_text("待确认")
    page.picture(tmp_path / "board.png")
    outside = [r for r in page.requested if not r.startswith((prefect.address, "data:", "about:", "blob:"))]
    assert outside == []
    assert main(["--home", str(prefect.home.root), "verify"]) == 0
