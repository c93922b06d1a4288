"""argparse, speaking Chinese: its help, what is wrong in one line, and where to read on."""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

from tasks.terms.text import columns

SAYINGS = (
    (r"the following arguments are required: (.+)", r"缺少 \1"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 不能是 \2，应为 \3 之一"),
    (r"argument (.+?): expected one argument", r"\1 后面要写一个值"),
    (r"argument (.+?): expected at least one argument", r"\1 后面至少要写一个值"),
    (r"argument (.+?): invalid int value: '(.*)'", r"\1 应为整数，写的是“\2”"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 与 \2 不能同时用"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 后面不要写值"),
    (r"argument (.+?): (.+)", r"\1：\2"),
)


LIST = re.compile(r"(?<=\S), (?=\S)")
"""Between what argparse lists."""


class Parser(argparse.ArgumentParser):
    """A parser whose faults a clerk can read. Options are never guessed from their beginnings."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **{"allow_abbrev": False, **named})

    def format_usage(self) -> str:
        """One line of how the command is written."""
        return super().format_usage().replace("usage: ", "用法：", 1).replace("[-h] ", "")

    def format_help(self) -> str:
        """The whole help: how it is written, what it does, every value with what it means."""
        said = [self.format_usage().rstrip(), self.description or "", *self._parts()]
        return "\n\n".join(part for part in said if part) + "\n"

    def _parts(self) -> Iterator[str]:
        """Commands, then what has to be given, then what may be."""
        commands: list[tuple[str, str]] = []
        given: list[tuple[str, str]] = []
        options: list[tuple[str, str]] = []
        for action in self._actions:
            if action.nargs == argparse.PARSER:
                found: Any = action  # argparse has no public name for its list of sub-commands
                commands += [(each.dest, each.help or "") for each in found._choices_actions]  # noqa: SLF001
            else:
                (options if action.option_strings else given).append((_written(action), _meaning(action)))
        for title, rows in (("命令", commands), ("要写明", given), ("选项", options)):
            if rows:
                yield f"{title}：\n" + "\n".join(_in_columns(rows))

    def error(self, message: str) -> NoReturn:
        """End with 2 and one line."""
        print(f"用法不对：{in_chinese(message)}；详见 {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)


def in_chinese(message: str) -> str:
    """One of argparse's sentences."""
    for pattern, chinese in SAYINGS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return LIST.sub("、", found.expand(chinese)).replace("'", "")
    return message


def _written(action: argparse.Action) -> str:
    """An argument as it is typed."""
    names = "、".join(action.option_strings)
    if action.nargs == 0:
        return names
    value = action.metavar or "、".join(map(str, action.choices or ()))
    return f"{names} {value}".strip()


def _meaning(action: argparse.Action) -> str:
    if action.dest == "help":
        return "显示这份说明"
    needed = "（必填）" if action.required and action.option_strings else ""
    return f"{action.help or ''}{needed}"


def _in_columns(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Two columns in line on the screen, where a Chinese character takes two places."""
    widest = max(columns(first) for first, _ in rows)
    for first, second in rows:
        yield f"  {first}{' ' * (widest - columns(first))}  {second}".rstrip()
