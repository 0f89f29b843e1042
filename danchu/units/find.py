"""Units found by what people type: without marks, by old names, by abbreviations, by CODE@DAY."""

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

EXACT, BEGINS, WORD, INSIDE = range(4)
LONGEST = 80  # characters of a query that are read
LEVEL_ORDER = Case(*(When(unit__level=level, then=Value(rank)) for level, rank in RANK.items()))


@dataclass(frozen=True)
class Found:
    """A unit that was found. `name`, `code`, `kind` and `under` (the name of its parent) are of the
    day of the search, else of its last day; `matched` is the name that matched when it is another
    one. `since`/`until` are the unit's own.
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

    @property
    def pk(self) -> UnitId:
        """The id, under the name that a row of the database has for it."""
        return self.id


# A row that matched: (unit, name, level, since, until).
Match = tuple[UnitId, str, str, date, date | None]


def find_units(
    text: object, day: date | None = None, level: str | None = None, limit: int = 30
) -> list[Found]:
    """The at most `limit` units `text` may mean, best first; with `day` only those in being on it,
    with `level` only those of it. Names of any time match.

    "ngoc ha, ba dinh" finds one under the other. Commas may be left out.
    """
    parts = [fold(part) for part in clean(text)[:LONGEST].split(",")]
    parts = [part for part in parts if part]
    if not parts:
        return []
    rows = _matching(parts[0], parts[1:], day, level, limit)
    if not rows and len(parts) == 1:
        rows = _split_matching(parts[0].split(), day, level, limit) or _alike(
            parts[0], day, level, limit
        )
    return _units_of(rows, day, limit)


def unit_from(text: object) -> Unit:
    """The unit an id ("12") or a code on a day ("01@2023-12-12") names. Refused when there is
    none.
    """
    text = clean(text)
    code, at, written_day = text.partition("@")
    if at:
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


def _scope(day: date | None, level: str | None) -> QuerySet[Standing]:
    """The standings of units in being on the day and of the level, where these are given."""
    rows = Standing.objects.all()
    if day:
        rows = rows.filter(
            Q(unit__until__isnull=True) | Q(unit__until__gt=day), unit__since__lte=day
        )
    if level:
        rows = rows.filter(unit__level=level)
    return rows


def _under(words: str) -> Exists:
    """Whether the parent of the standing, or the parent's parent, was ever called so."""
    direct = Standing.objects.filter(unit=OuterRef("parent"))
    called = Q(search__contains=f"|{words}|")
    above = Standing.objects.filter(unit=OuterRef("parent")).filter(called)
    return Exists(direct.filter(called | Q(Exists(above))))


def _matching(
    words: str, above: list[str], day: date | None, level: str | None, limit: int
) -> list[Match]:
    """Units with the words in a name or as code, under units called as `above` says."""
    rows = _scope(day, level).filter(Q(search__contains=words) | Q(code=words))
    for part in above:
        rows = rows.filter(_under(part))
    rank = Case(
        When(Q(search__contains=f"|{words}|") | Q(code=words), then=Value(EXACT)),
        When(search__contains=f"|{words}", then=Value(BEGINS)),
        When(search__contains=f" {words}", then=Value(WORD)),
        default=Value(INSIDE),
        output_field=IntegerField(),
    )
    return _ordered(rows.annotate(rank=rank), limit)


def _split_matching(
    words: list[str], day: date | None, level: str | None, limit: int
) -> list[Match]:
    """ "phuc xa ba dinh": the first words name the unit, the rest what it lies in."""
    if len(words) < 2:
        return []
    any_split = Q()
    for at in range(1, len(words)):
        name = " ".join(words[:at])
        any_split |= Q(search__contains=f"|{name}|") & Q(_under(" ".join(words[at:])))
    return _ordered(_scope(day, level).filter(any_split).annotate(rank=Value(EXACT)), limit)


def _alike(words: str, day: date | None, level: str | None, limit: int) -> list[Match]:
    """Near misses, when nothing else was found: "ba dih"."""
    rows = _scope(day, level).filter(search__trigram_word_similar=words)
    return _ordered(rows.annotate(rank=Value(INSIDE)), limit)


def _ordered(rows: QuerySet[Any], limit: int) -> list[Match]:
    """The best matches: enough that `limit` units are among them."""
    ordered = rows.order_by(
        "rank", LEVEL_ORDER, F("unit__until").desc(nulls_first=True), "order", "unit_id", "-since"
    )
    fields = ("unit_id", "name", "unit__level", "unit__since", "unit__until")
    return list(ordered.values_list(*fields)[: limit * 3])


def _units_of(matches: list[Match], day: date | None, limit: int) -> list[Found]:
    """Each unit once, under its best match."""
    names = names_on(day or today())
    units: dict[UnitId, Found] = {}
    for unit, matched, level, since, until in matches:
        if unit in units or unit not in names:
            continue
        name = names[unit]
        units[unit] = Found(
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
        )
        if len(units) == limit:
            break
    return list(units.values())
