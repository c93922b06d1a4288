"""Office files whose bytes depend on nothing but their content."""

import io
import re
import zipfile
from datetime import UTC, datetime

_DATES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)  # the first moment a zip can carry
_FIRST = ("[Content_Types].xml", "_rels/.rels")
_CORE = "docProps/core.xml"


def normalised(data: bytes, *, created: datetime = _EPOCH) -> bytes:
    """The same office file with its members in one order, at one time, created at ``created``."""
    stamp = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = sorted(old.namelist())
        for name in [n for n in _FIRST if n in names] + [n for n in names if n not in _FIRST]:
            content = old.read(name)
            if name == _CORE:
                content = _DATES.sub(rb"\g<1>" + stamp + rb"\g<3>", content)
            member = zipfile.ZipInfo(name)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(member, content)
    return out.getvalue()
