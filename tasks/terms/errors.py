"""Faults, by who must act on them.

    BaosongError
    ├── Transient       the machine, later: a line that dropped, a server that is busy
    │   └── LedgerOut   the ledger itself: nothing can be said of anything else meanwhile
    ├── Refused         the sender: what was sent cannot be used, with the reason in Chinese
    ├── NeedsPerson     a clerk: an item goes to the queue with its reasons
    └── Misconfigured   the operator: refuse to start, naming file, line and field

A bug is none of these and is never caught.
"""


class BaosongError(Exception):
    """What every fault of this product has in common: its text is fit for a person to read."""


class Transient(BaosongError):
    """May succeed by itself later; nothing outside has been changed."""


class LedgerOut(Transient):
    """The ledger takes or gives nothing now: it is locked, full, or out of reach."""


class Refused(BaosongError):
    """The sender's material cannot be used; the text tells the sender why and what to do."""


class NeedsPerson(BaosongError):
    """No rule decides this for certain; a clerk does."""


class Misconfigured(BaosongError):
    """The operator's files contradict themselves or the world; nothing has been started."""
