"""The tables and charts of a report."""

from danchu.figures.blur import is_exact, seen_by_unit
from danchu.figures.catalogue import INDICATORS
from danchu.figures.remainder import remainder
from danchu.kernel.days import Period, show_day
from danchu.kernel.numbers import show_number
from danchu.reports.blocks import HIDDEN, Block, Number
from danchu.reports.sentences import UNKNOWN
from danchu.reports.template import Reference, key_of
from danchu.units.names import names_on

NONE = "–"  # beside a result; the words stand once in a row
INDICATOR_HEAD = {"vi": "Chỉ tiêu", "en": "Indicator"}
PLACE_HEAD = {"vi": "Nơi", "en": "Place"}
HEADS = {
    "vi": ("Kết quả", "Cùng kỳ năm trước", "Thay đổi"),
    "en": ("Result", "Same days a year earlier", "Change"),
}
NOT_PLACED = {
    "vi": "Không phân được cho nơi nào (đơn vị cũ đã chia, chưa thống nhất tỷ lệ)",
    "en": "At no place (former units divided without agreed shares)",
}


def table(filler, block):
    """A table with the indicators as rows, beside the same days a year earlier where the block
    compares; with a level, the units of that level as rows and the indicators as columns.
    """
    title = block["text"][filler.language]
    if not block["level"]:
        head = HEADS[filler.language] if block.get("compare") else HEADS[filler.language][:1]
        rows = tuple(_row(filler, key, block.get("compare")) for key in block["keys"])
        stub = INDICATOR_HEAD[filler.language]
        return Block("table", title=title, rows=rows, head=head, stub=stub)
    names = names_on(filler.map_day)
    columns = []
    for key in block["keys"]:
        figures = seen_by_unit(
            INDICATORS[key_of(key)],
            filler.unit_id,
            _days_of_column(filler, key),
            filler.map_day,
            block["level"],
            filler.actor,
        )
        columns.append({f.unit_id: Number(filler.value_text(f), (f,)) for f in figures})
    units = sorted(
        {u for column in columns for u in column},
        key=lambda u: (u != filler.unit_id, names[u].code),
    )
    columns = [
        (column, _no_number(filler, key_of(key)))
        for column, key in zip(columns, block["keys"], strict=True)
    ]
    rows = [(names[u].name, *(column.get(u, none) for column, none in columns)) for u in units]
    rows += _remainder_row(filler, block)
    head = tuple(_label(filler, key) for key in block["keys"])
    stub = PLACE_HEAD[filler.language]
    return Block("table", title=title, rows=tuple(rows), head=head, stub=stub)


def _row(filler, key, is_compared):
    """(label, number, …) of a row: a key, or a Reference to one for days of its own, which the
    label names; then, where it is compared, the number a year earlier and how it changed.
    """
    label = _label(filler, key)
    if isinstance(key, Reference):
        period = filler.period_of(key)
        key = key.key
    else:
        period = _period_of(filler, INDICATORS[key])
    figure = filler.figure(key, period)
    number = Number(filler.value_text(figure), (figure,))
    if not is_compared:
        return label, number
    earlier = filler.figure(key, period.year_before)
    texts = (filler.value_text(earlier), filler.change_text(figure, earlier))
    then, change = (NONE if text == UNKNOWN[filler.language] else text for text in texts)
    return label, number, Number(then, (earlier,)), Number(change, (figure, earlier))


def _label(filler, key):
    """The name of an indicator, with its days where the key is a Reference, which has its own."""
    name = _name(key_of(key), filler.language == "en")
    if not isinstance(key, Reference):
        return name
    period = filler.period_of(key)
    return f"{name} ({show_day(period.since)} – {show_day(period.last)})"


def _days_of_column(filler, key):
    """The days of a column of a table by level: its own, else those of the form."""
    return filler.period_of(key) if isinstance(key, Reference) else filler.form.period


def _remainder_row(filler, block):
    """[the last row of a table by units: by how much they fall short of the whole]; [] where they
    add up. A count of persons says nothing of it: beside hidden counts it would narrow them.
    """
    rests = [
        0
        if INDICATORS[key_of(key)].sensitive
        else remainder(
            INDICATORS[key_of(key)],
            filler.unit_id,
            _days_of_column(filler, key),
            filler.map_day,
            block["level"],
        ).value
        for key in block["keys"]
    ]
    if not any(rests):
        return []
    cells = [
        Number(show_number(rest, language=filler.language) if rest else "–", ()) for rest in rests
    ]
    return [(NOT_PLACED[filler.language], *cells)]


def _no_number(filler, key):
    """The cell of a unit of which there is no figure: nothing counts there, or the reader may not
    see what does.
    """
    is_hidden = not is_exact(INDICATORS[key], filler.unit_id, filler.actor)
    return Number(HIDDEN[filler.language] if is_hidden else "–", ())


def _period_of(filler, indicator):
    """The period of the form; for a published score the last whole year before its end."""
    if indicator.kind != "outside":
        return filler.form.period
    return Period.year(filler.form.period.until.year - 1)


def _name(key, english):
    return INDICATORS[key].en if english else INDICATORS[key].vi


def chart(filler, block):
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
