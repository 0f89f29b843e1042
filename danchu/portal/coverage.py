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
    name = "recorded places", *question.arguments[1:], question.actor.key, keys
    return once(name, lambda: _recorded_places(question, keys), lasts=())


def _recorded_places(question, keys):
    names = {}
    for key in keys:
        indicator = INDICATORS[key]
        if indicator.kind not in ("flow", "level"):
            continue
        rows = places(question.at(indicator=indicator), "province")
        names |= {row[1]: None for row in rows if row[2] and not row[3].own}
    return list(names)


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
