"""The command line. Exit codes: 0 done, 1 a fault, 2 wrong use or configuration, 3 a person must look."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from flows.logs import quiet_terminal, speak_chinese
from flows.verbs import (
    chase_acts,
    days,
    doctor,
    draft,
    explain,
    forget,
    keeping,
    machine,
    metrics,
    proofs,
    runs,
    sign_off,
    staff,
    standing,
)
from flows.verbs.common import DONE, FAULT, WRONG_USE, Verb
from flows.verbs.parser import Parser
from tasks.terms.errors import BaosongError, Misconfigured
from tasks.terms.machine import faults_told

FAMILIES = (
    runs,
    standing,
    staff,
    chase_acts,
    sign_off,
    draft,
    explain,
    proofs,
    days,
    doctor,
    keeping,
    forget,
    metrics,
    machine,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb. No traceback ever reaches the user."""
    speak_chinese(sys.stdout, sys.stderr)
    given = _parser().parse_args(arguments)
    quiet_terminal()
    try:
        verb: Verb = given.verb
        with faults_told():
            return verb(given)
    except Misconfigured as fault:
        return _say(str(fault), WRONG_USE)
    except BaosongError as fault:
        return _say(str(fault), FAULT)
    except BrokenPipeError:  # whoever read our output has seen enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  until the process ends
        return DONE
    except KeyboardInterrupt:
        return _say("已中断；已入账的不受影响，可重新运行", FAULT)
    except Exception as fault:  # noqa: BLE001  the last line of defence: a bug is recorded, not shown
        return _bug(fault, given.home)


def _say(text: str, code: int) -> int:
    print(text, file=sys.stderr)
    return code


def _bug(fault: Exception, home: Path) -> int:
    """A fault of ours: the traceback goes to a file for the people who mend it, one line to the user."""
    import traceback

    record = home / "var" / "faults.log"
    with suppress(OSError):  # where nothing can be written, the line below is all there is
        record.parent.mkdir(parents=True, exist_ok=True)
        with record.open("a", encoding="utf-8") as file:
            traceback.print_exception(fault, file=file)
    return _say(
        f"程序出错（{type(fault).__name__}），详情记在 var/faults.log；已入账的不受影响，可重新运行", FAULT
    )


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="baosong", description="报送：按时收齐各单位材料，汇总呈报")
    parser.add_argument(
        "--home",
        type=Path,
        default=Path(),
        metavar="主目录",
        help="放 config/ 与 var/ 的目录；不写即当前目录",
    )
    verbs = parser.add_subparsers(dest="name", required=True, metavar="命令")
    for family in FAMILIES:
        family.add(verbs)
    return parser


if __name__ == "__main__":
    sys.exit(main())
