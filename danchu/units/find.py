"""Units found by what people type: without marks, by old names, by abbreviations, by CODE@DAY."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.utils.translation import gettext as _

from danchu.kernel.boundaries import RANK
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
    """A unit that was found. `name`, `code`, `kind` and `under` are of the day asked for, else of
    its last day; `matched` is the name that was found when it is another one. `since`/`until` are
    the unit's own.
    """

    id: int
    level: str
    name: str
    code: str
    kind: str
    parent_id: int | None
    under: str
    matched: str
    since: date
    until: date | None

    @property
    def pk(self):
        return self.id

    @property
    def is_past(self):
        return self.until is not None


def find_units(text, day=None, level=None, limit=30) -> list[Found]:
    """The units `text` may mean, best first; with `day` only those in being on it, by their names
    of any time.

    "ngoc ha, ba dinh" asks for one under the other. Commas may be left out.
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
    return _faces(rows, day, limit)


def unit_from(text) -> Unit:
    """The unit an id ("12") or a code on a day ("01@2023-12-12") names; Refused when there is
    none.
    """
    text = clean(text)
    code, at, day = text.partition("@")
    if at:
        day = parse_day(day)
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


def _scope(day, level):
    rows = Standing.objects.all()
    if day:
        rows = rows.filter(
            Q(unit__until__isnull=True) | Q(unit__until__gt=day), unit__since__lte=day
        )
    if level:
        rows = rows.filter(unit__level=level)
    return rows


def _under(words):
    """Whether the standing hangs, directly or at one remove, under a unit ever called so."""
    direct = Standing.objects.filter(unit=OuterRef("parent"))
    called = Q(search__contains=f"|{words}|")
    above = Standing.objects.filter(unit=OuterRef("parent")).filter(called)
    return Exists(direct.filter(called | Q(Exists(above))))


def _matching(words, above, day, level, limit):
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


def _split_matching(words, day, level, limit):
    """ "phuc xa ba dinh": the first words name the unit, the rest what it lies in."""
    asked = Q()
    for at in range(1, len(words)):
        asked |= Q(search__contains=f"|{' '.join(words[:at])}|") & Q(_under(" ".join(words[at:])))
    return (
        _ordered(_scope(day, level).filter(asked).annotate(rank=Value(EXACT)), limit)
        if asked
        else []
    )


def _alike(words, day, level, limit):
    """Near misses, when nothing else was found: "ba dih"."""
    rows = _scope(day, level).filter(search__trigram_word_similar=words)
    return _ordered(rows.annotate(rank=Value(INSIDE)), limit)


def _ordered(rows, limit):
    fields = ("unit_id", "name", "unit__level", "unit__since", "unit__until")
    rows = rows.order_by(
        "rank", LEVEL_ORDER, F("unit__until").desc(nulls_first=True), "order", "unit_id", "-since"
    )
    return list(rows.values_list(*fields)[: limit * 3])


def _faces(rows, day, limit):
    seen, names = {}, names_on(day or today())
    for unit, matched, level, since, until in rows:
        if unit in seen or unit not in names:
            continue
        told = names[unit]
        under = names[told.parent_id].name if told.parent_id else ""
        other = matched if fold(matched) != fold(told.name) else ""
        seen[unit] = Found(
            unit, level, told.name, told.code, told.kind, told.parent_id, under, other, since, until
        )
        if len(seen) == limit:
            break
    return list(seen.values())
