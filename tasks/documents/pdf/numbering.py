"""What pages say of their own number: a file may lack some, or have them in another order."""

import re
from collections.abc import Sequence

from tasks.documents.pdf.marks import Unsure
from tasks.documents.pdf.tables import Read
from tasks.terms.text import fold

LACKING = "第{page}页写明共{all}页，文件里只有{count}页"
_PATTERNS = (
    re.compile(r"第(?P<own>\d{1,3})页\W{0,3}共(?P<all>\d{1,3})页"),
    re.compile(r"共(?P<all>\d{1,3})页\W{0,3}第(?P<own>\d{1,3})页"),
    re.compile(r"page(?P<own>\d{1,3})of(?P<all>\d{1,3})", re.IGNORECASE),
)


def printed(page: Read) -> tuple[int, int] | None:
    """The number a page bears, and of how many."""
    lines = ["".join(fold(text).split()) for _, text in page.loose]
    hits = [hit for pattern in _PATTERNS for line in lines if (hit := pattern.search(line))]
    return (int(hits[0]["own"]), int(hits[0]["all"])) if hits else None


def complete(pages: Sequence[Read], count: int) -> None:
    """There are as many pages in the file as they say.

    Raises:
        Unsure: there are fewer.
    """
    for page in pages:
        said = printed(page)
        if said and said[1] > count:
            raise Unsure(LACKING.format(page=page.number, all=said[1], count=count))


def follows(before: Read, after: Read) -> bool:
    """Whether nothing the pages say speaks against one being the next to the other."""
    one, other = printed(before), printed(after)
    return not (one and other) or other[0] == one[0] + 1
