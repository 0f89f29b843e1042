"""The rights table as data: office_kinds.toml into the database, the same whenever it runs."""

import tomllib
from functools import cache
from pathlib import Path

from django.db import transaction

from danchu.journal.actions import record
from danchu.kernel.refusals import require
from danchu.people.models import OfficeKind, OfficeRight

SOURCE = Path(__file__).with_name("office_kinds.toml")


@cache
def declared():
    """The file as it stands: kinds, verbs, groups, offices. KeyError-free: every name used is
    declared.
    """
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


def rights_of(office):
    """{(verb, kind)} of one declared office, groups opened; ValueError on a name that is not
    declared.
    """
    table = declared()
    found = set()
    for verb, kinds in table["offices"][office]["rights"].items():
        for kind in kinds:
            found |= {
                (verb, one)
                for one in (table["groups"][kind[1:]] if kind.startswith("@") else [kind])
            }
    unknown = {v for v, _ in found} - table["verbs"].keys() | {k for _, k in found} - table[
        "kinds"
    ].keys() - {"*"}
    if unknown:
        raise ValueError(f"{SOURCE.name}: {office}: {sorted(unknown)} is not declared")
    return found


@transaction.atomic
def load_office_kinds(*, by):
    """Make the database say what the file says; one journal entry when something changed.
    Offices are never removed.
    """
    require(by.may("appoint", "*", None))
    before = _kept()
    for key, office in declared()["offices"].items():
        named = {"name_vi": office["vi"], "name_en": office["en"]}
        named["needs_second_factor"] = office.get("second_factor", False)
        OfficeKind.objects.update_or_create(key=key, defaults=named)
        _set_rights(key, rights_of(key))
    after = _kept()
    changed = sorted(key for key in after if after[key] != before.get(key))
    if changed:
        record(by, "office_kind.loaded", offices={key: after[key] for key in changed})
    return changed


def _set_rights(key, wanted):
    kept = {
        (right.verb, right.kind): right for right in OfficeRight.objects.filter(office_kind_id=key)
    }
    OfficeRight.objects.filter(
        pk__in=[right.pk for pair, right in kept.items() if pair not in wanted]
    ).delete()
    OfficeRight.objects.bulk_create(
        OfficeRight(office_kind_id=key, verb=verb, kind=kind)
        for verb, kind in sorted(wanted - kept.keys())
    )


def _kept():
    """{office: [name, English name, second factor, rights…]} as the database has it."""
    table = {
        o.pk: [o.name_vi, o.name_en, o.needs_second_factor]
        for o in OfficeKind.objects.order_by("key")
    }
    for right in OfficeRight.objects.order_by("office_kind", "verb", "kind"):
        table[right.office_kind_id].append(f"{right.verb} {right.kind}")
    return table
