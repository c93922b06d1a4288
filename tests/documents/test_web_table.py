"""Web pages and XML workbooks that reporting systems save under the name .xls."""

import pytest

from tests.documents.test_formats import read

HEAD = "<tr><td rowspan=2>单位</td><td colspan=2>社区活动</td></tr><tr><td>计划</td><td>完成</td></tr>"
ROW = "<tr><td>三泉镇</td><td>5</td><td>3</td></tr>"


def page(body: str, head: str = "") -> bytes:
    return f'<html><head><meta charset="gb2312">{head}</head><body>{body}</body></html>'.encode("gb18030")


def table(rows: str) -> bytes:
    return page(f"<h3>统计表</h3><p>填报单位：三泉镇</p><table border=1>{rows}</table>")


def test_a_page_under_the_name_of_a_workbook_is_read_with_its_spans():
    content = read(table(HEAD + ROW), "统计表.xls")
    (sheet,) = content.sheets
    assert (content.format, content.findings) == ("html", ())
    assert content.text == "统计表\n填报单位：三泉镇"
    assert sheet.rows == (("单位", "社区活动"), (None, "计划", "完成"), ("三泉镇", "5", "3"))
    assert sheet.merged == ((0, 0, 1, 0), (0, 1, 0, 2))


def test_what_is_struck_out_or_hidden_in_a_page_is_no_figure():
    cells = "<td><s>35</s>42</td><td style='text-decoration:line-through'>7</td><td>1<br>2</td>"
    (sheet,) = read(table(f"<tr>{cells}</tr><tr style='display:none'><td>9</td></tr>")).sheets
    assert sheet.rows[0] == ("42", None, "1 2")
    assert sheet.hidden_rows == (1,)


def test_a_raised_digit_of_a_page_is_no_digit_of_the_figure_before_it():
    by_style = "<td>4<span style='vertical-align: super'>2</span></td>"
    (sheet,) = read(table(f"<tr><td>38<sup>1</sup></td>{by_style}<td>5<sub>3</sub></td></tr>")).sheets
    assert sheet.rows[0] == ("38¹", "4²", "5³")


def test_a_cell_a_browser_would_not_lay_out_takes_no_place():
    (sheet,) = read(table("<tr><td>单位</td><td style='display:none'>x</td><td>3</td></tr>")).sheets
    assert sheet.rows == (("单位", "3"),)


@pytest.mark.parametrize(
    "strange",
    [
        page("<p>没有表格</p>"),
        page("<table><tr><td><table><tr><td>3</td></tr></table></td></tr></table>"),
        page("<table><tr><td>3</td></tr></table><script>go()</script>"),
        page("<form><table><tr><td><input type=password></td></tr></table></form>"),
        page("<table><tr><td class=x>3</td></tr></table>", "<style>.x{text-decoration:line-through}</style>"),
        page("<table><tr><td class=x>3</td></tr></table>", "<style>.x{display:none}</style>"),
        page("<table><tr><td rowspan=2>3</td></tr><tr><td colspan=9999>3</td></tr></table>"),
        page("<div hidden><table><tr><td>3</td></tr></table></div>"),
        table(HEAD + ROW)[:-30],
        b"<html><body><frameset></frameset></body></html>",
    ],
)
def test_a_page_that_is_more_than_plain_tables_is_refused_as_a_page(strange: bytes):
    content = read(strange, "统计表.xls")
    assert [f.code for f in content.findings] == ["WRONG_FORMAT"]
    assert content.sheets == ()


def test_the_style_sheet_every_spreadsheet_program_writes_hides_nothing():
    (sheet,) = read(page("<table><tr><td>3</td></tr></table>", "<style>rt{display:none;}</style>")).sheets
    assert sheet.rows == (("3",),)


def workbook(rows: str, styles: str = "", options: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
<Styles><Style ss:ID="Default"/>{styles}</Styles>
<Worksheet ss:Name="统计表"><Table>{rows}</Table>{options}</Worksheet></Workbook>""".encode()


def cell(value: object, kind: str = "Number", more: str = "") -> str:
    return f'<Cell {more}><Data ss:Type="{kind}">{value}</Data></Cell>'


def test_an_xml_workbook_is_read_at_its_own_addresses():
    head = cell("单位", "String", 'ss:MergeDown="1"') + cell("社区活动", "String", 'ss:MergeAcross="1"')
    figures = cell("三泉镇", "String") + cell(3, more='ss:Index="3"')
    rows = f'<Row>{head}</Row><Row ss:Index="4" ss:Hidden="1">{figures}</Row>'
    content = read(workbook('<Column ss:Index="3" ss:Hidden="1"/>' + rows), "统计表.xls")
    (sheet,) = content.sheets
    assert (content.format, sheet.name, content.findings) == ("xml", "统计表", ())
    assert sheet.rows == (("单位", "社区活动"), (), (), ("三泉镇", None, 3.0))
    assert sheet.merged == ((0, 0, 1, 0), (0, 1, 0, 2))
    assert (sheet.hidden_rows, sheet.hidden_columns) == ((3,), (2,))


def test_what_an_xml_workbook_strikes_out_shrinks_or_never_computed_is_no_figure():
    styles = (
        '<Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="t" ss:Parent="s"/>'
        '<Style ss:ID="k"><NumberFormat ss:Format="0!.0,"/></Style>'
    )
    rich = '<ss:Data ss:Type="String"><html:S>35</html:S>42</ss:Data>'
    row = (
        cell(35, more='ss:StyleID="s"')
        + cell(36, more='ss:StyleID="t"')
        + cell(35800, more='ss:StyleID="k"')
        + f"<Cell>{rich}</Cell>"
        + '<Cell ss:Formula="=RC[-1]"/>'
        + cell("#REF!", "Error")
        + cell("2023-06-05T00:00:00.000", "DateTime")
    )
    (sheet,) = read(workbook(f"<Row>{row}</Row>", styles)).sheets
    assert sheet.rows == ((None, None, "35800（显示时被格式缩小）", "42", None, "#REF!", "2023-06-05"),)
    assert (sheet.formulas_without_value, sheet.error_cells) == (("E1",), ("F1",))


def test_a_hidden_sheet_of_an_xml_workbook_is_known_as_such():
    hidden = (
        '<x:WorksheetOptions xmlns:x="urn:schemas-microsoft-com:office:excel">'
        "<x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    )
    (sheet,) = read(workbook(f"<Row>{cell(3)}</Row>", options=hidden)).sheets
    assert not sheet.visible


def test_a_cell_under_a_merged_one_has_no_certain_place():
    above = cell("单位", "String", 'ss:MergeDown="1"')
    content = read(workbook(f"<Row>{above}{cell(3)}</Row><Row>{cell(4)}</Row>"))
    assert ([f.code for f in content.findings], content.sheets) == (["DAMAGED"], ())


@pytest.mark.parametrize("index", ["0", "-3", "999999999", "x"])
def test_an_impossible_place_in_an_xml_workbook_is_a_finding(index: str):
    content = read(workbook(f'<Row ss:Index="{index}">{cell(3)}</Row>'))
    assert [f.code for f in content.findings] in (["HOSTILE"], ["DAMAGED"])


def test_what_a_page_writes_in_white_or_too_small_is_seen_by_nobody():
    cells = "<td><font color=white>35</font></td><td style='color:#FFFFFF'>36</td>"
    cells += "<td style='font-size:1px'>37</td>"
    seen = "<td style='color:white;background:navy'>38</td><td bgcolor=navy><font color='#fff'>39</font></td>"
    (sheet,) = read(table(f"<tr>{cells}{seen}</tr>")).sheets
    unseen = tuple(f"{n}（字色或格式使其看不见）" for n in (35, 36, 37))
    assert sheet.rows == ((*unseen, "38", "39"),)


def test_a_box_without_size_hides_nothing_that_has_its_own():
    cells = "<td style='font-size:0'><span style='font-size:14px'>35</span></td>"
    (sheet,) = read(table(f"<tr>{cells}</tr>")).sheets
    assert sheet.rows == (("35",),)
