from struct import pack

import pytest

from tasks.documents.parse import parse
from tests.documents import word97 as w
from tests.documents.word97 import Made, cell, doc, par, row, row_end, rows

PLAIN = [par("统计表"), *rows(("单位", "场次"), ("东城街道", "3")), par("填表人：某")]
WORDS = pack("<HB", 0x2416, 1)


def read(data: bytes):
    return parse("表.doc", data)


def table(*pars, made: Made | None = None):
    """The only table of a file, None where it is not read as one."""
    content = read(doc([par("统计表"), *pars, par("")], made))
    asked = [f.code for f in content.findings if f.code != "TRACKED_CHANGES"]
    assert asked == ([] if content.sheets else ["SUSPICIOUS_TEXT"])
    return content.sheets[0] if content.sheets else None


def test_a_table_of_an_old_word_file_is_a_sheet_and_text_stays_text():
    content = read(doc(PLAIN))
    (sheet,) = content.sheets
    assert (content.format, content.findings, sheet.name) == ("doc", (), "表1")
    assert sheet.rows == (("单位", "场次"), ("东城街道", "3"))
    assert content.text == "统计表\n单位\n场次\n东城街道\n3\n填表人：某"


def test_every_table_of_the_text_is_a_sheet_of_its_own():
    content = read(doc([*rows(("a", "1")), par("文字"), *rows(("b", "2"), ("c", "3"))]))
    assert [(s.name, s.rows) for s in content.sheets] == [
        ("表1", (("a", "1"),)),
        ("表2", (("b", "2"), ("c", "3"))),
    ]


def test_cells_of_several_paragraphs_and_empty_cells_are_kept_apart():
    several = w.Par((("一\r", b""), ("二\x0b三\x07", b"")), w.IN_TABLE)
    sheet = table(*row([several, "", " 3 "]))
    assert sheet.rows == (("一\n二\n三", None, "3"),)


def test_a_cell_that_reaches_over_the_edges_of_others_is_merged_across():
    wide = row(["单位", "合计"], edges=(0, 1440, 4320))
    sheet = table(*wide, *rows(("甲", "1", "2")))
    assert (sheet.rows, sheet.merged) == ((("单位", "合计", None), ("甲", "1", "2")), ((0, 1, 0, 2),))


def test_cells_flagged_as_one_downwards_are_merged_downwards():
    first = row(["组", "1"], merges=(w.DOWN_FIRST, 0))
    then = row(["", "2"], merges=(w.DOWN_ON, 0))
    sheet = table(*first, *then, *then)
    assert (sheet.rows, sheet.merged) == ((("组", "1"), (None, "2"), (None, "2")), ((0, 0, 2, 0),))


@pytest.mark.parametrize("flags", [(1, 2, 2), (2, 1, 1), (3, 1, 1)])
def test_cells_flagged_as_one_across_are_merged_in_either_numbering(flags):
    sheet = table(*row(["题", "", "", "1"], merges=(*flags, 0)))
    assert (sheet.rows, sheet.merged) == ((("题", None, None, "1"),), ((0, 0, 0, 2),))


def test_a_row_that_begins_further_right_leaves_its_first_columns_free():
    sheet = table(*rows(("a", "b", "c")), *row(["5", "6"], edges=(1440, 2880, 4320)))
    assert sheet.rows == (("a", "b", "c"), (None, "5", "6"))


def test_edges_drawn_by_hand_less_than_two_millimetres_apart_are_one():
    sheet = table(*rows(("a", "b")), *row(["1", "2"], edges=(-60, 1500, 2900)))
    assert (sheet.rows, sheet.merged) == ((("a", "b"), ("1", "2")), ())


@pytest.mark.parametrize("code", [0x6645, 0x6646, 0x646B])
def test_the_formatting_of_a_row_may_go_on_in_the_data_stream(code):
    more = w.ROW_END + w.table_def((0, 1440, 2880))
    data = b"\0" * 6 + pack("<H", len(more)) + more
    end = w.Par((("\x07", b""),), pack("<HI", code, 6))
    assert table(cell("甲"), cell("3"), end, made=Made(data)).rows == (("甲", "3"),)
    assert table(cell("甲"), cell("3"), end, made=Made(data[:-40])) is None
    assert table(cell("甲"), cell("3"), end) is None


def test_the_cells_a_row_defines_for_old_readers_hold_beside_those_for_new_ones():
    inserted = pack("<HBBh", 0x7621, 0, 2, 1440)
    data = pack("<H", len(inserted)) + inserted
    end = row_end((0, 1440, 2880), more=pack("<HI", 0x646B, 0))
    assert table(cell("甲"), cell("3"), end, made=Made(data)).rows == (("甲", "3"),)


def test_a_merge_said_behind_the_cells_is_a_merge():
    first = [cell("组"), cell("1"), row_end((0, 1440, 2880), (0, 0), pack("<HBBB", 0xD62B, 2, 0, 3))]
    then = [cell(""), cell("2"), row_end((0, 1440, 2880), (0, 0), pack("<HBBB", 0xD62B, 2, 0, 1))]
    assert table(*first, *then).merged == ((0, 0, 1, 0),)
    beyond = row_end((0, 1440, 2880), (0, 0), pack("<HBBB", 0xD62B, 2, 7, 3))
    assert table(cell("组"), cell("1"), beyond) is None


OPEN = pack("<Hi", 0x6649, 2)
EDGES = (0, 1440, 2880)
UNCERTAIN = {
    "a row without the end flagged": [cell("甲"), cell("3"), cell("")],
    "a row end that defines no cells": [cell("甲"), cell("3"), w.Par((("\x07", b""),), w.ROW_END)],
    "fewer cells than defined": [cell("3"), row_end(EDGES)],
    "more cells than defined": [cell("甲"), cell("3"), cell("4"), row_end(EDGES)],
    "no cells at all": [row_end(EDGES)],
    "a row end with words in it": [cell("甲"), cell("3"), w.Par((("9\x07", b""),), row_end(EDGES).papx)],
    "a row end that is a paragraph": [cell("甲"), cell("3"), w.Par((("\r", b""),), row_end(EDGES).papx)],
    "the end of a cell outside a table": [*rows(("甲", "3")), par("外", mark="\x07")],
    "a row end outside a table": [*rows(("甲", "3")), w.Par((("\r", b""),), pack("<HB", 0x2417, 1))],
    "a table in a table": [cell("甲"), cell("3", papx=WORDS + OPEN), row_end(EDGES)],
    "a cell end of a table in a table": [cell("甲", papx=w.IN_TABLE + pack("<HB", 0x244B, 1)), cell("3"),
                                         row_end(EDGES)],
    "an edge before the one to its left": row(["甲", "3"], edges=(0, 2880, 1440)),
    "a cell of no width": row(["甲", "3"], edges=(0, 1440, 1440)),
    "a cell too narrow for a character": row(["甲", "3"], edges=(0, 1440, 1500)),
    "edges that drift from row to row": [
        p for n in range(5) for p in row(["甲", "3"], (0, 1440 + 70 * n, 2880))],
    "a table from right to left": [cell("甲"), cell("3"), row_end(EDGES, more=pack("<HH", 0x560B, 1))],
    "cells merged once defined": [cell("甲"), cell("3"), row_end(EDGES, more=pack("<HBB", 0x5624, 0, 2))],
    "a width changed once defined": [cell("甲"), cell("3"), row_end(
        EDGES, more=pack("<HBBh", 0x7623, 0, 1, 9))],
    "formatting still being changed": [cell("甲"), cell("3"), row_end(
        EDGES, more=pack("<HB7s", 0xD667, 7, b"\1" * 7))],
    "cells defined twice": [cell("甲"), cell("3"), row_end(EDGES, more=w.table_def(EDGES))],
    "cells of an odd size": [cell("甲"), cell("3"), w.Par((("\x07", b""),), w.ROW_END
                             + pack("<HHBhhhH", 0xD608, 10, 2, *EDGES, 0))],
    "a merge downwards from nowhere": row(["", "3"], merges=(w.DOWN_ON, 0)),
    "a merge downwards of another width": [*row(["组", "3"], merges=(w.DOWN_FIRST, 0)),
                                           *row(["", "4"], (0, 2880, 4320), (w.DOWN_ON, 0))],
    "words in the rest of a merged cell": [*row(["组", "3"], merges=(w.DOWN_FIRST, 0)),
                                           *row(["9", "4"], merges=(w.DOWN_ON, 0))],
    "a merge of no known kind": row(["甲", "3"], merges=(0x40, 0)),
    "a merge across of one cell": row(["甲", "3"], merges=(1, 0)),
    "a merge across without its first": row(["甲", "3", "4"], merges=(0, 2, 2)),
    "words in the rest of a cell merged across": row(["甲", "3"], merges=(1, 2)),
    "a field that does not end": row(["甲", "\x13 =1 \x143"]),
    "a field that ends without beginning": row(["甲", "3\x15"]),
    "a field code over the end of a cell": row(["\x13 =1", "\x142\x15"]),
}  # fmt: skip


@pytest.mark.parametrize("what", UNCERTAIN)
def test_a_table_that_is_not_certain_is_no_table_and_is_asked_about(what):
    assert table(*UNCERTAIN[what]) is None


@pytest.mark.parametrize(
    "made",
    [
        Made(flags=0x0204),
        Made(prm=2),
        Made(parts={13: b""}),
        Made(parts={13: b"\0" * 500}),
        Made(stories=(12, 0)),
    ],
    ids=["saved fast", "a piece with formatting", "no paragraphs", "pages of no kind", "unclaimed text"],
)
def test_a_file_that_does_not_say_for_certain_where_its_tables_are_has_none(made):
    content = read(doc(PLAIN, made))
    assert (content.sheets, [f.code for f in content.findings]) == ((), ["SUSPICIOUS_TEXT"])
    assert "填表人：某" in content.text


def test_one_table_that_is_not_certain_leaves_none_for_it_may_be_the_same_form():
    content = read(doc([*rows(("a", "1")), par("文字"), *UNCERTAIN["fewer cells than defined"], par("")]))
    assert (content.sheets, len(content.findings)) == ((), 1)


def test_what_is_deleted_struck_out_or_hidden_is_no_figure():
    gone = [("9", w.HIDDEN), ("8", w.STRUCK), ("7", w.STRUCK_TWICE), ("(", w.SYMBOL), ("1", w.NOT_HIDDEN)]
    assert table(*row(["甲", cell("3", *gone)])).rows == (("甲", "31"),)


def test_a_raised_digit_is_no_digit_of_the_figure_before_it():
    runs = ("3", ("8", w.ON_THE_LINE), ("1", w.RAISED))
    assert table(*row(["甲", cell(*runs), cell("4", ("2", w.LOWERED))])).rows == (("甲", "38¹", "4²"),)


def test_of_a_field_only_the_result_is_text():
    nested = "\x13 IF \x13 =1 \x142\x15 > 1 \x145\x15"
    sheet = table(*row(["甲", nested, "\x13 PAGE \x15", "\x13 FORMTEXT \x01\x143\x15"]))
    assert sheet.rows == (("甲", "5", None, "3"),)


def test_changes_not_yet_accepted_leave_a_table_out_and_are_told():
    changed = row(["甲", cell(("3", w.DELETED), ("5", w.INSERTED))])
    content = read(doc([*changed, par("")]))
    assert (content.text, content.unchanged) == ("甲\n5", "甲\n3")
    assert [f.code for f in content.findings] == ["TRACKED_CHANGES", "SUSPICIOUS_TEXT"]
    whole_row = read(
        doc([*rows(("甲", "3")), cell("乙", mark=w.DELETED), cell("4"), row_end(EDGES), par("")])
    )
    assert [f.code for f in whole_row.findings] == ["TRACKED_CHANGES", "SUSPICIOUS_TEXT"]


def test_changes_outside_a_table_leave_it_in():
    before = w.Par((("走访", b""), ("32", w.DELETED), ("28", w.INSERTED), ("户\r", b"")))
    content = read(doc([before, *rows(("甲", "3")), par("")]))
    assert (content.text, content.unchanged) == ("走访28户\n甲\n3", "走访32户\n甲\n3")
    assert (len(content.sheets), [f.code for f in content.findings]) == (1, ["TRACKED_CHANGES"])


def test_a_hyphen_that_does_not_break_is_a_hyphen_and_an_unknown_mark_closes_up_no_figure():
    assert table(*row(["甲", "3\x1e5", "3\x1f5", "3\x125"])).rows == (("甲", "3-5", "35", "3\ufffd5"),)


def test_headers_come_first_and_comments_are_left_out():
    text, foot, heads, note = "正文\r", "脚注\r", "页眉\r页脚\r", "批注9\r"
    made = Made(stories=(3, 3, 6, 0, 4, 0, 0, 0), heads=(0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 6, 6, 6))
    content = read(doc([par(t[:-1]) for t in (text, foot, *heads.splitlines(keepends=True), note)], made))
    assert content.text == "页眉\n正文\n脚注\n页脚"


def test_headers_whose_parts_cannot_be_told_are_read_all_the_same():
    made = Made(stories=(3, 0, 3), parts={11: b"\1\2"})
    assert read(doc([par("正文"), par("页眉")], made)).text == "页眉\n正文"


def test_a_table_in_a_text_box_leaves_the_tables_uncertain():
    inside = [par("正文"), *rows(("甲", "3"))]
    length = sum(len(p.text) for p in inside)
    content = read(doc([*inside, *rows(("乙", "4"))], Made(stories=(length, 0, 0, 0, 0, 0, 5))))
    assert (content.sheets, [f.code for f in content.findings]) == ((), ["SUSPICIOUS_TEXT"])


@pytest.mark.parametrize("narrow", [1, 3, 9])
def test_a_text_in_pieces_of_either_width_is_one_text(narrow):
    sheet = table(*rows(("b", "c"), ("40", "50")), par("end"), made=Made(narrow=narrow))
    assert sheet.rows == (("b", "c"), ("40", "50"))


def test_characters_beyond_the_basic_plane_take_two_places():
    assert table(*rows(("𠮷镇", "3"), ("𠀀𠮷", "5"))).rows == (("𠮷镇", "3"), ("𠀀𠮷", "5"))


def test_many_rows_go_over_many_pages():
    sheet = table(*rows(*((f"村{n}", str(n)) for n in range(60))))
    assert sheet.rows == tuple((f"村{n}", str(n)) for n in range(60))


def damaged(change: bytes, at: int) -> bytes:
    """A file whose main stream is changed; the stream begins behind the header."""
    data = bytearray(doc(PLAIN))
    data[512 + at : 512 + at + len(change)] = change
    return bytes(data)


def pieces(*bounds: int) -> bytes:
    """A piece table all of whose pieces lie at the same place."""
    plc = pack(f"<{len(bounds)}I", *bounds) + pack("<HIH", 0, 2048, 0) * (len(bounds) - 1)
    return b"\x02" + pack("<I", len(plc)) + plc


@pytest.mark.parametrize(
    "data",
    [
        damaged(pack("<I", 1 << 20), 0x4C),
        damaged(pack("<I", 0xFFFFFFF0), 0x9A + 8 * 33),
        damaged(pack("<I", 1 << 30), 0x9A + 8 * 33 + 4),
        damaged(pack("<I", 0), 0x9A + 8 * 33 + 4),
        doc(PLAIN, Made(parts={33: pieces(0, 5, 4)})),
        doc(PLAIN, Made(parts={33: pieces(0, 1 << 29)})),
        doc(PLAIN, Made(parts={33: pieces(*range(0, 3000, 20))})),
        doc(PLAIN, Made(parts={12: pack("<3I", 0, 9999, 1 << 20)})),
        doc(PLAIN, Made(parts={12: pack("<3I", 0, 9999, 0)})),
    ],
    ids=["text beyond the file", "a part beyond", "a part too long", "no pieces", "pieces out of order",
         "a text without end", "characters twice", "a page beyond", "a page that is none"],
)  # fmt: skip
def test_a_file_whose_text_or_formatting_lies_outside_it_is_damaged(data):
    assert [f.code for f in read(data).findings] == ["DAMAGED"]
    assert not read(data).sheets


def test_the_limits_of_rows_and_columns_hold(monkeypatch):
    monkeypatch.setattr("tasks.documents.word97.rows.MAX_ROWS", 3)
    assert table(*rows(("a", "1"), ("b", "2"), ("c", "3"))) is not None
    assert table(*rows(("a", "1"), ("b", "2"), ("c", "3"), ("d", "4"))) is None
    monkeypatch.setattr("tasks.documents.word97.grid._MOST_COLUMNS", 2)
    assert table(*rows(("a", "1"))) is None
