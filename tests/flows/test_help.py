"""What `--help` says: a clerk who reads no English finds every command, word and value."""

import re
import unicodedata

import pytest

from flows.__main__ import main
from flows.verbs.parser import in_chinese

FOREIGN = {"SHA", "JSON", "XML", "Prefect", "Prometheus"}
"""Names of things, as the pages and files themselves call them."""
TYPED = re.compile(
    r"--?[a-z][a-z-]*|\bbaosong\b|[\w-]*\.[a-z0-9]+\b|\bvar/\w*|config/\w*|2023-04-04T09:00", re.ASCII
)
"""Options, files and folders."""


def helped(capsys, *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


def verbs(capsys) -> list[str]:
    return re.findall(r"^  ([a-z][a-z-]+) ", helped(capsys), re.MULTILINE)


def foreign(text: str) -> set[str]:
    """Words a clerk neither types nor sees anywhere else."""
    return set(re.findall(r"[A-Za-z]{2,}", TYPED.sub("", text))) - FOREIGN


def column(line: str) -> int:
    """Where on the screen the second column of a line begins."""
    first = re.match(r"  \S(?:.*?\S)?  +", line)[0]
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in first)


def test_the_list_of_commands_is_in_chinese(capsys):
    shown = helped(capsys)
    assert shown.startswith("用法：baosong ")
    assert foreign(re.sub(r"^  [a-z-]+ ", "", shown, flags=re.MULTILINE)) == set()


def test_every_commands_help_is_in_chinese(capsys):
    found = verbs(capsys)
    assert {"check", "extend", "draft", "restore", "work"} <= set(found)
    for verb in found:
        shown = helped(capsys, verb).replace(f"baosong {verb}", "", 1)
        assert foreign(CHOICES.sub("", shown)) == set(), verb


CHOICES = re.compile(r"\{[^}]*\}|\b(?:paper|hand|phone|reached|promised|no_answer|wrong_number)\b")
"""Words that are typed, each told with what it means."""


def test_every_argument_says_what_it_is(capsys):
    for verb in verbs(capsys):
        for line in helped(capsys, verb).splitlines():
            if line.startswith("  ") and not line.startswith("   "):
                assert re.search(r"[一-鿿]", re.sub(r"^  \S+( \S+)?", "", line)), (verb, line)


def test_the_second_column_stands_in_line_whatever_is_written_in_the_first(capsys):
    lines = [x for x in helped(capsys, "extend").splitlines() if x.startswith("  -")]
    assert len({column(line) for line in lines}) == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "用法不对：缺少 命令；详见 baosong --help"),
        (["status"], "用法不对：缺少 专项；详见 baosong status --help"),
        (["explain"], "用法不对：缺少 文件、--campaign；详见 baosong explain --help"),
    ],
)
def test_what_is_missing_is_named_as_the_help_names_it(capsys, words, told):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert capsys.readouterr().err.strip() == told


def test_a_sentence_nobody_translated_is_left_as_it_is():
    assert in_chinese("something new") == "something new"
