"""A draft as the JSON the contract promises; more keys say where each value stands and what to ask."""

from typing import Any

from tasks.notice.draft.model import Draft, EnclosedForm, Evidence, Obligation, Said
from tasks.notice.draft.shown.questions import questions

SCALARS = ("issuer", "doc_number", "title", "issue_date", "superior_document", "theme", "section")
_EXTRA = ("superior_due", "late_policy", "amended_document", "addressees")


def as_json(draft: Draft) -> dict[str, Any]:
    """The draft's JSON."""
    asked = questions(draft)
    return {
        **{name: _value(getattr(draft, name)) for name in SCALARS},
        "periods": [
            {"name": p.name, "start": str(p.start), "end": str(p.end), **_stands(p.evidence)}
            for p in draft.periods
        ],
        "obligations": [_obligation(each) for each in draft.obligations],
        "channels": [{"type": c.type, "address": c.address, **_stands(c.evidence)} for c in draft.channels],
        "contacts": [{"name": c.name, "phone": c.phone, **_stands(c.evidence)} for c in draft.contacts],
        "quotas": [
            {
                "item": q.item,
                "min": q.min,
                "max": q.max,
                "per": q.per,
                "unit": q.measure,
                **_stands(q.evidence),
            }
            for q in draft.quotas
        ],
        "campaign_targets": [
            {"item": t.item, "min": t.min, "unit": t.measure, **_stands(t.evidence)} for t in draft.targets
        ],
        "forms": [_form(each) for each in draft.forms],
        "standing_orders": [_stands(each) for each in draft.standing_orders],
        "is_reporting_notice": bool(draft.obligations),
        "unknown": [question.field for question in asked],
        **{name: _value(getattr(draft, name)) for name in _EXTRA},
        "evidence": {
            name: _stands(found.evidence)
            for name in (*SCALARS, *_EXTRA)
            if (found := getattr(draft, name)) is not None
        },
        "questions": [{"field": q.field, "question": q.text, "readings": list(q.readings)} for q in asked],
    }


def _value(found: Said | None) -> str | None:
    return found.value if found else None


def _stands(evidence: Evidence) -> dict[str, Any]:
    return {"quote": evidence.quote, "line": evidence.line}


def _form(form: EnclosedForm) -> dict[str, Any]:
    fields = [{"title": each.title, "unit": each.unit or None} for each in form.fields]
    return {"name": form.name, "fields": fields, **_stands(form.evidence)}


def _obligation(each: Obligation) -> dict[str, Any]:
    return {
        "what": each.what,
        "due_date": str(each.due_date) if each.due_date else None,
        "due_time": each.due_time,
        "inclusive": each.inclusive,
        "recurrence": each.recurrence,
        "roll": each.roll,
        "who": each.who,
        **_stands(each.evidence),
        "closing": each.closing or None,
        "day": each.day,
        "first": str(each.first) if each.first else None,
        "until": str(each.until) if each.until else None,
        "recipient": each.recipient or None,
    }
