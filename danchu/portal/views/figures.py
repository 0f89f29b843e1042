"""Any figure: its value, where it comes from, in two steps down: by place, then row by row."""

from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.figures.catalogue import INDICATORS
from danchu.figures.families import FAMILIES
from danchu.kernel.days import show_day, today
from danchu.kernel.numbers import show_number
from danchu.kernel.text import fold
from danchu.kernel.words import local_name
from danchu.law.regime import regimes
from danchu.look.pages import page
from danchu.look.sheets import csv_answer
from danchu.portal import cards
from danchu.portal.asked import query
from danchu.portal.evidence import evidence_lines, evidence_page
from danchu.portal.grounds import country, ground_of
from danchu.portal.question import question
from danchu.units.kinds import Level
from danchu.units.names import names_on

MANY_PLACES = 12


def figures(request):
    """The catalogue: every indicator, by family, found without marks."""
    text = request.GET.get("q", "").strip()
    family = request.GET.get("family", "")
    found = [
        it
        for it in INDICATORS.values()
        if _matches(it, fold(text)) and (not family or it.code[:1] == family)
    ]
    found.sort(key=lambda it: (it.code[:1] or "Z", it.code, it.key))
    groups = [
        (local_name(FAMILIES[letter]), [_line(it) for it in group])
        for letter, group in groupby(found, lambda it: it.code[:1])
    ]
    return page(
        request,
        "portal/figures.html",
        groups=groups,
        text=text,
        family=family,
        families={letter: local_name(family) for letter, family in FAMILIES.items()},
        count=len(found),
        asked=question(request),
    )


def figure(request, key):
    """One figure with its marks, trend, places and first rows of evidence."""
    asked = question(request, key)
    card = cards.card(asked)
    level = _level(request, asked)
    rows = cards.places(asked, level) if level and asked.indicator.kind != "outside" else []
    return page(
        request,
        "portal/figure.html",
        asked=asked,
        card=card,
        figure=card.figure,
        level=level and Level(level).label,
        breaks=cards.breaks(asked),
        stated_part=card.figure.statement_share * 100,
        bars=[(name, value, asked.url_at(unit)) for unit, name, value, _f in rows],
        open_parts=[(name, f.unplaced) for _unit, name, _value, f in rows if f.unplaced],
        many=MANY_PLACES,
        evidence=evidence_page(asked, request.actor, request.GET.get("after", "")),
        **_map(asked, rows),
        **_choices(asked),
    )


def evidence_csv(request, key):
    """Every row of evidence the reader may see, as a file."""
    asked = question(request, key)
    head = [
        _("Ngày"),
        _("Số hồ sơ"),
        _("Nội dung"),
        _("Nơi ghi"),
        _("Số của hồ sơ"),
        _("Tỷ lệ được tính"),
        _("Được tính"),
    ]
    return csv_answer(f"{key}-can-cu", head, evidence_lines(asked, request.actor))


def places_csv(request, key):
    """The breakdown by place as a file."""
    asked = question(request, key)
    level = _level(request, asked)
    rows = cards.places(asked, level) if level else []
    lines = ([unit, name, _cell(value), _cell(f.unplaced or None)] for unit, name, value, f in rows)
    return csv_answer(
        f"{key}-theo-noi", [_("Số đơn vị"), _("Nơi"), asked.name, _("Chưa phân được")], lines
    )


def _cell(value):
    return (
        value
        if value is None or isinstance(value, str)
        else show_number(value, None if value == int(value) else 4)
    )


def _matches(it, words):
    return words in fold(f"{it.vi} {it.en} {it.key} {it.code}")


def _line(it):
    return {"key": it.key, "code": it.code, "name": local_name(it), "law": it.law, "kind": it.kind}


def _level(request, asked):
    level = request.GET.get("level", "")
    return level if level in Level.values else asked.level_below()


def _map(asked, rows):
    """Circles for the places below; the whole country for the nation, else close around the
    unit.
    """
    spots = cards.spots(asked, rows)
    if asked.unit.level == "nation":
        return {"spots": spots, "ground": country(), "around": None}
    return {"spots": spots, "ground": ground_of(asked.unit), "around": country()}


def _choices(asked):
    """Other days' maps and the units the figure can climb to."""
    names = names_on(asked.map_day)
    above = []
    at = names[asked.unit.pk].parent_id if asked.unit.pk in names else None
    while at is not None and at in names:
        above.insert(0, (names[at].name, asked.url_at(at)))
        at = names[at].parent_id
    days = dict.fromkeys([asked.period.last, today()])
    it = asked.indicator
    return {
        "above": above,
        "over": it.kind == "ratio" and asked.at(indicator=it.over),
        "under": it.kind == "ratio" and asked.at(indicator=it.under),
        "laws": [local_name(law) for law in regimes(asked.period)],
        "from_zero": it.kind != "outside",
        "places_url": asked.url("figure_places_csv"),
        "compare_url": reverse("compare")
        + "?"
        + query(
            unit=asked.unit.pk,
            since=asked.period.since,
            last=asked.period.last,
            key=it.key,
        ),
        "maps": [
            (show_day(day), asked.at(map_day=day).url(), day == asked.map_day)
            for day in days
            if day <= today()
        ],
    }
