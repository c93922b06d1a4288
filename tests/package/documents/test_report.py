import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest

from tasks.package.annexes import MOST_ROWS
from tasks.package.documents.gap import cover_letter, gap_statement
from tasks.package.documents.phrases import book_title, ordinal, quoted, title_lines
from tasks.package.documents.report import rendered, summary_report
from tasks.package.documents.seal import placed, width
from tasks.package.documents.stationery import FOLDER, template
from tasks.package.dossier import Call, Chase, Quote, Remark
from tasks.package.figures import figures
from tasks.package.words import affair, due_zh
from tasks.terms import times
from tasks.terms.campaign import OwnTask, PackageRule
from tasks.terms.errors import Misconfigured
from tasks.terms.letters import LetterState
from tasks.terms.standings import DueMoment, State
from tests.package import factory


def words(data):
    return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)


def tables(data):
    return [[[c.text for c in row.cells] for row in t.rows] for t in docx.Document(io.BytesIO(data)).tables]


def report(dossier):
    return summary_report(dossier, figures(dossier))


def gap(dossier):
    return gap_statement(dossier, figures(dossier))


def everybody_in(dossier):
    done = tuple(
        replace(s, state=State.ACCEPTED, received_at=s.due.at, findings=()) for s in dossier.standings
    )
    done = tuple(replace(s, timeliness="on_time") for s in done)
    due = {t.obligation: t.due for t in dossier.tallies}
    return replace(dossier, standings=done, tallies=factory.tallies(dossier.campaign, done, due), queue=0)


@pytest.mark.parametrize("name", ["report", "gap", "cover"])
def test_the_committed_template_is_the_one_its_text_makes(name):
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert template(text) == (FOLDER / f"{name}.docx").read_bytes()


def test_the_report_has_the_parts_of_an_official_document_in_their_order():
    dossier, _ = factory.nanchuan(towns=20, organisations=20, studios=20)
    text = words(report(dossier))
    parts = [
        "重庆市南川区民政局\n关于第七届巴渝社会工作", "重庆市民政局：", "渝民办〔2023〕33号",
        "南川民发〔2023〕10号", "一、组织与报送情况", "二、任务完成情况", "三、存在问题与缺报说明",
        "特此报告。", "附件：1. 各单位报送情况表", "2. 汇总表", "重庆市南川区民政局\n2023年4月6日",
        "联系人：张三，联系电话：000-00000000", "附件1",
    ]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_the_report_gives_quota_and_target_as_two_figures():
    dossier, _ = factory.nanchuan()
    text = words(report(dossier))
    only = figures(dossier)[1]
    assert f"应报单位338个，任务总数1014场；已完成{only.sums[0].total:.0f}场" in text
    assert "“千场活动”（社区活动）：目标为1000场" in text


def test_unknown_figures_are_named_in_the_report():
    dossier, _ = factory.nanchuan()
    assert "“服务人次”数据不明的单位4个：" in words(report(dossier))


def test_a_campaign_without_figures_says_so_and_invents_no_result():
    dossier, _ = factory.haikou()
    text = words(report(dossier))
    assert "本次通知未设统计指标。" in text
    assert "任务总数" not in text
    assert "目标为" not in text
    assert "其完成情况本报告未作统计" in text
    assert (
        "《海口市民政局关于印发〈海口市2023年社会工作主题宣传活动方案〉的通知》（海民发〔2023〕79号）" in text
    )


def test_an_unknown_telephone_is_left_out_and_not_made_up():
    dossier, _ = factory.haikou()
    text = words(report(dossier))
    assert "（联系人：李四）" in text
    assert "unknown" not in text
    assert "电话" not in text


def test_when_nothing_is_missing_both_documents_say_it():
    dossier = everybody_in(factory.haikou()[0])
    assert "没有未报单位，也没有退回后尚未重报的单位" in words(report(dossier))
    assert "没有未报单位，也没有退回后尚未重报的单位" in words(gap(dossier))
    assert "对上述单位" not in words(report(dossier))


def test_the_gap_statement_says_who_is_missing_and_what_was_done_when():
    dossier, _ = factory.nanchuan()
    text, (rows,) = words(gap(dossier)), tables(gap(dossier))
    assert "首件发于2023年4月3日09:00，末件发于2023年4月6日09:00" in text
    assert ["1", "大坪镇", "活动总结", "未报", "2", "未说明原因", "4月3日到期前提醒；4月6日逾期催报"] in rows
    assert len(rows) - 1 == sum(s.state in {State.MISSING, State.RETURNED} for s in dossier.standings)


def test_letters_not_on_record_as_sent_are_not_counted_as_sent():
    dossier, _ = factory.haikou()
    at = times.parse("2023-04-11T09:00")
    letters = tuple(
        Chase("overdue", "逾期催报", at, state)
        for state in (LetterState.QUEUED, LetterState.REFUSED, LetterState.UNKNOWN, LetterState.DROPPED)
    )
    text = words(gap(replace(dossier, chased={"460108400": letters})))
    assert "没有已发出函件的记录。另有1件投递结果不明。另有1件被拒收。" in text


def test_a_letter_about_something_else_did_not_press_for_what_is_owed():
    dossier, _ = factory.haikou()
    at = times.parse("2023-04-11T09:00")
    back = Chase("return", "退回补正", at, LetterState.SENT, ("figures",))
    reminded = Chase("reminder", "催报", at, LetterState.SENT, ("figures", "summary"))
    told = [gap(replace(dossier, chased={"460108400": (each,)})) for each in (back, reminded)]
    assert ["没有已发出函件的记录" in words(each) for each in told] == [True, False]
    assert [tables(each)[0][1][6] for each in told] == ["没有发函记录", "4月11日催报"]


def test_one_letter_that_asked_for_two_things_is_counted_once():
    dossier, _ = factory.haikou()
    (asked,) = dossier.campaign.obligations
    two = replace(dossier.campaign, obligations=(asked, replace(asked, id="more", title="补充材料")))
    owed = next(s for s in dossier.standings if s.unit == "460108400")
    standings = (*dossier.standings, replace(owed, obligation="more"))
    letter = Chase("reminder", "催报", times.parse("2023-04-11T09:00"), LetterState.SENT, ("summary", "more"))
    both = replace(dossier, campaign=two, standings=standings, chased={"460108400": (letter,)})
    assert "已向1个报送单位发出通知、催报和退回函件共1件" in words(gap(both))


def test_receipts_do_not_pass_for_chasing():
    dossier, _ = factory.haikou()
    receipt = Chase("receipt", "回执", times.parse("2023-04-11T09:00"), LetterState.SENT)
    assert "没有已发出函件的记录" in words(gap(replace(dossier, chased={"460108400": (receipt,)})))


def test_days_late_count_from_the_due_day_and_are_empty_before_it():
    dossier, _ = factory.haikou()
    assert tables(gap(dossier))[0][1][4] == "2"
    early = replace(dossier, as_of=times.parse("2023-04-10T12:00"))
    assert tables(gap(early))[0][1][4:6] == ["", "未到时限"]


def test_an_optional_obligation_is_never_a_gap():
    dossier, _ = factory.haikou()
    optional = tuple(replace(o, optional=True) for o in dossier.campaign.obligations)
    text = words(gap(replace(dossier, campaign=replace(dossier.campaign, obligations=optional))))
    assert "桂林洋" not in text
    assert "没有未报单位" in text


def test_marks_of_markup_and_of_templates_in_a_name_are_printed_as_they_are():
    dossier, _ = factory.haikou()
    evil = "甲<b>&{{ 7*7 }}{% if %}\x0b单位"
    campaign = replace(dossier.campaign, own_tasks=(OwnTask(title=evil),))
    assert "甲<b>&{{ 7*7 }}{% if %} 单位" in words(report(replace(dossier, campaign=campaign)))


def test_a_template_that_asks_for_an_unknown_fact_fails(tmp_path):
    dossier, _ = factory.haikou()
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "report.docx").write_bytes(template("正文|{{ 未给出的事实 }}"))
    with pytest.raises(Misconfigured, match=r"report\.docx 第 1 段.*未给出的事实"):
        summary_report(dossier, figures(dossier), templates=tmp_path)


def test_an_office_may_put_its_own_template_in_the_place_of_ours(tmp_path):
    dossier, _ = factory.haikou()
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "cover.docx").write_bytes(template("正文|{{ 活动 }}，自备文种"))
    assert words(cover_letter(dossier, templates=tmp_path)) == "海口市2023年社会工作主题宣传活动，自备文种"
    assert "呈上，请予查收" in words(cover_letter(dossier))


def test_beyond_the_row_limit_the_documents_refer_to_the_workbook():
    dossier, _ = factory.nanchuan(towns=10, organisations=0, studios=MOST_ROWS + 1)
    assert tables(report(dossier)) == []
    assert "各单位报送情况表" not in words(report(dossier))
    assert "附件：1. 汇总表（电子表格）" in words(report(dossier))


def test_a_supplement_says_it_is_one():
    dossier, _ = factory.haikou(number=2)
    assert "本件为补报，系第2号汇总件。" in words(report(dossier))
    assert "本件为补报" not in words(report(factory.haikou()[0]))


def test_the_official_fonts_are_named_whatever_is_installed_here():
    xml = docx.Document(io.BytesIO(report(factory.haikou()[0]))).styles.element.xml
    for font in ("仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"):
        assert f'w:eastAsia="{font}"' in xml
    assert (
        "Theme="
        not in re.sub(r"<w:latentStyles.*?</w:latentStyles>", "", xml, flags=re.DOTALL).split("公文标题")[1]
    )


def test_the_page_is_the_one_the_standard_asks_for():
    section = docx.Document(io.BytesIO(report(factory.haikou()[0]))).sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]


def test_the_document_carries_the_moment_of_its_facts_and_not_of_its_making():
    dossier, _ = factory.haikou()
    created = docx.Document(io.BytesIO(report(dossier))).core_properties.created
    assert created.replace(tzinfo=UTC) == dossier.as_of == datetime(2023, 4, 12, 9, tzinfo=UTC)


def test_a_long_title_breaks_between_words_and_every_line_fits():
    title = title_lines(
        "海口市民政局", "关于海口市2023年社会工作主题宣传活动和未成年人保护服务月系列活动情况的报告"
    )
    assert all(len(line) <= 20 for line in title.split("\n"))
    assert "2023年" in title


@pytest.mark.parametrize(
    ("rest", "lines"),
    [
        (
            "关于2026年春季学期校园安全隐患排查整治缺报情况的说明",
            ["关于2026年春季学期", "校园安全隐患排查整治缺报情况的说明"],
        ),
        (
            "关于呈送南川区第七届巴渝社会工作宣传周汇总件的函",
            ["关于呈送南川区第七届巴渝社会工作", "宣传周汇总件的函"],
        ),
        ("关于防汛情况的报告", ["关于防汛情况的报告"]),
    ],
)  # fmt: skip
def test_a_title_breaks_in_few_even_lines_and_within_no_word(rest, lines):
    assert title_lines("某某某某某某某某某某某某某局", rest).split("\n")[1:] == lines


def test_a_title_without_any_word_to_break_at_loses_nothing():
    title = "某" * 45
    assert title_lines("某局", title).replace("\n", "") == "某局" + title
    assert all(len(line) <= 20 for line in title_lines("某局", title).split("\n"))


def test_phrases_are_marked_once():
    assert book_title("《甲》（乙号）") == "《甲》（乙号）"
    assert book_title("关于印发《甲》的通知") == "《关于印发〈甲〉的通知》"
    assert quoted("“千场活动”") == quoted("千场活动") == "“千场活动”"
    assert [ordinal(n) for n in (1, 10, 11, 20)] == ["（一）", "（十）", "（十一）", "（20）"]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("正文|{{ 标题名 }}", "标题名"),
        ("正文|{{ 活动 ", "标记不完整"),
        ("正文|｛｛ 活动 ｝｝", "标记不完整"),
        ("正文|{% for o in 事项 %}{{ o.题目 }}{% endfor %}", "o.题目"),
        ("正文|{{ 活动 == “甲” }}", "半角"),
        ("控制|{%p if 补报 %}", "成对"),
    ],
)
def test_a_wrong_tag_is_named_with_its_paragraph(tmp_path, line, named):
    dossier, _ = factory.haikou()
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "report.docx").write_bytes(template(f"正文|{{{{ 活动 }}}}\n{line}"))
    with pytest.raises(Misconfigured, match="第 2 段") as fault:
        summary_report(dossier, figures(dossier), templates=tmp_path)
    assert named in str(fault.value)
    assert "report/report.docx" in str(fault.value)


def test_a_template_that_is_no_document_is_said_to_be_none(tmp_path):
    dossier, _ = factory.haikou()
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "report.docx").write_bytes(b"not a document")
    with pytest.raises(Misconfigured, match="打不开"):
        summary_report(dossier, figures(dossier), templates=tmp_path)


def test_a_tag_word_has_split_into_runs_is_still_one_tag(tmp_path):
    dossier, _ = factory.haikou()
    document = docx.Document(io.BytesIO(template("正文|")))
    for piece in ("{", "{ 活", "动 }", "}"):
        document.paragraphs[0].add_run(piece)
    (tmp_path / "report").mkdir()
    document.save(tmp_path / "report" / "report.docx")
    assert dossier.campaign.title in words(summary_report(dossier, figures(dossier), templates=tmp_path))


def test_a_quoted_sentence_carries_its_unit_and_its_file_and_the_rule_it_was_chosen_by():
    dossier, _ = factory.haikou()
    said = "开展“五社联动”宣传12场。"
    text = words(report(replace(dossier, quotes=(Quote("460106", 1, said, "龙华区总结.docx"),))))
    assert "1．龙华区民政局：“开展‘五社联动’宣传12场。”（摘自龙华区总结.docx）" in text
    assert "三、工作亮点" in text
    assert "四、存在问题与缺报说明" in text
    assert "每个单位至多取一句" in text


def test_the_late_are_named_and_so_are_those_that_contradict_themselves():
    dossier, _ = factory.haikou()
    told = words(report(replace(dossier, remarks={1: (Remark("CONTRADICTION", "总结与统计表不一致"),)})))
    assert "迟报单位：琼山区民政局。" in told
    assert "尚待核实的单位1个：龙华区民政局" in told


def test_the_gap_statement_says_what_the_telephone_brought_and_when_the_rest_will_come():
    dossier, _ = factory.haikou()
    calls = {"460108400": (Call(times.parse("2023-04-11T15:00"), "答应报送", "周五前补上"),)}
    rule = PackageRule(
        at=dossier.campaign.package.at, basis="时限", supplements=(times.parse("2023-04-17T17:00"),)
    )
    told = replace(dossier, calls=calls, campaign=replace(dossier.campaign, package=rule))
    assert "2023年4月17日17:00前收到并通过核验的材料编入补报件" in words(gap(told))
    assert "4月11日电话答应报送（周五前补上）" in tables(gap(told))[0][1][-1]
    assert "补报时间尚未确定" in words(gap(dossier))


@pytest.mark.parametrize(
    ("issuer", "date", "expected"),
    [(6, 6.5, (4.25, 4.0)), (10, 6.5, (2.25, 4.0)), (20, 6.5, (0.0, 6.75)), (2, 7, (6.5, 4.0))],
)
def test_the_signature_is_centred_on_the_date_four_characters_in(issuer, date, expected):
    assert placed(issuer, date) == expected


def test_a_date_is_as_wide_as_word_sets_it_with_room_between_figures_and_characters():
    assert width("重庆市南川区民政局") == 9
    assert width("2023年4月4日") == 6 + 5 * 0.25


def test_rendering_leaves_no_template_mark_behind():
    dossier, _ = factory.nanchuan()
    for data in (report(dossier), gap(dossier), cover_letter(dossier)):
        assert not re.search(r"\{[{%]|[%}]\}", words(data))
    assert rendered("cover", {**COVER}, dossier, None)


COVER = dict.fromkeys(
    ("标题", "主送机关", "上级文件", "活动", "截至", "署名", "成文日期", "联系人"), "甲"
) | {"编号": 1, "原件数": 0}  # fmt: skip


def test_where_no_unit_has_given_a_figure_no_nought_is_reported():
    dossier, _ = factory.nanchuan(towns=3, organisations=2, studios=3)
    nobody = tuple(
        replace(s, state=State.MISSING, values={}, submission=None, timeliness=None, received_at=None)
        for s in dossier.standings
    )
    due = {t.obligation: t.due for t in dossier.tallies}
    counted = factory.tallies(dossier.campaign, nobody, due)
    text = words(report(replace(dossier, standings=nobody, tallies=counted)))
    assert "尚无可计的数据" in text
    assert "合计0" not in text
    assert "已完成0" not in text
    assert "尚差" not in text
    assert "目标为1000场，尚无可计的数据；数据不明或尚无数据的8个单位未计入。" in text


def test_what_a_target_leaves_uncounted_stands_beside_what_is_missing_to_it():
    dossier, _ = factory.nanchuan()
    target = figures(dossier)[1].targets[0]
    assert target.open
    told = f"尚差{target.lacking:.0f}场；数据不明或尚无数据的{target.open}个单位未计入。"
    assert told in words(report(dossier))


def test_occurrences_are_held_against_their_quota_one_by_one_and_the_report_says_so():
    dossier, _ = factory.nanchuan(towns=2, organisations=0, studios=0)
    summary, form = dossier.campaign.obligations
    weekly = replace(form, id="figures.2023-03-24")
    standings = tuple(
        replace(s, obligation=weekly.id) if s.obligation == form.id else s for s in dossier.standings
    )
    due = {t.obligation: t.due for t in dossier.tallies} | {weekly.id: DueMoment(None, "待定")}
    campaign = replace(dossier.campaign, obligations=(summary, weekly))
    tallies = factory.tallies(campaign, standings, due)
    recurring = replace(dossier, campaign=campaign, standings=standings, tallies=tallies)
    assert "各期数字未相加" in words(report(recurring))
    assert "各期数字未相加" not in words(report(dossier))


def test_what_the_office_did_itself_is_told_as_the_office_wrote_it():
    dossier, _ = factory.haikou()
    first, second = dossier.campaign.own_tasks
    told = replace(dossier.campaign, own_tasks=(replace(first, done="刊发报道12篇。"), second))
    text = words(report(replace(dossier, campaign=told)))
    assert "加强新闻媒体宣传：刊发报道12篇。" in text
    assert "其中加强社工品牌打造的完成情况本报告未作统计。" in text


@pytest.mark.parametrize(
    ("title", "before"),
    [
        ("防汛备汛情况报送", "防汛备汛"),
        ("安全生产月材料报送工作", "安全生产月"),
        ("老年人基本情况", "老年人基本"),
        ("社会工作宣传周", "社会工作宣传周"),
        ("关于开展校园食品安全专项检查的通知", "校园食品安全专项检查"),
        ("报送", "报送"),
    ],
)
def test_the_title_of_a_document_does_not_say_reporting_twice(title, before):
    assert affair(title) == before


def test_an_open_due_day_is_told_as_what_the_notice_says_without_who_has_yet_to_settle_it():
    assert due_zh(DueMoment(None, "通知未写明时限，待科室确定")) == "通知未写明"
    assert due_zh(DueMoment(times.parse("2023-04-04T18:00"), "4月4日18:00前")) == "4月4日18:00前"
    assert due_zh(None) == "无应报单位"
    dossier, _ = factory.nanchuan()
    for made in (report(dossier), gap(dossier)):
        assert "报送时限：通知未写明。" in words(made)
