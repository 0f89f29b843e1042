"""A report with today's figures: a filled form in which each number knows the figures it shows."""

from dataclasses import replace

from django.utils.translation import gettext as _

from danchu.figures.blur import SMALLEST_SHOWN, seen_figure
from danchu.figures.catalogue import INDICATORS
from danchu.figures.comparison import mark_words, marks_between
from danchu.kernel.days import Period
from danchu.kernel.numbers import show_number, show_percent
from danchu.kernel.reading import reading
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from danchu.reports.blocks import HIDDEN, Block, Document, Number
from danchu.reports.tables import chart, table
from danchu.reports.template import Reference
from danchu.units.find import unit_from
from danchu.units.maps import boundaries
from danchu.units.names import name_of

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
PUBLIC = Actor.public()
PLACES = {"vi": "bậc", "en": "places"}
UNKNOWN = {"vi": "chưa có số liệu", "en": "not known"}
# Why a document has HIDDEN in place of a number.
HIDDEN_NOTE = {
    "vi": (
        "“(không nêu)”: số liệu về đơn thư và tiếp công dân chỉ công khai một lần, theo trọn năm "
        "đã khép hoặc theo kỳ của báo cáo của tỉnh, thành phố, và chỉ khi không phép trừ nào với "
        "các số đã công bố làm lộ một số nhỏ hơn {least}. Số này chưa được công bố, hoặc không "
        "công bố được."
    ),
    "en": (
        "“(not stated)”: figures of petitions and receptions are published once, for whole closed "
        "years or for the period of a report of a province or city, and only where no subtraction "
        "from published numbers tells a count below {least}. This one is not published yet, or "
        "cannot be."
    ),
}


class Filler:
    """Computes the numbers of one form; each figure is computed once and cached."""

    def __init__(self, form, language, map_day, actor):
        self.actor = actor
        self.form = form
        self.language = language
        self.map_day = map_day
        self.unit_id = _unit_on(unit_from(form.unit).pk, map_day)
        self._figures = {}

    def figure(self, key, period):
        """The figure of an indicator for the period, at the unit and on the map of the form."""
        if (key, period) not in self._figures:
            self._figures[key, period] = seen_figure(
                INDICATORS[key], self.unit_id, period, self.map_day, self.actor
            )
        return self._figures[key, period]

    def number(self, reference):
        """The Number that a reference in the text stands for."""
        if reference.is_change:
            return self._change(reference)
        figure = self.figure(reference.key, self.period_of(reference))
        if "rank" in reference.flags:
            return Number(str(figure.rank) if figure.rank else UNKNOWN[self.language], (figure,))
        step = reference.options.get("more_than")
        text = self._more_than(figure, step) if step else self.value_text(figure)
        return Number(text, (figure,))

    def value_text(self, figure):
        """The value of a figure as it is written in the text."""
        if figure.is_hidden:
            return HIDDEN[self.language]
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
        if figure.value is None:
            return self.value_text(figure)
        whole = figure.value // step * step
        if whole == figure.value or not whole:
            return self.value_text(figure)
        return f"{MORE_THAN[self.language]} {show_number(whole, language=self.language)}"

    def period_of(self, reference):
        """The days of a reference: its own, else those of the form."""
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
        if now.is_hidden or then.is_hidden:
            return Number(HIDDEN[self.language], (now, then))
        if None in values:
            return Number(UNKNOWN[self.language], (now, then))
        # A smaller rank is a better place.
        rise = (values[1] - values[0]) if is_rank else (values[0] - values[1])
        turn = TURNS[self.language][_turn(rise)]
        measure = PLACES[self.language] if is_rank else now.indicator.measure[self.language == "en"]
        n = show_number(abs(rise), language=self.language)
        sentence = turn.format(n=n, measure=measure, year=reference.options["from"])
        earlier, later = sorted((then, now), key=lambda one: one.period)
        note = mark_words(marks_between(earlier, later), self.language)
        return Number(f"{sentence} ({note})" if note else sentence, (now, then))


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


def fill(form, language="vi", map_day=None, actor=PUBLIC):
    """The Document of a form with today's figures, as the actor may see them, on the map of
    `map_day`, by default the form's own. Refused where the unit of the form was divided on that
    map.
    """
    with reading():
        filler = Filler(form, language, map_day or form.map_day, actor)
        blocks = tuple(_filled(filler, block) for block in form.blocks)
        document = replace(blank(form, language, map_day), blocks=blocks)
        return _with_note(document)


def _with_note(document):
    """The document with a last paragraph that says why numbers are hidden, where some are."""
    if all(number.text != HIDDEN[document.language] for number in document.numbers):
        return document
    note = HIDDEN_NOTE[document.language].format(least=SMALLEST_SHOWN)
    return replace(document, blocks=(*document.blocks, Block("paragraph", (note,))))


def blank(form, language="vi", map_day=None):
    """The Document of a form without its blocks, which needs no figures. Refused as in `fill`."""
    map_day = map_day or form.map_day
    unit_id = _unit_on(unit_from(form.unit).pk, map_day)
    return Document(form, language, unit_id, name_of(unit_id, map_day), map_day, ())


def _filled(filler, block):
    if block["kind"] == "table":
        return table(filler, block)
    if block["kind"] == "chart":
        return chart(filler, block)
    spans = (
        filler.number(p) if isinstance(p, Reference) else p for p in block["text"][filler.language]
    )
    return Block(block["kind"], tuple(spans))
