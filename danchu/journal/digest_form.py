"""The canonical form of a record that is digested, as SQL expressions.

The canonical form is the JSON array `[kind, form, key, value, …, parts, …]` as PostgreSQL and
Python's `json.dumps(…, ensure_ascii=False)` both write it: numbers and booleans as such, days as
"2026-01-31", instants in UTC as "2026-01-31T08:00:00.123456" without trailing zeros, decimals and
floats as text, bytes in hex. `parts` is one array of arrays for each kind of part, or null.
A digest is SHA-256 over the 16 bytes of the salt and the canonical form in UTF-8. The leaf of the
tree of an entry is the text "kind key form state digest" in five lines. None of this may change
for a form that has been used: raise `form` instead.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from danchu.journal.digested import Digested, PartDigested

# The leaf of a stored digest `d`, hashed as RFC 6962 hashes leaves.
LEAF = r"""sha256('\x00'::bytea || convert_to(concat_ws(E'\n', d.kind, d.subject, d.form, d.state,
    coalesce(encode(d.digest, 'hex'), '')), 'UTF8'))"""


@dataclass(frozen=True)
class Form:
    """How the records of one kind are digested."""

    model: type[models.Model]
    rule: Digested
    parts: tuple[tuple[type[models.Model], PartDigested], ...]

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        """The column of the primary key."""
        return self.model._meta.pk.column

    @property
    def state(self) -> str:
        """SQL expression for the state of a record `r`."""
        return f"({self.rule.state})::text" if self.rule.state else "''::text"

    def names(self, form: int) -> Sequence[str]:
        """The fields of a form, in its order."""
        return self.rule.names if form == self.rule.form else self.rule.earlier[form].split()

    def canonical(self, form: int = 0) -> str:
        """SQL expression for the canonical form of a record `r`; by default of the present form."""
        form = form or self.rule.form
        values = [f"'{self.rule.kind}'", str(form), f'r."{self.key}"']
        values += [_value(self.model, name, "r") for name in self.names(form)]
        values += [
            _parts(model, rule, f'r."{self.key}"')
            for model, rule in self.parts
            if rule.since <= form
        ]
        return f"json_build_array({', '.join(values)})::text"

    @property
    def counts(self) -> str:
        """SQL condition: the record `r` exists and counts somewhere, or did."""
        return f'(r."{self.key}" IS NOT NULL AND ({self.rule.when}))'

    def digest(self, salt: str, stored_form: str) -> str:
        """SQL expression for the digest of a record `r` in the form that `stored_form` names."""
        by_form = "".join(
            f" WHEN {form} THEN {self.canonical(form)}"
            for form in (self.rule.form, *self.rule.earlier)
        )
        canonical = f"CASE {stored_form}{by_form} END" if self.rule.earlier else self.canonical()
        return f"sha256(uuid_send({salt}) || convert_to({canonical}, 'UTF8'))"

    def title(self, language: str = "vi") -> str:
        return self.rule.title[0 if language.startswith("en") else 1]


@cache
def forms() -> Mapping[str, Form]:
    """{kind: Form} of every model that declares one, in the order of the kinds."""
    records = {}
    parts: dict[str, list[tuple[type[models.Model], PartDigested]]] = {}
    for model in apps.get_models():
        for rule in model._meta.constraints:
            if isinstance(rule, Digested):
                records[rule.kind] = (model, rule)
            if isinstance(rule, PartDigested):
                parts.setdefault(rule.kind, []).append((model, rule))
    by_table = {
        kind: tuple(sorted(rows, key=lambda row: row[0]._meta.db_table))
        for kind, rows in parts.items()
    }
    return {kind: Form(*records[kind], by_table.get(kind, ())) for kind in sorted(records)}


def canonical_text(values: Sequence[Any]) -> str:
    """The canonical form of values that JSON knows, for whoever checks a digest elsewhere."""
    return json.dumps(list(values), ensure_ascii=False)


def digest_of(canonical: str, salt: UUID) -> bytes:
    return hashlib.sha256(salt.bytes + canonical.encode()).digest()


def leaf_hash(kind: str, key: int, form: int, state: str, digest: bytes | None) -> bytes:
    """The hash of a leaf; `digest` is None for a record that no longer counts or was removed."""
    text = "\n".join([kind, str(key), str(form), state, digest.hex() if digest else ""])
    return hashlib.sha256(b"\x00" + text.encode()).digest()


def _value(model: Any, name: str, alias: str) -> str:
    field = model._meta.get_field(name)
    column = f'{alias}."{field.column}"'
    kind = field.target_field if field.is_relation else field
    if isinstance(kind, models.DateTimeField):
        return f"{column} AT TIME ZONE 'UTC'"
    if isinstance(kind, models.DecimalField | models.FloatField):
        return f"{column}::text"
    if isinstance(kind, models.BinaryField):
        return f"encode({column}, 'hex')"
    return column


def _parts(model: Any, rule: PartDigested, key: str) -> str:
    whole = model._meta.get_field(rule.whole).column
    order = model._meta.get_field(rule.order).column
    values = ", ".join(_value(model, name, "p") for name in rule.names)
    # ", " between the rows, as json_build_array and json.dumps have it: json_agg breaks lines.
    rows = f"string_agg(json_build_array({values})::text, ', ' ORDER BY p.\"{order}\")"
    return (
        f"(SELECT ('[' || {rows} || ']')::json FROM {model._meta.db_table} AS p "
        f'WHERE p."{whole}" = {key})'
    )
