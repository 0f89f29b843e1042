"""Which provinces the figures of the whole country are the sums of, so that a number of two cities
is not read as one of all.
"""

from django.utils.translation import gettext as _

from danchu.figures.catalogue import INDICATORS
from danchu.kernel.numbers import show_number
from danchu.kernel.reading import once
from danchu.portal.cards import HEADLINES, places
from danchu.units.maps import boundaries

MOST_NAMED = 3


def recorded_places(question, keys=HEADLINES):
    """The names of the provinces where one of these indicators counts something, on the map and in
    the period of the question.
    """
    names = {}
    for key in keys:
        of_key = question.at(indicator=INDICATORS[key])
        if of_key.indicator.kind in ("flow", "level"):
            names |= dict.fromkeys(_recorded_places(of_key))
    return list(names)


def _recorded_places(question):
    """The names of the provinces where the indicator counts something."""
    name = "recorded places", question.indicator.key, *question.arguments[1:], question.actor.key
    return once(name, lambda: _places_counted(question), lasts=())


def _places_counted(question):
    return [row[1] for row in places(question, "province") if row[2] and not row[3].own]


def provinces_of(question):
    """How many provinces the map of the question has."""
    chart = boundaries(question.map_day)
    return sum(1 for unit in chart.children(question.unit.pk) if chart.level_of(unit) == "province")


def coverage_words(names, total):
    """Which of all provinces a figure of the country is the sum of, as a sentence; "" where it is
    of all of them.
    """
    if not names:
        return _("Kỳ này chưa có hồ sơ nào được xác nhận.")
    if len(names) <= MOST_NAMED:
        return _("Chỉ gồm hồ sơ của %s: nơi khác chưa ghi ở đây.") % ", ".join(names)
    if len(names) >= total:
        return ""
    return _("Gồm hồ sơ của %(number)s trên %(total)s tỉnh, thành phố.") % {
        "number": show_number(len(names)),
        "total": show_number(total),
    }
