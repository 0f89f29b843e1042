"""Figures as cards, lines, bars and circles: turns answers of the figures room into the arguments
of the components of a page.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from danchu.figures import answer
from danchu.figures.blur import hidden_units
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import show_day, today
from danchu.kernel.words import local_name
from danchu.law.regime import all_regimes, regimes
from danchu.portal.grounds import middles
from danchu.portal.question import Question, masked_count, value_for
from danchu.units.names import names_on

# The indicators of the front page, of a unit's page and of a comparison, in the order of the
# report.
HEADLINES = (
    "critique_conferences",
    "opinions",
    "supervisions_217",
    "dialogues",
    "reception_visitors",
    "petitions_received",
    "pib_supervisions",
    "pib_violations",
    "pib_resolution_rate",
)
PLACES = {"ratio": 1, "outside": 2}


@dataclass(frozen=True)
class Card:
    """One figure and its yearly trend."""

    question: Question
    figure: object
    trend: list  # [(year, value, address)]

    @property
    def value(self):
        """The value as this reader may see it."""
        return value_for(self.figure, self.question.actor)

    @property
    def is_percent(self):
        """Whether the value is in percent."""
        return self.question.indicator.kind == "ratio"

    @property
    def places(self):
        """The decimal places; None for as many as the value has."""
        return PLACES.get(self.question.indicator.kind)

    @property
    def measure(self):
        """The unit of measure; empty for a percentage."""
        return "" if self.is_percent else self.question.measure

    @property
    def is_running(self):
        """Whether the period is not over: then it is not compared with a whole year."""
        return self.question.period.until > today()

    @property
    def has_step(self):
        """Whether it can be compared with the year before."""
        return len(self.trend) > 1 and not self.is_running

    @property
    def before(self):
        """The value of the last but one year of the trend."""
        return self.trend[-2][1] if len(self.trend) > 1 else None

    @property
    def last(self):
        """The value of the last year of the trend."""
        return self.trend[-1][1] if self.trend else None

    @property
    def before_name(self):
        """The last but one year of the trend, in words."""
        return _("năm {year}").format(year=self.trend[-2][0]) if len(self.trend) > 1 else ""


def card(question):
    """The Card of a Question."""
    return Card(question, answer.figure(*question.arguments), trend(question))


def headlines(question, without=""):
    """A card for each headline indicator at the question's place and time."""
    return [card(question.at(indicator=INDICATORS[key])) for key in HEADLINES if key != without]


def trend(question):
    """[(year, value, address)], all on the map of the question, so of one territory."""
    points = []
    for year in question.years():
        of_year = question.at(period=year)
        value = value_for(answer.figure(*of_year.arguments), of_year.actor)
        points.append((str(year.since.year), value, of_year.url()))
    return points


def breaks(question):
    """[(year, words)] of the years of the trend in which another law began to apply."""
    years = question.years()
    laws = all_regimes()
    breaks = []
    for before, year in zip(years, years[1:], strict=False):
        new = [regime for regime in regimes(year, laws) if regime not in regimes(before, laws)]
        breaks += [
            (
                str(year.since.year),
                _("Từ {year} áp dụng {law}").format(
                    year=show_day(regime.since), law=local_name(regime)
                ),
            )
            for regime in new
        ]
    return breaks


def places(question, level):
    """[(unit id, name, value as this reader may see it, figure)] of the units of a level below, the
    greatest value first.
    """
    names = names_on(question.map_day)
    figures = answer.by_unit(*question.arguments, level)
    masked = hidden_units(figures, question.actor)
    rows = [
        (f.unit_id, names[f.unit_id].name, masked_count(f) if f.unit_id in masked else f.value, f)
        for f in figures
    ]
    return sorted(rows, key=lambda row: (-(row[3].value or 0), row[1]))


def spots(question, rows):
    """[(name, lat, lon, value, address)], the circles of a map, of the rows of `places` that have a
    point and a value that is not hidden.
    """
    middle = middles(question.map_day)
    return [
        (name, *middle[unit], value, question.url_at(unit))
        for unit, name, value, _figure in rows
        if unit in middle and value and not isinstance(value, str)
    ]
