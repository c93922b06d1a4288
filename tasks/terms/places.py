"""Where in a file something stands, as people say it: “填报表”D7格, 表1第2行第3列.

The ledger and scripts keep ``填报表!D7``. A sheet shows its letters and numbers; a page of Word or PDF shows
neither, so that there rows and columns are counted.
"""

import re

_TABLE = re.compile(r"(?P<page>第\d+页)?(?P<table>表\d+)!(?P<column>[A-Z]{1,3})(?P<row>\d+)(?!\d) ?")
_ROWS_OF_TABLE = re.compile(r"(?P<page>第\d+页)?(?P<table>表\d+)!(?P<first>\d+):(?P<last>\d+) ?")
_NAME = r"(?<![^\s，。；：、（）“”!])(?P<sheet>[^\s，。；：、（）“”!]+)"
_CELL = re.compile(rf"{_NAME}!(?P<cell>[A-Z]{{1,3}}\d+(?::[A-Z]{{1,3}}\d+)?)(?![\w]) ?", re.ASCII)
_ROWS = re.compile(rf"{_NAME}!(?P<first>\d+):(?P<last>\d+) ?")


def in_words(text: str) -> str:
    """The sentence with every place in it as people say it; what is no place is left as it is."""
    text = _TABLE.sub(_of_table, text)
    text = _ROWS_OF_TABLE.sub(lambda m: f"{m['page'] or ''}{m['table']}{_rows(m)}", text)
    text = _ROWS.sub(lambda m: f"“{m['sheet']}”{_rows(m)}", text)
    return _CELL.sub(lambda m: f"“{m['sheet']}”{m['cell']}格", text)


def _of_table(found: re.Match[str]) -> str:
    column = 0
    for letter in found["column"]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return f"{found['page'] or ''}{found['table']}第{found['row']}行第{column}列"


def _rows(found: re.Match[str]) -> str:
    first, last = found["first"], found["last"]
    return f"第{first}行" if first == last else f"第{first}至{last}行"
