import os
import threading
import time

import pytest

from tasks.documents.reader import read_contents
from tests.documents import hostile

REFUSED = {
    "cells beyond memory": (hostile.bomb_of_cells, {"HOSTILE"}),
    "one string beyond memory": (hostile.bomb_of_one_string, {"HOSTILE"}),
    "a cell at the far corner": (hostile.far_cell, {"HOSTILE"}),
    "a cell in a far column": (lambda: hostile.far_cell("XFD20000"), {"HOSTILE"}),
    "one long row of text over many short ones": (hostile.vast_text, {"HOSTILE"}),
    "one long row of a document over many short ones": (hostile.vast_docx, {"HOSTILE"}),
    "cells merged over and over": (hostile.merged_over_and_over, {"HOSTILE"}),
    "a lie about the strings": (hostile.string_count_lie, {"HOSTILE"}),
    "an entity bomb": (hostile.entity_bomb, {"HOSTILE"}),
    "an external entity": (hostile.external_entity, {"HOSTILE"}),
    "an external entity in UTF-16": (lambda: hostile.external_entity("utf-16"), {"HOSTILE"}),
    "a lie about a size": (hostile.lying_size, {"DAMAGED", "HOSTILE"}),
    "broken XML": (hostile.broken_xml, {"DAMAGED"}),
    "macros": (hostile.macro_book, {"HOSTILE"}),
    "a link to a web address": (lambda: hostile.external_book("http://evil.example/a.xlsx"), {"HOSTILE"}),
    "a path out of the folder": (hostile.path_traversal, {"HOSTILE"}),
    "thousands of members": (hostile.many_members, {"HOSTILE"}),
    "a document bomb": (hostile.docx_bomb, {"HOSTILE"}),
    "a document nested without end": (hostile.deep_docx, {"HOSTILE", "DAMAGED"}),
    "a document with an entity": (lambda: hostile.docx("", "<!DOCTYPE x>"), {"HOSTILE"}),
    "a spreadsheet of repeats": (hostile.ods_repeat_bomb, {"HOSTILE", "DAMAGED"}),
    "a truncated archive": (lambda: hostile.xlsx()[:300], {"DAMAGED"}),
    "no bytes at all": (lambda: b"", {"DAMAGED"}),
    "a compound file cut short": (lambda: hostile.word97("总结")[:700], {"DAMAGED"}),
    "noise after a PDF mark": (lambda: b"%PDF-1.4\n" + os.urandom(3000), {"DAMAGED"}),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_must_not_be_opened_ends_as_a_finding(what):
    build, codes = REFUSED[what]
    (content,) = read_contents([("a.xlsx", build())])
    assert {f.code for f in content.findings} <= codes
    assert content.findings
    assert not content.sheets
    assert all(f.text for f in content.findings)


def test_a_file_that_kills_its_reader_costs_only_itself():
    good = hostile.xlsx()
    contents = read_contents(
        [("a", good), ("b", hostile.ods_repeat_bomb()), ("c", hostile.pdf_bomb()), ("d", good)]
    )
    assert [bool(c.sheets) for c in (contents[0], contents[3])] == [True, True]
    assert contents[1].findings


def test_a_huge_page_stream_is_read_or_refused_within_the_limits():
    started = time.monotonic()
    (content,) = read_contents([("a.pdf", hostile.pdf_bomb())])
    assert content.findings or content.format == "pdf"
    assert time.monotonic() - started < 120  # without limits it would take hours


def test_empty_styled_rows_to_the_last_line_are_no_bomb():
    (content,) = read_contents([("a.xlsx", hostile.many_styled_rows())])
    assert content.findings == ()
    assert content.sheets[0].rows == ((1.0,),)


def test_a_stated_size_that_is_not_there_is_no_bomb():
    (content,) = read_contents([("a.xlsx", hostile.dimension_lie())])
    assert content.findings == ()


def test_a_formula_to_another_workbook_is_asked_about_and_its_value_read():
    (content,) = read_contents([("a.xlsx", hostile.external_book("file:///C:/a/b.xlsx"))])
    assert [f.code for f in content.findings] == ["SUSPICIOUS_TEXT"]
    assert content.sheets[0].rows == ((1.0,),)


def test_several_parents_read_at_once():
    results: list[int] = []

    def work() -> None:
        contents = read_contents([("a.xlsx", hostile.xlsx())] * 5)
        results.append(sum(bool(c.sheets) for c in contents))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [5, 5, 5, 5]
