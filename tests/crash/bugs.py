"""Bugs that lose, halve or double, each one change of the source, and what of the harness finds it."""
# ruff: noqa: E501  a table is read as a table

from dataclasses import dataclass


@dataclass(frozen=True)
class Bug:
    """``finds``: the test that must fail, with the system calls and points it needs."""

    file: str
    right: str
    wrong: str
    finds: str
    calls: str = ""


POWER = "tests/crash/test_power.py::test_what_was_called_done_survives_the_power"
KILLED = (
    "tests/crash/test_write_points.py::test_killed_at_any_write_point_it_loses_nothing_and_doubles_nothing"
)
FULL = (
    "tests/crash/test_write_points.py"
    "::test_a_full_disk_or_an_io_error_at_any_write_point_loses_nothing_and_doubles_nothing"
)

BUGS = {
    "an original is not synced": Bug(
        "tasks/store/files.py", "            os.fsync(file.fileno())\n", "", f"{POWER}[intake]"
    ),
    "an original's name is not synced": Bug(
        "tasks/store/files.py",
        "        each_of(folders, _sync_folder)\n",
        "",
        f"{POWER}[intake]",
    ),
    "the store's new folders are not synced": Bug(
        "tasks/store/files.py",
        "        if folders:\n            _sync_folder(self.root)\n",
        "",
        f"{POWER}[intake]",
    ),
    "an original is written under its name": Bug(
        "tasks/store/files.py",
        '    handle, temporary = tempfile.mkstemp(prefix=".", dir=path.parent)\n',
        "    handle, temporary = os.open(path, os.O_WRONLY | os.O_CREAT), str(path)\n",
        f"{KILLED}[intake]",
        "write,fsync",
    ),
    "the ledger does not sync what it commits": Bug(
        "tasks/ledger/session.py", '"FULL" if options.get("synced") else "NORMAL"', '"OFF"', f"{POWER}[intake]"
    ),
    "the ledger syncs only when its log is full": Bug(
        "tasks/ledger/session.py", '"FULL" if options.get("synced")', '"NORMAL" if options', f"{POWER}[intake]"
    ),
    "a source lets go before the ledger holds": Bug(
        "tasks/intake/collect.py",
        "        with ledger.write() as connection:\n            taken +=",
        "        for item in batch:\n            inbox.settle(item)\n"
        "        with ledger.write() as connection:\n            taken +=",
        f"{KILLED}[intake]",
        "fdatasync,rename",
    ),
    "a source lets go before the store holds": Bug(
        "tasks/intake/collect.py",
        "        digests = store.put_all(",
        "        for item in batch:\n            inbox.settle(item)\n        digests = store.put_all(",
        f"{FULL}[intake]",
        "fsync,mkdir",
    ),
    "what was taken in is entered twice when it comes again": Bug(
        "tasks/ledger/arrivals.py",
        "    new = make(table).on_conflict_do_nothing()",
        "    new = make(table)",
        f"{KILLED}[intake]",
        "fdatasync,rename",
    ),
    "files are named before the store holds them": Bug(
        "tasks/intake/settle.py",
        "            self.store.put_all(f.data for item, placement in placements for f in _named(item, placement))\n",
        "",
        f"{KILLED}[intake]",
        "fdatasync",
    ),
    "judgements and reports are two commits": Bug(
        "tasks/intake/settle.py",
        "                total += _enter(connection, entries)\n",
        "                arrivals.record_judgements(connection, [each.judgement for each in entries])\n"
        "            with ledger.write() as connection:\n"
        "                for entry in entries:\n"
        "                    submissions.add_all(connection, entry.submissions)\n"
        "                    submissions.enqueue_all(connection, entry.queue)\n",
        f"{KILLED}[intake]",
        "fdatasync",
    ),
    "the first byte leaves before the claim is committed": Bug(
        "tasks/chase/outbox.py",
        "        with self.ledger.write(marked=False)",
        "        for each in list(self.waiting)[:1]:\n"
        "            self.carrier.deliver(self.frozen.wire(each), self.sender, each.address)\n"
        "        with self.ledger.write(marked=False)",
        f"{KILLED}[chase]",
        "sendto",
    ),
    "a claim is not on the disk when the first byte leaves": Bug(
        "tasks/chase/outbox.py",
        "        with self.ledger.write(marked=False)",
        "        with self.ledger.write(synced=False, marked=False)",
        "tests/crash/test_power.py"
        "::test_a_letter_whose_first_octet_went_out_never_waits_again_when_the_power_is_back",
    ),
    "a claim is taken back when its sender fails": Bug(
        "tasks/ledger/outbox.py",
        "    states = (LetterState.QUEUED.value, LetterState.RETRY.value)\n"
        "    query = select(*_QUEUED).where(letter.c.campaign == campaign, letter.c.state.in_(states))",
        "    states = (LetterState.QUEUED.value, LetterState.RETRY.value, LetterState.SENDING.value)\n"
        "    connection.execute(letter.update().where(letter.c.state == 'sending').values(state='queued'))\n"
        "    query = select(*_QUEUED).where(letter.c.campaign == campaign, letter.c.state.in_(states))",
        f"{KILLED}[chase]",
        "sendto,pwrite64",
    ),
    "a letter is queued again under another id": Bug(
        "tasks/chase/write.py",
        "identity = message_id(campaign.id, unit, kind, occasion, address, domain=domain)",
        "import time\n        occasion = f'{occasion}{time.time_ns()}'\n"
        "        identity = message_id(campaign.id, unit, kind, occasion, address, domain=domain)",
        f"{KILLED}[chase]",
        "fdatasync",
    ),
    "a package is built under its name": Bug(
        "tasks/package/bagged/durable.py",
        'temporaries = [final.parent / f"{_STAGING}{final.name}" for final in finals]',
        "temporaries = list(finals)",
        f"{KILLED}[compile]",
        "mkdir,rename",
    ),
    "what a dead builder left stays": Bug(
        "tasks/package/bagged/durable.py",
        '        for stale in sorted(folder.glob(f"{_STAGING}*")):\n            _remove(stale)\n',
        "",
        f"{KILLED}[compile]",
        "mkdir,rename",
    ),
    "a package's files are not synced": Bug(
        "tasks/package/bagged/durable.py", "for name in (*folders, *names)", "for name in folders", f"{POWER}[compile]"
    ),
    "a package's originals are not synced": Bug(
        "tasks/package/bagged/carry.py", "        os.fsync(out.fileno())\n", "", f"{POWER}[compile]"
    ),
    "a package's folders are not synced": Bug(
        "tasks/package/bagged/durable.py", "for name in (*folders, *names)", "for name in names", f"{POWER}[compile]"
    ),
    "a package's name is not synced": Bug(
        "tasks/package/bagged/durable.py", "            sync(final.parent)\n", "", f"{POWER}[compile]"
    ),
    "a failed sync counts as done": Bug(
        "tasks/store/files.py",
        "            os.fsync(file.fileno())\n",
        "            try:\n                os.fsync(file.fileno())\n            except OSError:\n                return\n",
        f"{FULL}[intake]",
        "fsync",
    ),
}  # fmt: skip
