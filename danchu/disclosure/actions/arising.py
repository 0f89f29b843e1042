"""Duties that arise by themselves: what rooms recorded and must be disclosed is owed before anybody
opens a disclosure, and no more once the record is withdrawn.
"""

from collections import defaultdict
from contextlib import suppress
from datetime import date

from django.db import transaction
from django.db.models import Q

from danchu.disclosure.actions.contents import LONGEST_TITLE, open_content, withdraw_content
from danchu.disclosure.lives import CONTENT_LIFE, State
from danchu.disclosure.models import Content, Item, Origin
from danchu.disclosure.stored import GONE
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import day_of, today
from danchu.kernel.refusals import Refused, require
from danchu.subjects.disclosing import ToDisclose
from danchu.subjects.room import rooms
from danchu.units.models import Unit
from danchu.units.on_day import unit_above


@transaction.atomic
def arise_contents(*, by: Acting) -> int:
    """Open a content for each record of any room that owes a disclosure and has none yet; returns
    how many. What arose and was never disclosed is withdrawn where its record does not owe it any
    more. Idempotent. Denied without the right.

    Only records of days on which this installation watched: from the day on which the catalogue was
    loaded. What is older was disclosed on paper, and nobody can tell here.
    """
    require(by.may("draft", "disclosure", None), CONTENT_LIFE.no_right)
    first = Item.objects.order_by("made_at").values_list("made_at", flat=True).first()
    if first is None:
        return 0
    _withdraw_gone(by)
    number = sum(
        _arise(declared, row, by)
        for room in rooms()
        for declared in room.to_disclose
        for row in _rows_since(declared, day_of(first))
    )
    if number:
        record(by, "disclosures.arisen", None, number=number)
    return number


def _rows_since(declared: ToDisclose, first: date):
    """The rows from the first day on for which nothing was opened under their own uid; those that
    took the place of another row are told apart by their origin.
    """
    days = {f"{declared.day}__gte": first, f"{declared.day}__lte": today()}
    rows = declared.rows().filter(**days, unit__level=declared.level)
    contents = Content.objects.filter(origin_kind=declared.kind).values("origin_uid")
    return rows.exclude(uid__in=contents).select_related("unit").order_by(declared.day, "pk")


def _withdraw_gone(by):
    """Withdraw what nothing owes any more: the record was withdrawn, annulled or moved elsewhere.
    What was posted stays as it was.
    """
    owed: dict[str, list[Content]] = defaultdict(list)
    rows = Content.objects.filter(origin=Origin.RECORD, state=State.OWED, postings=None)
    for content in rows.order_by("pk"):
        owed[content.origin_kind].append(content)
    for kind, contents in owed.items():
        declared = [one for room in rooms() for one in room.to_disclose if one.kind == kind]
        owing = {pair for one in declared for pair in _owing(one, contents)}
        for content in contents if declared else ():
            if (content.origin_uid, content.unit_id) not in owing:
                with suppress(Refused):  # somebody posts it at this moment
                    withdraw_content(content, by=by, reason=GONE)


def _owing(declared: ToDisclose, contents):
    """(origin, unit that owes) of the records behind the contents: those under their own uid, and
    at the same units those that took the place of another row.
    """
    near = Q(uid__in=[content.origin_uid for content in contents])
    near |= Q(unit__in=[content.unit_id for content in contents])
    rows = declared.rows().filter(near, unit__level=declared.level).select_related("unit")
    for row in rows:
        unit = _commune_of(row.unit, getattr(row, declared.day))
        if unit is not None:
            yield declared.origin(row), unit.pk


def _arise(declared: ToDisclose, row, by) -> bool:
    """Open the content of one record, unless the same matter has one; whether it was opened."""
    decided_on = getattr(row, declared.day)
    origin = declared.origin(row)
    item = Item.objects.on(decided_on).filter(key=declared.item).first()
    unit = _commune_of(row.unit, decided_on)
    earlier = Content.objects.filter(origin_kind=declared.kind, origin_uid=origin, unit=unit)
    if item is None or unit is None or earlier.exists():
        return False
    open_content(
        by=by,
        unit=unit,
        item=item,
        title=_shortened(declared.title(row)),
        decided_on=decided_on,
        origin=Origin.RECORD,
        origin_kind=declared.kind,
        origin_uid=origin,
    )
    return True


def _commune_of(unit: Unit, day: date) -> Unit | None:
    """The commune that owes what is recorded at a unit: itself, or that of a village on the day."""
    if unit.level == "commune":
        return unit
    above = unit_above(unit, day)
    return above if above is not None and above.level == "commune" else None


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
