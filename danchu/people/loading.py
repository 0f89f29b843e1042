"""Loads the rights table, office_kinds.toml, into the database; idempotent."""

import tomllib
from functools import cache
from pathlib import Path

from django.db import transaction

from danchu.journal.actions import record
from danchu.kernel.refusals import require
from danchu.people.models import OfficeKind, OfficeRight

SOURCE = Path(__file__).with_name("office_kinds.toml")


@cache
def rights_table():
    """The file as a dict with the keys kinds, verbs, groups and offices; cached."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


def rights_of(office):
    """{(verb, kind)} of one declared office, its groups resolved; ValueError on a name that is not
    declared.
    """
    table = rights_table()
    rights = set()
    for verb, kinds in table["offices"][office]["rights"].items():
        for kind in kinds:
            rights |= {
                (verb, member)
                for member in (table["groups"][kind[1:]] if kind.startswith("@") else [kind])
            }
    unknown = {v for v, _ in rights} - table["verbs"].keys() | {k for _, k in rights} - table[
        "kinds"
    ].keys() - {"*"}
    if unknown:
        raise ValueError(f"{SOURCE.name}: {office}: {sorted(unknown)} is not declared")
    return rights


@transaction.atomic
def load_office_kinds(*, by):
    """Bring the database to what the file declares, with one journal entry when anything changed.
    Returns the keys of the changed offices. Offices are never removed. Denied without the right.
    """
    require(by.may("appoint", "*", None))
    before = _stored_table()
    if _is_declared(before):  # as at nearly every start
        return []
    for key, office in rights_table()["offices"].items():
        values = {"name_vi": office["vi"], "name_en": office["en"]}
        values["needs_second_factor"] = office.get("second_factor", False)
        OfficeKind.objects.update_or_create(key=key, defaults=values)
        _set_rights(key, rights_of(key))
    after = _stored_table()
    changed = sorted(key for key in after if after[key] != before.get(key))
    if changed:
        record(by, "office_kind.loaded", offices={key: after[key] for key in changed})
    return changed


def _is_declared(stored):
    """Whether the offices of the file are in the database as the file declares them."""
    return all(
        stored.get(key, [])[:3] == [office["vi"], office["en"], office.get("second_factor", False)]
        and set(stored[key][3:]) == {f"{verb} {kind}" for verb, kind in rights_of(key)}
        for key, office in rights_table()["offices"].items()
    )


def _set_rights(key, declared_rights):
    existing = {
        (right.verb, right.kind): right for right in OfficeRight.objects.filter(office_kind_id=key)
    }
    OfficeRight.objects.filter(
        pk__in=[right.pk for pair, right in existing.items() if pair not in declared_rights]
    ).delete()
    OfficeRight.objects.bulk_create(
        OfficeRight(office_kind_id=key, verb=verb, kind=kind)
        for verb, kind in sorted(declared_rights - existing.keys())
    )


def _stored_table():
    """{office: [name, English name, second factor, rights…]} of the database."""
    table = {
        o.pk: [o.name_vi, o.name_en, o.needs_second_factor]
        for o in OfficeKind.objects.order_by("key")
    }
    for right in OfficeRight.objects.order_by("office_kind", "verb", "kind"):
        table[right.office_kind_id].append(f"{right.verb} {right.kind}")
    return table
