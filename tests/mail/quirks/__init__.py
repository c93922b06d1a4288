"""Mails written octet by octet for these tests, each with one quirk and what must come of it."""

from tests.mail.quirks import files, headers, hostile, robots
from tests.mail.quirks.kit import QUIRKS, Quirk

__all__ = ["QUIRKS", "Quirk", "files", "headers", "hostile", "robots"]
