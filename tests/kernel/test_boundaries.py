"""Boundaries against a slow oracle that lets one unit of mass flow through history day by day.

Where history leaves a share open, the oracle draws it: at random, and with all of it in one piece.
What comes out the same each time is certain; of the rest the least is certain, and what the most
has beyond it is open.
"""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danchu.kernel.boundaries import Boundaries
from danchu.kernel.chronicle import LEVELS, RANK, Chronicle, UnknownUnit, exact_share
from danchu.kernel.shortfall import unassigned

START = date(2020, 1, 1)
DAYS = [START + timedelta(days=at) for at in range(8)]


class History:
    """A random country: rows as the tables hold them."""

    def __init__(self, chance):
        self.chance = chance
        self.units, self.standings, self.successions = {}, [], []
        nation = self.begin("nation", None, START)
        for _ in range(2):
            province = self.begin("province", nation, START)
            for _ in range(chance.randint(0, 2)):
                district = self.begin("district", province, START)
                self.begin("commune", district, START)
            commune = self.begin("commune", province, START)
            for _ in range(chance.randint(0, 2)):
                self.begin("village", commune, START)
        for day in DAYS[1:-1]:
            for _ in range(chance.randint(0, 2)):
                chance.choice(
                    [
                        self.merge,
                        self.cut,
                        self.mix,
                        self.dissolve,
                        self.move,
                        self.vanish,
                        self.appear,
                    ]
                )(day)

    def begin(self, level, parent, day):
        unit = len(self.units) + 1
        self.units[unit] = [level, day, None]
        self.standings.append([unit, parent, day, None])
        return unit

    def alive(self, *levels, day):
        return [
            u
            for u, (level, since, until) in self.units.items()
            if level in levels and since < day and until is None
        ]

    def standing(self, unit):
        return next(row for row in self.standings if row[0] == unit and row[3] is None)

    def end(self, unit, day):
        self.units[unit][2] = day
        self.standing(unit)[3] = day

    def hang(self, unit, parent, day):
        row = self.standing(unit)
        if row[2] < day:
            row[3] = day
            self.standings.append([unit, parent, day, None])

    def parent_for(self, level, day):
        above = self.alive(*LEVELS[: RANK[level]], day=day)
        fit = [u for u in above if RANK[self.units[u][0]] >= min(1, RANK[level] - 1)]
        return self.chance.choice(fit)

    def follow(self, olds, news, day):
        """Each old one goes into some of the new ones, by shares or without."""
        for old in olds:
            into = self.chance.sample(news, self.chance.randint(1, len(news)))
            parts = [self.chance.randint(1, 4) for _ in into]
            open_shares = len(into) > 1 and self.chance.random() < 0.5
            for new, part in zip(into, parts, strict=True):
                self.successions.append(
                    (old, new, day, None if open_shares else exact_share(part, sum(parts)))
                )
            for child in [row[0] for row in self.standings if row[1] == old and row[3] is None]:
                if self.chance.random() < 0.7:
                    self.hang(child, self.chance.choice(into), day)
        for old in olds:
            self.end(old, day)

    def reform(self, day, olds, number):
        if olds:
            level = self.units[olds[0]][0]
            self.follow(
                olds,
                [self.begin(level, self.parent_for(level, day), day) for _ in range(number)],
                day,
            )

    def some(self, day, number):
        level = self.chance.choice(["province", "district", "commune", "commune", "village"])
        pool = self.alive(level, day=day)
        keep = 1 if level == "province" else 0
        return self.chance.sample(pool, max(0, min(number, len(pool) - keep)))

    def merge(self, day):
        self.reform(day, self.some(day, 2), 1)

    def cut(self, day):
        self.reform(day, self.some(day, 1), self.chance.randint(2, 3))

    def mix(self, day):
        self.reform(day, self.some(day, 2), 2)

    def dissolve(self, day):
        for district in self.alive("district", day=day)[:1]:
            self.follow([district], self.alive("province", day=day)[:1], day)

    def move(self, day):
        movable = self.alive("commune", "village", day=day)
        for unit in self.chance.sample(movable, min(1, len(movable))):
            self.hang(unit, self.parent_for(self.units[unit][0], day), day)

    def vanish(self, day):
        for unit in self.alive("village", day=day)[:1]:
            self.end(unit, day)

    def appear(self, day):
        level = self.chance.choice(["commune", "village"])
        self.begin(level, self.parent_for(level, day), day)

    def chronicle(self):
        rows = [(unit, *row) for unit, row in self.units.items()]
        return Chronicle(
            rows,
            sorted(self.standings, key=lambda row: (row[0], row[2])),
            [(b, a, s) for b, a, _, s in self.successions],
        )


class Oracle:
    """One draw of all open shares; then mass flows day by day. `in_one_piece`: what is open goes
    wholly into one of the pieces, as far out as shares can lie.
    """

    def __init__(self, history, seed, in_one_piece=False):
        self.h, chance = history, Random(seed)
        weigh = _in_one_piece if in_one_piece else _anyhow
        self.forward, self.backward = {}, {}
        for old in history.units:
            rows = [row for row in history.successions if row[0] == old]
            weights = weigh(chance, len(rows))
            self.forward[old] = [
                (after, Fraction(weight, sum(weights)) if share is None else share)
                for (_, after, _, share), weight in zip(rows, weights, strict=True)
            ]
        for new, (level, _, _) in history.units.items():
            rows = [
                row
                for row in history.successions
                if row[1] == new and RANK[history.units[row[0]][0]] <= RANK[level]
            ]
            weights = weigh(chance, len(rows))
            self.backward[new] = [
                (row[0], Fraction(w, sum(weights))) for row, w in zip(rows, weights, strict=True)
            ]

    def alive(self, unit, day):
        _, since, until = self.h.units[unit]
        return since <= day and (until is None or day < until)

    def parent(self, unit, day):
        rows = sorted((row for row in self.h.standings if row[0] == unit), key=lambda row: row[2])
        return [row[1] for row in rows if row[2] <= day or row is rows[0]][-1]

    def flow(self, unit, day):
        """`{unit alive on the day: mass}` of one unit of mass that starts at `unit` while it
        lives.
        """
        _, since, until = self.h.units[unit]
        mass = {unit: Fraction(1)}
        at = since if since > day else min(until - timedelta(days=1) if until else day, day)
        step = timedelta(days=1 if at < day else -1)
        while at != day:
            at += step
            mass = self.carry(mass, at, self.forward if step.days > 0 else self.backward)
        return mass

    def carry(self, mass, day, ways):
        while any(not self.alive(unit, day) for unit in mass):
            carried = {}
            for unit, amount in mass.items():
                parts = (
                    [(unit, 1)]
                    if self.alive(unit, day)
                    else ways[unit] or [(self.parent(unit, day), 1)]
                )
                for to, share in parts:
                    carried[to] = carried.get(to, 0) + amount * share
            mass = carried
        return mass

    def place(self, unit, day, level):
        grouped = {}
        for found, amount in self.flow(unit, day).items():
            parent = self.parent(found, day)
            if level and RANK[self.h.units[found][0]] > RANK[level] and parent is not None:
                parts = self.place(parent, day, level)
            else:
                parts = {found: 1}
            for group, share in parts.items():
                grouped[group] = grouped.get(group, 0) + amount * share
        return grouped


def _anyhow(chance, number):
    return [chance.randint(1, 10**9) for _ in range(number)]


def _in_one_piece(chance, number):
    piece = chance.randrange(number) if number else 0
    return [int(at == piece) for at in range(number)]


def bounds(places):
    """`{group: (the least, the most)}` of all draws, without groups that never get anything."""
    groups = {group for place in places for group in place if place[group]}
    shares = {group: [place.get(group, 0) for place in places] for group in groups}
    return {group: (min(draws), max(draws)) for group, draws in shares.items()}


histories = st.integers(0, 10**9).map(lambda seed: History(Random(seed)))


@settings(max_examples=150, deadline=None)
@given(histories, st.sampled_from(DAYS), st.sampled_from([None, *LEVELS]))
def test_the_map_agrees_with_mass_that_flows_day_by_day(history, day, level):
    oracles = [Oracle(history, seed) for seed in range(3)]
    chart = Boundaries(day, history.chronicle())
    for unit in history.units:
        drawn = bounds([oracle.place(unit, day, level) for oracle in oracles])
        parts = chart.parts(unit, level)
        assert parts.keys() == drawn.keys(), unit
        for group, (least, most) in drawn.items():
            certain, rest = parts[group]
            assert certain <= least <= most <= certain + rest, unit
            assert (rest == 0) == (least == most), unit
            assert chart.place(unit, level)[group] == (certain or None)


@pytest.mark.case("FI10")
@settings(max_examples=60, deadline=None)
@given(histories, st.sampled_from(DAYS), st.sampled_from([None, *LEVELS]))
def test_what_is_certain_and_what_is_open_are_the_bounds_of_what_may_be(history, day, level):
    """Open shares enter a share only by sums and products, so both bounds lie where all that is
    open is in one piece; each is reached by some draw, and none lies beyond.
    """
    oracles = [Oracle(history, seed, in_one_piece=True) for seed in range(40)]
    chart = Boundaries(day, history.chronicle())
    for unit in history.units:
        parts = chart.parts(unit, level)
        if all(part.open == 0 for part in parts.values()):
            continue
        drawn = bounds([oracle.place(unit, day, level) for oracle in oracles])
        for group, (least, most) in drawn.items():
            certain, rest = parts[group]
            assert (certain, certain + rest) == (least, most), (unit, group)


@pytest.mark.case("FI10", "FA36")
@settings(max_examples=100, deadline=None)
@given(histories, st.sampled_from(DAYS), st.sampled_from(LEVELS[1:]))
def test_the_places_of_a_list_and_its_remainder_are_the_whole(history, day, level):
    chart = Boundaries(day, history.chronicle())
    amounts = {unit: 2**number for number, unit in enumerate(history.units)}
    rows = chart.regroup(amounts, level)
    for whole in chart.subtree(1):
        if RANK[chart.level_of(whole)] >= RANK[level]:
            continue
        [value] = [
            placed
            for group, (placed, _) in chart.regroup(amounts, chart.level_of(whole)).items()
            if group == whole
        ] or [0]
        places = sum(rows[group][0] for group in chart.within(whole) if group in rows)
        rest = sum(
            amounts[unit] * share
            for unit, share in unassigned(chart, whole, level, amounts).items()
        )
        assert rest >= 0
        assert places + rest == value


@settings(max_examples=60, deadline=None)
@given(histories, st.sampled_from(DAYS), st.sampled_from([None, *LEVELS]))
def test_no_amount_is_lost_and_sources_tell_the_same_as_places(history, day, level):
    chart = Boundaries(day, history.chronicle())
    amounts = {unit: unit * 3 + 1 for unit in history.units}
    rows = chart.regroup(amounts, level)
    for group, (placed, unplaced) in rows.items():
        assert group in chart
        evidence = chart.sources(group, level or chart.level_of(group)) if level else None
        if evidence is not None:
            assert placed == sum(
                amounts[u] * share for u, share in evidence.items() if share is not None
            )
            opens = chart.open_sources(group, level or chart.level_of(group))
            assert unplaced == sum(amounts[u] * share for u, share in opens.items())
            assert {u for u, share in evidence.items() if share is None} <= opens.keys()
    # What is placed, and of each split unit what its known shares leave over, is all there was.
    left = sum(
        amounts[unit]
        * (1 - sum(share for share in chart.place(unit, level).values() if share is not None))
        for unit in history.units
    )
    assert sum(placed for placed, _ in rows.values()) + left == sum(amounts.values())
    for unit in history.units:
        for group, share in chart.place(unit, level).items():
            assert share is None or 0 < share <= 1
            if level:
                assert chart.sources(group, level)[unit] == share


@settings(max_examples=30, deadline=None)
@given(histories)
def test_days_of_one_era_have_one_map(history):
    chronicle = history.chronicle()
    for before, after in zip(DAYS, DAYS[1:], strict=False):
        if chronicle.era(before) == chronicle.era(after):
            one, other = Boundaries(before, chronicle), Boundaries(after, chronicle)
            assert all(
                one.place(unit, "commune") == other.place(unit, "commune") for unit in history.units
            )


def small(share_b, share_c):
    """Province 1 holds commune 2, cut on the second day into 3 (province 1) and 4 (province 5)."""
    day = DAYS[1]
    units = [
        (1, "province", START, None),
        (2, "commune", START, day),
        (3, "commune", day, None),
        (4, "commune", day, None),
        (5, "province", START, None),
    ]
    hangings = [
        (1, None, START, None),
        (2, 1, START, day),
        (3, 1, day, None),
        (4, 5, day, None),
        (5, None, START, None),
    ]
    return Chronicle(units, hangings, [(2, 3, share_b), (2, 4, share_c)])


def test_a_share_is_counted_exactly_and_an_open_one_not_at_all():
    chart = Boundaries(DAYS[1], small(Fraction(1, 3), Fraction(2, 3)))
    assert chart.regroup({2: 10, 3: 1}, "province") == {
        1: (Fraction(13, 3), 0),
        5: (Fraction(20, 3), 0),
    }
    chart = Boundaries(DAYS[1], small(None, None))
    assert chart.regroup({2: 10, 3: 1}, "province") == {1: (1, 10), 5: (0, 10)}
    assert chart.sources(5) == {2: None, 4: 1, 5: 1}
    # Both pieces came whole from the one.
    old = Boundaries(DAYS[0], small(None, None))
    assert old.regroup({3: 4, 4: 5}, "commune") == {2: (9, 0)}


def test_a_unit_above_the_asked_level_is_a_row_of_its_own():
    chart = Boundaries(DAYS[1], small(None, None))
    assert chart.place(1, "commune") == {1: 1}
    assert chart.place(3, "district") == {1: 1}
    assert chart.sources(1, "commune") == {1: 1}
    assert set(chart.sources(1)) == {1, 2, 3}


def test_a_district_dissolved_into_a_new_province_is_no_source_of_it():
    day = DAYS[1]
    units = [
        (1, "province", START, day),
        (2, "district", START, day),
        (3, "province", day, None),
        (4, "province", START, day),
    ]
    hangings = [
        (1, None, START, day),
        (2, 1, START, day),
        (3, None, day, None),
        (4, None, START, day),
    ]
    known = Chronicle(units, hangings, [(1, 3, 1), (2, 3, 1), (4, 3, 1)])
    assert Boundaries(START, known).place(3) == {1: None, 4: None}
    assert Boundaries(day, known).place(2, "commune") == {3: 1}


def test_an_unknown_unit_is_refused_and_not_counted_anywhere():
    chart = Boundaries(DAYS[1], small(None, None))
    for ask in (chart.place, chart.level_of, lambda unit: chart.regroup({unit: 1}, "commune")):
        with pytest.raises(UnknownUnit):
            ask(99)


def test_the_tree_of_a_day():
    chart = Boundaries(DAYS[1], small(None, None))
    assert chart.children(None) == [1, 5]
    assert chart.children(1) == [3]
    assert chart.ancestors(4) == [5]
    assert chart.ancestors(2) == [] and 2 not in chart
    assert chart.subtree(5) == [5, 4]
    assert chart.units_at("commune") == [3, 4]
    assert chart.parent(3) == 1 and chart.parent(2) is None
    assert chart.within(5) == {5, 4} and chart.within(5) is chart.within(5)


def test_a_share_of_what_was_cut_again_without_shares_is_open():
    first, second = DAYS[1:3]
    units = [
        (1, "commune", START, first),
        (2, "commune", first, second),
        (3, "commune", first, None),
        (4, "commune", second, None),
    ]
    successions = [(1, 2, Fraction(1, 2)), (1, 3, Fraction(1, 2)), (2, 3, None), (2, 4, None)]
    chart = Boundaries(second, Chronicle(units, [], successions))
    assert chart.place(1) == {3: Fraction(1, 2), 4: None}
    assert chart.open_sources(3) == {1: Fraction(1, 2), 2: 1}
    assert chart.open_sources(4) == {1: Fraction(1, 2), 2: 1}


@pytest.mark.case("FI10")
def test_a_half_that_is_certain_counts_though_the_other_half_is_open():
    """Commune 10 of province 1 is divided by agreement, half into 11, half into 12; 12 is then
    divided without shares into 13 (province 1) and 14 (province 2).
    """
    first, second = DAYS[1:3]
    units = [
        (0, "nation", START, None),
        (1, "province", START, None),
        (2, "province", START, None),
        (10, "commune", START, first),
        (11, "commune", first, None),
        (12, "commune", first, second),
        (13, "commune", second, None),
        (14, "commune", second, None),
    ]
    hangings = [
        (0, None, START, None),
        (1, 0, START, None),
        (2, 0, START, None),
        *((unit, 1, since, until) for unit, _level, since, until in units[3:7]),
        (14, 2, second, None),
    ]
    half = Fraction(1, 2)
    chart = Boundaries(
        second,
        Chronicle(
            units, hangings, [(10, 11, half), (10, 12, half), (12, 13, None), (12, 14, None)]
        ),
    )
    assert chart.regroup({10: 10}, "commune") == {11: (5, 0), 13: (0, 5), 14: (0, 5)}
    assert chart.regroup({10: 10}, "province") == {1: (5, 5), 2: (0, 5)}
    assert chart.regroup({10: 10}, "nation") == {0: (10, 0)}
    assert unassigned(chart, 1, "commune", chart.sources(1)) == {}
    assert unassigned(chart, 0, "commune", chart.sources(0)) == {10: half, 12: 1}
    assert unassigned(chart, 0, "province", chart.sources(0)) == {10: half, 12: 1}


def test_a_unit_that_hangs_under_none_is_a_row_of_its_own():
    chart = Boundaries(START, Chronicle([(1, "commune", START, None)], [], []))
    assert chart.place(1, "province") == {1: 1}


def test_a_share_is_whole_or_a_fraction_or_open():
    assert exact_share(3, 3) == 1
    assert exact_share(1, 3) == Fraction(1, 3)
    assert exact_share(None, 3) is exact_share(1, None) is None
