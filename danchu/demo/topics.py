"""The words of illustrative records, of a hundred kinds: a subject, and a spot of the commune."""

import tomllib
from functools import cache
from pathlib import Path

SOURCES = Path(__file__).parent / "sources"
RURAL = "Xã"


@cache
def _topics():
    return tomllib.loads((SOURCES / "topics.toml").read_text("utf-8"))


@cache
def matters(nature):
    """({matter, title, text}) of what petitions of a nature, or violations, are about. Violations
    have no matter.
    """
    return tuple(tomllib.loads((SOURCES / "matters.toml").read_text("utf-8"))[nature])


def place_name(name):
    """A unit's name within a sentence: "phường Trúc Bạch"."""
    return name[:1].lower() + name[1:]


def spot(chance, unit_name):
    """A spot within the unit of this name: "tổ dân phố số 7"; `chance` is a random.Random."""
    spots = _topics()["spots"]
    kind = "rural" if unit_name.startswith(RURAL) else "ward"
    return chance.choice(spots[kind]).format(
        n=chance.randrange(1, 19), m=chance.randrange(4, 180), name=chance.choice(spots["names"])
    )


def event_title(chance, kind, unit_name):
    """The title of an event of a kind at the unit of this name."""
    topic = _topics()["kinds"][kind]
    subject = chance.choice(topic["subjects"])
    place = place_name(unit_name)
    if chance.randrange(100) < topic["spots"]:
        return f"{subject} ở {spot(chance, unit_name)}, {place}"
    return f"{subject} tại {place}"


def matter_of(chance, nature, unit_name):
    """(key of the matter, title, text) of a petition of a nature, or of a violation: ("", …)."""
    matter = chance.choice(matters(nature))
    words = {
        "n": chance.randrange(2, 9),
        "m": chance.randrange(10, 180),
        "place": spot(chance, unit_name),
    }
    title, text = (matter[name].format(**words) for name in ("title", "text"))
    return matter.get("matter", ""), title, text
