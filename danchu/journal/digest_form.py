"""The canonical form of a record that is digested, as SQL expressions.

The canonical form is the JSON array `[kind, form, key, value, …, parts, …]` as PostgreSQL and
Python's `json.dumps(…, ensure_ascii=False)` both write it: numbers and booleans as such, days as
"2026-01-31", instants in UTC as "2026-01-31T08:00:00.123456" without trailing zeros, decimals and
floats as text, bytes in hex. `parts` is one array of arrays for each kind of part, or null.
A digest is SHA-256 over the 16 bytes of the salt and the canonical form in UTF-8. The leaf of the
tree of an entry is the text "kind key form state digest" in five lines.

A form with public fields has two halves, so that one can be shown without the other. The closed
half is the array `[value, …, parts, …]` of all other fields. The canonical form has the values of
the public fields and parts only, and at its end, in hex, the SHA-256 over salt and closed half. It
is digested under a salt of its own: the first 16 bytes of the SHA-256 over the salt and "public".
Whoever knows that one neither learns the salt of the record nor can guess the closed half.

None of this may change for a form that has been used: raise `form` instead.
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
        """The column of the integer that names a record."""
        field = self.model._meta.get_field(self.rule.key) if self.rule.key else self.model._meta.pk
        return field.column

    @property
    def state(self) -> str:
        """SQL expression for the state of a record `r`."""
        return f"({self.rule.state})::text" if self.rule.state else "''::text"

    def names(self, form: int) -> Sequence[str]:
        """The fields of a form, in its order."""
        return self.rule.names if form == self.rule.form else self.rule.earlier[form].split()

    def is_halved(self, form: int) -> bool:
        """Whether the content is digested in two halves in this form."""
        return form in self.rule.public

    def public_names(self, form: int) -> Sequence[str]:
        """The fields whose values the canonical form has, in its order: those of the public half
        where there is one.
        """
        public = self.rule.public[form].split() if self.is_halved(form) else self.names(form)
        return [name for name in self.names(form) if name in public]

    def canonical(self, form: int, salt: str) -> str:
        """SQL expression for the canonical form of a record `r`; `salt` is one for its salt."""
        values = [f"'{self.rule.kind}'", str(form), f'r."{self.key}"']
        values += [_value(self.model, name, "r") for name in self.public_names(form)]
        values += self._parts(form, is_public=self.is_halved(form))
        if self.is_halved(form):
            closed = f"convert_to({self.closed(form)}, 'UTF8')"
            values.append(f"encode(sha256(uuid_send({salt}) || {closed}), 'hex')")
        return f"json_build_array({', '.join(values)})::text"

    def closed(self, form: int) -> str:
        """SQL expression for the closed half of a record `r`."""
        public = self.public_names(form)
        values = [_value(self.model, name, "r") for name in self.names(form) if name not in public]
        values += self._parts(form, is_public=False)
        return f"json_build_array({', '.join(values)})::text"

    def salt(self, form: int, salt: str) -> str:
        """SQL expression for the 16 bytes under which the canonical form is digested."""
        if not self.is_halved(form):
            return f"uuid_send({salt})"
        return f"substr(sha256(uuid_send({salt}) || 'public'::bytea), 1, 16)"

    def _parts(self, form: int, *, is_public: bool) -> list[str]:
        is_halved = self.is_halved(form)
        return [
            _parts(model, rule, f'r."{self.model._meta.pk.column}"')
            for model, rule in self.parts
            if rule.since <= form and (not is_halved or rule.public == is_public)
        ]

    @property
    def counts(self) -> str:
        """SQL condition: the record `r` exists and counts somewhere, or did."""
        return f'(r."{self.key}" IS NOT NULL AND ({self.rule.when}))'

    def digest(self, salt: str, stored_form: str) -> str:
        """SQL expression for the digest of a record `r` in the form that `stored_form` names."""
        by_form = {form: self._digest(form, salt) for form in (self.rule.form, *self.rule.earlier)}
        if stored_form.isdecimal():
            return by_form[int(stored_form)]
        cases = "".join(f" WHEN {form} THEN {digest}" for form, digest in by_form.items())
        return f"CASE {stored_form}{cases} END" if self.rule.earlier else by_form[self.rule.form]

    def _digest(self, form: int, salt: str) -> str:
        content = f"convert_to({self.canonical(form, salt)}, 'UTF8')"
        return f"sha256({self.salt(form, salt)} || {content})"

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
