"""Every gap that was planted in a year of a commune is found and none is invented; what is found is
what an oracle says that looks at each day by itself and shares no code with the judgement.
"""

import random
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from danchu.disclosure.compliance import (
    FOR_GOOD,
    Hung,
    Lack,
    Need,
    Owed,
    first_day_off,
    gaps,
    progress,
    quarters_without_a_list,
    runs,
)
from tests.sizes import long, size

YEAR = date(2026, 1, 1)
SEAT, HOUSE, OTHER_HOUSE, PAGE, LOUDSPEAKER, HEAD = range(1, 7)
BOARDS = (SEAT, HOUSE, OTHER_HOUSE)


def day(number):
    return YEAR + timedelta(days=number)


def needs(kind):
    """What an item of each kind owes: on boards, also spoken, or at the seat for good."""
    if kind == "permanent":
        return (Need("posting", SEAT, FOR_GOOD), Need("portal", PAGE, 0))
    boards = tuple(Need("posting", place, 30) for place in BOARDS)
    page = (Need("portal", PAGE, 0),)
    spoken = (Need("loudspeaker", LOUDSPEAKER, 3), Need("village_head", HEAD, 0))
    return (*boards, *page, *(spoken if kind == "spoken" else ()))


# Each gap: how the postings of one need change, and what is found then.
def _late(need, owed):
    begins = owed.due_on + timedelta(days=2)
    return [(begins, None)], Lack.LATE


def _short(need, owed):
    return [(owed.decided_on, owed.decided_on + timedelta(days=need.days - 1))], Lack.SHORT


def _interrupted(need, owed):
    first, again = owed.decided_on, owed.decided_on + timedelta(days=need.days)
    half = timedelta(days=need.days - 1)
    return [(first, first + half), (again, again + half)], Lack.INTERRUPTED


def _gone(need, owed):
    return [(owed.decided_on, owed.decided_on + timedelta(days=40))], Lack.GONE


def _missing(need, owed):
    return [], None


def _contested(need, owed):
    return well_posted(need, owed), Lack.CONTESTED


BY_NEED = {
    "posting": (_late, _short, _interrupted, _missing, _contested),
    "loudspeaker": (_late, _short, _interrupted, _missing),
    "portal": (_late, _missing),
    "village_head": (_late, _missing),
}


def well_posted(need, owed):
    """As the law wants it."""
    days = 1 if need.days == 0 else need.days
    return [(owed.decided_on, None if need.days == FOR_GOOD else owed.decided_on + timedelta(days))]


def simulated_content(chance):
    """(versions, postings, gaps to be found) of one content with some gaps planted."""
    kind = chance.choice(["board", "spoken", "permanent"])
    begun = chance.randrange(0, 150)
    owed = [Owed(1, day(begun), day(begun + 7), needs(kind))]
    if chance.random() < 0.4:
        owed.append(Owed(2, day(begun + 60), day(begun + 67), needs(kind)))
    postings, expected = [], set()
    for version in owed:
        planted = {}
        for need in version.needs:
            gap = _chosen(chance, need)
            if kind == "permanent" and need.form == "posting" and gap is not None:
                gap = chance.choice((_late, _gone, _missing, _contested))
            if gap is _gone and len(owed) == 2 and version.number == 1:
                gap = None  # it stays until it is replaced; below
            spans, lack = gap(need, version) if gap else (well_posted(need, version), None)
            if len(owed) == 2 and version.number == 1 and spans and spans[-1][1] is None:
                spans = [*spans[:-1], (spans[-1][0], owed[1].decided_on)]
            planted[need] = gap
            if lack:
                expected.add((lack, version.number, need.form, need.place))
            postings += [
                Hung(version.number, need.form, need.place, *span, gap is _contested)
                for span in spans
            ]
        expected |= _expected_missing(version, planted, postings)
    return owed, postings, expected


def _chosen(chance, need):
    return chance.choice(BY_NEED[need.form]) if chance.random() < 0.25 else None


def _expected_missing(version, planted, postings):
    """What is found of the needs without a posting: all, a whole form, or single places."""
    missing = [need for need, gap in planted.items() if gap is _missing]
    if len(missing) == len(planted):
        return {(Lack.NEVER, version.number, "", None)}
    found = set()
    for form in {need.form for need in missing}:
        those = [need for need in missing if need.form == form]
        if len(those) == len([need for need in planted if need.form == form]):
            found.add((Lack.NO_FORM, version.number, form, None))
        else:
            found |= {(Lack.NO_PLACE, version.number, form, need.place) for need in those}
    return found


def found_in(owed, postings, on):
    return {(gap.lack, gap.version, gap.form, gap.place) for gap in gaps(owed, postings, on)}


@long
def test_each_gap_that_was_planted_in_a_year_is_found_and_none_is_invented():
    chance = random.Random(20260101)
    seen, planted = set(), 0
    for _content in range(size(300, 6000)):
        owed, postings, expected = simulated_content(chance)
        chance.shuffle(postings)
        assert found_in(owed, postings, day(364)) == expected, (owed, postings)
        planted += len(expected)
        seen |= {(lack, form) for lack, _version, form, _place in expected}
    assert planted > 200
    assert {lack for lack, _form in seen} == set(Lack) - {Lack.OLD_VERSION}
    assert {(Lack.SHORT, "loudspeaker"), (Lack.NO_FORM, "loudspeaker")} <= seen


def test_the_old_version_that_still_hangs_is_found_as_such():
    owed = [Owed(1, day(0), day(7), needs("board")), Owed(2, day(60), day(67), needs("board"))]
    first = [Hung(1, need.form, need.place, day(0), day(60)) for need in owed[0].needs]
    stale = [Hung(1, "posting", HOUSE, day(60), None)]
    new = [
        Hung(2, need.form, need.place, day(61), day(95))
        for need in owed[1].needs
        if need.place != HOUSE
    ]
    found = {(Lack.OLD_VERSION, 2, "posting", HOUSE)}
    assert found_in(owed, [*first, *stale, *new], day(100)) == found
    assert found_in(owed, [*first, *stale, *new], day(67)) == set(), "it is not due yet"


# The oracle looks at one day after the other.
def _up(postings, version, need, on):
    """The days, until `on`, on which the version was there."""
    return sorted(
        number
        for number in range(-5, (on - YEAR).days + 1)
        if any(
            (one.version, one.form, one.place) == (version, need.form, need.place)
            and one.since <= day(number)
            and (one.until is None or day(number) < one.until)
            for one in postings
        )
    )


def _streaks(days):
    streaks = []
    for number in days:
        if streaks and streaks[-1][-1] == number - 1:
            streaks[-1].append(number)
        else:
            streaks.append([number])
    return streaks


def oracle(owed, postings, on):
    found = set()
    seen = [one for one in postings if one.since <= on]
    right = [one for one in seen if not one.is_contested]
    end = (on - YEAR).days
    for place, version in enumerate(owed):
        follower = owed[place + 1] if place + 1 < len(owed) else None
        due = (version.due_on - YEAR).days
        replaced = (follower.decided_on - YEAR).days if follower else None
        counts = due < end and (replaced is None or due < replaced)
        up = {need: _up(right, version.number, need, on) for need in version.needs}
        denied = [n for n in version.needs if not up[n] and _up(seen, version.number, n, on)]
        found |= {(Lack.CONTESTED, version.number, need.form, need.place) for need in denied}
        if counts:
            old = {
                need
                for need in version.needs
                for earlier in owed[:place]
                if not up[need]
                and need not in denied
                and any(d > due for d in _up(right, earlier.number, need, on))
            }
            found |= {(Lack.OLD_VERSION, version.number, n.form, n.place) for n in old}
            planted = {n: _missing if not up[n] and n not in old else None for n in version.needs}
            planted |= dict.fromkeys(denied)
            is_seen = any(one.version == version.number for one in right)
            if is_seen:
                planted[Need("beside", 0, 0)] = None  # something was disclosed: not "never"
            if version.needs or not is_seen:
                found |= _expected_missing(version, planted, postings)
        for need, days in up.items():
            if not days:
                continue
            if counts and days[0] > due:
                found.add((Lack.LATE, version.number, need.form, need.place))
            streaks = _streaks(days)
            still = days[-1] == end
            taken_over = replaced is not None and days[-1] >= replaced - 1
            if need.days == FOR_GOOD and (len(streaks) > 1 or not (still or taken_over)):
                found.add((Lack.GONE, version.number, need.form, need.place))
            longest = max(len([d for d in streak if d < end]) for streak in streaks)
            if need.days > 0 and longest < need.days and not still and not taken_over:
                lack = Lack.INTERRUPTED if len(streaks) > 1 else Lack.SHORT
                found.add((lack, version.number, need.form, need.place))
    return found


NEEDS = st.sampled_from([needs("board"), needs("spoken"), needs("permanent"), ()])


@st.composite
def years(draw):
    """Versions with any postings whatever, and the day on which they are judged."""
    wanted = draw(NEEDS)
    begun = draw(st.integers(0, 20))
    owed = [Owed(1, day(begun), day(begun + draw(st.integers(0, 9))), wanted)]
    if draw(st.booleans()):
        again = begun + draw(st.integers(0, 40))
        owed.append(Owed(2, day(again), day(again + draw(st.integers(0, 9))), wanted))
    postings = []
    beside = Need("conference", 0, 0)
    for version, need, since, length, is_contested in draw(
        st.lists(
            st.tuples(
                st.integers(1, len(owed)),
                st.sampled_from([*wanted, beside]),
                st.integers(0, 80),
                st.none() | st.integers(1, 45),
                st.booleans(),
            ),
            max_size=14,
        )
    ):
        until = None if length is None else day(since + length)
        postings.append(Hung(version, need.form, need.place, day(since), until, is_contested))
    return (
        owed,
        postings,
        day(max(draw(st.integers(begun, 110)), (owed[-1].decided_on - YEAR).days)),
    )


@long
@settings(max_examples=size(60, 3000))
@given(years())
def test_what_is_found_is_what_an_oracle_says_that_looks_at_each_day(year):
    owed, postings, on = year
    assert found_in(owed, postings, on) == oracle(owed, postings, on)


def test_thirty_days_end_on_the_day_of_the_law():
    assert first_day_off(date(2024, 3, 1), 30) == date(2024, 3, 31)
    assert first_day_off(date(2024, 3, 1), FOR_GOOD) is None


def test_the_bar_counts_what_hangs_now_and_else_the_longest():
    need = Need("posting", SEAT, 30)
    owed = Owed(1, day(0), day(7), (need,))
    hung = [Hung(1, "posting", SEAT, day(0), day(12)), Hung(1, "posting", SEAT, day(20), None)]
    assert progress(need, owed, hung, day(15)) == (12, 30)
    assert progress(need, owed, hung, day(25)) == (5, 30)
    assert progress(need, owed, [], day(25)) == (0, 30)
    assert [run.days_by(day(25)) for run in runs(hung)] == [12, 5]


def test_a_quarter_whose_list_was_not_posted_is_named_after_its_due_day():
    due = [(2026, 1, day(96)), (2026, 2, day(187)), (2026, 3, day(279))]
    assert quarters_without_a_list([(2026, 1)], YEAR, due, day(188)) == [(2026, 2)]
    assert quarters_without_a_list([], YEAR, due, day(96)) == []
