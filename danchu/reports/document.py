"""A report with today's figures: a filled form in which each number knows the figures it shows."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from danchu.figures.answer import by_unit, figure
from danchu.figures.blur import hidden_units
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period
from danchu.kernel.numbers import show_number, show_percent
from danchu.kernel.reading import reading
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from danchu.reports.template import Form, Reference
from danchu.units.find import unit_from
from danchu.units.maps import boundaries
from danchu.units.names import name_of, names_on

MORE_THAN = {"vi": "hơn", "en": "more than"}
TURNS = {
    "vi": (
        "tăng {n} {measure} so với năm {year}",
        "giảm {n} {measure} so với năm {year}",
        "giữ nguyên so với năm {year}",
    ),
    "en": (
        "up {n} {measure} from {year}",
        "down {n} {measure} from {year}",
        "unchanged from {year}",
    ),
}
PLACES = {"vi": "bậc", "en": "places"}
UNKNOWN = {"vi": "chưa có số liệu", "en": "not known"}


@dataclass(frozen=True)
class Number:
    """A number in a text: how it is written, and the figures it is computed from."""

    text: str
    figures: tuple

    @property
    def figure(self):
        """The first of its figures."""
        return self.figures[0]


@dataclass(frozen=True)
class Block:
    """`kind`; `spans` of a heading or paragraph; `rows` (label, Number) of a table; `points` of
    a chart.
    """

    kind: str
    spans: tuple = ()
    title: str = ""
    rows: tuple = ()
    points: tuple = ()
    head: tuple = ()


@dataclass(frozen=True)
class Document:
    """A filled form in one language."""

    form: Form
    language: str
    unit_id: int
    unit_name: str
    map_day: object
    blocks: tuple

    @property
    def title(self):
        return self.form.title[self.language]

    @property
    def figures(self):
        """Every figure the document shows, each once, in order."""
        numbers = [
            span for block in self.blocks for span in block.spans if isinstance(span, Number)
        ]
        numbers += [cell for block in self.blocks for row in block.rows for cell in row[1:]]
        seen = {}
        for number in numbers:
            for one in number.figures:
                seen.setdefault((one.indicator.key, one.unit_id, one.period), one)
        return list(seen.values())


class Filler:
    """Computes the numbers of one form; each figure is computed once and cached."""

    def __init__(self, form, language, map_day):
        self.form = form
        self.language = language
        self.map_day = map_day
        self.unit_id = _unit_on(unit_from(form.unit).pk, map_day)
        self._figures = {}

    def figure(self, key, period):
        """The figure of an indicator for the period, at the unit and on the map of the form."""
        if (key, period) not in self._figures:
            self._figures[key, period] = figure(INDICATORS[key], self.unit_id, period, self.map_day)
        return self._figures[key, period]

    def number(self, reference):
        """The Number that a reference in the text stands for."""
        if reference.is_change:
            return self._change(reference)
        figure = self.figure(reference.key, self._period(reference))
        if "rank" in reference.flags:
            return Number(str(figure.rank) if figure.rank else UNKNOWN[self.language], (figure,))
        step = reference.options.get("more_than")
        text = self._more_than(figure, step) if step else self.value_text(figure)
        return Number(text, (figure,))

    def value_text(self, figure):
        """The value of a figure as it is written in the text."""
        if figure.value is None:
            return UNKNOWN[self.language]
        if figure.indicator.kind == "ratio":
            return show_percent(figure.value, language=self.language)
        if figure.indicator.measure[0] == "%":
            return show_percent(figure.value, 2, self.language)
        return show_number(figure.value, language=self.language)

    def _more_than(self, figure, step):
        """“more than” and the value rounded down to a multiple of `step`; the value itself where
        that is exact or 0.
        """
        whole = figure.value // step * step
        if whole == figure.value or not whole:
            return self.value_text(figure)
        return f"{MORE_THAN[self.language]} {show_number(whole, language=self.language)}"

    def _period(self, reference):
        options = reference.options
        if "year" in options:
            return Period.year(options["year"])
        return Period(
            options.get("since", self.form.period.since),
            options.get("until", self.form.period.until),
        )

    def _change(self, reference):
        now, then = (
            self.figure(reference.key, Period.year(reference.options[name]))
            for name in ("year", "from")
        )
        is_rank = "rank" in reference.flags
        values = (now.rank, then.rank) if is_rank else (now.value, then.value)
        if None in values:
            return Number(UNKNOWN[self.language], (now, then))
        # A smaller rank is a better place.
        rise = (values[1] - values[0]) if is_rank else (values[0] - values[1])
        turn = TURNS[self.language][_turn(rise)]
        measure = PLACES[self.language] if is_rank else now.indicator.measure[self.language == "en"]
        n = show_number(abs(rise), language=self.language)
        return Number(
            turn.format(n=n, measure=measure, year=reference.options["from"]), (now, then)
        )


def _turn(rise):
    """The index into TURNS of a rise: up, down, unchanged."""
    if rise == 0:
        return 2
    return 0 if rise > 0 else 1


def _unit_on(unit_id, map_day):
    """The id of the unit, or of its only successor where it is not on the map of the day. Refused
    where it was divided.
    """
    chart = boundaries(map_day)
    if unit_id in chart and chart.sources(unit_id):
        return unit_id
    places = chart.place(unit_id)
    if len(places) != 1:
        raise Refused(
            _(
                "Đơn vị của báo cáo đã chia ra nhiều nơi trên bản đồ này. Hãy chọn bản "
                "đồ của ngày khác."
            ),
            "map",
        )
    return next(iter(places))


def fill(form, language="vi", map_day=None):
    """The Document of a form with today's figures on the map of `map_day`, by default the form's
    own. Refused where the unit of the form was divided on that map.
    """
    with reading():
        filler = Filler(form, language, map_day or form.map_day)
        blocks = tuple(_filled(filler, block) for block in form.blocks)
    name = name_of(filler.unit_id, filler.map_day)
    return Document(form, language, filler.unit_id, name, filler.map_day, blocks)


def _filled(filler, block):
    if block["kind"] == "table":
        return _table(filler, block)
    if block["kind"] == "chart":
        return _chart(filler, block)
    spans = (
        filler.number(p) if isinstance(p, Reference) else p for p in block["text"][filler.language]
    )
    return Block(block["kind"], tuple(spans))


def _table(filler, block):
    """A table with the indicators as rows; with a level, the units of that level as rows and the
    indicators as columns.
    """
    english = filler.language == "en"
    title = block["text"][filler.language]
    if not block["level"]:
        rows = []
        for key in block["keys"]:
            figure = filler.figure(key, _period_of(filler, INDICATORS[key]))
            rows.append((_name(key, english), Number(filler.value_text(figure), (figure,))))
        return Block("table", title=title, rows=tuple(rows))
    names = names_on(filler.map_day)
    columns = []
    for key in block["keys"]:
        figures = by_unit(
            INDICATORS[key], filler.unit_id, filler.form.period, filler.map_day, block["level"]
        )
        hidden = hidden_units(figures, Actor.public())
        columns.append(
            {
                f.unit_id: Number("…" if f.unit_id in hidden else filler.value_text(f), (f,))
                for f in figures
            }
        )
    units = sorted(
        {u for column in columns for u in column},
        key=lambda u: (u != filler.unit_id, names[u].code),
    )
    none = Number("–", ())
    rows = tuple((names[u].name, *(column.get(u, none) for column in columns)) for u in units)
    return Block(
        "table", title=title, rows=rows, head=tuple(_name(key, english) for key in block["keys"])
    )


def _period_of(filler, indicator):
    """The period of the form; for a published score the last whole year before its end."""
    if indicator.kind != "outside":
        return filler.form.period
    return Period.year(filler.form.period.until.year - 1)


def _name(key, english):
    return INDICATORS[key].en if english else INDICATORS[key].vi


def _chart(filler, block):
    """A chart with one line for each indicator over the years of the form's period."""
    years = range(filler.form.period.since.year, filler.form.period.last.year + 1)
    lines = []
    for key in block["keys"]:
        points = []
        for year in years:
            span = Period.year(year)
            span = Period(
                max(span.since, filler.form.period.since), min(span.until, filler.form.period.until)
            )
            points.append((str(year), filler.figure(key, span)))
        lines.append((_name(key, filler.language == "en"), tuple(points)))
    return Block("chart", title=block["text"][filler.language], points=tuple(lines))
