"""Pieces by seed given to the product's doors; what breaks a promise is kept with the seed that made it.

The promises: nothing but the product's own one-line errors comes out, no file appears outside store and
ledger, five seconds and 512 MB are the most a piece may cost, and every mail ends in the ledger.
"""

import os
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tasks.documents.strict_yaml import read as read_yaml
from tasks.documents.strict_yaml import shaped
from tasks.intake.reader import Arrived, ArrivedFile, ArrivedMail, each_read
from tasks.mail.reader import opened
from tasks.notice.draft.reading import draft_of
from tasks.notice.draft.shown.as_json import as_json
from tasks.notice.draft.shown.as_yaml import as_yaml
from tasks.notice.draft.source import notice_text
from tasks.notice.tables import load_calendar
from tasks.roster.read import read_roster
from tasks.settings import SHIPPED, Home
from tasks.terms.campaign import Campaign
from tasks.terms.errors import BaosongError
from tasks.terms.mails import as_file
from tests.hostile import grammar, seeds
from tests.hostile.mutate import changed

SECONDS, MEGABYTES = 5.0, 512
GRACE = 1.5
"""A piece has five seconds; the parent's own part and a busy machine are given this factor."""


def one_read(arrived: Arrived[Any]) -> object:
    """As intake reads it, by itself."""
    return next(each_read([arrived]))


@dataclass
class Ordeal:
    """What was given and what came of it."""

    folder: Path
    done: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    def __post_init__(self) -> None:
        self.files = seeds.documents()
        self.texts = {"campaign": seeds.campaigns(), "roster": seeds.rosters(), "notice": seeds.notices()}
        self.calendar = load_calendar(Home.at(SHIPPED))

    def run(self, count: int, seed: int) -> None:
        """Give so many pieces; the kinds take turns by chance, mails and documents most."""
        kinds: dict[str, tuple[int, Callable[[random.Random], None]]] = {
            "grammar mail": (30, self._grammar_mail),
            "mutated mail": (20, self._mutated_mail),
            "document": (30, self._document),
            "archive": (8, self._archive),
            "campaign": (4, self._campaign),
            "roster": (4, self._roster),
            "notice": (4, self._notice),
        }
        weights = [weight for weight, _ in kinds.values()]
        for number in range(count):
            dice = random.Random(f"{seed}/{number}")
            (kind,) = dice.choices(list(kinds), weights)
            self._one(kind, f"{kind} {seed}/{number}", kinds[kind][1], dice)

    def _one(self, kind: str, name: str, give: Callable[[random.Random], None], dice: random.Random) -> None:
        self.done[kind] += 1
        with self._judged(name):
            give(dice)

    @contextmanager
    def _judged(self, name: str) -> Iterator[None]:
        begun = time.monotonic()
        try:
            yield
        except BaosongError as fault:
            if "\n" in str(fault).strip():
                self.broken.append(f"{name}: more than one line: {fault}")
        except Exception as fault:  # noqa: BLE001  this is what is looked for
            self.broken.append(f"{name}: {type(fault).__name__}: {fault}")
        spent = time.monotonic() - begun
        self.slowest = max(self.slowest, (spent, name))
        if spent > SECONDS * GRACE:
            self.broken.append(f"{name}: took {spent:.1f} s")

    def _grammar_mail(self, dice: random.Random) -> None:
        self._mail(grammar.mail(dice, list(self.files.values())))

    def _mutated_mail(self, dice: random.Random) -> None:
        self._mail(changed(grammar.mail(dice, list(self.files.values())), dice))

    def _mail(self, raw: bytes) -> None:
        one_read(ArrivedMail(raw, frozenset({"bureau@district.example"}), frozenset()))

    def _document(self, dice: random.Random) -> None:
        name, data = dice.choice(list(self.files.items()))
        one_read(ArrivedFile(as_file(name, changed(data, dice))))

    def _archive(self, dice: random.Random) -> None:
        data = changed(self.files[dice.choice(("材料.zip", "材料.tgz", "谎.zip"))], dice)
        opened(as_file("材料.zip", data))

    def _campaign(self, dice: random.Random) -> None:
        path = self._written("campaign.yaml", changed(dice.choice(self.texts["campaign"]), dice))
        shaped(read_yaml(path), Campaign)

    def _roster(self, dice: random.Random) -> None:
        read_roster(self._written("roster.csv", changed(dice.choice(self.texts["roster"]), dice)))

    def _notice(self, dice: random.Random) -> None:
        path = self._written("notice.txt", changed(dice.choice(self.texts["notice"]), dice))
        draft = draft_of(notice_text(path), self.calendar)
        as_json(draft)
        as_yaml(draft, "draft")

    def _written(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path


def largest_child_mb() -> int:
    """The most any child that has ended held at once."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


WRITING = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "shutil.move")


@contextmanager
def writes_seen(*allowed: Path) -> Iterator[list[str]]:
    """Every path this process makes, writes or removes outside the allowed folders while the block runs."""
    seen: list[str] = []
    watching = True
    inside = tuple(str(path.resolve()) for path in allowed)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if not watching or (event != "open" and event not in WRITING):
            return
        path, *rest = arguments
        if event == "open" and not _writes(*rest):
            return
        if isinstance(path, str | bytes) and not os.fsdecode(path).startswith(inside):
            seen.append(f"{event} {path!r}")

    sys.addaudithook(hook)
    try:
        yield seen
    finally:
        watching = False


def _writes(mode: object, flags: object) -> bool:
    writing = 0o1 | 0o2 | 0o100 | 0o1000
    return bool(set(str(mode or "")) & set("wax+")) or (isinstance(flags, int) and bool(flags & writing))
