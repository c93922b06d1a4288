"""argparse, speaking Chinese: what is wrong in one line, and where to read on."""

import argparse
import re
import sys
from typing import Any, NoReturn

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


QUOTED_LIST = re.compile(r"(?<='), (?=')")
"""Between the choices argparse lists."""


class Parser(argparse.ArgumentParser):
    """A parser whose faults a clerk can read. Options are never guessed from their beginnings."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **{"allow_abbrev": False, **named})

    def error(self, message: str) -> NoReturn:
        """End with 2 and one line."""
        print(f"用法不对：{in_chinese(message)}；详见 {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)


def in_chinese(message: str) -> str:
    """One of argparse's sentences."""
    for pattern, chinese in SAYINGS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return QUOTED_LIST.sub("、", found.expand(chinese)).replace("'", "")
    return message
