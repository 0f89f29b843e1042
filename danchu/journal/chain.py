"""The canonical form of an entry, which is hashed. It must never change for existing entries."""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Model

# The `previous` hash of the first entry.
BEGINNING = "0" * 64

# The journal is permanent and has many readers: it names officials and the numbers of rows, never
# what identifies a citizen. Write "email_changed": true, not the address.
_PERSONAL = """
    password secret token email mail phone telephone mobile address birth birthday born_on dob
    cccd cmnd citizen citizen_name citizen_id identity id_number id_card full_name petitioner
    visitor sender denouncer complainant applicant ip
"""
PERSONAL = frozenset(_PERSONAL.split())


def kind_of(subject: Model) -> str:
    """The kind that entries about the row have: `journal_kind` of its model, else the label of the
    model, such as "register.event".
    """
    return getattr(subject, "journal_kind", None) or subject._meta.label_lower


def plain(value: Any) -> Any:
    """The value for lossless JSON: days and exact numbers as text, rows as their primary key, sets
    as sorted lists. ValueError for a key that names personal data.
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


def stamp(instant: datetime) -> str:
    """The instant in UTC as text: 2026-01-31T08:00:00.000000+00:00"""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def digest(entry: Any) -> str:
    """SHA-256 in hex over the canonical JSON (sorted keys, no spaces, UTF-8) of every field but the
    hash itself; `rows` only where the entry has it.
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
    if entry.rows:
        fields["rows"] = entry.rows
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
