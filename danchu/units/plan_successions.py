"""Checks the successions of a plan against the map: the units that each ended unit goes into, the
shares, and the new parents of its children.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from fractions import Fraction

from django.utils.translation import gettext as _

from danchu.kernel.chronicle import RANK, WHOLE, UnitId
from danchu.units.plan_entries import Plan, SuccessionEntry
from danchu.units.plan_references import NewStanding, Reference, References


class Successions(References):
    """Checks the successions, once the units that end and begin are known."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        # Every unit listed under [[ends]], also one that cannot end: it has its problem already.
        self.listed_ends: set[Reference] = set()

    def check_successions(self) -> None:
        by_before: dict[UnitId, list[tuple[Reference, SuccessionEntry]]] = defaultdict(list)
        reached_units = set()
        for entry in self.plan.successions:
            before = self.find_unit(entry.line, entry.before)
            after = self.find_unit(entry.line, entry.after)
            if before is None or after is None:
                continue
            ended_unit = self.check_pair(entry, before, after)
            if ended_unit is not None:
                by_before[ended_unit].append((after, entry))
                reached_units.add(after)
        for before, pieces in by_before.items():
            self.check_shares(before, pieces)
        self.check_both_ends(by_before.keys(), reached_units)

    def check_both_ends(
        self, units_with_successor: Collection[UnitId], reached_units: Collection[Reference]
    ) -> None:
        """Check that every unit that ends has a successor and every unit that begins an origin,
        except villages.
        """
        for unit, ending in self.result.ends.items():
            if unit not in units_with_successor and self.level_of(unit) != "village":
                self.add_problem(
                    ending.line,
                    _("{name} kết thúc mà không rõ nhập vào đâu."),
                    name=self.name_of(unit),
                )
        for key, (beginning, _parent) in self.result.begins.items():
            if key not in reached_units and beginning.level != "village":
                self.add_problem(
                    beginning.line, _("{name} được lập mà không rõ từ đâu."), name=beginning.name
                )

    def check_pair(
        self, entry: SuccessionEntry, before: Reference, after: Reference
    ) -> UnitId | None:
        """The id of `before` if it ends in this plan and `after` begins in it or is an existing
        unit of a higher level; else None, and a problem.
        """
        if isinstance(before, str) or before not in self.result.ends:
            if before not in self.listed_ends:  # those have a problem already
                self.add_problem(
                    entry.line,
                    _("“{unit}” không nằm trong các đơn vị kết thúc."),
                    unit=entry.before,
                )
            return None
        if isinstance(after, str):
            return before  # a key is only found among the units that begin
        higher = RANK[self.level_of(after)] < RANK[self.level_of(before)]
        if not higher or after not in self.chart or after in self.result.ends:
            self.add_problem(
                entry.line,
                _("“{unit}” phải được lập trong tệp này, hoặc là đơn vị cấp trên còn tồn tại."),
                unit=entry.after,
            )
            return None
        return before

    def check_shares(self, before: UnitId, pieces: list[tuple[Reference, SuccessionEntry]]) -> None:
        """Check that of the shares of a unit either all are agreed and add up to 1, or none is."""
        first = pieces[0][1].line
        counts = Counter(after for after, _entry in pieces)
        if max(counts.values()) > 1:
            self.add_problem(
                first, _("{name} được ghi hai lần vào cùng một đơn vị."), name=self.name_of(before)
            )
            return
        shares = [entry.share for _after, entry in pieces]
        if len(pieces) == 1 and shares[0] is None:
            shares = [Fraction(WHOLE)]
        agreed = [share for share in shares if share is not None]
        if agreed and len(agreed) < len(shares):
            self.add_problem(
                first,
                _("{name}: hoặc mọi phần đều có tỷ lệ, hoặc không phần nào có."),
                name=self.name_of(before),
            )
        elif agreed and sum(agreed) != WHOLE:
            self.add_problem(
                first,
                _("{name}: các tỷ lệ cộng lại được {sum}, phải đúng bằng 1."),
                name=self.name_of(before),
                sum=sum(agreed),
            )
        else:
            self.result.successions += [
                (before, after, share, entry)
                for (after, entry), share in zip(pieces, shares, strict=True)
            ]

    def move_children(self) -> None:
        """Move the children of a unit that went wholly into one successor under it; for those of
        any other unit the plan must name a parent.
        """
        heir_of = {
            before: after
            for before, after, share, _entry in self.result.successions
            if share == WHOLE
        }
        for unit in self.result.ends:
            heir = heir_of.get(unit)
            for child in self.chart.children(unit):
                if child in self.result.ends:
                    continue
                standing = self.result.standings.get(child)
                if standing is None and heir is None:
                    self.add_problem(
                        self.result.ends[unit].line,
                        _("{child} thuộc {name} và phải có mục [[standings]] nói nay thuộc đâu."),
                        child=self.names[child].name,
                        name=self.names[unit].name,
                    )
                elif standing is None and self.can_change(self.result.ends[unit].line, child):
                    name = self.names[child]
                    self.result.standings[child] = NewStanding(
                        name.name, name.code, name.kind, heir, self.result.ends[unit].line
                    )
                elif standing and standing.parent == unit and heir is not None:
                    standing.parent = heir
