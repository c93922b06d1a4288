"""Word 97 files (.doc, .wps) by [MS-DOC]: what is printed of them, and their tables where these are certain.

``pieces`` finds the characters, ``formatting`` and ``sprms`` what is said of them, ``printed`` which of them
are printed, ``rows`` and ``grid`` the tables. Every offset and count is a stranger's.
"""

from tasks.documents.word97.pieces import TooOld
from tasks.documents.word97.reader import read_doc

__all__ = ["TooOld", "read_doc"]
