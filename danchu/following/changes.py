"""What changed for the public: the states of records and the values of figures, read once a day.

The journal says which records were touched since the last reading. Of those only what the public
reads counts: a record is new to it or has another state. So an act that it does not see tells
nothing, and no row of a million is looked at that was not touched.
"""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils.translation import override

from danchu.figures.blur import seen_figure
from danchu.figures.catalogue import INDICATORS, unit_of_measure
from danchu.following.models import Thing
from danchu.following.things import followed_sections, model_kind, state_of
from danchu.journal.models import Entry, RowDigest
from danchu.kernel.days import Period, today
from danchu.kernel.numbers import show_number, show_percent
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from danchu.subjects.sections import Section

YEARS = 8  # as many as the page of a figure goes back
DECIMALS = {"ratio": 1, "outside": 2}
PIECE = 500
LONGEST_STATE = 120


def touched_records(after: int, last: int) -> Iterator[tuple[Section, dict[int, int]]]:
    """(section, {primary key: number of the last entry}) of the records that entries behind `after`
    and up to `last` are about or digest.
    """
    for section in followed_sections():
        kind = model_kind(section)
        numbers: dict[int, int] = {}
        entries = Entry.objects.filter(kind=kind, number__gt=after, number__lte=last)
        for subject, number in entries.values_list("subject").annotate(last=Max("number")):
            if subject.isdecimal():
                numbers[int(subject)] = number
        digests = RowDigest.objects.filter(kind=kind, entry__gt=after, entry__lte=last)
        for subject, number in digests.values_list("subject").annotate(last=Max("entry")):
            numbers[subject] = max(number, numbers.get(subject, 0))
        if numbers:
            yield section, numbers


def public_states(section: Section, keys: list[int] | None = None) -> Iterator[tuple[int, str]]:
    """(primary key, state) of the rows of a section that the public may read, of all or of those
    with the `keys`.
    """
    rows = (section.record or section.listing).rows(Actor.public())
    pieces: Any = [None] if keys is None else _pieces(keys)
    with override(settings.LANGUAGE_CODE):
        for piece in pieces:
            part = rows if piece is None else rows.filter(pk__in=piece)
            for row in part.order_by("pk").iterator(PIECE):
                # The column where there is one: words such as "3 days late" change by themselves.
                state = getattr(row, "state", None)
                words = state if isinstance(state, str) else state_of(section, row)
                yield row.pk, words[:LONGEST_STATE]


def _pieces(keys):
    ordered = sorted(keys)
    return (ordered[start : start + PIECE] for start in range(0, len(ordered), PIECE))


def values_of(thing: Thing) -> dict[str, str]:
    """{year: value as a fraction} of a followed figure, as its page shows them to the public;
    without the years of which it shows none, and {} where its place has no figures.
    """
    indicator = INDICATORS.get(thing.key)
    if indicator is None or thing.unit is None:
        return {}
    day = today()
    map_day = min(day, thing.unit.until - timedelta(days=1)) if thing.unit.until else day
    values = {}
    for year in range(day.year - YEARS + 1, day.year + 1):
        period = Period.year(year)
        try:
            figure = seen_figure(indicator, thing.unit_id, period, map_day, Actor.public())
        except Refused:  # as of a unit that no map has: it keeps no other's news back
            return {}
        if figure.value is not None and not figure.is_hidden:
            values[str(year)] = str(Fraction(figure.value))
    return values


def value_words(thing: Thing, value: str) -> str:
    """A value of `values_of` in the reader's language, with its unit of measure."""
    indicator = INDICATORS.get(thing.key)
    if indicator is None:
        return ""
    decimals = DECIMALS.get(indicator.kind)
    if indicator.kind == "ratio":
        return show_percent(Fraction(value), decimals)
    return f"{show_number(Fraction(value), decimals)} {unit_of_measure(indicator)}"
