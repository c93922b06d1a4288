"""What a fault looks like in a run's log and on the terminal: one sentence, not a traceback."""

import io
import logging
from typing import TextIO

from tasks.terms.errors import BaosongError

RUN_LOGGERS = ("prefect.task_runs", "prefect.flow_runs", "prefect.engine")


def say_faults_plainly() -> None:
    """A fault that has its own sentence is logged as that sentence. Bugs keep their traceback."""
    for name in RUN_LOGGERS:
        logging.getLogger(name).addFilter(_plain)


def _plain(record: logging.LogRecord) -> bool:
    fault = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    if isinstance(fault, BaosongError):
        record.msg, record.args, record.exc_info = f"未完成：{fault}", None, None
    return True


def speak_chinese(*streams: TextIO) -> None:
    """Let what is said be written whatever the machine's locale: a script reads UTF-8, JSON is nothing else.

    On a terminal the terminal's own encoding stays where it has Chinese; a character it lacks is no fault.
    """
    for stream in streams:
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty() and _has_chinese(stream.encoding):
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _has_chinese(encoding: str) -> bool:
    try:
        "报送".encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def quiet_terminal() -> None:
    """Only warnings reach the terminal, one line each; everything else is in the run's log in Prefect."""
    logging.raiseExceptions = False  # a log that cannot be written is no news for the terminal
    terminal = logging.StreamHandler()
    terminal.setLevel(logging.WARNING)
    terminal.addFilter(lambda record: not record.name.startswith("prefect"))  # the end of a run says it all
    terminal.setFormatter(_OneLine("%(message)s"))
    logging.getLogger().addHandler(terminal)


def not_on_terminal(name: str) -> None:
    """What this logger and those below it say is told otherwise; a run's log in Prefect keeps it."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, _OneLine):
            handler.addFilter(lambda record: not record.name.startswith(name))


class _OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return record.getMessage()
