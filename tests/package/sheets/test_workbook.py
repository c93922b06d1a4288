import io
from dataclasses import replace

import openpyxl
import python_calamine

from tasks.package.dossier import Earlier, Original, Remark
from tasks.package.figures import figures
from tasks.package.sheets.sheet import Rate, sheet_names
from tasks.package.sheets.workbook import summary_workbook
from tasks.terms import times
from tasks.terms.standings import State
from tasks.terms.units import Roster
from tests.package import factory


def book(dossier):
    return summary_workbook(dossier, figures(dossier))


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def texts(sheet):
    return [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]


def test_there_is_a_sheet_for_every_obligation_between_overview_and_gaps():
    dossier, _ = factory.nanchuan()
    assert opened(book(dossier)).sheetnames == [
        "总览",
        "活动总结",
        "活动走访统计表",
        "未报与退回",
        "迟报",
        "免报",
        "核对问题",
        "到件时间",
    ]


def test_every_sheet_prints_on_a4_landscape_with_its_head_repeated():
    dossier, _ = factory.nanchuan()
    for sheet in opened(book(dossier)).worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        if sheet.title != "总览":
            assert sheet.print_title_rows
            assert sheet.freeze_panes


def test_no_figure_is_too_long_for_its_column_where_it_would_print_as_hashes():
    dossier, _ = factory.nanchuan()
    rich = tuple(
        replace(s, values={**s.values, "visits": 1_234_567.25}) if s.values else s for s in dossier.standings
    )
    data = book(replace(dossier, standings=rich))
    longest = 0
    for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets:
        widths = {n: d.width for d in sheet.column_dimensions.values() for n in range(d.min, d.max + 1)}
        figures_in = (c for row in sheet.iter_rows() for c in row if isinstance(c.value, int | float))
        for cell in (c for c in figures_in if "%" not in c.number_format):
            shown = len(f"{cell.value:,}".removesuffix(".0"))
            longest = max(longest, shown)
            assert widths[cell.column] >= shown + 2, (sheet.title, cell)
    assert longest >= len("300,000,000")


def test_a_table_of_many_figures_keeps_its_columns_close_so_that_it_prints_large_enough():
    dossier, _ = factory.nanchuan()
    sheet = opened(book(dossier))["活动走访统计表"]
    widths = [sheet.column_dimensions[c.column_letter].width for c in sheet[3]]
    assert sum(widths) < 175  # A4 across takes 150 at full size


def test_a_long_title_stands_in_as_many_lines_as_it_needs():
    dossier, _ = factory.haikou()
    long = replace(dossier, campaign=replace(dossier.campaign, title="社会工作主题宣传活动" * 6))
    heights = [opened(book(d))["总览"].row_dimensions[1].height for d in (dossier, long)]
    assert round(heights[1] / heights[0]) == 2


def test_a_name_that_looks_like_a_formula_or_a_link_stays_text():
    dossier, _ = factory.haikou()
    evil = '=HYPERLINK("http://x.example","点我")'
    units = (replace(next(iter(dossier.roster)), name=evil), *tuple(dossier.roster)[1:])
    files = {0: (Original("=cmd|' /C calc'!A0", "0" * 64, 1), Original("http://x.example", "1" * 64, 1))}
    data = book(replace(dossier, roster=Roster(units), files=files))
    sheet = opened(data)["总结材料"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == evil)
    assert cell.data_type == "s"
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f" or c.hyperlink]


def test_control_characters_and_half_characters_do_not_break_the_book():
    dossier, _ = factory.haikou()
    units = (
        replace(next(iter(dossier.roster)), name="秀英\x00\ud800\u202e区" + "长" * 40_000),
        *tuple(dossier.roster)[1:],
    )
    assert "秀英区长" in "".join(texts(opened(book(replace(dossier, roster=Roster(units))))["总结材料"]))


def test_a_reader_that_does_not_recalculate_sees_the_sums_of_our_formulas():
    dossier, _ = factory.nanchuan()
    data = book(dossier)
    added = figures(dossier)[1].sums
    rows = (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        .get_sheet_by_name("活动走访统计表")
        .to_python()
    )
    total, unknown, absent = rows[-3:]
    assert total[8:11] == [s.total for s in added]
    assert unknown[8:11] == [len(s.unknown) for s in added]
    assert absent[8:11] == [s.absent for s in added]


def test_our_formulas_come_to_the_values_stored_beside_them():
    dossier, _ = factory.nanchuan()
    sheet = opened(book(dossier))["活动走访统计表"]
    for column, added in zip("IJK", figures(dossier)[1].sums, strict=True):
        cells = [sheet[f"{column}{row}"].value for row in range(4, sheet.max_row - 2)]
        assert sum(c for c in cells if isinstance(c, int | float)) == added.total
        assert cells.count("不明") == len(added.unknown)
        assert cells.count("—") == added.absent
        assert sheet[f"{column}{sheet.max_row - 2}"].value == f"=SUM({column}4:{column}{sheet.max_row - 3})"


def test_the_quota_and_the_campaign_target_stand_apart_with_what_is_missing_to_each():
    dossier, _ = factory.nanchuan()
    rows = [[c.value for c in row] for row in opened(book(dossier))["总览"].iter_rows()]
    only = figures(dossier)[1]
    assert ["活动走访统计表", "社区活动", 338, 3, 1014, only.sums[0].total, only.quotas[0].lacking] in [
        r[:7] for r in rows
    ]
    assert ["活动走访统计表", "千场活动（社区活动）", 1000, only.sums[0].total, only.targets[0].lacking] in [
        r[:5] for r in rows
    ]


def test_what_the_notice_leaves_open_of_the_reports_is_told_and_the_offices_own_questions_are_not():
    """The superior opens this table: its own date and the office's telephone are no open points to it."""
    dossier, _ = factory.nanchuan()
    page = "\n".join(texts(opened(book(dossier))["总览"]))
    told = dossier.campaign.unknown_of_reports
    assert told
    for point in told:
        assert f"通知未写明：{point}" in page
    assert set(dossier.campaign.unknowns) > set(told)
    for point in set(dossier.campaign.unknowns) - set(told):
        assert point not in page
    assert "待人工确认的来件2件" in page


def test_the_gaps_sheet_names_who_why_and_the_letters_sent():
    dossier, _ = factory.nanchuan()
    page = texts(opened(book(dossier))["未报与退回"])
    assert "大坪镇" in page
    assert "4月3日到期前提醒；4月6日逾期催报" in page
    assert "退回原因：缺项" in page


def test_a_figure_cites_its_own_cell_and_never_the_total_of_the_form():
    dossier, _ = factory.nanchuan(towns=3, organisations=0, studios=3)
    village = tuple(dossier.roster)[3]
    submission = next(s for s in dossier.standings if s.unit == village.code).submission
    evidence = {submission: {"activities": "表.xlsx!Z99"}}
    page = "".join(texts(opened(book(replace(dossier, evidence=evidence)))["活动走访统计表"]))
    first, last = (
        dossier.evidence[submission][f"{village.code}/{field}"].split("!")[1]
        for field in ("activities", "served")
    )
    assert f"（{first}:{last}）" in "".join(texts(opened(book(dossier))["活动走访统计表"]))
    assert page.count("Z99") == 1  # the town's own row


def test_figures_that_do_not_stand_side_by_side_are_cited_one_by_one():
    dossier, _ = factory.nanchuan(towns=1, organisations=0, studios=0)
    (only,) = dossier.roster
    submission = next(s.submission for s in dossier.standings if s.obligation == "figures")
    cells = {"activities": "C4", "visits": "D4", "served": "F4"}
    evidence = {submission: {f"{only.code}/{field}": f"表.xlsx!{cell}" for field, cell in cells.items()}}
    page = "".join(texts(opened(book(replace(dossier, evidence=evidence)))["活动走访统计表"]))
    assert "（社区活动C4；家庭走访D4；服务人次F4）" in page


def test_where_no_figure_is_known_the_book_shows_no_nought():
    dossier, _ = factory.nanchuan(towns=2, organisations=0, studios=0)
    unread = tuple(replace(s, state=State.ACCEPTED, values={}) for s in dossier.standings)
    due = {t.obligation: t.due for t in dossier.tallies}
    nothing = replace(dossier, standings=unread, tallies=factory.tallies(dossier.campaign, unread, due))
    rows = [[c.value for c in row] for row in opened(book(nothing))["总览"].iter_rows()]
    assert ["活动走访统计表", "社区活动", "场", "—", 0, 2, 0] in [r[:7] for r in rows]
    assert ["活动走访统计表", "千场活动（社区活动）", 1000, "—", "—", 2] in [r[:6] for r in rows]
    stored = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book(nothing)))
    assert stored.get_sheet_by_name("活动走访统计表").to_python()[-3][8:11] == ["—", "—", "—"]


def test_the_head_of_a_column_is_as_tall_as_its_longest_title():
    dossier, _ = factory.nanchuan(towns=1, organisations=0, studios=0)
    figured = dossier.campaign.obligations[1]
    long = replace(
        figured, fields=(replace(figured.fields[0], title="线上及新媒体平台宣传报道"), *figured.fields[1:])
    )
    campaign = replace(dossier.campaign, obligations=(dossier.campaign.obligations[0], long))
    sheet = opened(book(replace(dossier, campaign=campaign)))["活动走访统计表"]
    assert sheet.row_dimensions[3].height > 45


def test_arrivals_over_several_obligations_are_counted_as_reports_and_not_as_units():
    dossier, _ = factory.nanchuan()
    page = texts(opened(book(dossier))["到件时间"])
    assert "累计\n（件）" in page
    assert any("一个单位报几个事项计几件" in text for text in page)


def test_a_campaign_without_figures_and_one_nobody_answered_still_make_a_book():
    dossier, _ = factory.haikou()
    nobody = replace(dossier, standings=(), tallies=(), files={})
    page = texts(opened(book(nobody))["到件时间"])
    assert "尚无单位报送。" in page


def test_sheet_names_are_what_spreadsheet_programs_take():
    names = sheet_names(["总览", "总览", "a/b:c", "'x'", "长" * 40, "长" * 40, "History", ""])
    assert names == ["总览", "总览(2)", "a_b_c", "x", "长" * 31, "长" * 27 + "(2)", "History_", "事项"]


def test_a_share_just_short_of_all_is_not_printed_as_all():
    assert Rate(0.9999).style == "fine percent"
    assert Rate(1.0).style == Rate(0.5).style == "percent"


def rows_of(dossier, name):
    return [[c.value for c in row] for row in opened(book(dossier))[name].iter_rows(min_row=4)]


def test_a_late_report_is_listed_with_how_late_it_was_and_one_in_time_is_not():
    dossier, _ = factory.haikou()
    assert [(r[1], r[6]) for r in rows_of(dossier, "迟报")] == [("琼山区民政局", "不足9小时")]


def test_a_report_days_late_is_counted_in_days_of_the_calendar():
    dossier, _ = factory.haikou()
    late = tuple(
        replace(s, received_at=times.parse("2023-04-13T23:00")) if s.unit == "460107" else s
        for s in dossier.standings
    )
    assert [r[6] for r in rows_of(replace(dossier, standings=late), "迟报")] == ["3天"]


def test_a_waived_unit_stands_with_the_reason_on_record():
    dossier, _ = factory.haikou()
    waived = (*dossier.standings[:-1], replace(dossier.standings[-1], state=State.WAIVED, reason="机构撤并"))
    tallies = factory.tallies(dossier.campaign, waived, {t.obligation: t.due for t in dossier.tallies})
    rows = rows_of(replace(dossier, standings=waived, tallies=tallies), "免报")
    assert [r[1:5] for r in rows] == [["桂林洋经济开发区社会事业管理科", "开发区", "总结材料", "机构撤并"]]


def test_contradictions_come_first_each_with_its_place_and_never_as_a_formula():
    dossier, _ = factory.haikou()
    remarks = {
        0: (Remark("IMPLAUSIBLE", "走访9999户，请核实", "统计表!C7"),),
        1: (Remark("CONTRADICTION", "=1+1 总结与统计表不一致", "统计表!D9"),),
    }
    rows = rows_of(replace(dossier, remarks=remarks), "核对问题")
    assert [(r[1], r[3], r[5]) for r in rows] == [
        ("龙华区民政局", "前后矛盾", "“统计表”D9格"),
        ("秀英区民政局", "数字须核实", "“统计表”C7格"),
    ]
    sheet = opened(book(replace(dossier, remarks=remarks)))["核对问题"]
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_a_form_that_speaks_for_many_units_has_its_findings_once():
    dossier, _ = factory.nanchuan(towns=1, organisations=0, studios=5)
    form = next(s.submission for s in dossier.standings if s.obligation == "figures" and s.submission)
    found = replace(dossier, remarks={form: (Remark("IMPLAUSIBLE", "请核实", "A1"),)})
    assert len(rows_of(found, "核对问题")) == 1


def test_a_supplement_lists_only_what_changed_since_the_package_before_it():
    dossier, _ = factory.haikou(number=2)
    before = {(s.unit, s.obligation): ("accepted", s.submission) for s in dossier.standings[:3]}
    before["460106", "summary"] = ("accepted", 77)
    later = replace(dossier, earlier=Earlier(1, before))
    rows = rows_of(later, "本次补报")
    assert [(r[1], r[3], r[4]) for r in rows] == [
        ("龙华区民政局", "已通过（旧版）", "已通过"),
        ("美兰区民政局", "未报或免报", "已通过"),
    ]


def test_an_obligation_named_like_a_sheet_of_ours_gives_way():
    dossier, _ = factory.haikou()
    only = replace(dossier.campaign.obligations[0], title="迟报")
    named = replace(dossier, campaign=replace(dossier.campaign, obligations=(only,)))
    assert opened(book(named)).sheetnames[:4] == ["总览", "迟报(2)", "未报与退回", "迟报"]
