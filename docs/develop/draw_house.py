"""Draws house.svg, the picture of the rooms, from the layers contract in pyproject.toml.

    .venv/bin/python docs/develop/draw_house.py

What stands beside a room is the first sentence of its package's docstring. A test compares the
committed picture with what this draws.
"""

import ast
import re
import textwrap
import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PICTURE = Path(__file__).with_name("house.svg")
WIDTH, GAP, MARGIN, LINE = 900, 6, 16, 18  # pixels; LINE is the height of a line of text
ARROW = 60  # room at the left for the arrow of the imports
NAME = 120  # room for the name beside what it is for
CHARACTER = 6.9  # width of an average letter at 14 px
STYLE = """
  text { font: 14px sans-serif; fill: #1d2433 }
  .room { font-weight: bold; font-family: monospace }
  .box { fill: #f6f1e7; stroke: #8a7f6a }
  .arrow { stroke: #a3262a; stroke-width: 2; fill: none }
  .says { fill: #a3262a }
"""


def layers():
    """[[room, …], …] from the highest layer to the lowest, as the contract names them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    contract = next(one for one in contracts if one["type"] == "layers")
    return [[room.strip() for room in layer.split("|")] for layer in contract["layers"]]


def purpose(room):
    """The first sentence of the docstring of the room's package, without what is in brackets."""
    source = (ROOT / "danchu" / room / "__init__.py").read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(source))
    if not docstring:
        raise ValueError(f"danchu/{room}/__init__.py has no docstring")
    return re.split(r"\.(?:\s|$)", re.sub(r"\s*\([^)]*\)", "", " ".join(docstring.split())))[0]


def width_of(rooms):
    """The width of each of the rooms of a layer."""
    return (WIDTH - ARROW - MARGIN - GAP * (len(rooms) - 1)) / len(rooms)


def lines_of(room, rooms):
    """The purpose of a room in lines that fit into its box."""
    beside = NAME if len(rooms) == 1 else 0
    return textwrap.wrap(purpose(room), int((width_of(rooms) - beside - 20) / CHARACTER))


def height_of(rooms):
    lines = max(len(lines_of(room, rooms)) for room in rooms)
    return 18 + LINE * (lines if len(rooms) == 1 else lines + 1)


def draw():
    """The picture as text."""
    rows = layers()
    whole = sum(height_of(rooms) + GAP for rooms in rows) - GAP + 2 * MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {whole}" role="img" '
        'aria-labelledby="title">',
        '<title id="title">The rooms of the house: a room imports only from rooms below it</title>',
        f"<style>{STYLE}</style>",
        f'<rect width="{WIDTH}" height="{whole}" fill="#fffdf8"/>',
        *_arrow(whole),
    ]
    top = MARGIN
    for rooms in rows:
        parts += _layer(rooms, top)
        top += height_of(rooms) + GAP
    return "\n".join([*parts, "</svg>", ""])


def _arrow(whole):
    middle, bottom = ARROW // 2, whole - MARGIN
    yield f'<path class="arrow" d="M{middle} {MARGIN} V{bottom} m-6 -10 l6 10 l6 -10"/>'
    yield (
        f'<text class="says" transform="translate({middle - 8} {whole // 2}) rotate(-90)" '
        'text-anchor="middle">imports</text>'
    )


def _layer(rooms, top):
    left, width = ARROW, width_of(rooms)
    for room in rooms:
        yield (
            f'<rect class="box" x="{left:g}" y="{top}" width="{width:g}" '
            f'height="{height_of(rooms)}" rx="4"/>'
        )
        yield f'<text class="room" x="{left + 12:g}" y="{top + 23}">{room}</text>'
        beside, below = (NAME, 0) if len(rooms) == 1 else (0, LINE)
        for number, line in enumerate(lines_of(room, rooms)):
            at = f'x="{left + 12 + beside:g}" y="{top + 23 + below + LINE * number}"'
            yield f"<text {at}>{escape(line)}</text>"
        left += width + GAP


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
