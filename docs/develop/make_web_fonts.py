"""Makes the typefaces of the pages, danchu/look/static/look/fonts/*.woff2, from the files of
Fontsource (Be Vietnam Pro 400 and 600): without hints, which half their bytes were, and without
features that no page uses.

    python docs/develop/make_web_fonts.py FOLDER   # with the files of @fontsource; needs fonttools
                                                   # and brotli, which the product does not
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).parents[2] / "danchu" / "look" / "static" / "look" / "fonts"
SETS = ("latin", "latin-ext", "vietnamese")
FEATURES = ["kern", "tnum", "lnum", "mark", "mkmk", "ccmp", "locl"]


def make(source, name):
    """Write one face, of all letters that its source has."""
    font = TTFont(source)
    options = Options()
    options.hinting = False
    options.desubroutinize = True
    options.flavor = "woff2"
    options.layout_features = FEATURES
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(TARGET / name)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for letters in SETS:
        for weight in (400, 600):
            name = f"be-vietnam-pro-{letters}-{weight}-normal.woff2"
            make(folder / name, name)
