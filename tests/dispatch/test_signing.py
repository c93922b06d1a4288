import pytest

from flows.__main__ import main
from tasks.dispatch.sign_rule import Sign
from tasks.dispatch.signing import decide, state_of
from tasks.ledger import acts
from tasks.terms.errors import Misconfigured
from tests.dispatch.bureau import AT, SIGNED, SIGNER, Bureau, bureau
from tests.line import office

LATER, NEXT_DAY = "2023-06-02T19:00", "2023-06-03T19:00"


@pytest.fixture
def signed(tmp_path):
    """A bureau whose packages need a signature, with one report in."""
    made = bureau(tmp_path, SIGNED)
    made.report("A01", "2023-06-01T09:00")
    return made


def decision(of, typed, at=LATER, name=SIGNER, refuse=None):
    return decide(of.desk(at), of.packages(at)[-1], name=name, typed=typed, refuse=refuse)


def on_record(of, at=NEXT_DAY):
    desk = of.desk(at)
    with desk.ledger.read() as connection:
        assert acts.broken_link(connection) is None
        return [a for a in acts.of_campaign(connection, "drill", desk.now) if "sign" in a.kind]


def test_an_unsigned_package_stays_and_its_signer_is_asked_once_with_digest_and_figures(signed):
    told = signed.compile()
    signed.compile(LATER)
    assert told["held_back"] == [1]
    assert signed.letters("dispatch") == []
    (request,) = signed.letters("sign_off")
    text = request.get_body(("plain",)).get_content()
    assert request["To"].addresses[0].addr_spec == f"signer@{office.DOMAIN}"
    assert signed.packages()[0].digest in text.replace("\n", "")
    assert "演练总结：应报 3 个，已报 1 个" in text
    assert [a.get_filename() for a in request.iter_attachments()] == [
        "总结报告.docx",
        "汇总表.xlsx",
        "缺报说明.docx",
    ]


def test_a_signature_by_name_and_code_lets_it_go_once(signed, capsys):
    signed.compile()
    words = ["--home", str(signed.home.root), "sign-off", "drill", "--as-of", LATER, "--name", SIGNER]
    assert main([*words, "--code", signed.code().lower()]) == 0
    assert "已呈报" in capsys.readouterr().out
    assert len(signed.letters("dispatch")) == 1
    signed.compile(NEXT_DAY)
    assert len(signed.letters("dispatch")) == 1
    (given,) = on_record(signed)
    assert (given.who, given.detail["decision"]) == (SIGNER, "signed")


def test_a_wrong_code_a_wrong_name_and_a_refusal_without_reason_change_nothing(signed):
    signed.compile()
    code = signed.code()
    for typed, name, refuse in (("XXXXXXXX", SIGNER, None), (code, "别人", None), (code, SIGNER, " ")):
        with pytest.raises(Misconfigured):
            decision(signed, typed, name=name, refuse=refuse)
    assert [(a.kind, a.who) for a in on_record(signed)] == [("sign_wrong", SIGNER)]
    assert state_of(signed.desk(LATER), signed.packages()[0]).state is Sign.WAITING


def test_codes_cannot_be_tried_out_one_by_one(signed):
    signed.compile()
    first = signed.code()
    for typed in ("AAAAAAAA", "BBBBBBBB", "CCCCCCCC", "DDDDDDDD"):
        with pytest.raises(Misconfigured, match="最近一封"):
            decision(signed, typed)
    with pytest.raises(Misconfigured, match="原审签码作废"):
        decision(signed, "EEEEEEEE")
    with pytest.raises(Misconfigured):
        decision(signed, first)
    signed.compile(NEXT_DAY)  # the new request leaves with the next round
    fresh = {signed.code(0), signed.code(1)} - {first}
    assert "审签，已记入台账" in decision(signed, fresh.pop(), at=NEXT_DAY)


def test_a_code_works_once(signed):
    signed.compile()
    code = signed.code()
    decision(signed, code, refuse="数字须再核")
    with pytest.raises(Misconfigured, match="已用过"):
        decision(signed, code)
    assert [a.why for a in on_record(signed) if a.kind == "sign_off"] == ["数字须再核"]


def test_a_refusal_holds_it_back_with_the_reason_until_a_new_request_is_signed(signed, capsys):
    signed.compile()
    decision(signed, signed.code(), refuse="数字须再核")
    told = signed.compile(LATER)
    assert told["why"] == {"1": "审签未同意（数字须再核）"}
    words = ["--home", str(signed.home.root), "sign-off", "drill", "--as-of", LATER, "--name", "经办人乙"]
    main([*words, "--renew", "已核对无误"])
    assert len(signed.letters("sign_off")) == 2
    codes = {signed.code(0), signed.code(1)}
    assert len(codes) == 2
    for code in codes:
        try:
            decision(signed, code)
        except Misconfigured:
            continue
    assert signed.compile(NEXT_DAY)["sent"] == [1]


def test_who_reads_the_request_on_a_telephone_is_told_first_what_needs_no_computer(signed):
    signed.compile()
    (request,) = signed.letters("sign_off")
    for form in ("plain", "html"):
        text = request.get_body((form,)).get_content()
        assert text.index("告知经办人") < text.index("--code")


def test_a_new_arrival_after_signing_voids_the_signature_and_says_so(signed):
    signed.compile()
    decision(signed, signed.code())
    signed.report("A02", "2023-06-02T18:30")
    told = signed.compile(LATER)
    assert (told["number"], told["sent"], told["held_back"]) == (2, [], [2])
    assert signed.letters("dispatch") == []
    assert [a.kind for a in on_record(signed)] == ["sign_off", "sign_void"]
    notes = [m.get_body(("plain",)).get_content() for m in signed.letters("sign_note")]
    assert len(notes) == 2  # the signer, and the office's own mailbox
    assert all("审签作废" in text for text in notes)
    decision(signed, signed.code(), at=NEXT_DAY)
    assert signed.compile(NEXT_DAY)["sent"] == [2]
    assert len(signed.letters("dispatch")) == 1


def test_the_package_made_anew_is_no_supplement_for_nothing_has_gone_up(signed):
    signed.compile()
    signed.report("A02", "2023-06-02T18:30")
    signed.compile(LATER)
    summary = signed.packages(LATER)[-1].summary
    assert summary["supplement_to"] is None
    names = sorted(
        p.name for p in (signed.home.root / signed.packages(LATER)[-1].path / "data/原件").iterdir()
    )
    assert names == ["A01_东山镇", "A02_西山镇"]


def test_nobody_can_sign_what_is_no_longer_so(signed):
    signed.compile()
    signed.report("A02", "2023-06-02T18:30")
    signed.take_in(LATER)
    with pytest.raises(Misconfigured, match="先重新编制"):
        decision(signed, signed.code())


def test_when_the_stated_time_passes_it_is_put_on_record_and_a_person_is_told(tmp_path):
    made = bureau(tmp_path, f"{SIGNED.rstrip()}\n  sign_within_hours: 2\n  unsigned: hold\n")
    made.report("A01", "2023-06-01T09:00")
    made.compile()
    for at in ("2023-06-02T20:00", "2023-06-02T21:00"):
        assert made.compile(at)["held_back"] == [1]
    (lapse,) = on_record(made)
    assert (lapse.who, lapse.kind) == ("系统", "sign_lapse")
    notes = [m.get_body(("plain",)).get_content() for m in made.letters("sign_note")]
    assert len(notes) == 2
    assert all("暂不呈报，等待处理。仍可审签：请将意见连同原审签码告知经办人。" in text for text in notes)
    decision(made, made.code(), at="2023-06-02T21:30")
    assert made.compile("2023-06-02T22:00")["sent"] == [1]


def test_the_rule_may_let_an_unsigned_package_go_and_says_that_it_did(tmp_path):
    made = bureau(tmp_path, f"{SIGNED.rstrip()}\n  sign_within_hours: 2\n  unsigned: send\n")
    made.report("A01", "2023-06-01T09:00")
    made.compile()
    assert made.compile("2023-06-02T20:00")["sent"] == [1]
    assert "照常呈报" in on_record(made)[0].why


def test_the_request_survives_a_restart_and_its_code_still_works(signed):
    signed.compile()
    again = Bureau(signed.home)
    assert state_of(again.desk(LATER), again.packages(LATER)[-1]).state is Sign.WAITING
    decision(again, signed.code())
    assert again.compile(NEXT_DAY)["sent"] == [1]
    assert (signed.home.var / "sign-off.key").stat().st_mode & 0o077 == 0


def test_a_campaign_that_does_not_say_who_signs_is_told_so(tmp_path):
    made = bureau(tmp_path, "  sign_off: true\n")
    made.report("A01", "2023-06-01T09:00")
    with pytest.raises(Misconfigured, match="signer"):
        made.compile()


def test_the_verb_without_a_code_shows_what_waits(signed, capsys):
    signed.compile()
    assert main(["--home", str(signed.home.root), "sign-off", "drill", "--as-of", AT]) == 3
    shown = capsys.readouterr().out
    assert "待审签" in shown
    assert signed.packages()[0].digest in shown
    assert signed.code() not in shown


def test_after_signing_what_was_laid_out_still_asks_for_a_person_until_it_is_received(tmp_path, capsys):
    made = bureau(tmp_path, SIGNED)
    path = made.home.config / "campaigns" / "drill.yaml"
    path.write_text(path.read_text("utf-8").replace("channel: email", "channel: document_exchange"), "utf-8")
    made.report("A01", "2023-06-01T09:00")
    made.compile()
    words = ["--home", str(made.home.root), "sign-off", "drill", "--as-of", LATER]
    assert main([*words, "--name", SIGNER, "--code", made.code()]) == 3
    assert "请经办人上传公文系统" in capsys.readouterr().out
    receipt = ["--home", str(made.home.root), "acknowledge", "drill", "--as-of", LATER, "--number", "1"]
    assert main([*receipt, "--who", "经办人乙", "--why", "公文系统已签收"]) == 0
    assert main(words) == 0


def test_a_signature_nobody_gives_is_told_of_after_a_day_or_at_the_superiors_hour(signed):
    signed.compile()
    assert signed.compile(LATER)["why"] == {"1": "待审签"}
    assert "编成已超过一天" in signed.compile("2023-06-03T18:30")["why"]["1"]
    path = signed.home.config / "campaigns" / "drill.yaml"
    path.write_text(
        path.read_text("utf-8").replace("channel: email", "due: 2023-06-02T20:00, channel: email"), "utf-8"
    )
    assert "已过上级时限" in signed.compile("2023-06-02T20:30")["why"]["1"]
