"""A report with today's figures: a filled form in which each number knows the figures it shows."""

from dataclasses import replace
from fractions import Fraction

from django.utils.translation import gettext as _

from danchu.figures.among import array
from danchu.figures.blur import SMALLEST_SHOWN, read_ahead, seen_figure
from danchu.figures.catalogue import INDICATORS
from danchu.figures.comparison import mark_words, marks_between
from danchu.kernel.days import Period
from danchu.kernel.numbers import show_number, show_percent
from danchu.kernel.reading import reading
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from danchu.register.models import Event, Statement
from danchu.reports.asked import questions_of
from danchu.reports.blocks import HIDDEN, Block, Document, Number
from danchu.reports.sentences import UNKNOWN, missing_sentence, sentences
from danchu.reports.tables import chart, table
from danchu.reports.template import Reference, days_of
from danchu.units.find import unit_from
from danchu.units.maps import boundaries
from danchu.units.names import name_of

MORE_THAN = {"vi": "hơn", "en": "more than"}
TURNS = {
    "vi": (
        "tăng {n} {measure} so với {earlier}",
        "giảm {n} {measure} so với {earlier}",
        "giữ nguyên so với {earlier}",
    ),
    "en": (
        "up {n} {measure} from {earlier}",
        "down {n} {measure} from {earlier}",
        "unchanged from {earlier}",
    ),
}
YEAR = {"vi": "năm {year}", "en": "{year}"}
NOT_COMPARED = {"vi": "chưa so được với {earlier}", "en": "not comparable with {earlier}"}
SAME_DAYS = {"vi": "cùng kỳ năm trước", "en": "the same days a year earlier"}
OF_PLAN = {"vi": "đạt {share} kế hoạch ({plan})", "en": "{share} of the plan ({plan})"}
PERCENT_POINTS = {"vi": "điểm %", "en": "percentage points"}
PUBLIC = Actor.public()
PLACES = {"vi": "bậc", "en": "places"}
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
        self.unit_id = _unit_on(_unit_of(form), map_day)
        self._figures = {}
        self._recorded = {}  # {day: whether anything was recorded before it}

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
        if "plan" in reference.options:
            return Number(self._of_plan(figure, reference.options["plan"]), (figure,))
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

    def _of_plan(self, figure, plan):
        """What share of a planned number the value is; the words in its place where it is hidden
        or not known.
        """
        if figure.is_hidden or figure.value is None:
            return self.value_text(figure)
        return OF_PLAN[self.language].format(
            share=show_percent(Fraction(figure.value) * 100 / plan, language=self.language),
            plan=show_number(plan, language=self.language),
        )

    def period_of(self, reference):
        """The days of a reference: its own, else those of the form."""
        return days_of(reference, self.form.period)

    def _change(self, reference):
        """How a figure changed between two years, or from the same days a year earlier."""
        if "from" in reference.options:
            periods = [Period.year(reference.options[name]) for name in ("year", "from")]
            earlier = YEAR[self.language].format(year=reference.options["from"])
        else:
            period = self.period_of(reference)
            periods = [period, period.year_before]
            earlier = SAME_DAYS[self.language]
        now, then = (self.figure(reference.key, period) for period in periods)
        is_rank = "rank" in reference.flags
        is_before_records = "from" not in reference.options and self._is_before_records(then)
        rise = UNKNOWN[self.language] if is_before_records else self._rise(now, then, is_rank)
        if rise == UNKNOWN[self.language] and (now.rank if is_rank else now.value) is not None:
            rise = NOT_COMPARED[self.language].format(earlier=earlier)
        if isinstance(rise, str):
            return Number(rise, (now, then))
        text = TURNS[self.language][_turn(rise)].format(
            n=show_number(abs(rise), language=self.language),
            measure=self._measure(now, is_rank),
            earlier=earlier,
        )
        return Number(self._with_marks(text, now, then), (now, then))

    def change_text(self, now, then):
        """By how much a figure changed, as it is written in a table: "+12", "−3", "0"."""
        rise = self._rise(now, then, False)
        if self._is_before_records(then):
            rise = UNKNOWN[self.language]
        if isinstance(rise, str):
            return rise
        sign = ("+", "−", "")[_turn(rise)]
        text = f"{sign}{show_number(abs(rise), language=self.language)}"
        return self._with_marks(text, now, then)

    def _rise(self, now, then, is_rank):
        """The later value minus the earlier one; the words in its place where one of the two is
        hidden or not known.
        """
        values = (now.rank, then.rank) if is_rank else (now.value, then.value)
        if now.is_hidden or then.is_hidden:
            return HIDDEN[self.language]
        if None in values:
            return UNKNOWN[self.language]
        # A smaller rank is a better place.
        return (values[1] - values[0]) if is_rank else (values[0] - values[1])

    def _is_before_records(self, figure):
        """Whether a figure is 0 for days before the first record of the unit: then 0 means that
        nobody wrote, not that nothing happened.
        """
        if figure.is_hidden or figure.value != 0:
            return False
        until = figure.period.until
        if until not in self._recorded:
            units = array({self.unit_id, *boundaries(self.map_day).sources(self.unit_id)})
            events = Event.objects.counted().filter(unit__among=units, held_on__lt=until)
            statements = Statement.objects.counted().filter(unit__among=units, since__lt=until)
            self._recorded[until] = events.exists() or statements.exists()
        return not self._recorded[until]

    def _measure(self, figure, is_rank):
        if is_rank:
            return PLACES[self.language]
        measure = figure.indicator.measure[self.language == "en"]
        return PERCENT_POINTS[self.language] if measure == "%" else measure

    def _with_marks(self, text, now, then):
        """The text of a comparison with what must be said of it."""
        earlier, later = sorted((then, now), key=lambda one: one.period)
        note = mark_words(marks_between(earlier, later), self.language)
        return f"{text} ({note})" if note else text


def _turn(rise):
    """The index into TURNS of a rise: up, down, unchanged."""
    if rise == 0:
        return 2
    return 0 if rise > 0 else 1


def _unit_of(form):
    """The id of the unit of a form: a file names it as an address does."""
    return form.unit if isinstance(form.unit, int) else unit_from(form.unit).pk


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
        read_ahead(questions_of(form, language, filler.unit_id, filler.map_day), actor)
        blocks = tuple(_fill_spans(filler, block) for block in form.blocks)
        document = _blank(form, language, filler.map_day, filler.unit_id)
        return _with_note(replace(document, blocks=blocks))


def _with_note(document):
    """The document with a last paragraph that says why numbers are hidden, where some are."""
    if all(number.text != HIDDEN[document.language] for number in document.numbers):
        return document
    note = HIDDEN_NOTE[document.language].format(least=SMALLEST_SHOWN)
    return replace(document, blocks=(*document.blocks, Block("paragraph", (note,))))


def blank(form, language="vi", map_day=None):
    """The Document of a form without its blocks, which needs no figures. Refused as in `fill`."""
    map_day = map_day or form.map_day
    return _blank(form, language, map_day, _unit_on(_unit_of(form), map_day))


def _blank(form, language, map_day, unit_id):
    return Document(form, language, unit_id, name_of(unit_id, map_day), map_day, ())


def _fill_spans(filler, block):
    if block["kind"] == "table":
        return table(filler, block)
    if block["kind"] == "chart":
        return chart(filler, block)
    spans = [
        span
        for sentence in sentences(block["text"][filler.language])
        for span in _filled_sentence(filler, sentence)
    ]
    return Block(block["kind"], tuple(spans))


def _filled_sentence(filler, sentence):
    """The spans of one sentence; where none of its numbers is known, or none may be told, a
    sentence that says so in its place.
    """
    spans = [filler.number(p) if isinstance(p, Reference) else p for p in sentence]
    numbers = [span for span in spans if isinstance(span, Number)]
    hidden = [number for number in numbers if number.text == HIDDEN[filler.language]]
    if hidden and len(hidden) == len(numbers):
        return missing_sentence(hidden, spans, filler.language, HIDDEN)
    unknown = [number for number in numbers if number.text == UNKNOWN[filler.language]]
    if not unknown:
        return spans
    if len(unknown) == len(numbers):
        return missing_sentence(unknown, spans, filler.language)
    return [part for span in spans for part in (("(", span, ")") if span in unknown else (span,))]
