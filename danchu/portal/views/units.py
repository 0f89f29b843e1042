"""Units of any day: the tree, a unit's life, what it was made of and what became of it."""

from collections import Counter
from datetime import date, timedelta

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.kernel.chronicle import RANK
from danchu.kernel.days import DAWN, show_day, today
from danchu.kernel.numbers import show_percent
from danchu.look.pages import page
from danchu.portal import cards
from danchu.portal.asked import day_asked, query
from danchu.portal.grounds import country, ground_of
from danchu.portal.question import question
from danchu.portal.rows import under
from danchu.units.find import find_units
from danchu.units.history import history_of
from danchu.units.kinds import Level
from danchu.units.maps import boundaries
from danchu.units.models import Unit
from danchu.units.tree import children_on, lineage_on

# Days worth looking at, for whoever does not know one: before and after the reform of 2025.
TURNS = (date(2023, 12, 12), date(2025, 6, 30), date(2025, 7, 1))


def units(request):
    """The tree of a day from the top, or what a search finds on it."""
    day = day_asked(request)
    text = request.GET.get("q", "").strip()
    found = find_units(text, None if request.GET.get("ever") else day) if text else []
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
        found=found,
        ever=request.GET.get("ever", ""),
        provinces=provinces,
        counts=_counts(counts),
        turns=[*TURNS, today()],
        ground=country(),
    )


def unit(request, pk):
    """A unit's page on a day of its life (its last, when it is of the past)."""
    it = get_object_or_404(Unit, pk=pk)
    day = day_asked(request, default=_day_in_life(it))
    history = history_of(it)
    names = lineage_on(it, day)
    return page(
        request,
        "portal/unit.html",
        unit=it,
        day=day,
        history=history,
        name=names[-1][1],
        trail=names[:-1],
        children=children_on(it, day),
        life=_life(history, day),
        bodies=_bodies(history, day),
        **_figures(request, it, day),
        level=Level(it.level).label,
        country=country(),
        **_map(it, names),
        asked=query(on=request.GET.get("on")),
    )


def _figures(request, it, day):
    """Its headline figures that are not nothing, and its latest records."""
    asked = question(request).at(unit=it, map_day=day)
    recorded = () if it.level == "nation" else tuple(boundaries(day).sources(it.pk))
    found = [card for card in cards.headlines(asked) if card.figure.value]
    return {
        "asked_figures": asked,
        "cards": found,
        "records": under(request.actor, recorded, 6) if recorded else [],
    }


def _map(it, names):
    """The ground of the map and what is marked on it: a commune is shown within its province."""
    ground = ground_of(it)
    provinces = [pk for pk, name in names if name.level == "province"]
    if len(ground) > 3 or not provinces or not ground:
        return {"ground": ground, "marked": []}
    marked = [(names[-1][1].name, lat, lon, None, "", True) for lat, lon in ground]
    return {"ground": ground_of(Unit.objects.get(pk=provinces[0])), "marked": marked}


def _day_in_life(it):
    return it.until - timedelta(days=1) if it.until and it.until <= today() else today()


def _life(history, day):
    """The turns of a unit's life as lines of a timeline, the latest first."""
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
    """[(level in words, how many)] from the highest level down."""
    return [(Level(level).label, counts[level]) for level in sorted(counts, key=RANK.get)]
