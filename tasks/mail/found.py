"""What was found on a mail, and what taking it apart may still cost."""

from dataclasses import dataclass, field

from tasks.mail.markup import Markup
from tasks.terms.mails import File
from tasks.terms.readings import Code, Finding

MAX_FILES = 1000
MAX_FINDINGS = 50
MAX_UNPACKED = 100 * 1024 * 1024
PHOTO_SIZE = 100 * 1024
"""An inline picture at least this large that the text does not show is a photo sent, not a signature."""
ICON_SIZE = 8 * 1024
"""So small is a logo even where no text could show it; a photo sent from a telephone is larger."""


@dataclass(slots=True)
class Contents:
    """What was found, in the order it was found.

    Attributes:
        opened: digests of the files something came out of; shut: of archives nothing came out of.
        broken: digests of files that lost something on the way.
        authors: senders of the mails that hang on it.
        programs: names of what would run; traps: of pages that ask for a password.
    """

    plain: list[str] = field(default_factory=list)
    markup: list[Markup] = field(default_factory=list)
    attachments: list[File] = field(default_factory=list)
    inline_images: list[File] = field(default_factory=list)
    unpacked: list[File] = field(default_factory=list)
    reports: list[bytes] = field(default_factory=list)
    returned: list[bytes] = field(default_factory=list)
    opened: dict[str, None] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    traps: list[str] = field(default_factory=list)
    shut: dict[str, None] = field(default_factory=dict)
    cloud_links: bool = False
    authors: list[str] = field(default_factory=list)
    bytes_left: int = MAX_UNPACKED
    files_left: int = MAX_FILES

    def flag(self, code: Code, reason: str) -> None:
        """Note a finding about the mail as a whole, once."""
        wanted = len(self.findings) < MAX_FINDINGS or code not in self.flags
        if wanted and all(reason != each.text for each in self.findings):
            self.findings.append(Finding(code, reason))

    @property
    def flags(self) -> tuple[str, ...]:
        """The findings' codes, each once."""
        return tuple(dict.fromkeys(f.code for f in self.findings))

    @property
    def reasons(self) -> tuple[str, ...]:
        """The findings in words."""
        return tuple(f.text for f in self.findings)
