"""The geometry of charts: plain numbers in, positions out; templates draw the SVG.

Horizontal positions are percentages and vertical ones pixels, so that a chart fills any width while
its text keeps its size, without scripts or inline styles.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from math import floor, log10

HEIGHT = 250
TOP = 34
BOTTOM = 30
LEFT = 17.0
RIGHT = 93.0  # the labels of the vertical axis are left of the first point
# More labels than this under an axis would overlap at 390 px.
MOST_LABELS = 7


@dataclass(frozen=True)
class Point:
    """One value of a line, with its `text`; `y` is None for a missing value or for words such as
    "không nêu".
    """

    label: str
    value: object
    url: str = ""
    text: str = ""
    x: float = 0.0
    y: float | None = None


@dataclass(frozen=True)
class Line:
    """One series: its points, and (Point, Point) for neighbours that both have a value."""

    name: str
    number: int
    points: list = field(default_factory=list)
    strokes: list = field(default_factory=list)


@dataclass(frozen=True)
class Chart:
    """A chart with the positions of everything that is drawn."""

    lines: list
    ticks: list  # (value, y)
    breaks: list  # (x, text)
    labels: list  # (x, text)
    height: int = HEIGHT

    @property
    def base(self):
        """The vertical position of the horizontal axis."""
        return self.height - BOTTOM

    @property
    def foot(self):
        """The vertical position of the labels below the axis."""
        return self.height - 8


def line_chart(series, *, zero=True, breaks=(), write=str):
    """A Chart of `[(name, [(label, value[, url]), …]), …]`; all series share the labels of the
    first.

    `zero=False` lets the axis start near the smallest value (for indexes, never for counts).
    `breaks` is `[(label, text)]`: from this label on another law, method or map applies. `write`
    makes the text of a value.
    """
    series = [(name, [_plain(point) for point in points]) for name, points in series]
    labels = [label for label, _, _ in series[0][1]] if series else []
    places = _spread(len(labels))
    values = [value for _, points in series for _, value, _ in points if _is_drawn(value)]
    low, high, marks = scale(values, zero=zero)
    lines = [
        _line(name, i + 1, points, places, (low, high), write)
        for i, (name, points) in enumerate(series)
    ]
    return Chart(
        lines=lines,
        ticks=[(mark, _height(mark, low, high)) for mark in marks],
        breaks=[
            (_middle(places, labels.index(label)), text)
            for label, text in breaks
            if label in labels
        ],
        labels=_thin_out(list(zip(places, labels, strict=True))),
    )


def bars(points):
    """`[(label, value, url, width in %)]`; the greatest value has 100 %, None has 0."""
    points = [_plain(point) for point in points]
    top = max([value for _, value, _ in points if _is_drawn(value)], default=0)
    return [(label, value, url, _share(value, top)) for label, value, url in points]


def scale(values, *, zero=True):
    """(lowest, highest, marks) of an axis with 2 to 6 round marks that covers all values: of things
    that are counted, no mark is half of one.
    """
    low = 0 if zero or not values else min(values)
    high = max(values, default=1)
    if high == low:
        high = low + 1
    step = _round_step((high - low) / 4, all(Fraction(v).denominator == 1 for v in values))
    first = floor(low / step)
    last = -floor(-high / step)
    marks = [step * i for i in range(first, last + 1)]
    return marks[0], marks[-1], marks


def spark(values, width=112, height=34):
    """A sparkline: `{path, x, y, width, height}` with (x, y) its last point; None for fewer than
    two values.
    """
    drawn = [(i, float(value)) for i, value in enumerate(values) if _is_drawn(value)]
    if len(drawn) < 2:
        return None
    low = min(0, *(v for _, v in drawn))
    high = max(v for _, v in drawn)
    span = (high - low) or 1
    step = (width - 8) / (len(values) - 1)
    dots = [
        (round(4 + i * step, 1), round(height - 4 - (v - low) / span * (height - 8), 1))
        for i, v in drawn
    ]
    path = "M" + "L".join(f"{x} {y}" for x, y in dots)
    return {"path": path, "x": dots[-1][0], "y": dots[-1][1], "width": width, "height": height}


def _line(name, number, points, places, ends, write):
    placed = [
        Point(
            label, value, url, write(value), x, _height(value, *ends) if _is_drawn(value) else None
        )
        for x, (label, value, url) in zip(places, points, strict=False)
    ]
    pairs = zip(placed, placed[1:], strict=False)
    return Line(
        name, number, placed, [(a, b) for a, b in pairs if a.y is not None and b.y is not None]
    )


def _is_drawn(value):
    return value is not None and not isinstance(value, str)


def _plain(point):
    """(label, value, url) from a tuple of two or three."""
    label, value, *url = point
    return str(label), value, url[0] if url else ""


def _spread(count):
    """`count` positions from LEFT to RIGHT in percent; a single one in the middle."""
    if count == 1:
        return [50.0]
    return [round(LEFT + (RIGHT - LEFT) * i / (count - 1), 2) for i in range(count)]


def _height(value, low, high):
    share = float((Fraction(value) - Fraction(low)) / (Fraction(high) - Fraction(low)))
    return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def _middle(places, index):
    return places[0] / 2 if index == 0 else round((places[index - 1] + places[index]) / 2, 2)


def _thin_out(labels):
    step = -(-len(labels) // MOST_LABELS)
    return labels[:: step or 1]


def _round_step(rough, is_whole):
    """The smallest of 1, 2, 2.5, 5 × 10ⁿ that is at least `rough`, as an exact fraction; of whole
    numbers only one that is whole itself.
    """
    power = Fraction(10) ** (max(floor(log10(rough)), 0) if is_whole else floor(log10(rough)))
    return next(
        step
        for n in (1, 2, Fraction(5, 2), 5, 10)
        if (step := power * n) >= Fraction(rough) and (step.denominator == 1 or not is_whole)
    )


def _share(value, top):
    return (
        round(float(Fraction(value) / Fraction(top)) * 100, 2)
        if _is_drawn(value) and value and top
        else 0
    )
