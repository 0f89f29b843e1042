"""Search of units by what people type: without diacritics, by former names, abbreviations or
CODE@DAY.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from danchu.kernel.chronicle import RANK, UnitId
from danchu.kernel.days import parse_day, show_day, today
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean, fold
from danchu.units.models import Standing, Unit
from danchu.units.names import names_on

EXACT, BEGINS, WORD, INSIDE = range(4)  # how well a name matches, best first
LONGEST = 80  # characters of a query; the rest is ignored
LEVEL_ORDER = Case(*(When(unit__level=level, then=Value(rank)) for level, rank in RANK.items()))


@dataclass(frozen=True)
class FoundUnit:
    """A unit in a search result. `name`, `code`, `kind` and `under` (the name of its parent) are
    those on the day of the search, else on its last day; `matched` is the name that matched, when
    it is a different one. `since` and `until` are the unit's own; `rank` is one of EXACT … INSIDE.
    """

    id: UnitId
    level: str
    name: str
    code: str
    kind: str
    parent_id: UnitId | None
    under: str
    matched: str
    since: date
    until: date | None
    rank: int = INSIDE

    @property
    def pk(self) -> UnitId:
        """The id, named as on a model instance."""
        return self.id


# A row that matched: (unit, name, level, since, until, rank).
Match = tuple[UnitId, str, str, date, date | None, int]


def find_units(
    text: object, day: date | None = None, level: str | None = None, limit: int = 30
) -> list[FoundUnit]:
    """At most `limit` units that `text` may mean, best first; with `day` only those that exist on
    it, with `level` only those of that level. Names of any time match.

    "ngoc ha, ba dinh" finds Ngọc Hà in Ba Đình. Commas may be left out.
    """
    parts = [fold(part) for part in clean(text)[:LONGEST].split(",")]
    parts = [part for part in parts if part]
    if not parts:
        return []
    rows = _matching(parts[0], parts[1:], day, level, limit)
    if not rows and len(parts) == 1:
        rows = (
            _split_matching(parts[0].split(), day, level, limit)
            or _respelled(parts[0], day, level, limit)
            or _similar(parts[0], day, level, limit)
        )
    return _one_per_unit(rows, day, limit)


def former_units(text: object, day: date, limit: int = 10) -> list[FoundUnit]:
    """At most `limit` units that had ended by the day and whose name is or begins with `text`."""
    words = fold(clean(text)[:LONGEST])
    return [
        unit
        for unit in find_units(text, limit=limit)
        if unit.until and unit.until <= day and words in fold(f"{unit.name} {unit.matched}")
    ]


def unit_from(text: object) -> Unit:
    """The unit with an id ("12") or with a code on a day ("01@2023-12-12"). Refused, on "unit",
    when there is none.
    """
    text = clean(text)
    code, separator, written_day = text.partition("@")
    if separator:
        day = parse_day(written_day)
        standing = (
            Standing.objects.on(day).filter(code=code).select_related("unit").first()
            if code
            else None
        )
        if standing:
            return standing.unit
        raise Refused(
            _("Ngày {day} không có đơn vị nào mang mã “{code}”.").format(
                day=show_day(day), code=code
            ),
            "unit",
        )
    if re.fullmatch(r"[0-9]{1,18}", text):
        unit = Unit.objects.filter(pk=int(text)).first()
        if unit:
            return unit
    raise Refused(
        _(
            "Không có đơn vị “{text}”. Hãy dùng số của đơn vị, hoặc mã kèm ngày như 01@2023-12-12."
        ).format(text=text[:40]),
        "unit",
    )


def _standings(day: date | None, level: str | None) -> QuerySet[Standing]:
    """The standings of the units that exist on `day` and are of `level`; None does not filter."""
    rows = Standing.objects.all()
    if day:
        rows = rows.filter(
            Q(unit__until__isnull=True) | Q(unit__until__gt=day), unit__since__lte=day
        )
    if level:
        rows = rows.filter(unit__level=level)
    return rows


def _has_ancestor(words: str) -> Exists:
    """Whether the standing's parent or grandparent ever had the name `words`."""
    parents = Standing.objects.filter(unit=OuterRef("parent"))
    has_name = Q(search__contains=f"|{words}|")
    grandparents = Standing.objects.filter(unit=OuterRef("parent")).filter(has_name)
    return Exists(parents.filter(has_name | Q(Exists(grandparents))))


def _matching(
    words: str, ancestors: list[str], day: date | None, level: str | None, limit: int
) -> list[Match]:
    """Units with `words` in a name or as their code, inside units with the names `ancestors`."""
    rows = _standings(day, level).filter(Q(search__contains=words) | Q(code=words))
    for ancestor in ancestors:
        rows = rows.filter(_has_ancestor(ancestor))
    rank = Case(
        When(Q(search__contains=f"|{words}|") | Q(code=words), then=Value(EXACT)),
        When(search__contains=f"|{words}", then=Value(BEGINS)),
        When(search__contains=f" {words}", then=Value(WORD)),
        default=Value(INSIDE),
        output_field=IntegerField(),
    )
    return _best(rows.annotate(rank=rank), limit)


def _split_matching(
    words: list[str], day: date | None, level: str | None, limit: int
) -> list[Match]:
    """ "phuc xa ba dinh": the first words are the unit's name, the rest the name of an ancestor."""
    if len(words) < 2:
        return []
    any_split = Q()
    for split in range(1, len(words)):
        name = " ".join(words[:split])
        any_split |= Q(search__contains=f"|{name}|") & Q(_has_ancestor(" ".join(words[split:])))
    return _best(_standings(day, level).filter(any_split).annotate(rank=Value(EXACT)), limit)


def _respelled(words: str, day: date | None, level: str | None, limit: int) -> list[Match]:
    """Units whose name was written with C where it has K now: "Đắc Lắc", "Bắc Cạn"."""
    for spelling in (re.sub(r"c\b", "k", words), re.sub(r"\bc(?=[aou])", "k", words)):
        if spelling != words and (rows := _matching(spelling, [], day, level, limit)):
            return rows
    return []


def _similar(words: str, day: date | None, level: str | None, limit: int) -> list[Match]:
    """Units with a similar name (trigrams), for misspellings: "ba dih"."""
    rows = _standings(day, level).filter(search__trigram_word_similar=words)
    return _best(rows.annotate(rank=Value(INSIDE)), limit)


def _best(rows: QuerySet[Any], limit: int) -> list[Match]:
    """The best matches: three times `limit`, because several may be of the same unit."""
    ordered = rows.order_by(
        "rank", LEVEL_ORDER, F("unit__until").desc(nulls_first=True), "order", "unit_id", "-since"
    )
    fields = ("unit_id", "name", "unit__level", "unit__since", "unit__until", "rank")
    return list(ordered.values_list(*fields)[: limit * 3])


def _one_per_unit(matches: list[Match], day: date | None, limit: int) -> list[FoundUnit]:
    """Each unit once, under its best match."""
    names = names_on(day or today())
    units: dict[UnitId, FoundUnit] = {}
    for unit, matched, level, since, until, rank in matches:
        if unit in units or unit not in names:
            continue
        name = names[unit]
        units[unit] = FoundUnit(
            unit,
            level,
            name.name,
            name.code,
            name.kind,
            name.parent_id,
            under=names[name.parent_id].name if name.parent_id else "",
            matched=matched if fold(matched) != fold(name.name) else "",
            since=since,
            until=until,
            rank=rank,
        )
        if len(units) == limit:
            break
    return list(units.values())
