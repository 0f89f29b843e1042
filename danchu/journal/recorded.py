"""Compares rows that carry a hash of their own with what the journal said of it: whoever changes
such a row can compute its hash anew, but not the entry.
"""

from typing import Any

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from danchu.journal.chain import kind_of
from danchu.journal.models import Entry


def unlike_recorded(rows: QuerySet[Any], act: str, field: str) -> QuerySet[Any]:
    """The rows whose `field` is not what the last entry of the act about them has under the same
    name. One statement, so that rows may be written meanwhile.
    """
    entries = (
        Entry.objects.filter(
            act=act, kind=kind_of(rows.model), subject=Cast(OuterRef("pk"), CharField())
        )
        .order_by("-number")
        .annotate(value=KeyTextTransform(field, "data"))
        .values("value")
    )
    rows = rows.annotate(recorded=Subquery(entries[:1]))
    return rows.filter(Q(recorded=None) | ~Q(recorded=F(field)))


def recorded_and_gone(rows: QuerySet[Any], act: str) -> QuerySet[Entry]:
    """The entries of the act about rows that are not among these."""
    keys = rows.order_by().annotate(key=Cast("pk", CharField())).values("key")
    return Entry.objects.filter(act=act).exclude(subject__in=keys).order_by("number")
