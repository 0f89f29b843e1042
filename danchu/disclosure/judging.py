"""What the records of a content say, given to the plain functions of compliance.py, and what these
answer, in rows for a page.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from danchu.disclosure.compliance import (
    FOR_GOOD,
    NOWHERE,
    Gap,
    Hung,
    Need,
    Owed,
    gaps,
    progress,
)
from danchu.disclosure.lives import AGAINST, Form, State
from danchu.disclosure.models import Content, Origin, PlanLine, PostingPlace
from danchu.disclosure.planned import needs_of
from danchu.law.book import Book, book

# No due day: the law of the day of the version says none.
NEVER_DUE = date.max


@dataclass(frozen=True)
class Standing:
    """How one need stands: `days` of `days_needed` have passed; `place` is the row of its place."""

    form: Any
    place: Any
    days: int
    days_needed: int
    is_for_good: bool

    @property
    def words(self) -> str:
        """How it stands where no number of days has to pass."""
        if not self.days:
            return _("chưa có")
        return _("đang để thường xuyên") if self.is_for_good else _("đã công khai")


def places_of(units: Iterable[int]) -> dict[int, list[PostingPlace]]:
    """{unit id: its places, past and present} of several units, in one query."""
    by_unit: dict[int, list[PostingPlace]] = {}
    for place in PostingPlace.objects.filter(unit__in=set(units)).order_by("since", "pk"):
        by_unit.setdefault(place.unit_id, []).append(place)
    return by_unit


def lines_of(contents: Iterable[Content]) -> dict[Any, PlanLine]:
    """{uid of the origin: line of the plan} of the contents that a plan brought, in one query."""
    origins = {one.origin_uid for one in contents if one.origin == Origin.PLAN}
    rows = PlanLine.objects.filter(uid__in=origins) if origins else ()
    return {line.uid: line for line in rows}


def owed_of(
    content: Content, places: Sequence[PostingPlace], law: Book, line: PlanLine | None = None
) -> list[Owed]:
    """The versions of a content, oldest first, each with its needs at the places of its due day;
    `line` is that of the plan by which it arose.
    """
    versions = sorted(content.versions.all(), key=lambda version: version.number)
    return [
        Owed(
            version.number,
            version.decided_on,
            version.obligation.due_on if version.obligation else NEVER_DUE,
            needs_on(content, places, version, law, line),
        )
        for version in versions
    ]


def needs_on(
    content: Content,
    places: Sequence[PostingPlace],
    version: Any,
    law: Book,
    line: PlanLine | None = None,
) -> tuple[Need, ...]:
    """What a version owes: each form at each place of its kind in use on the due day, by the law
    and beside it by the plan.
    """
    due_on = version.obligation.due_on if version.obligation else version.decided_on
    used = [one for one in places if one.since <= due_on and (not one.until or due_on < one.until)]
    terms = content.terms
    planned = (line.forms, line.places) if line else ((), ())
    kinds: dict[str, list[int]] = {}
    for place in used:
        kinds.setdefault(place.kind, []).append(place.pk)
    return needs_of(
        terms.owed_pairs(),
        *planned,
        kinds,
        lambda form: terms.days_to_stay(form, version.decided_on, law),
    )


def hung_of(content: Content) -> list[Hung]:
    """The postings of a content."""
    numbers = {version.pk: version.number for version in content.versions.all()}
    return [
        Hung(
            numbers[one.version_id],
            one.form,
            one.place_id or NOWHERE,
            one.since,
            one.until,
            any(contest.state in AGAINST for contest in one.contests.all()),
        )
        for one in content.postings.all()
    ]


def gaps_of(
    contents: Iterable[Content],
    on: date,
    places: Mapping[int, Sequence[PostingPlace]] | None = None,
) -> dict[int, list[Gap]]:
    """{content id: what is missing at the beginning of the day}; contents as `judged()` reads them.
    A content that was withdrawn lacks nothing.
    """
    contents = list(contents)
    by_unit = places_of(one.unit_id for one in contents) if places is None else places
    lines = lines_of(contents)
    law = book()
    return {
        content.pk: gaps(
            owed_of(content, by_unit.get(content.unit_id, ()), law, lines.get(content.origin_uid)),
            hung_of(content),
            on,
        )
        for content in contents
        if content.state != State.WITHDRAWN
    }


def standings_of(content: Content, on: date) -> list[Standing]:
    """How each need of the latest version stands on the day."""
    places = places_of([content.unit_id]).get(content.unit_id, [])
    owed = owed_of(content, places, book(), lines_of([content]).get(content.origin_uid))
    if not owed:
        return []
    names = {place.pk: place for place in places}
    hung = hung_of(content)
    rows = []
    for need in owed[-1].needs:
        days, days_needed = progress(need, owed[-1], hung, on)
        rows.append(
            Standing(
                Form(need.form).label,
                names.get(need.place),
                min(days, days_needed) if days_needed else days,
                days_needed,
                need.days == FOR_GOOD,
            )
        )
    return rows
