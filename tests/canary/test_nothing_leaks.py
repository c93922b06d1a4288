"""Canaries: a password, addresses and telephone numbers are looked for where they do not belong."""

import mailbox
import os
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from threading import Thread

import pytest

from tasks.settings import Home
from tests.line import office, papers

PASSWORD = "canary-password-7351"
STRANGER = "canary.stranger@elsewhere.example"
PHONE = "000-73517351"
SECRETS = {"the password": PASSWORD}
PERSONAL = {
    "a stranger's address": STRANGER,
    "a unit's address": office.address("A02"),
    "a leader's address": office.leader("A03"),
    "the superior's address": office.SUPERIOR,
    "a telephone number": PHONE,
}


@contextmanager
def tactless_mailbox() -> Iterator[int]:
    """A mail server that refuses the log-in and says in its reply what it was given."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=_refuse, args=(server,), daemon=True).start()
        yield server.getsockname()[1]


def _refuse(server: socket.socket) -> None:
    while True:
        try:
            line, _ = server.accept()
        except OSError:
            return
        with line, line.makefile("rwb") as talk:
            talk.write(b"* OK ready\r\n")
            talk.flush()
            for said in talk:
                tag, _, rest = said.strip().partition(b" ")
                if rest.upper().startswith(b"CAPABILITY"):
                    talk.write(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n")
                else:
                    talk.write(tag + b" NO refused: " + rest + b"\r\n")
                talk.flush()


def letter() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = STRANGER, office.OFFICE, "防汛演练总结"
    mail["Message-ID"], mail["Date"] = "<c@elsewhere.example>", "Wed, 31 May 2023 09:00:00 +0800"
    mail.set_content(f"请联系 {PHONE} 或 {STRANGER}")
    data = papers.narrative("东山镇")
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename="东山镇总结.docx")
    return mail.as_bytes()


ACCOUNT = """
accounts:
  tactless:
    address: bureau@district.example
    display_name: 某区应急管理局
    imap: {{host: 127.0.0.1, port: {port}, tls: none}}
    secret_env: CANARY
"""


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, str]:
    """A campaign's days at a home full of canaries; gives what was said as well."""
    home = office.make_home(tmp_path_factory.mktemp("canary"))
    roster = home.config / "rosters" / "drill.csv"
    lines = roster.read_text("utf-8").splitlines()
    roster.write_text("\n".join([f"{lines[0]},phone", *(f"{x},{PHONE}" for x in lines[1:])]), "utf-8")
    (home.var / "mail").mkdir(parents=True)
    mailbox.Maildir(home.var / "mail" / "inbox", create=True).add(letter())
    for path in (home.var / "mail" / "inbox" / "new").iterdir():
        os.utime(path, (1685494800, 1685494800))
    said = [run(home, "check", "2023-05-31T10:00"), run(home, "chase", "2023-06-01T09:00")]
    said += [run(home, "compile", "2023-06-02T18:00"), run(home, "calls", "2023-06-05T10:00")]
    campaign = home.config / "campaigns" / "drill.yaml"
    campaign.write_text(
        campaign.read_text("utf-8").replace("sources:", "sources:\n  - {kind: imap, account: tactless}"),
        "utf-8",
    )
    with tactless_mailbox() as port:
        with (home.config / "office.yaml").open("a", encoding="utf-8") as file:
            file.write(ACCOUNT.format(port=port))
        said += [run(home, verb, "2023-06-05T10:00") for verb in ("check", "doctor", "watchdog")]
    return home, "\n".join(said)


def run(home: Home, verb: str, at: str) -> str:
    words = [sys.executable, "-m", "flows", "--home", str(home.root), verb]
    words += ["--as-of", at] if verb in {"doctor", "watchdog"} else ["drill", "--as-of", at]
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    done = subprocess.run(
        words, capture_output=True, text=True, check=False, env={**clean, "CANARY": PASSWORD}
    )
    assert "程序出错" not in done.stderr
    return done.stdout + done.stderr


def holders(folder: Path, word: str) -> list[str]:
    """Files below the folder that hold this word, in whichever way it may be written."""
    forms = {word.encode(), word.encode("utf-16-le"), word.encode().replace(b"@", b"%40")}
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(form in content(path) for form in forms)
    ]


def content(path: Path) -> bytes:
    """The bytes of a file; of a container also those of what it holds."""
    data = path.read_bytes()
    if not zipfile.is_zipfile(path):
        return data
    with zipfile.ZipFile(path) as archive:
        return data + b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("what", SECRETS)
def test_a_secret_is_nowhere_at_all(day, what):
    home, said = day
    assert SECRETS[what] not in said
    assert holders(home.root, SECRETS[what]) == []


@pytest.mark.parametrize("what", PERSONAL)
def test_addresses_and_numbers_are_not_in_prefect_nor_on_the_screen(day, what):
    home, said = day
    assert PERSONAL[what] not in said
    assert holders(home.prefect_home, PERSONAL[what]) == []


@pytest.mark.parametrize("what", PERSONAL)
def test_addresses_and_numbers_are_not_in_the_package_but_in_what_a_unit_sent_itself(day, what):
    home, _ = day
    assert list(home.packages.glob("*/data/总结报告.docx")), "a package was made"
    assert holders(home.packages, PERSONAL[what]) == []


def test_the_canaries_sing_where_they_belong(day):
    home, _ = day
    assert holders(home.config, PHONE) == ["rosters/drill.csv"]
    assert holders(home.var, office.address("A02")), "letters went to them"
    assert any(name.startswith("ledger") for name in holders(home.var, STRANGER))
    assert holders(home.prefect_home, "防汛演练"), "the run's board is in Prefect's database"
