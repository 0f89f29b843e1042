"""Which provinces the figures of the whole country are the sums of, so that a number of two cities
is not read as one of all.
"""

from django.utils.translation import gettext as _

from danchu.figures.catalogue import INDICATORS
from danchu.kernel.numbers import show_number
from danchu.portal.cards import HEADLINES, places

MOST_NAMED = 3


def recorded_places(question, keys=HEADLINES):
    """(names of the provinces where one of these indicators counts something, number of all
    provinces) on the map and in the period of the question.
    """
    names = {}
    total = 0
    for key in keys:
        indicator = INDICATORS[key]
        if indicator.kind not in ("flow", "level"):
            continue
        rows = places(question.at(indicator=indicator), "province")
        total = max(total, sum(1 for row in rows if not row[3].own))
        names |= {row[1]: None for row in rows if row[2] and not row[3].own}
    return list(names), total


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
