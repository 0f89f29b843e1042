"""Acts that open many at once: the usual bodies of a place, the bodies or villages of a table."""

from collections.abc import Mapping
from datetime import date
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext_lazy

from danchu.bodies.input.body_list import read_bodies
from danchu.bodies.input.village_list import read_villages
from danchu.bodies.lives import VILLAGE, may_open_some
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import Refused, require
from danchu.register.imports.tables import check_outcome
from danchu.units.actions import open_body, open_village
from danchu.units.bodies_at import BodiesAt
from danchu.units.kinds import right_over
from danchu.units.models import Body, Unit

NO_RIGHT = gettext_lazy("Ông/bà không có quyền lập tổ chức loại này ở đơn vị này.")


@transaction.atomic
def open_usual_bodies(
    unit: Unit,
    *,
    by: Acting,
    since: date,
    rows: Mapping[str, tuple[str, str]],
    decision: str = "",
    decided_on: date | None = None,
) -> list[Body]:
    """Open the bodies of `rows`, {key: (kind, name)}, that the unit does not have yet, all or none.
    Idempotent. Returns what was opened. Refused as `open_body`, a name on "name_" and its key;
    Denied without the right to each.
    """
    for kind, _name in rows.values():
        require(by.may("reorganise", right_over(kind), unit), NO_RIGHT)
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    bodies_at = BodiesAt([unit.pk])
    bodies = []
    for key, (kind, name) in rows.items():
        is_there = bodies_at.same_kind(unit.pk, kind, since, unit.until)
        if is_there or bodies_at.same_name(unit.pk, name, since, unit.until):
            continue
        try:
            body = open_body(
                unit,
                by=by,
                kind=kind,
                name=name,
                since=since,
                decision=decision,
                decided_on=decided_on,
            )
        except Refused as refusal:
            field = f"name_{key}" if refusal.field == "name" else refusal.field
            raise Refused(refusal.message, field) from None
        bodies.append(body)
        bodies_at.add(unit.pk, body.pk, kind, name, since, unit.until)
    if bodies:
        record(by, "bodies.usual_opened", unit, unit=unit, number=len(bodies), since=since)
    return bodies


@transaction.atomic
def import_bodies(file: BinaryIO, name: str, *, by: Acting, token: str) -> int:
    """Open every body of a table (CSV, XLSX), exactly as previewed. Returns how many were new.
    Refused, and nothing written, when a cell is bad or the outcome differs from the preview that
    `token` identifies; Denied without the right.
    """
    require(may_open_some(by), NO_RIGHT)
    outcome = read_bodies(file, name, by)
    check_outcome(outcome, token)
    units = Unit.objects.in_bulk({row["unit"] for row in outcome.new})
    for row in outcome.new:
        open_body(by=by, **{**row, "unit": units[row["unit"]]})
    if outcome.new:
        record(by, "bodies.imported", None, number=len(outcome.new), same=outcome.same)
    return len(outcome.new)


@transaction.atomic
def import_villages(file: BinaryIO, name: str, *, by: Acting, token: str) -> int:
    """Open every village of a table (CSV, XLSX), exactly as previewed. Returns how many were new.
    Refused and Denied as `import_bodies`.
    """
    require(by.scope("reorganise", VILLAGE) != frozenset(), NO_RIGHT)
    outcome = read_villages(file, name, by)
    check_outcome(outcome, token)
    communes = Unit.objects.in_bulk({row["unit"] for row in outcome.new})
    for row in outcome.new:
        values = {key: value for key, value in row.items() if key != "unit"}
        open_village(communes[row["unit"]], by=by, **values)
    if outcome.new:
        record(by, "villages.imported", None, number=len(outcome.new), same=outcome.same)
    return len(outcome.new)
