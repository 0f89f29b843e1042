"""Figures as the cards, lines and bars of a page: what the components want, from what the
figures room answers.
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
from danchu.portal.question import Question, shown, too_small
from danchu.units.names import names_on

# What the front page, a unit's page and a comparison speak of first, in the order of the report.
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
        return shown(self.figure, self.question.actor)

    @property
    def is_percent(self):
        return self.question.indicator.kind == "ratio"

    @property
    def places(self):
        return PLACES.get(self.question.indicator.kind)

    @property
    def measure(self):
        return "" if self.is_percent else self.question.measure

    @property
    def is_running(self):
        """Whether the last year is not over: then it is not compared with a whole one."""
        return self.question.period.until > today()

    @property
    def has_step(self):
        return len(self.trend) > 1 and not self.is_running

    @property
    def before(self):
        """The value of the year before the last in the trend."""
        return self.trend[-2][1] if len(self.trend) > 1 else None

    @property
    def last(self):
        return self.trend[-1][1] if self.trend else None

    @property
    def before_name(self):
        return _("năm {year}").format(year=self.trend[-2][0]) if len(self.trend) > 1 else ""


def card(question):
    return Card(question, answer.figure(*question.arguments), trend(question))


def headlines(question, without=""):
    """A card for each headline indicator at the question's place and time."""
    return [card(question.at(indicator=INDICATORS[key])) for key in HEADLINES if key != without]


def trend(question):
    """[(year, value, address)] on the question's own map, so that all the years are of one
    territory.
    """
    found = []
    for year in question.years():
        asked = question.at(period=year)
        found.append(
            (str(year.since.year), shown(answer.figure(*asked.arguments), asked.actor), asked.url())
        )
    return found


def breaks(question):
    """[(year, words)] where another law begins within the trend."""
    years = question.years()
    laws = all_regimes()
    found = []
    for before, year in zip(years, years[1:], strict=False):
        new = [regime for regime in regimes(year, laws) if regime not in regimes(before, laws)]
        found += [
            (
                str(year.since.year),
                _("Từ {year} áp dụng {law}").format(
                    year=show_day(regime.since), law=local_name(regime)
                ),
            )
            for regime in new
        ]
    return found


def places(question, level):
    """[(unit id, name, value as shown, figure)] of the units of a level below, the greatest
    first.
    """
    names = names_on(question.map_day)
    found = answer.by_unit(*question.arguments, level)
    blurred = hidden_units(found, question.actor)
    rows = [
        (f.unit_id, names[f.unit_id].name, too_small(f) if f.unit_id in blurred else f.value, f)
        for f in found
    ]
    return sorted(rows, key=lambda row: (-(row[3].value or 0), row[1]))


def spots(question, rows):
    """Circles of a map, [(name, lat, lon, value, address)], for places that can be drawn and
    whose value can be told.
    """
    middle = middles(question.map_day)
    return [
        (name, *middle[unit], value, question.url_at(unit))
        for unit, name, value, _figure in rows
        if unit in middle and value and not isinstance(value, str)
    ]
