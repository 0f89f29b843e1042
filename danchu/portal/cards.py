"""Figures as cards, lines, bars and circles: turns answers of the figures room into the arguments
of the components of a page.
"""

from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from danchu.figures import answer
from danchu.figures.blur import read_ahead
from danchu.figures.catalogue import INDICATORS
from danchu.figures.comparison import mark_words, method_changes
from danchu.figures.remainder import remainder
from danchu.kernel.days import Period, next_month, show_day, today
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
MOST_MONTHS = 48  # as many as a picture still shows apart


@dataclass(frozen=True)
class Card:
    """One figure and its yearly trend, without a year that is not over."""

    question: Question
    figure: object
    trend: list  # [(year, value, address)]
    # The Figures that are compared, earlier and later; () where there are none. Of a year that is
    # not over they are those of its months that are.
    compared: tuple

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
    def before(self):
        """The earlier of the two values that are compared; None where nothing is."""
        return value_of(self.compared[0]) if self.compared else None

    @property
    def last(self):
        """The later of the two values that are compared; None where nothing is."""
        return value_of(self.compared[1]) if self.compared else None

    @property
    def before_name(self):
        """The days of the earlier value, in words, with what changed since."""
        if not self.compared:
            return ""
        period = self.compared[0].period
        if period.until == Period.year(period.since.year).until:
            words = _("năm {year}").format(year=period.since.year)
        else:
            words = _("cùng kỳ {number} tháng đầu năm {year}").format(
                number=period.last.month, year=period.since.year
            )
        note = mark_words(answer.marks_between(*self.compared), language())
        return f"{words} ({note})" if note else words


def card(question):
    """The Card of a Question."""
    read_sums_of([question])
    return card_of_read(question)


def card_of_read(question):
    """The Card of a Question whose sums have been read."""
    years = [(one, one.figure()) for one in _years(question) if not _is_running(one)]
    if months := _months(question):
        compared = tuple(question.at(period=period).figure() for period in months)
        if any(figure.is_hidden or figure.value is None for figure in compared):
            compared = ()
    elif _is_running(question):
        compared = ()
    else:
        compared = tuple(figure for _asked, figure in years[-2:]) if len(years) > 1 else ()
    return Card(question, question.figure(), _points(years), compared)


def _is_running(question):
    return question.period.until > today()


def _months(question):
    """(the same months a year earlier, the months that are over) of a question about the year that
    is not over; () for another period, and in January.
    """
    day = today()
    if question.period != Period.year(day.year) or day.month == 1:
        return ()
    over = Period(question.period.since, day.replace(day=1))
    return over.year_before, over


def headlines(question):
    """A card for each headline indicator at the question's place and time."""
    questions = [question.at(indicator=INDICATORS[key]) for key in HEADLINES]
    read_sums_of(questions)
    return [card_of_read(headline) for headline in questions]


def read_sums_of(questions, *, with_years=True):
    """Read together what the cards of these questions of one reader are the sums of; without years
    only their figures.
    """
    sums = []
    for question in questions:
        periods = [question.period]
        if with_years:
            periods += [*question.years(), *_months(question)]
        sums += [(*question.arguments[:2], period, question.map_day) for period in periods]
    read_ahead(sums, questions[0].actor)


def trend(question):
    """[(year, value, address)], all on the map of the question, so of one territory."""
    return _points((one, one.figure()) for one in _years(question))


def _years(question):
    """The questions of the years of the trend."""
    return [question.at(period=year) for year in question.years()]


def _points(years):
    return [
        (str(of_year.period.since.year), value_of(figure), of_year.url())
        for of_year, figure in years
    ]


def months(question):
    """[(month, value, address)] of the months of the period, which lead to their rows: of an amount
    that is added up, of more months than one and at most MOST_MONTHS, and where this reader sees
    each of them. [] for other figures.
    """
    if question.indicator.kind != "flow" or question.is_published_only:
        return []
    periods = list(islice(_months_of(question.period), MOST_MONTHS + 1))
    if not 1 < len(periods) <= MOST_MONTHS:
        return []
    unit = question.unit.pk
    sums = [(question.indicator, unit, period, question.map_day) for period in periods]
    read_ahead(sums, question.actor)
    months = [question.at(period=period) for period in periods]
    return [
        (f"{one.period.since:%m/%Y}", value_of(one.figure()), f"{one.url()}#rows") for one in months
    ]


def _months_of(period):
    """The months of a period, the first and the last cut off where it begins and ends."""
    since = period.since
    while since < period.until:
        until = min(next_month(since.replace(day=1)), period.until)
        yield Period(since, until)
        since = until


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
