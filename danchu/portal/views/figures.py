"""The catalogue of figures; each figure with its trend, its places and the rows behind it."""

from itertools import groupby

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page

from danchu.figures.blur import check_period, period_words
from danchu.figures.catalogue import INDICATORS
from danchu.figures.definition import definition_of
from danchu.figures.families import FAMILIES
from danchu.kernel.days import show_day, today
from danchu.kernel.licence import DATA_LICENCE, DATA_LICENCE_URL
from danchu.kernel.numbers import show_number, show_percent
from danchu.kernel.text import fold
from danchu.kernel.words import local_name
from danchu.law.regime import regimes
from danchu.look.pages import page
from danchu.look.sheets import csv_answer, xlsx_answer
from danchu.portal import cards
from danchu.portal.citing import citation_of
from danchu.portal.coverage import coverage_words, provinces_of
from danchu.portal.evidence import (
    HEAD,
    NEW_SEED,
    SAMPLE,
    evidence_lines,
    evidence_page,
    new_seed,
    words_in,
)
from danchu.portal.feeds import figure_feed
from danchu.portal.following import follow_url
from danchu.portal.grounds import country, ground_of, picture_address
from danchu.portal.query import other_place, query_string
from danchu.portal.question import question_in
from danchu.units.kinds import Level
from danchu.units.names import names_on

MANY_PLACES = 12
LONGEST_SEED = 20


def figures(request):
    """The catalogue: every indicator by family; the search ignores diacritics."""
    text = request.GET.get("q", "").strip()
    family = request.GET.get("family", "")
    matches = [
        indicator
        for indicator in INDICATORS.values()
        if _matches(indicator, fold(text)) and (not family or indicator.code[:1] == family)
    ]
    matches.sort(key=lambda one: (one.code[:1] or "Z", one.code, one.key))
    groups = [
        (local_name(FAMILIES[letter]), [_line(indicator) for indicator in group])
        for letter, group in groupby(matches, lambda one: one.code[:1])
    ]
    return page(
        request,
        "portal/figures.html",
        groups=groups,
        text=text,
        family=family,
        families={letter: local_name(family) for letter, family in FAMILIES.items()},
        count=len(matches),
        is_narrowed=bool(text or family),
        question=question_in(request),
    )


def figure(request, key):
    """One figure with its notes, trend, places and the first rows of its evidence, or rows drawn at
    random by the seed in the address.
    """
    question = question_in(request, key)
    seed = request.GET.get(SAMPLE, "").strip()[:LONGEST_SEED]
    if seed == NEW_SEED:
        return redirect(f"{question.url()}&{query_string(**{SAMPLE: new_seed()})}#rows")
    card = cards.card(question)
    level = _level(request, question)
    rows = cards.places(question, level) if level and question.indicator.kind != "outside" else []
    return page(
        request,
        "portal/figure.html",
        question=question,
        other=_other(request, question),
        card=card,
        figure=card.figure,
        level=level and Level(level).label,
        coverage=_coverage(question, level, rows),
        period_words=period_words(question.report_periods()),
        breaks=cards.breaks(question),
        stated_part=card.figure.statement_share * 100,
        bars=[(name, value, question.url_at(unit, f.own)) for unit, name, value, f in rows],
        open_parts=[(name, f.unplaced) for _unit, name, _value, f in rows if f.unplaced],
        rest=cards.rest(question, level) if rows else None,
        many=MANY_PLACES,
        evidence=evidence_page(
            question, request.actor, request.GET.get("after", ""), seed, words_in(request)
        ),
        months=cards.months(question),
        years=_years_of(question.period),
        licence=DATA_LICENCE,
        licence_url=DATA_LICENCE_URL,
        feed_url=question.url("figure_feed"),
        follow_url=_follow_url(question),
        definition=definition_of(question.indicator),
        citation=citation_of(request, question, _value_text(card)),
        **_map(question, rows),
        **_choices(question),
    )


def _follow_url(question):
    """The page by which the figure is followed by mail: at a place that is there today."""
    if question.own or question.unit.until is not None:
        return ""
    return follow_url("figure", key=question.indicator.key, unit=question.unit.pk)


def _coverage(question, level, rows):
    """Of which provinces a figure of the whole country is the sum; "" for one of another place."""
    is_of_country = question.unit.level == "nation" and level == "province"
    if not is_of_country or question.indicator.kind == "outside":
        return ""
    if question.is_published_only and not rows:  # what is not published yet is not missing
        return ""
    names = [name for _unit, name, value, figure in rows if value and not figure.own]
    return coverage_words(names, provinces_of(question))


def _years_of(period):
    """The years in which the period has days."""
    return range(period.since.year, period.last.year + 1)


def _value_text(card):
    """The value of a card as its page writes it."""
    if isinstance(card.value, str):
        return card.value
    if card.is_percent:
        return show_percent(card.value)
    return f"{show_number(card.value, card.places)} {card.measure}"


def _other(request, question):
    """{text, name, url} of the place whose code the address has as an id; None without one."""
    text = request.GET.get("unit", "").strip()
    other = other_place(question.unit, text)
    if other is None:
        return None
    there = question.at(unit=other)
    return {"text": text, "name": there.unit_name, "url": there.url()}


@conditional_page
def feed(request, key):
    """The figure by years, for whoever follows it."""
    return figure_feed(request, question_in(request, key))


def evidence_csv(request, key):
    """Every row of evidence that the reader may see, as a CSV."""
    return _evidence_file(request, key, csv_answer)


def evidence_xlsx(request, key):
    """Every row of evidence that the reader may see, as a workbook."""
    return _evidence_file(request, key, xlsx_answer)


def _evidence_file(request, key, answer):
    question = question_in(request, key)
    check_period(*question.arguments, request.actor)
    lines = evidence_lines(question, request.actor, words_in(request))
    return answer(f"{key}-can-cu", [str(word) for word in HEAD], lines)


def places_csv(request, key):
    """The breakdown by place as a CSV."""
    question = question_in(request, key)
    check_period(*question.arguments, request.actor)
    level = _level(request, question)
    rows = cards.places(question, level) if level else []
    lines = [[unit, name, _cell(value), _cell(f.unplaced or None)] for unit, name, value, f in rows]
    rest = cards.rest(question, level) if rows else None
    if rest and rest.value:
        lines.append(["", _("Không phân được cho nơi nào"), _cell(rest.value), None])
    return csv_answer(
        f"{key}-theo-noi", [_("Số đơn vị"), _("Nơi"), question.name, _("Chưa phân được")], lines
    )


def _cell(value):
    return (
        value
        if value is None or isinstance(value, str)
        else show_number(value, None if value == int(value) else 4)
    )


def _matches(indicator, words):
    return words in fold(f"{indicator.vi} {indicator.en} {indicator.key} {indicator.code}")


def _line(indicator):
    return {
        "key": indicator.key,
        "code": indicator.code,
        "name": local_name(indicator),
        "law": indicator.law,
        "kind": indicator.kind,
    }


def _level(request, question):
    if question.own:
        return None
    level = request.GET.get("level", "")
    return level if level in Level.values else question.level_below()


def _map(question, rows):
    """The circles of the places below and the points to draw: of the whole country for the nation,
    else of the unit.
    """
    spots = cards.spots(question, rows)
    picture = picture_address()
    if question.unit.level == "nation":
        return {"spots": spots, "ground": country(), "around": None, "map_picture": picture}
    ground = ground_of(question.unit)
    return {"spots": spots, "ground": ground, "around": country(), "map_picture": picture}


def _choices(question):
    """The links of the page: units above, maps of other days, parts of a ratio, comparison."""
    names = names_on(question.map_day)
    above = []
    at = names[question.unit.pk].parent_id if question.unit.pk in names else None
    while at is not None and at in names:
        above.insert(0, (names[at].name, question.url_at(at)))
        at = names[at].parent_id
    days = dict.fromkeys([question.period.last, today()])
    indicator = question.indicator
    return {
        "above": above,
        "over": indicator.kind == "ratio" and question.at(indicator=indicator.over),
        "under": indicator.kind == "ratio" and question.at(indicator=indicator.under),
        "laws": [local_name(law) for law in regimes(question.period)],
        "from_zero": indicator.kind != "outside",
        "places_url": question.url("figure_places_csv"),
        "compare_url": reverse("compare")
        + "?"
        + query_string(
            unit=question.unit.pk,
            since=question.period.since,
            last=question.period.last,
            key=indicator.key,
        ),
        "maps": [
            (show_day(day), question.at(map_day=day).url(), day == question.map_day)
            for day in days
            if day <= today()
        ],
    }
