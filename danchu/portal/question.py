"""The parameters of a figure's page: which indicator, unit, period and day of the map; parsed from
an address and written back into one.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from danchu.figures.blur import (
    is_exact,
    last_release,
    report_periods,
    seen_by_unit,
    seen_figure,
)
from danchu.figures.catalogue import INDICATORS, full_name, unit_of_measure
from danchu.figures.catalogue import indicator as indicator_of
from danchu.kernel.days import Period, show_day, today
from danchu.kernel.reading import once
from danchu.portal.query import day_in, period_in, place_in, query_string
from danchu.portal.register_span import span
from danchu.units.choices import value_of_unit
from danchu.units.maps import boundaries
from danchu.units.models import Unit
from danchu.units.names import name_of

FIRST_YEARS = 8  # years a trend goes back at most


@dataclass(frozen=True)
class Question:
    """A figure that is asked for: an `indicator` of the catalogue at a Unit for a period, on the
    map of `map_day`.
    """

    indicator: object
    unit: Unit
    period: Period
    map_day: date
    first_year: int  # of the records; no trend begins earlier
    actor: object  # small counts are shown to some readers only
    own: str = ""  # a level: only the unit's own part beside its units of that level (Figure.own)

    @property
    def unit_name(self):
        """The name of the unit on the day of the map."""
        return name_of(self.unit, self.map_day)

    @property
    def unit_value(self):
        """The unit as a form of a page gives it."""
        return value_of_unit(self.unit.pk, self.map_day)

    @property
    def name(self):
        """The name of the indicator in the reader's language."""
        return full_name(self.indicator)

    @property
    def measure(self):
        """The unit of measure in the reader's language."""
        return unit_of_measure(self.indicator)

    @property
    def when(self):
        """The period in words."""
        return period_words(self.period)

    @property
    def arguments(self):
        """Indicator, unit id, period, day of the map."""
        return self.indicator, self.unit.pk, self.period, self.map_day

    def figure(self):
        """The Figure as this reader may see it."""
        return seen_figure(*self.arguments, self.actor, own=self.own)

    def figures_at(self, level):
        """The Figures of the units of a level below that this reader may see."""
        return seen_by_unit(*self.arguments, level, self.actor)

    def report_periods(self):
        """The periods of reports for which it is published at the unit, beside whole years."""
        return report_periods(self.indicator, self.unit.pk, self.map_day)

    @property
    def is_published_only(self):
        """Whether this is a figure of persons' matters of which the reader sees only what was
        published.
        """
        return not is_exact(self.indicator, self.unit.pk, self.actor)

    @property
    def published_url(self):
        """The address of the same figure for the last year that is published."""
        period = Period.year(last_release())
        return self.at(period=period, map_day=min(self.map_day, period.last)).url()

    def at(self, unit=None, period=None, map_day=None, indicator=None):
        """The same question with the arguments that are not None replaced."""
        changes = {"unit": unit, "period": period, "map_day": map_day, "indicator": indicator}
        changes = {name: value for name, value in changes.items() if value is not None}
        return replace(self, **changes)

    @property
    def words(self):
        """The query string of its address."""
        return query_string(
            unit=self.unit.pk,
            since=self.period.since.isoformat(),
            last=self.period.last.isoformat(),
            map=self.map_day.isoformat(),
            own=self.own,
        )

    def url(self, name="figure"):
        """Its address; `name` is that of a page or file about the same figure."""
        return f"{_path(name, self.indicator.key, get_language())}?{self.words}"

    def url_at(self, unit_id, own=""):
        """The address of the same figure at another unit, or of the own part of a unit."""
        url = replace(self, own="").url().replace(f"unit={self.unit.pk}&", f"unit={unit_id}&")
        return f"{url}&own={own}" if own else url

    def level_below(self):
        """The level of the units directly below this one on the map; None where there are none."""
        chart = boundaries(self.map_day)
        children = chart.children(self.unit.pk) if self.unit.pk in chart else []
        return chart.level_of(children[0]) if children else None

    def years(self):
        """The years of a trend as Periods: up to the end of the period, at most FIRST_YEARS of them
        and none before the first record.
        """
        last = self.period.last.year
        first = max(self.first_year, last - FIRST_YEARS + 1)
        return [Period.year(year) for year in range(min(first, last), last + 1)]


def question_in(request, key=None, indicator=None):
    """The Question of an address. Missing parameters are the nation, the last year with records,
    and the map of the end of the period.
    """
    unit = _unit(request) or nation()
    records = span()
    period = period_in(request, records.last_year)
    end = min(period.last, unit.until - timedelta(days=1)) if unit.until else period.last
    if indicator is None:
        indicator = indicator_of(key) if key else next(iter(INDICATORS.values()))
    map_day = day_in(request, "map", default=min(end, max(today(), unit.since)))
    own = request.GET.get("own", "").strip()
    return Question(indicator, unit, period, map_day, records.since.year, request.actor, own)


@lru_cache(2000)
def _path(name, key, _language):
    """The path of a page or file about an indicator. A page has hundreds of them."""
    return reverse(name, args=[key])


def value_of(figure):
    """The value of a Figure for a page: words where it is hidden, the same for every hidden count;
    None for a ratio of hidden counts.
    """
    if not figure.is_hidden:
        return figure.value
    return None if figure.indicator.kind == "ratio" else _("không nêu")


def nation():
    """The Unit at the top of the map; None in an empty database."""
    rows = Unit.objects.filter(level="nation").order_by("pk")
    return once("nation", rows.first, lasts=())


def period_words(period):
    """A Period in words: 2023; 2021–2023; or 01/01/2021 – 12/12/2023."""
    first = period.since
    last = period.last
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    return f"{show_day(first)} – {show_day(last)}"


def _unit(request):
    text = request.GET.get("unit", "").strip()
    return place_in(request, text) if text else None
