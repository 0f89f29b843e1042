"""Where things stand in a chart. Pure geometry: plain numbers in, positions out; templates draw.

Horizontal positions are percentages and vertical ones pixels, so that a drawing fills any width
while its letters keep their size; the template needs no script and no style for it.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from math import floor, log10

HEIGHT = 250
TOP = 34
BOTTOM = 30
LEFT = 17.0
RIGHT = 93.0  # the marks of the axis stand left of the first point
# More names than this under an axis run into each other at 390 px.
MOST_LABELS = 7


@dataclass(frozen=True)
class Point:
    """One value on a line or one bar; `y` is None where there is no value, or only words such
    as "dưới 5".
    """

    label: str
    value: object
    url: str = ""
    x: float = 0.0
    y: float | None = None
    shown: bool = True


@dataclass(frozen=True)
class Line:
    """One series: its points and the strokes between neighbours that both have a value."""

    name: str
    number: int
    points: list = field(default_factory=list)
    strokes: list = field(default_factory=list)


@dataclass(frozen=True)
class Chart:
    lines: list
    ticks: list  # (value, y)
    breaks: list  # (x, text)
    labels: list  # (x, text)
    height: int = HEIGHT

    @property
    def base(self):
        return self.height - BOTTOM

    @property
    def foot(self):
        return self.height - 8


def line_chart(series, *, zero=True, breaks=()):
    """A Chart of `[(name, [(label, value[, url]), …]), …]`; all series share the labels of the
    first.

    `zero=False` lets the axis begin near the least value (for indexes, never for counts). `breaks`
    is `[(label, text)]`: from this label on, another law, method or map holds.
    """
    series = [(name, [_plain(point) for point in points]) for name, points in series]
    labels = [label for label, _, _ in series[0][1]] if series else []
    places = _spread(len(labels))
    values = [value for _, points in series for _, value, _ in points if _drawn(value)]
    low, high, marks = scale(values, zero=zero)
    lines = [
        _line(name, i + 1, points, places, low, high) for i, (name, points) in enumerate(series)
    ]
    return Chart(
        lines=lines,
        ticks=[(mark, _height(mark, low, high)) for mark in marks],
        breaks=[
            (_between(places, labels.index(label)), text)
            for label, text in breaks
            if label in labels
        ],
        labels=_thinned(list(zip(places, labels, strict=True))),
    )


def bars(points):
    """`[(label, value, url, width %)]`, the greatest value filling the width; None has no width."""
    points = [_plain(point) for point in points]
    top = max([value for _, value, _ in points if _drawn(value)], default=0)
    return [(label, value, url, _share(value, top)) for label, value, url in points]


def scale(values, *, zero=True):
    """The ends of an axis and 3 to 6 round marks on it that hold all the values."""
    low = 0 if zero or not values else min(values)
    high = max(values, default=1)
    if high == low:
        high = low + 1
    step = _round_step((high - low) / 4)
    first = floor(low / step)
    last = -floor(-high / step)
    marks = [step * i for i in range(first, last + 1)]
    return marks[0], marks[-1], marks


def spark(values, width=112, height=34):
    """The path of a small trend, its last point and its base: `{path, x, y}` or None below two
    values.
    """
    known = [(i, float(value)) for i, value in enumerate(values) if _drawn(value)]
    if len(known) < 2:
        return None
    low = min(0, *(v for _, v in known))
    high = max(v for _, v in known)
    span = (high - low) or 1
    step = (width - 8) / (len(values) - 1)
    dots = [
        (round(4 + i * step, 1), round(height - 4 - (v - low) / span * (height - 8), 1))
        for i, v in known
    ]
    path = "M" + "L".join(f"{x} {y}" for x, y in dots)
    return {"path": path, "x": dots[-1][0], "y": dots[-1][1], "width": width, "height": height}


def _line(name, number, points, places, low, high):
    placed = [
        Point(label, value, url, x, _height(value, low, high) if _drawn(value) else None)
        for x, (label, value, url) in zip(places, points, strict=False)
    ]
    pairs = zip(placed, placed[1:], strict=False)
    return Line(
        name, number, placed, [(a, b) for a, b in pairs if a.y is not None and b.y is not None]
    )


def _drawn(value):
    return value is not None and not isinstance(value, str)


def _plain(point):
    """(label, value, url) from a tuple of two or three."""
    label, value, *url = point
    return str(label), value, url[0] if url else ""


def _spread(count):
    """`count` places from the left to the right end, in percent; a single one in the middle."""
    if count == 1:
        return [50.0]
    return [round(LEFT + (RIGHT - LEFT) * i / (count - 1), 2) for i in range(count)]


def _height(value, low, high):
    share = float((Fraction(value) - Fraction(low)) / (Fraction(high) - Fraction(low)))
    return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def _between(places, index):
    return places[0] / 2 if index == 0 else round((places[index - 1] + places[index]) / 2, 2)


def _thinned(labels):
    step = -(-len(labels) // MOST_LABELS)
    return labels[:: step or 1]


def _round_step(rough):
    """The least of 1, 2, 2.5, 5 × 10ⁿ that is not below `rough`; exact."""
    power = Fraction(10) ** floor(log10(rough))
    return next(
        step for n in (1, 2, Fraction(5, 2), 5, 10) if (step := power * n) >= Fraction(rough)
    )


def _share(value, top):
    return (
        round(float(Fraction(value) / Fraction(top)) * 100, 2)
        if _drawn(value) and value and top
        else 0
    )
