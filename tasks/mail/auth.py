"""What our own mail server found out about the sender (RFC 8601 Authentication-Results).

Only the topmost header that names one of our servers counts: whoever writes a mail can write such headers
into it, but not above the one our server puts there. Only a failure is used; a pass makes nobody known.
"""

import re
from collections.abc import Iterable, Sequence

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"^(dmarc|spf|dkim)=([a-z]+)", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?:header\.d|header\.i|smtp\.mailfrom|smtp\.helo)=\"?[^\s;\"]*?([\w-]+(?:\.[\w-]+)+)", re.IGNORECASE
)
_FAILED = frozenset({"fail", "softfail"})


def failed(headers: Sequence[bytes], sender: str, receivers: Iterable[str]) -> str:
    """How the sender failed, such as ``dmarc=fail``; empty when nothing says so.

    Args:
        headers: the Authentication-Results headers, topmost first.
        sender: the address in From.
        receivers: domains and host names of our own mail servers; empty trusts no header.
    """
    ours = tuple(name.lower().rstrip(".") for name in receivers if name)
    for header in headers:
        text = _COMMENT.sub(" ", header.decode("ascii", "replace"))
        server, *results = (part.strip() for part in text.split(";"))
        name = server.split()[0].lower().rstrip(".") if server.split() else ""
        if any(name == own or name.endswith("." + own) for own in ours):
            return _failure(results, sender.rpartition("@")[2].lower())
    return ""


def _failure(results: Iterable[str], domain: str) -> str:
    """DMARC decides; without it SPF must have failed and no signature of the sender's own domain be good."""
    found: dict[str, set[str]] = {"dmarc": set(), "spf": set(), "dkim": set()}
    for result in results:
        if match := _RESULT.match(result):
            method, verdict = match[1].lower(), match[2].lower()
            aligned = method == "dmarc" or verdict != "pass" or _aligned(result, domain)
            found[method].add(verdict if aligned else "unaligned")
    if found["dmarc"]:
        return "dmarc=fail" if found["dmarc"] == {"fail"} else ""
    if found["spf"] & _FAILED and "pass" not in found["dkim"]:
        return f"spf={min(found['spf'] & _FAILED)}"
    return "dkim=fail" if found["dkim"] == {"fail"} and "pass" not in found["spf"] else ""


def _aligned(result: str, domain: str) -> bool:
    named = [each.lower() for each in _DOMAIN.findall(result)]
    return any(domain == one or domain.endswith("." + one) or one.endswith("." + domain) for one in named)
