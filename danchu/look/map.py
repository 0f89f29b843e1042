"""The geometry of maps: points of communes and circles for places, with Hoàng Sa and Trường Sa in
their position or on an inset map.

Positions are WGS 84 degrees. The projection is equirectangular with the standard parallel 16°,
which is sufficient since nothing is measured on the map.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import sqrt

SHRINK = 0.9613
# The frame of the whole country with both archipelagos.
WEST = 101.7
EAST = 118.2
SOUTH = 6.2
NORTH = 23.8
SCALE = 40
# East of this meridian only the two archipelagos lie; the map of a province there keeps to the
# mainland and shows them in the small map.
OPEN_SEA = 110.2
LETTER = 13  # width of a letter of a name at its largest font size, in drawing units
MOST_NAMES = 6

# Some of the islands and reefs of the two archipelagos (latitude, longitude), to two decimals.
HOANG_SA = (
    (16.53, 111.61),
    (16.83, 112.34),
    (15.78, 111.20),
    (16.67, 112.73),
    (16.45, 111.71),
    (16.47, 111.74),
    (16.51, 111.59),
    (16.45, 111.51),
    (17.10, 111.50),
    (16.05, 112.50),
    (16.97, 112.27),
    (16.34, 112.03),
)
TRUONG_SA = (
    (8.64, 111.92),
    (11.43, 114.33),
    (11.45, 114.36),
    (10.18, 114.37),
    (9.89, 114.33),
    (10.37, 114.48),
    (7.89, 112.92),
    (8.97, 113.69),
    (8.93, 112.35),
    (10.38, 114.37),
    (11.05, 114.28),
    (10.67, 114.42),
    (10.74, 115.80),
    (11.08, 115.02),
    (8.36, 115.22),
    (9.55, 112.89),
    (8.67, 111.67),
    (8.85, 112.22),
    (8.81, 113.98),
    (8.71, 114.18),
    (8.86, 114.66),
    (8.17, 113.32),
    (9.77, 114.25),
    (10.06, 113.85),
    (7.53, 111.53),
    (9.72, 114.28),
    (10.81, 115.83),
)


@dataclass(frozen=True)
class Frame:
    """A rectangle of the earth and its scale in drawing units per degree."""

    west: float
    north: float
    width: int
    height: int
    scale: float

    def at(self, lat, lon):
        """(x, y) of a point in the drawing."""
        return round((lon - self.west) * SHRINK * self.scale, 1), round(
            (self.north - lat) * self.scale, 1
        )


NATION = Frame(
    WEST, NORTH, round((EAST - WEST) * SHRINK * SCALE), round((NORTH - SOUTH) * SCALE), SCALE
)


@dataclass(frozen=True)
class Circle:
    """A place with its value; the area is proportional to the value."""

    label: str
    value: object
    url: str
    x: float
    y: float
    r: float
    here: bool = False
    label_x: float | None = None  # of the start of its name; None without one


def draw(places, ground=(), country=None, largest=26):
    """{name: value} for the template of a map.

    `places` are `(label, lat, lon, value, url[, here])`, `ground` the `(lat, lon)` of the communes
    to show. With `country`, the points of the whole country, the frame is fitted to `ground`, and
    an inset map of the country with both archipelagos is placed in the emptiest corner.
    """
    ground = _as_tuple(ground)
    frame = (
        NATION if country is None else close_frame(ground or tuple((p[1], p[2]) for p in places))
    )
    top = max((abs(p[3]) for p in places if p[3]), default=0)
    circles = [_circle(frame, place, top, largest) for place in places]
    return {
        "frame": frame,
        "ground": dots(frame, ground),
        "weight": 2.9 if country is None else 8,
        "circles": _name_circles(
            frame, sorted((c for c in circles if _inside(frame, c)), key=lambda c: -c.r)
        ),
        "isles": isles(),
        "nation": NATION,
        "inset": None if country is None else _inset(frame, ground, _as_tuple(country)),
    }


def _as_tuple(points):
    return points if isinstance(points, tuple) else tuple(points)


@lru_cache(maxsize=512)
def _inset(frame, ground, country):
    """The inset map: its dots, the position of `ground` on it, and the corner that covers the
    fewest dots of the main map.
    """
    spots = [frame.at(*point) for point in ground]
    corners = {
        f"{v}-{h}": sum(
            (x < frame.width * 0.34) == (h == "left") and (y < frame.height * 0.4) == (v == "top")
            for x, y in spots
            if (x < frame.width * 0.34 or x > frame.width * 0.66)
            and (y < frame.height * 0.4 or y > frame.height * 0.6)
        )
        for v in ("bottom", "top")
        for h in ("right", "left")
    }
    return {
        "ground": dots(NATION, country),
        "at": NATION.at(*_middle(ground)),
        "corner": min(corners, key=corners.get),
    }


def close_frame(ground, width=640):
    """The Frame that fits the mainland points with a margin; its height is between 0.5 and 1.2
    times its width.
    """
    land = [point for point in ground if point[1] < OPEN_SEA] or list(ground)
    south = min(p[0] for p in land)
    north = max(p[0] for p in land)
    west = min(p[1] for p in land)
    east = max(p[1] for p in land)
    margin = 0.09 * max(north - south, east - west) + 0.01
    south = south - margin
    north = north + margin
    west = west - margin
    east = east + margin
    high = north - south
    wide = (east - west) * SHRINK
    if high > 1.2 * wide:
        grow = (high / 1.2 - wide) / SHRINK / 2
        west = west - grow
        east = east + grow
    elif high < 0.5 * wide:
        south = south - (0.5 * wide - high) / 2
        north = north + (0.5 * wide - high) / 2
    scale = width / ((east - west) * SHRINK)
    return Frame(west, north, width, round((north - south) * scale), scale)


def country_picture(country):
    """The SVG file with the dots of the whole country in the frame NATION, which a map lays under
    its circles as a picture: a browser fetches it once, and not before the page has its sheet.
    One colour and dots of one size in pixels, which stand out by day and by night, large and small.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {NATION.width} {NATION.height}">'
        '<path fill="none" stroke="#948a78" stroke-opacity=".75" stroke-linecap="round"'
        ' stroke-width="1.5" vector-effect="non-scaling-stroke"'
        f' d="{dots(NATION, tuple(country))}"/></svg>'
    )


@lru_cache(maxsize=64)
def dots(frame, points):
    """An SVG path of zero-length strokes, each drawn as a dot; about 9 bytes a commune."""
    places = sorted({frame.at(*point) for point in points})
    inside = [(x, y) for x, y in places if 0 <= x <= frame.width and 0 <= y <= frame.height]
    return "".join(f"M{x:g} {y:g}h0" for x, y in inside)


@lru_cache(maxsize=1)
def isles():
    """The paths of both archipelagos in the frame of the country."""
    return {"hoang_sa": dots(NATION, HOANG_SA), "truong_sa": dots(NATION, TRUONG_SA)}


def _circle(frame, place, top, largest):
    label, lat, lon, value, url, *here = place
    radius = max(2.5, largest * sqrt(float(abs(value)) / float(top))) if value and top else 2.5
    if here and here[0]:
        radius = max(radius, 11)
    x, y = frame.at(lat, lon)
    return Circle(label, value, url, x, y, round(radius, 1), bool(here and here[0]))


def _name_circles(frame, circles):
    """The circles, at most MOST_NAMES of them with the position of a name that overlaps no other
    name and lies within the frame; greater circles come first.
    """
    boxes = []
    named = []
    for circle in circles:
        wide = len(circle.label) * LETTER
        at = next(
            (
                x
                for x in (circle.x + circle.r + 6, circle.x - circle.r - 6 - wide)
                if 0 < x < frame.width - wide
            ),
            None,
        )
        box = at is not None and (at - 6, circle.y - LETTER, at + wide + 6, circle.y + LETTER)
        free = (
            box
            and len(boxes) < MOST_NAMES
            and circle.value
            and not any(_overlap(box, other) for other in boxes)
        )
        if free:
            boxes.append(box)
        named.append(replace(circle, label_x=round(at, 1)) if free else circle)
    return named


def _overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _inside(frame, circle):
    return 0 <= circle.x <= frame.width and 0 <= circle.y <= frame.height


def _middle(points):
    points = points or ((16.0, 106.0),)
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)
