"""The question a figure's page answers: which indicator, where, when, on which day's map. An
address and back.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.figures.blur import SMALLEST_SHOWN, is_hidden
from danchu.figures.catalogue import INDICATORS, unit_of_measure
from danchu.figures.catalogue import indicator as indicator_of
from danchu.kernel.days import Period, show_day, today
from danchu.kernel.words import local_name
from danchu.portal.asked import day_asked, period_asked, query
from danchu.portal.register_span import span
from danchu.units.maps import boundaries
from danchu.units.models import Unit
from danchu.units.named import unit_named
from danchu.units.names import name_of

FIRST_YEARS = 8  # years a trend goes back at most


@dataclass(frozen=True)
class Question:
    """`indicator` an entry of the catalogue, `unit` a Unit; the map is the one of `map_day`."""

    indicator: object
    unit: Unit
    period: Period
    map_day: date
    first_year: int  # of the records, where a trend may begin
    actor: object  # who asks: small counts are told to some readers only

    @property
    def unit_name(self):
        return name_of(self.unit, self.map_day)

    @property
    def name(self):
        return local_name(self.indicator)

    @property
    def measure(self):
        return unit_of_measure(self.indicator)

    @property
    def when(self):
        return period_words(self.period)

    @property
    def arguments(self):
        return self.indicator, self.unit.pk, self.period, self.map_day

    def at(self, unit=None, period=None, map_day=None, indicator=None):
        """The same question with something else in it."""
        given = {"unit": unit, "period": period, "map_day": map_day, "indicator": indicator}
        return replace(self, **{name: value for name, value in given.items() if value is not None})

    @property
    def words(self):
        """What stands behind the ? of the address."""
        return query(
            unit=self.unit.pk,
            since=self.period.since.isoformat(),
            last=self.period.last.isoformat(),
            map=self.map_day.isoformat(),
        )

    def url(self, name="figure"):
        return f"{reverse(name, args=[self.indicator.key])}?{self.words}"

    def url_at(self, unit_id, level=None):
        """The page of the same figure at another unit."""
        return self.url().replace(f"unit={self.unit.pk}&", f"unit={unit_id}&")

    def level_below(self):
        """The level of the units right under this one on the map, or None at the bottom."""
        chart = boundaries(self.map_day)
        children = chart.children(self.unit.pk) if self.unit.pk in chart else []
        return chart.level_of(children[0]) if children else None

    def years(self):
        """The years of a trend up to the end of the period, as far back as there are records."""
        last = self.period.last.year
        first = max(self.first_year, last - FIRST_YEARS + 1)
        return [Period.year(year) for year in range(min(first, last), last + 1)]


def question(request, key=None, indicator=None):
    """The question in the address; what is missing is the nation and the last year with records."""
    unit = _unit(request) or nation()
    known = span()
    period = period_asked(request, known.last_year)
    end = min(period.last, unit.until - timedelta(days=1)) if unit.until else period.last
    it = indicator or (indicator_of(key) if key else next(iter(INDICATORS.values())))
    map_day = day_asked(request, "map", default=min(end, max(today(), unit.since)))
    return Question(it, unit, period, map_day, known.since.year, request.actor)


def figure_url(figure):
    """The page of a figure that is already known."""
    words = query(
        unit=figure.unit_id,
        since=figure.period.since.isoformat(),
        last=figure.period.last.isoformat(),
        map=figure.map_day.isoformat(),
    )
    return f"{reverse('figure', args=[figure.indicator.key])}?{words}"


def shown(figure, actor):
    """The value, or the words that stand for a count too small to be told to this reader."""
    return too_small(figure) if is_hidden(figure, actor) else figure.value


def too_small(figure):
    """The words for a count that is not told; a ratio of such counts says nothing."""
    if figure.over is not None:
        return None
    return (
        _("dưới {least}").format(least=SMALLEST_SHOWN)
        if figure.value < SMALLEST_SHOWN
        else _("không nêu")
    )


def nation():
    """The unit at the top of the map."""
    return Unit.objects.filter(level="nation").order_by("pk").first()


def period_words(period):
    """2023; 2021–2023; or 01/01/2021 – 12/12/2023."""
    first = period.since
    last = period.last
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    return f"{show_day(first)} – {show_day(last)}"


def _unit(request):
    text = request.GET.get("unit", "").strip()
    return unit_named(text) if text else None
