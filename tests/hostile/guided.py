"""Coverage-guided fuzzing of what takes strangers' bytes apart: ``python -m tests.hostile.guided TARGET …``.

The rest of the words are libFuzzer's: ``-max_total_time=600``. What takes too much memory here is put down by
its child in the product: give it to ``baosong explain`` before believing it. It needs atheris (Apache-2.0),
no dependency of the project: ``pip install atheris``. The seeds are the honest files of ``seeds.py``.
"""

import importlib
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.hostile import seeds

ROOMS = ("tasks.mail", "tasks.documents", "tasks.notice", "tasks.roster", "tasks.terms")


def targets() -> dict[str, Callable[[bytes], object]]:
    """What is fuzzed, in this process: unlike in the product nothing stands between it and a crash."""
    from tasks.documents.parse import parse
    from tasks.documents.prose import Unreadable, decode_text
    from tasks.documents.strict_yaml import read
    from tasks.mail.contents import inside
    from tasks.mail.parse import parse_mail
    from tasks.notice.draft.reading import draft_of
    from tasks.notice.tables import load_calendar
    from tasks.roster.read import read_roster
    from tasks.settings import SHIPPED, Home
    from tasks.terms.errors import BaosongError
    from tasks.terms.mails import as_file

    calendar = load_calendar(Home.at(SHIPPED))
    folder = Path(tempfile.mkdtemp(prefix="guided-"))

    def from_file(reader: Callable[[Path], object], name: str) -> Callable[[bytes], object]:
        def run(data: bytes) -> None:
            (folder / name).write_bytes(data)
            try:
                reader(folder / name)
            except BaosongError as fault:
                if "\n" in str(fault).strip():
                    raise AssertionError(fault) from None

        return run

    def notice(data: bytes) -> None:
        try:
            draft_of(decode_text(data), calendar)
        except Unreadable:
            return

    return {
        "mail": parse_mail,
        "archive": lambda data: inside(as_file("材料.zip", data)),
        "document": lambda data: parse("统计表.xlsx", data),
        "campaign": from_file(read, "campaign.yaml"),
        "roster": from_file(read_roster, "roster.csv"),
        "notice": notice,
    }


def corpus(target: str) -> list[bytes]:
    """Honest files to begin with."""
    texts = {"campaign": seeds.campaigns, "roster": seeds.rosters, "notice": seeds.notices}
    return texts[target]() if target in texts else list(seeds.documents().values())


def main(target: str, *words: str) -> None:
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        raise SystemExit("atheris is not installed: pip install atheris") from None
    with atheris.instrument_imports(include=list(ROOMS)):
        known = targets()
    folder = Path(tempfile.mkdtemp(prefix="corpus-"))
    for number, data in enumerate(corpus(target)):
        (folder / str(number)).write_bytes(data)
    atheris.Setup([sys.argv[0], *words, str(folder)], known[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
