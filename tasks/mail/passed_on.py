"""Who wrote a mail that is passed on: the addresses mail programs repeat above it. Pure."""

import re

from tasks.mail.addresses import ADDRESS

_FROM = re.compile(
    r"^[ \t>|*]*(?:原?发件人|寄件者|寄件人|From)[ \t|*]*[：:|]([^\n]{1,300})", re.IGNORECASE | re.MULTILINE
)
MOST = 20


def authors_of(text: str) -> tuple[str, ...]:
    """The addresses on the lines that name a sender, lower case, the latest mail's first."""
    lines = (line for _, line in zip(range(MOST), _FROM.finditer(text), strict=False))
    found = (address[0].lower() for line in lines if (address := ADDRESS.search(line[1])))
    return tuple(dict.fromkeys(found))
