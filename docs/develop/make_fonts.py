"""Makes danchu/papers/fonts/danchu-sans-{400,700}.ttf from DejaVu Sans (Debian: fonts-dejavu-core).

    PYTHONPATH=. .venv/bin/python docs/develop/make_fonts.py

A subset with Latin, Greek, Cyrillic and signs, and one composed glyph for each of the clusters of
danchu/papers/letters.py: the marks are placed above or below the letter one by one, so that a
program that draws letter after letter draws them right.
"""

import unicodedata
from pathlib import Path

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from danchu.papers.letters import CLUSTERS, FIRST_PRIVATE

SOURCE = Path("/usr/share/fonts/truetype/dejavu")
TARGET = Path(__file__).parents[2] / "danchu" / "papers" / "fonts"
FACES = {400: "DejaVuSans.ttf", 700: "DejaVuSans-Bold.ttf"}
RANGES = [
    *((0x20, 0x24F), (0x250, 0x2AF), (0x2B0, 0x2FF), (0x300, 0x36F), (0x370, 0x3FF)),
    *((0x400, 0x4FF), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF)),
    *((0x2100, 0x214F), (0x2150, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF)),
    *((0x2610, 0x2612), (0x2713, 0x2718)),
]
GAP = 80  # between a letter and its mark, of 2048
BELOW = {"\u0323"}


def make(weight, name):
    font = TTFont(SOURCE / name)
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.drop_tables += ["FFTM", "kern"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(font)
    for number, cluster in enumerate(CLUSTERS):
        compose(font, cluster, FIRST_PRIVATE + number)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            style = "Bold" if weight == 700 else "Regular"
            words = {1: "DanChu Sans", 4: f"DanChu Sans {style}", 6: f"DanChuSans-{style}"}
            record.string = words.get(record.nameID, f"DanChu Sans {style}")
    font.save(TARGET / f"danchu-sans-{weight}.ttf")


def compose(font, cluster, code):
    """Add the glyph of a letter with its marks at a code of the private area."""
    cmap = font.getBestCmap()
    glyphs = font["glyf"]
    base = cmap[ord(cluster[0])]
    # A horn stands beside the letter: marks are centred above the letter without it.
    plain = unicodedata.normalize("NFD", cluster[0])[0]
    body = glyphs[cmap[ord(plain)]]
    middle = (body.xMin + body.xMax) / 2
    top = glyphs[base].yMax
    bottom = min(glyphs[base].yMin, 0)
    pen = TTGlyphPen(font.getGlyphSet())
    pen.addComponent(base, (1, 0, 0, 1, 0, 0))
    for mark in cluster[1:]:
        name = cmap[ord(mark)]
        shape = glyphs[name]
        x = round(middle - (shape.xMin + shape.xMax) / 2)
        if mark in BELOW:
            y = round(bottom - GAP - shape.yMax)
            bottom += -GAP - (shape.yMax - shape.yMin)
        else:
            y = round(top + GAP - shape.yMin)
            top += GAP + shape.yMax - shape.yMin
        pen.addComponent(name, (1, 0, 0, 1, x, y))
    name = f"uni{code:04X}"
    glyphs[name] = pen.glyph()
    glyphs[name].recalcBounds(glyphs)
    font["hmtx"][name] = (font["hmtx"][base][0], glyphs[name].xMin)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


if __name__ == "__main__":
    for weight, name in FACES.items():
        make(weight, name)
