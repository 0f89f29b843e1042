"""A year of a commune with each kind of gap planted alone, any two together and many at once: each
is found where it was planted and none is invented.
"""

import random
from datetime import date, timedelta
from itertools import combinations

import pytest

from danchu.disclosure.compliance import (
    FOR_GOOD,
    Hung,
    Lack,
    Need,
    Owed,
    gaps,
    quarters_without_a_list,
)
from tests.sizes import long, size

ON = date(2027, 1, 20)
SEAT, HOUSE, FAR_HOUSE, PAGE, HORN, HEAD = range(1, 7)
BOARDS = [Need("posting", place, 30) for place in (SEAT, HOUSE, FAR_HOUSE)]
BOARD = (*BOARDS, Need("portal", PAGE, 0))
SPOKEN = (*BOARD, Need("loudspeaker", HORN, 3), Need("village_head", HEAD, 0))
PERMANENT = (Need("posting", SEAT, FOR_GOOD), Need("portal", PAGE, 0))
QUARTERS = [
    (2026, 1, date(2026, 4, 8)),
    (2026, 2, date(2026, 7, 8)),
    (2026, 3, date(2026, 10, 8)),
    (2026, 4, date(2027, 1, 8)),
]


def well(needs, begun, number=1):
    """The postings as the law wants them of one version that begins on a day."""
    return [
        Hung(
            number,
            need.form,
            need.place,
            begun,
            None if need.days == FOR_GOOD else begun + timedelta(max(need.days, 1)),
        )
        for need in needs
    ]


def changed(postings, form, place, *spans, contested=False):
    """The postings with those of one form at one place replaced by others, (since, until) each."""
    rest = [one for one in postings if (one.form, one.place) != (form, place)]
    return rest + [Hung(1, form, place, *span, contested) for span in spans]


def after(begun, days):
    return begun + timedelta(days=days)


# Each: (what the content owes, its postings, the gap that is found) of one that begins on a day.
PLANTED = {
    "never disclosed": lambda d: (BOARD, [], (Lack.NEVER, "", None)),
    "late": lambda d: (
        BOARD,
        changed(well(BOARD, d), "posting", HOUSE, (after(d, 8), after(d, 38))),
        (Lack.LATE, "posting", HOUSE),
    ),
    "short": lambda d: (
        BOARD,
        changed(well(BOARD, d), "posting", SEAT, (d, after(d, 29))),
        (Lack.SHORT, "posting", SEAT),
    ),
    "taken down and put back": lambda d: (
        BOARD,
        changed(well(BOARD, d), "posting", SEAT, (d, after(d, 20)), (after(d, 21), after(d, 45))),
        (Lack.INTERRUPTED, "posting", SEAT),
    ),
    "one village point missing": lambda d: (
        BOARD,
        changed(well(BOARD, d), "posting", FAR_HOUSE),
        (Lack.NO_PLACE, "posting", FAR_HOUSE),
    ),
    "one form missing": lambda d: (
        SPOKEN,
        changed(well(SPOKEN, d), "village_head", HEAD),
        (Lack.NO_FORM, "village_head", None),
    ),
    "loudspeaker under three days": lambda d: (
        SPOKEN,
        changed(well(SPOKEN, d), "loudspeaker", HORN, (d, after(d, 2))),
        (Lack.SHORT, "loudspeaker", HORN),
    ),
    "permanent item gone": lambda d: (
        PERMANENT,
        changed(well(PERMANENT, d), "posting", SEAT, (d, after(d, 40))),
        (Lack.GONE, "posting", SEAT),
    ),
    "contest upheld": lambda d: (
        BOARD,
        changed(well(BOARD, d), "posting", HOUSE, (d, after(d, 30)), contested=True),
        (Lack.CONTESTED, "posting", HOUSE),
    ),
}
KINDS = (*PLANTED, "wrong version", "quarterly list missing")


def year(chance, kinds):
    """(contents as (versions, postings), quarters whose list hung, gaps to be found, quarters to be
    found) of a year with the kinds planted, each in a content of its own among good ones.
    """
    contents, expected = [], []
    for kind in [*kinds, "", "", ""]:
        d = date(2026, 1, 1) + timedelta(days=chance.randrange(300))
        if kind in PLANTED:
            needs, postings, gap = PLANTED[kind](d)
            expected.append((len(contents), 1, *gap))
        elif kind == "quarterly list missing":
            continue
        else:
            needs = chance.choice((BOARD, SPOKEN, PERMANENT)) if not kind else BOARD
            postings = well(needs, d)
        owed = [Owed(1, d, after(d, 7), needs)]
        if kind == "wrong version":
            owed.append(Owed(2, after(d, 10), after(d, 17), needs))
            expected.append((len(contents), 2, Lack.OLD_VERSION, "posting", HOUSE))
            postings += [
                one
                for one in well(needs, after(d, 10), 2)
                if (one.form, one.place) != ("posting", HOUSE)
            ]
        chance.shuffle(postings)
        contents.append((owed, postings))
    missing = chance.choice(QUARTERS)[:2] if "quarterly list missing" in kinds else None
    listed = [quarter[:2] for quarter in QUARTERS if quarter[:2] != missing]
    return contents, listed, sorted(expected, key=str), [missing] if missing else []


def check(chance, kinds):
    contents, listed, expected, quarters = year(chance, kinds)
    found = sorted(
        (
            (index, gap.version, gap.lack, gap.form, gap.place)
            for index, (owed, postings) in enumerate(contents)
            for gap in gaps(owed, postings, ON)
        ),
        key=str,
    )
    assert found == expected, kinds
    assert quarters_without_a_list(listed, date(2026, 1, 1), QUARTERS, ON) == quarters, kinds
    return len(expected) + len(quarters)


@long
@pytest.mark.parametrize("kind", KINDS)
def test_a_gap_that_is_planted_alone_is_the_only_one_that_is_found(kind):
    chance = random.Random(kind)
    assert all(check(chance, [kind]) == 1 for _year in range(size(20, 200)))


@long
def test_gaps_that_are_planted_together_are_all_found_and_no_other():
    chance = random.Random(2026)
    pairs = sum(check(chance, pair) for pair in combinations(KINDS, 2))
    assert pairs == 2 * 55
    number = size(200, 5000)
    many = sum(
        check(chance, chance.sample(KINDS, chance.randrange(3, len(KINDS) + 1)))
        for _year in range(number)
    )
    assert many > 3 * number
    assert check(chance, []) == 0
