"""Administrative units on any day: the tree, and one unit with its history."""

from collections import Counter
from datetime import date, timedelta

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.kernel.chronicle import RANK
from danchu.kernel.days import DAWN, show_day, today
from danchu.kernel.numbers import show_percent
from danchu.look.my_place import my_place
from danchu.look.pages import page
from danchu.portal import cards
from danchu.portal.at_place import doors_at, headings_at
from danchu.portal.following import follow_url
from danchu.portal.grounds import country, ground_of, picture_address
from danchu.portal.query import day_in, query_string
from danchu.portal.question import question_in
from danchu.portal.rows import latest_at
from danchu.units.choices import value_of_unit
from danchu.units.find import find_units, former_units
from danchu.units.history import history_of
from danchu.units.kinds import Level
from danchu.units.maps import boundaries
from danchu.units.models import Unit
from danchu.units.tree import children_on, lineage_on

# More rows than a printed sheet of the page holds: of each list it has the newest two.
ROWS_ON_BOARD = 36
# Days that the page of units suggests: before and after the reform of 2025.
TURNS = (date(2023, 12, 12), date(2025, 6, 30), date(2025, 7, 1))


def units(request):
    """The upper levels of the tree on a day, or the units that match a search."""
    day = day_in(request)
    text = request.GET.get("q", "").strip()
    ever = request.GET.get("ever", "")
    matches = find_units(text, None if ever else day) if text else []
    former = former_units(text, day) if text and not ever else []
    top = [] if text else children_on(None, day)
    provinces = children_on(top[0].id, day) if len(top) == 1 else top
    counts = Counter()
    for branch in top:
        counts.update(branch.counts)
    return page(
        request,
        "portal/units.html",
        day=day,
        text=text,
        matches=matches,
        former=former,
        ever=ever,
        provinces=provinces,
        counts=_counts(counts),
        turns=[*TURNS, today()],
        ground=country(),
        picture=picture_address(),
    )


def unit(request, pk):
    """The page of one unit on a day, by default today or the last day on which it existed."""
    place = get_object_or_404(Unit, pk=pk)
    day = day_in(request, default=_default_day(place))
    history = history_of(place)
    names = lineage_on(place, day)
    return page(
        request,
        "portal/unit.html",
        unit=place,
        day=day,
        history=history,
        name=names[-1][1],
        trail=names[:-1],
        children=children_on(place, day),
        life=_life(history, day),
        bodies=_bodies(history, day),
        **_figures(request, place, day),
        **_at_place(request, place),
        level=Level(place.level).label,
        country=country(),
        follow_url="" if place.until else follow_url("place", unit=place.pk),
        picture=picture_address(),
        **_as_mine(request, place),
        **_map(place, names),
        day_query=query_string(on=request.GET.get("on")),
    )


def _as_mine(request, place):
    """Whether the reader may choose the unit as their own, and what the form for that sends."""
    mine = my_place(request)
    is_present = place.until is None and place.level != "nation"
    if not is_present or (mine and mine.id == place.pk):
        return {"may_be_mine": False}
    return {"may_be_mine": True, "chosen_value": value_of_unit(place.pk, today())}


def _figures(request, place, day):
    """Its headline figures that are not zero, and its latest records."""
    question = question_in(request).at(unit=place, map_day=day)
    recorded = () if place.level == "nation" else tuple(boundaries(day).sources(place.pk))
    return {
        "asked_figures": question,
        "cards": [card for card in cards.headlines(question) if card.figure.value],
        "records": latest_at(request.actor, recorded, 6) if recorded else [],
    }


def _at_place(request, place):
    """What people look for at a place of today below the nation."""
    if place.until is not None or place.level == "nation":
        return {}
    units = tuple(boundaries(today()).sources(place.pk))
    headings = headings_at(place, units, request.actor)
    rows = sum(len(part.rows) for heading in headings for part in heading.parts)
    return {
        "place_doors": doors_at(place),
        "headings": headings,
        "sheet_class": _sheet_class(rows) if headings else "",
        "printed_on": today(),
    }


def _sheet_class(rows):
    """How the page is printed: on one sheet, of which many rows make it full."""
    return "place-sheet full" if rows > ROWS_ON_BOARD else "place-sheet"


def _map(place, names):
    """The points of the map and the marks on it; a commune is marked within its province."""
    ground = ground_of(place)
    provinces = [pk for pk, name in names if name.level == "province"]
    if len(ground) > 3 or not provinces or not ground:
        return {"ground": ground, "marked": []}
    marked = [(names[-1][1].name, lat, lon, None, "", True) for lat, lon in ground]
    return {"ground": ground_of(Unit.objects.get(pk=provinces[0])), "marked": marked}


def _default_day(place):
    is_past = place.until and place.until <= today()
    return place.until - timedelta(days=1) if is_past else today()


def _life(history, day):
    """The history of a unit as items of a timeline, the latest first."""
    lines = [
        (turn.on, _became(turn), _basis(turn), _address(turn), "gone")
        for turn in history.successors
    ]
    lines += [
        (
            standing.since,
            _("Mang tên {name}").format(name=standing.name),
            " · ".join(
                filter(None, [_under(standing), _code(standing), str(standing.decree or "")])
            ),
            "",
            "main"
            if standing.since <= day and (standing.until is None or day < standing.until)
            else "",
        )
        for standing in history.standings
    ]
    lines += [(turn.on, _came(turn), _basis(turn), _address(turn), "") for turn in history.origins]
    return [
        (_("Từ trước") if line[0] == DAWN else show_day(line[0]), *line[1:])
        for line in sorted(lines, key=lambda line: line[0], reverse=True)
    ]


def _became(turn):
    if turn.share is None:
        return _("Một phần nhập vào {name} (chưa có tỷ lệ thống nhất)").format(name=turn.name)
    if turn.share == 1:
        return _("Toàn bộ nhập vào {name}").format(name=turn.name)
    return _("Một phần ({share}) nhập vào {name}").format(
        share=show_percent(turn.share * 100, 2), name=turn.name
    )


def _came(turn):
    if turn.share is None:
        return _("Nhận một phần của {name} (chưa có tỷ lệ thống nhất)").format(name=turn.name)
    if turn.share == 1:
        return _("Nhận toàn bộ {name}").format(name=turn.name)
    return _("Nhận một phần ({share}) của {name}").format(
        share=show_percent(turn.share * 100, 2), name=turn.name
    )


def _basis(turn):
    return str(turn.decree or turn.basis)


def _address(turn):
    return reverse("unit", args=[turn.unit_id])


def _under(standing):
    return _("thuộc {name}").format(name=standing.under) if standing.under else ""


def _code(standing):
    return _("mã {code}").format(code=standing.code) if standing.code else ""


def _bodies(history, day):
    return [
        (body.get_kind_display(), body.name_on(day))
        for body in history.bodies
        if body.since <= day and (body.until is None or day < body.until)
    ]


def _counts(counts):
    """[(level in words, number of units)] from the highest level down."""
    return [(Level(level).label, counts[level]) for level in sorted(counts, key=RANK.get)]
