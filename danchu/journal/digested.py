"""Which rows the journal proves, declared among the constraints of a model.

`Digested` is for a record, `Digested.part` for the rows that belong to it and are digested with it.
Triggers note in `journal_change` which records a transaction changed; `record` digests them into
its entry, and a deferred trigger refuses to commit what no entry has digested. See
docs/decisions/0025-the-book-proves-itself.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from danchu.journal.keep import _Trigger

EVERY = "TRUE"  # as `when`: each row counts from the moment it is inserted
# The events of a table, with the transition tables that PostgreSQL offers for each.
_EVENTS = {
    "added": ("INSERT", "NEW TABLE AS fresh"),
    "changed": ("UPDATE", "OLD TABLE AS past NEW TABLE AS fresh"),
    "removed": ("DELETE", "OLD TABLE AS past"),
}
# Its deferred trigger looks at commit at what is still noted of the transaction.
MARK = "INSERT INTO journal_change VALUES (txid_current(), 0, '', 0) "


class _Noting(_Trigger):
    """Statement triggers that note the primary keys of changed records."""

    kind: str

    def noted_sql(self, model: Any, tables: Sequence[str]) -> str:
        """SQL query for the primary keys; `tables` are "fresh" or "past" or both."""
        raise NotImplementedError

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table = model._meta.db_table
        branches = "".join(
            f"""
    IF TG_OP = '{event}' THEN
        INSERT INTO journal_change (transaction, recorded, kind, subject)
        SELECT txid_current(), journal_recorded(), '{self.kind}', subject FROM (
            {self.noted_sql(model, [name for name in ("fresh", "past") if name in tables])}
        ) AS noted (subject) ON CONFLICT DO NOTHING;
        IF FOUND THEN {MARK} ON CONFLICT DO NOTHING; END IF;
    END IF;"""
            for event, tables in _EVENTS.values()
        )
        triggers = "".join(
            f"""
CREATE TRIGGER {self.name}_{suffix} AFTER {event} ON {table} REFERENCING {tables}
    FOR EACH STATEMENT EXECUTE FUNCTION {self.name}();"""
            for suffix, (event, tables) in _EVENTS.items()
        )
        return f"""
CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN{branches}
    RETURN NULL;
END $$;{triggers}
"""

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        table = model._meta.db_table
        triggers = "".join(f"DROP TRIGGER {self.name}_{one} ON {table}; " for one in _EVENTS)
        return f"{triggers}DROP FUNCTION {self.name}();"


class Digested(_Noting):
    """Records whose content each entry that changes them proves by a digest.

    kind: the short name of these rows in digests. title: what a row is called, English and
    Vietnamese. fields: the names of the fields that make the canonical form, in its order; a
    change of another field needs no entry. when: SQL condition, about the columns of a row `r`, of
    rows that count somewhere or did. state: SQL expression for the state of `r` that is named
    beside the digest. form: the version of the canonical form, raised whenever `fields` or the
    parts change. earlier: {form: fields} of the versions before. personal: the salts of earlier
    digests of a row are erased whenever it is digested anew, so that its earlier content cannot be
    guessed.

    public: {form: names of fields} that everybody may read who may open the page of the record. In
    these forms the content is digested in two halves, so that the proof of the public one says
    nothing of the other (digest_form.py). key: the field with the integer that names a record, by
    default the primary key.
    """

    declared = (
        "kind",
        "title",
        "fields",
        "when",
        "state",
        "form",
        "earlier",
        "personal",
        "public",
        "key",
    )

    def __init__(
        self,
        *,
        name: str,
        kind: str,
        title: tuple[str, str],
        fields: str,
        when: str = EVERY,
        state: str = "",
        form: int = 1,
        earlier: Mapping[int, str] | None = None,
        personal: bool = False,
        public: Mapping[int, str] | None = None,
        key: str = "",
    ) -> None:
        super().__init__(name=name)
        self.kind = kind
        self.title = tuple(title)
        self.fields = fields
        self.names = tuple(fields.split())
        self.when = when
        self.state = state
        self.form = form
        self.earlier = earlier or {}
        self.personal = personal
        self.public = public or {}
        self.key = key

    def part(self, name: str, *, whole: str, fields: str, **more: Any) -> PartDigested:
        """Rows of another table whose content belongs to the digest of these records."""
        return PartDigested(
            name=name, kind=self.kind, when=self.when, whole=whole, fields=fields, **more
        )

    def noted_sql(self, model: Any, tables: Sequence[str]) -> str:
        key = _column(model, self.key or "pk")
        columns = ", ".join(f'"{_column(model, name)}"' for name in self.names)
        if len(tables) == 1:
            return f'SELECT "{key}" FROM {tables[0]} AS r WHERE {self.when}'
        rows = {
            name: f'SELECT "{key}", {columns} FROM {name} AS r WHERE {self.when}' for name in tables
        }
        return (
            f'SELECT "{key}" FROM (({rows["fresh"]} EXCEPT ALL {rows["past"]}) UNION ALL '
            f"({rows['past']} EXCEPT ALL {rows['fresh']})) AS differing"
        )


class PartDigested(_Noting):
    """Rows whose content belongs to the digest of the record that `whole`, a foreign key, names.

    kind and when: as declared for the record. order: the field by which the parts of a record are
    ordered in its canonical form. since: the form of the record from which on they belong to it.
    quiet: no trigger notes a change; it is only found when the digest is verified, for rows that
    thousands write at one moment before their record counts. public: they belong to the public half
    of the content of the record.
    """

    declared = ("kind", "whole", "fields", "when", "order", "since", "quiet", "public")

    def __init__(
        self,
        *,
        name: str,
        kind: str,
        whole: str,
        fields: str,
        when: str = EVERY,
        order: str = "id",
        since: int = 1,
        quiet: bool = False,
        public: bool = False,
    ) -> None:
        super().__init__(name=name)
        self.kind = kind
        self.whole = whole
        self.fields = fields
        self.names = tuple(fields.split())
        self.when = when
        self.order = order
        self.since = since
        self.quiet = quiet
        self.public = public

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        return "" if self.quiet else super().create_sql(model, schema_editor)

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        return "" if self.quiet else super().remove_sql(model, schema_editor)

    def noted_sql(self, model: Any, tables: Sequence[str]) -> str:
        whole = model._meta.get_field(self.whole)
        record = whole.related_model._meta
        columns = ", ".join(f'"{_column(model, name)}"' for name in (self.whole, *self.names))
        rows = [f"SELECT {columns} FROM {name}" for name in tables]
        parts = rows[0]
        if len(tables) == 2:
            fresh, past = rows
            parts = (
                f"SELECT * FROM (({fresh} EXCEPT ALL {past}) UNION ALL "
                f"({past} EXCEPT ALL {fresh})) AS differing"
            )
        return (
            f'SELECT r."{record.pk.column}" FROM {record.db_table} AS r WHERE ({self.when}) '
            f'AND r."{record.pk.column}" IN (SELECT "{whole.column}" FROM ({parts}) AS parts)'
        )


def _column(model: Any, name: str) -> str:
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return field.column  # type: ignore[no-any-return]  # a model is Any
