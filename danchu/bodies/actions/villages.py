"""The act that writes a table of villages."""

from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from danchu.bodies.input.village_list import read_villages
from danchu.bodies.lives import VILLAGE
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import require
from danchu.units.actions import divide_village, merge_villages, open_village, rename_village
from danchu.units.models import Unit

NO_RIGHT = _("Ông/bà không có quyền thay đổi thôn, tổ dân phố của đơn vị này.")
# What ends frees its name for what comes after.
ORDER = ("merge", "divide", "rename", "open")


@transaction.atomic
def import_villages(file: BinaryIO, name: str, *, by: Acting, token: str) -> int:
    """Open, merge, divide and rename the villages of a table (CSV, XLSX), exactly as previewed; how
    many rows were new. Refused, and nothing written, when a cell is bad or the outcome differs from
    the preview that `token` identifies; Denied without the right.
    """
    require(by.scope("reorganise", VILLAGE) != frozenset(), NO_RIGHT)
    outcome = read_villages(file, name, by)
    outcome.check_shown(token)
    ids = {pk for row in outcome.new for pk in (row["unit"], *row["before"])}
    units = Unit.objects.in_bulk(ids)
    for act, rows in _by_act(outcome.new):
        _do(act, rows, units, by)
    if outcome.new:
        record(by, "villages.imported", None, number=len(outcome.new), same=outcome.same)
    return len(outcome.new)


def _by_act(rows):
    """[(act, its rows)]: the rows that divide one village together, each other row alone."""
    groups = {}
    for number, row in enumerate(rows):
        key = row["before"][0] if row["act"] == "divide" else -number - 1
        groups.setdefault((ORDER.index(row["act"]), key), []).append(row)
    places = sorted(groups, key=lambda place: place[0])
    return [(ORDER[place[0]], groups[place]) for place in places]


def _do(act, rows, units, by):
    row = rows[0]
    formers = [units[pk] for pk in row["before"]]
    common = {"by": by, "decree": row["decree"]}
    named = {"name": row["name"], "kind": row["kind"]}
    if act == "open":
        commune = units[row["unit"]]
        open_village(commune, since=row["since"], code=row["code"], **named, **common)
    elif act == "merge":
        merge_villages(formers, on=row["since"], **named, **common)
    elif act == "divide":
        parts = [(one["name"], one["kind"]) for one in rows]
        divide_village(formers[0], parts=parts, on=row["since"], **common)
    else:
        rename_village(formers[0], on=row["since"], **named, **common)
