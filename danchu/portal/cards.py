"""Figures as cards, lines, bars and circles: turns answers of the figures room into the arguments
of the components of a page.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from danchu.figures import answer
from danchu.figures.blur import read_ahead
from danchu.figures.catalogue import INDICATORS
from danchu.figures.comparison import mark_words, method_changes
from danchu.figures.remainder import remainder
from danchu.kernel.days import show_day, today
from danchu.kernel.text import sort_key
from danchu.kernel.words import language, local_name
from danchu.law.regime import all_regimes, regimes
from danchu.portal.grounds import middles
from danchu.portal.question import Question, value_of
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
    figures: list  # the Figure of each year of the trend

    @property
    def value(self):
        """The value as this reader may see it."""
        return value_of(self.figure)

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
        """The last but one year of the trend, in words, with what changed since."""
        if len(self.trend) < 2:
            return ""
        year = _("năm {year}").format(year=self.trend[-2][0])
        note = mark_words(self.marks, language()) if self.has_step else ""
        return f"{year} ({note})" if note else year

    @property
    def marks(self):
        """The marks of the comparison of the last two years of the trend."""
        earlier, later = self.figures[-2:]
        return answer.marks_between(earlier, later)


def card(question):
    """The Card of a Question."""
    years = _years(question)
    return Card(question, question.figure(), _points(years), [figure for _year, figure in years])


def headlines(question, without=""):
    """A card for each headline indicator at the question's place and time."""
    questions = [question.at(indicator=INDICATORS[key]) for key in HEADLINES]
    read_ahead(
        (
            (*headline.arguments[:2], period, headline.map_day)
            for headline in questions
            for period in (headline.period, *headline.years())
        ),
        question.actor,
    )
    return [card(headline) for headline in questions if headline.indicator.key != without]


def trend(question):
    """[(year, value, address)], all on the map of the question, so of one territory."""
    return _points(_years(question))


def _years(question):
    """[(the question of one year, its Figure)] of the trend."""
    questions = [question.at(period=year) for year in question.years()]
    return [(of_year, of_year.figure()) for of_year in questions]


def _points(years):
    return [
        (str(of_year.period.since.year), value_of(figure), of_year.url())
        for of_year, figure in years
    ]


def breaks(question):
    """[(year, words)] of the years of the trend in which another law or method began to apply."""
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
    return breaks + [
        (
            str(day.year),
            _("Từ {year} cách tính đã đổi").format(year=show_day(day)),
        )
        for day in method_changes(question.indicator)
        if years and years[0].since < day < years[-1].until
    ]


def places(question, level):
    """[(unit id, name, value, figure)] of the units of a level below that this reader may see, the
    greatest value first.
    """
    names = names_on(question.map_day)
    figures = question.figures_at(level)
    rows = [
        (
            f.unit_id,
            own_name(names[f.unit_id].name) if f.own else names[f.unit_id].name,
            f.value,
            f,
        )
        for f in figures
    ]
    return sorted(rows, key=lambda row: (-(row[3].value or 0), sort_key(row[1])))


@dataclass(frozen=True)
class Rest:
    """By how much the places fall short of the whole: its `value`, and (name, amount) of the former
    units of which it is, the greatest first.
    """

    value: object
    units: list


def rest(question, level):
    """The Rest of `places`; None where the reader may not see all of them: beside hidden counts it
    would narrow them.
    """
    if question.is_published_only:
        return None
    gap = remainder(*question.arguments, level)
    names = names_on(question.map_day)
    units = [(names[unit].name, amount) for unit, amount in gap.units.items()]
    return Rest(gap.value, sorted(units, key=lambda pair: (-pair[1], sort_key(pair[0]))))


def own_name(name):
    """The name of the row of what counts at a unit itself, beside the rows of its units."""
    return _("{name}, phần ghi tại chính nơi này").format(name=name)


def spots(question, rows):
    """[(name, lat, lon, value, address)], the circles of a map, of the rows of `places` that have a
    point and a value.
    """
    middle = middles(question.map_day)
    return [
        (name, *middle[unit], value, question.url_at(unit, figure.own))
        for unit, name, value, figure in rows
        if unit in middle and value
    ]
