"""How an entry is written down to be hashed. Nothing here may change for entries already made."""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db.models import Model

# What the first entry names as its predecessor.
BEGINNING = "0" * 64

# The journal is kept for ever and read by many: it names officials in their office and rows by
# number, never what identifies a citizen. Say "email_changed": true, not the address.
_PERSONAL = """
    password secret token email mail phone telephone mobile address birth birthday born_on dob
    cccd cmnd citizen citizen_name citizen_id identity id_number id_card full_name petitioner
    visitor sender denouncer complainant applicant ip
"""
PERSONAL = frozenset(_PERSONAL.split())


def kind_of(subject):
    """The kept label of a model's kind, such as "register.event"; a model may set
    `journal_kind`.
    """
    return getattr(subject, "journal_kind", None) or subject._meta.label_lower


def plain(value):
    """The value as JSON keeps it without loss: days and exact numbers as text, rows as their
    number.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | Fraction | float):
        return str(value)
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, dict):
        return {_allowed(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(inner) for inner in value)
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return str(value)


def _allowed(key):
    if str(key).lower() in PERSONAL:
        raise ValueError(f"the journal keeps no personal data: leave out {key!r}")
    return str(key)


def stamp(instant):
    """2026-01-31T08:00:00.000000+00:00"""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def digest(entry):
    """sha256 over the canonical JSON (sorted keys, no spaces, UTF-8) of every field but the
    hash itself.
    """
    fields = {
        "number": entry.number,
        "at": stamp(entry.at),
        "actor": entry.actor,
        "actor_name": entry.actor_name,
        "act": entry.act,
        "kind": entry.kind,
        "subject": entry.subject,
        "unit": entry.unit_id,
        "data": entry.data,
        "previous": entry.previous,
    }
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
