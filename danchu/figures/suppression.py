"""Which totals of one year can be published together so that no small count follows from them.
Pure: numbers in, numbers out; no database.

Method: threshold rule and complementary suppression along the tree of places, breakdowns of a place
published whole or not at all, and the Fréchet bounds of the cells between the two (Hundepool et
al., Statistical Disclosure Control, 2012, ch. 4; Dobra and Fienberg, PNAS 97 (2000) 11885–11892).
The proof stands in docs/decisions/.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from danchu.kernel.chronicle import UnitId

SMALLEST_SHOWN = 5
ZERO = Fraction(0)
Totals = dict[UnitId, Fraction]


@dataclass(frozen=True)
class Tree:
    """The places of one map: the nation and `{province: its communes}`. Rows that are recorded at
    neither (at a district, at the province itself) are a cell of their own, which is never
    published.
    """

    nation: UnitId
    communes: Mapping[UnitId, tuple[UnitId, ...]]


def safe_totals(
    tree: Tree, totals: Mapping[UnitId, Fraction], closed: Collection[UnitId] = ()
) -> Totals:
    """The totals that may be published together; `totals` has those of all places, and a place that
    is missing from it has 0.

    Provinces and their communes from SMALLEST_SHOWN on; in each province so many communes are left
    out that at least two cells stay unknown with a sum of at least SMALLEST_SHOWN; the nation only
    where what its published provinces leave open is as safe. The provinces `closed`, of which other
    periods are published, stay unpublished, and the nation with them.
    """
    published: Totals = {}
    unknown = 1  # the nation's own rows
    for province, communes in tree.communes.items():
        total = totals.get(province, ZERO)
        if province in closed or not _is_large(total):
            unknown += 1
            continue
        large = {unit: totals[unit] for unit in communes if _is_large(totals.get(unit, ZERO))}
        _leave_open(large, total, 1 + len(communes))
        published |= large | {province: total}
    nation = totals.get(tree.nation, ZERO)
    left = nation - sum((published.get(unit, ZERO) for unit in tree.communes), ZERO)
    if not closed and unknown > 1 and _is_large(left):
        published[tree.nation] = nation
    return published


def _leave_open(published: Totals, total: Fraction, cells: int) -> None:
    """Take the smallest of the shown cells away until at least two of the `cells` of the total are
    unknown and have a sum of at least SMALLEST_SHOWN.
    """
    for unit in sorted(published, key=lambda unit: (published[unit], unit)):
        if cells - len(published) > 1 and _is_large(total - sum(published.values(), ZERO)):
            return
        del published[unit]


def safe_parts(
    tree: Tree,
    totals: Mapping[UnitId, Fraction],
    published: Totals,
    parts: list[Totals],
    closed: Collection[UnitId] = (),
) -> dict[UnitId, list[Fraction]]:
    """The breakdowns that may be published beside the totals `published`: of provinces and of the
    nation, each whole. `parts` are the totals of each part, by place.

    A breakdown is published where each part is at least SMALLEST_SHOWN and the published totals of
    places inside leave so much open that each part may lie wholly elsewhere. That of the nation
    needs this to be so for the provinces without a breakdown, taken together. The provinces
    `closed` have none.
    """
    breakdowns: dict[UnitId, list[Fraction]] = {}
    for province, communes in tree.communes.items():
        values = [part.get(province, ZERO) for part in parts]
        inside = sum((published.get(unit, ZERO) for unit in communes), ZERO)
        is_open = province in published and _is_open(totals[province], values, inside)
        if is_open and province not in closed:
            breakdowns[province] = values
    if tree.nation not in published:
        return breakdowns
    inside = ZERO
    for province in tree.communes:
        if province not in breakdowns:
            inside += published.get(province, ZERO)
    left = totals[tree.nation] - sum((totals[unit] for unit in breakdowns), ZERO)
    values = [part.get(tree.nation, ZERO) for part in parts]
    values_left = [
        value - sum((part.get(unit, ZERO) for unit in breakdowns), ZERO)
        for value, part in zip(values, parts, strict=True)
    ]
    if _is_open(left, values_left, inside):
        breakdowns[tree.nation] = values
    return breakdowns


def _is_open(total: Fraction, values: Collection[Fraction], inside: Fraction) -> bool:
    """Whether a breakdown of the total can be published: each part is large, what is in none of
    them is 0 or large, and what lies outside the published places `inside` could hold any part.
    """
    rest = total - sum(values, ZERO)
    return (
        all(_is_large(value) for value in values)
        and (rest == 0 or _is_large(rest))
        and max([*values, rest]) <= total - inside
    )


def _is_large(value: Fraction) -> bool:
    return value >= SMALLEST_SHOWN
