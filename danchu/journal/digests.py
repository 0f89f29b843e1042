"""Digests of records: written by `record` for what its transaction changed, and founded once."""

from collections.abc import Iterable, Iterator

from django.db import connection

from danchu.journal.digest_form import LEAF, Form, forms
from danchu.journal.merkle import Peaks

CHUNK = 20_000  # rows digested in one statement
VERSION = "rows/1"


def digest_changes(kinds: Iterable[str], recorded: int, number: int) -> str:
    """Digest the records of `kinds` that this transaction has changed since its entry `recorded` (0
    for none), for the entry `number`. Returns what the entry says of them: version, number of
    digests and root of their tree. "" for none.
    """
    tree = Peaks()
    for kind in sorted(kinds):
        form = forms()[kind]
        for subjects, leaves in _chunks(form, recorded, number):
            for leaf in leaves:
                tree.add(leaf)
            if form.rule.personal:
                _erase_salts(kind, subjects, number)
    return f"{VERSION} {tree.size} {tree.root().hex()}" if tree.size else ""


def _chunks(form: Form, recorded: int, number: int) -> Iterator[tuple[list[int], list[bytes]]]:
    """([key], [hash of the leaf]) of the records, in the order of their keys."""
    last: list[int] = []
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_insert(form, bool(last)), [recorded, *last, number, str(number)])
            rows = cursor.fetchall()
        if not rows:
            return
        yield [subject for subject, *_rest in rows], [bytes(leaf) for _key, leaf, _set in rows]
        if len(rows) < CHUNK:
            return
        last = [rows[-1][0]]


def _insert(form: Form, goes_on: bool) -> str:
    """The statement that digests the next CHUNK of noted records; parameters: the last entry of the
    transaction, where it goes on the last key before, and twice the number of the entry.
    """
    # The notes are found by their place and not by a join: the planner, which has no statistics of
    # them, would compare each with each. Notes that were taken away stay in the index until the
    # transaction ends, so later ones are noted after this entry (`danchu.recorded`): thousands of
    # entries of one transaction would pass over those of all before.
    kind = form.rule.kind
    digest = form.digest("new_salt", str(form.rule.form))
    return f"""
WITH noted AS (
    DELETE FROM journal_change WHERE ctid = ANY (ARRAY (
        SELECT ctid FROM journal_change WHERE transaction = txid_current()
        AND recorded = %s AND kind = '{kind}'
        {"AND subject > %s" if goes_on else ""} ORDER BY subject LIMIT {CHUNK})) RETURNING subject
), salted AS MATERIALIZED (
    SELECT subject AS noted_key, gen_random_uuid() AS new_salt FROM noted
)
INSERT INTO journal_rowdigest AS d (entry, kind, subject, form, state, salt, digest)
SELECT %s, '{kind}', noted_key, {form.rule.form}, coalesce({form.state}, ''),
    CASE WHEN {form.counts} THEN new_salt END, CASE WHEN {form.counts} THEN {digest} END
FROM salted LEFT JOIN {form.table} AS r ON r."{form.key}" = noted_key
ORDER BY noted_key
RETURNING d.subject, {LEAF}, (SELECT set_config('danchu.recorded', %s, TRUE))"""


def _erase_salts(kind, subjects, number):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_rowdigest SET salt = NULL WHERE kind = %s AND subject = ANY(%s) "
            "AND entry < %s AND salt IS NOT NULL",
            [kind, subjects, number],
        )
