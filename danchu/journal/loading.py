"""Founds the digests of records once: on a new installation, and when an upgrade brings them."""

from django.db import connection, transaction

from danchu.journal.actions import record
from danchu.journal.digest_form import forms
from danchu.journal.models import Founding
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import require


@transaction.atomic
def found_digests(*, by: Acting) -> int:
    """Digest all records of the kinds that have no founding yet, in one entry with one tree.
    Returns how many. A kind is founded once, so that a row planted later is never taken for an
    earlier one. Denied without the right to reorganise units.
    """
    require(by.may("reorganise", "unit", None))
    founded_kinds = set(Founding.objects.values_list("kind", flat=True))
    new_forms = {kind: form for kind, form in forms().items() if kind not in founded_kinds}
    if not new_forms:
        return 0
    with connection.cursor() as cursor:
        # Acts that are running end before, others wait.
        tables = ", ".join(form.table for form in new_forms.values())
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")
        for kind, form in new_forms.items():
            cursor.execute(
                f"INSERT INTO journal_change (transaction, recorded, kind, subject) "
                f"SELECT txid_current(), journal_recorded(), '{kind}', r.\"{form.key}\" "
                f"FROM {form.table} AS r WHERE {form.counts} ON CONFLICT DO NOTHING"
            )
    entry = record(
        by, "rows.founded", None, kinds={kind: form.rule.form for kind, form in new_forms.items()}
    )
    Founding.objects.bulk_create(Founding(kind=kind, entry=entry.number) for kind in new_forms)
    return int(entry.rows.split()[1]) if entry.rows else 0
