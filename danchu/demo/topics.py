"""The words of illustrative records, of a hundred kinds: a subject, when, and a spot of the
commune.
"""

import tomllib
from functools import cache
from pathlib import Path

SOURCES = Path(__file__).parent / "sources"
RURAL = "Xã"
QUARTERS = ("I", "II", "III", "IV")
MONTHS = range(1, 13)
# The first number of a blank and the one after the last.
NUMBERS = {"n": (1, 25), "m": (4, 180)}


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


class _Blanks(dict):
    """What the blanks of a text are filled with: each is drawn when the text asks for it."""

    def __init__(self, chance):
        super().__init__()
        self._chance = chance

    def __missing__(self, name):
        if name in NUMBERS:
            return self._chance.randrange(*NUMBERS[name])
        return self._chance.choice(_topics()["words"][name])


def spot(chance, unit_name, at="any"):
    """A spot within the unit of this name: "tổ dân phố số 7"; `chance` is a random.Random, `at` a
    list of spots.
    """
    kind = "rural" if unit_name.startswith(RURAL) else "ward"
    return chance.choice(_topics()["spots"][at][kind]).format_map(_Blanks(chance))


@cache
def _times(name, day):
    """The words of the list for when an event of the day was: ("tháng 5/2024", …)."""
    blanks = {
        "day": day.day,
        "month": day.month,
        "quarter": QUARTERS[(day.month - 1) // 3],
        "year": day.year,
        "next_year": day.year + 1,
    }
    return tuple(
        time["words"].format_map(blanks)
        for time in _topics()["times"][name]
        if day.month in time.get("months", MONTHS)
    )


@cache
def _subjects(kind, form, year):
    """((subject, the group that it is of), …) of a kind in one of its forms, in a year."""
    return tuple(
        (subject, group)
        for group in _topics()["kinds"][kind]
        if form in group.get("forms", (form,)) and group.get("since", year) <= year
        for subject in group["subjects"]
    )


def event_title(chance, kind, form, unit_name, held_on):
    """The title of an event of a kind and form, held on that day at the unit of this name."""
    subject, group = chance.choice(_subjects(kind, form, held_on.year))
    title = subject.format_map(_Blanks(chance)) if "{" in subject else subject
    if 100 * chance.random() < group["timed"]:
        title = f"{title} {chance.choice(_times(group['times'], held_on))}"
    place = place_name(unit_name)
    if 100 * chance.random() < group["spotted"]:
        return f"{title} ở {spot(chance, unit_name, group['at'])}, {place}"
    return f"{title} {group.get('joint', 'tại')} {place}"


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
