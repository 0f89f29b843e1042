"""The successions of a plan held against the map: what becomes of each unit that ends, in which
shares, and where its children hang then.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from fractions import Fraction

from django.utils.translation import gettext as _

from danchu.kernel.chronicle import RANK, WHOLE, UnitId
from danchu.units.plan_entries import Passing, Plan
from danchu.units.plan_references import NewStanding, Reference, References


class Successions(References):
    """Checks the successions, once the units that end and begin are known."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        # Every unit that a plan ends, also one that cannot end: that problem is enough.
        self.named_ends: set[Reference] = set()

    def check_successions(self) -> None:
        by_before: dict[UnitId, list[tuple[Reference, Passing]]] = defaultdict(list)
        reached = set()
        for entry in self.plan.successions:
            before = self.unit(entry.line, entry.before)
            after = self.unit(entry.line, entry.after)
            if before is None or after is None or not self.check_meeting(entry, before, after):
                continue
            if isinstance(before, int):  # what begins cannot end: refused by the check
                by_before[before].append((after, entry))
                reached.add(after)
        for before, pieces in by_before.items():
            self.check_shares(before, pieces)
        self.check_both_ends(by_before.keys(), reached)

    def check_both_ends(self, left: Collection[UnitId], reached: Collection[Reference]) -> None:
        """A unit that ends goes somewhere, one that begins comes from somewhere; not a village."""
        for unit, ending in self.out.ends.items():
            if unit not in left and self.level(unit) != "village":
                self.no(
                    ending.line,
                    _("{name} kết thúc mà không rõ nhập vào đâu."),
                    name=self.called(unit),
                )
        for key, (beginning, _parent) in self.out.begins.items():
            if key not in reached and beginning.level != "village":
                self.no(
                    beginning.line, _("{name} được lập mà không rõ từ đâu."), name=beginning.name
                )

    def check_meeting(self, entry: Passing, before: Reference, after: Reference) -> bool:
        """Whether a unit that ends goes into one that begins, or into a higher one in being."""
        if before not in self.out.ends:
            if before not in self.named_ends:  # else there is a problem already
                self.no(
                    entry.line,
                    _("“{unit}” không nằm trong các đơn vị kết thúc."),
                    unit=entry.before,
                )
            return False
        if isinstance(after, str):
            return after in self.out.begins
        higher = RANK[self.level(after)] < RANK[self.level(before)]
        if not higher or after not in self.chart or after in self.out.ends:
            self.no(
                entry.line,
                _("“{unit}” phải được lập trong tệp này, hoặc là đơn vị cấp trên còn tồn tại."),
                unit=entry.after,
            )
            return False
        return True

    def check_shares(self, before: UnitId, pieces: list[tuple[Reference, Passing]]) -> None:
        """The shares of a unit that ends are all agreed, and make up the whole, or none is."""
        first = pieces[0][1].line
        times = Counter(after for after, _entry in pieces)
        if max(times.values()) > 1:
            self.no(
                first, _("{name} được ghi hai lần vào cùng một đơn vị."), name=self.called(before)
            )
            return
        shares = [entry.share for _after, entry in pieces]
        if len(pieces) == 1 and shares[0] is None:
            shares = [Fraction(WHOLE)]
        known = [share for share in shares if share is not None]
        if known and len(known) < len(shares):
            self.no(
                first,
                _("{name}: hoặc mọi phần đều có tỷ lệ, hoặc không phần nào có."),
                name=self.called(before),
            )
        elif known and sum(known) != WHOLE:
            self.no(
                first,
                _("{name}: các tỷ lệ cộng lại được {sum}, phải đúng bằng 1."),
                name=self.called(before),
                sum=sum(known),
            )
        else:
            self.out.successions += [
                (before, after, share, entry)
                for (after, entry), share in zip(pieces, shares, strict=True)
            ]

    def move_children(self) -> None:
        """Children of a unit that went whole into one follow it; for those of any other the plan
        must name a parent.
        """
        whole = {
            before: after for before, after, share, _entry in self.out.successions if share == WHOLE
        }
        for unit in self.out.ends:
            heir = whole.get(unit)
            for child in self.chart.children(unit):
                if child in self.out.ends:
                    continue
                standing = self.out.standings.get(child)
                if standing is None and heir is None:
                    self.no(
                        self.out.ends[unit].line,
                        _("{child} thuộc {name} và phải có mục [[standings]] nói nay thuộc đâu."),
                        child=self.names[child].name,
                        name=self.names[unit].name,
                    )
                elif standing is None and self.lasting(self.out.ends[unit].line, child):
                    name = self.names[child]
                    self.out.standings[child] = NewStanding(
                        name.name, name.code, name.kind, heir, self.out.ends[unit].line
                    )
                elif standing and standing.parent == unit and heir is not None:
                    standing.parent = heir
