"""What a reading of a notice yields: values, each with the words it stands on, and what is open."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words a value stands on, and the line they begin on."""

    quote: str
    line: int


@dataclass(frozen=True, slots=True)
class Said:
    """A value the text states."""

    value: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Period:
    """When the work is done; not a reporting date."""

    name: str
    start: date
    end: date
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing to be reported."""

    what: str | None
    due_date: date | None
    due_time: str | None
    inclusive: bool | None
    recurrence: str | None
    roll: str | None
    who: str | None
    evidence: Evidence
    closing: str = ""
    """下班前 and the like: an hour only the office knows."""
    day: int | None = None
    """The day of every month, or of the week (Monday is 1), of a recurring report."""
    first: date | None = None
    until: date | None = None
    """When a recurring report is due for the first and for the last time, as far as the notice says so."""
    every: str = ""
    """The rhythm in a campaign file's words, which know working_daily and quarterly; empty if once."""
    recipient: str = ""
    section: str = ""
    ask: str = ""
    readings: tuple[str, ...] = ()
    row: bool = False
    """It is a row of a table."""
    plain_limit: bool = False
    """The text says a bare 前: whether the day itself counts is the office's to say."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to hand a report in."""

    type: str
    address: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask."""

    name: str | None
    phone: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Quota:
    """What each unit is to reach."""

    item: str | None
    min: int | None
    max: int | None
    per: str
    measure: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Target:
    """What all together are to reach."""

    item: str
    min: int
    measure: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class FormField:
    """A figure a form asks for; ``unit`` is empty where the form names no measure."""

    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class EnclosedForm:
    """A blank form of figures that goes with the notice."""

    name: str
    fields: tuple[FormField, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Question:
    """What the clerk must find out, and between which readings."""

    field: str
    text: str
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice, read."""

    issuer: Said | None
    doc_number: Said | None
    title: Said | None
    issue_date: Said | None
    superior_document: Said | None
    superior_due: Said | None
    theme: Said | None
    section: Said | None
    late_policy: Said | None
    amended_document: Said | None
    addressees: Said | None
    periods: tuple[Period, ...]
    obligations: tuple[Obligation, ...]
    channels: tuple[Channel, ...]
    contacts: tuple[Contact, ...]
    quotas: tuple[Quota, ...]
    targets: tuple[Target, ...]
    forwarded: bool = False
    allotted_by_table: Evidence | None = None
    """The words above a table of figures for every unit, which is left to the clerk."""
    forms: tuple[EnclosedForm, ...] = ()
    exceptions: tuple[Evidence, ...] = ()
    """Words that free some units or send their reports elsewhere."""
    standing_orders: tuple[Evidence, ...] = ()
    """What an event calls for within hours: nobody's obligation, but to be known."""
