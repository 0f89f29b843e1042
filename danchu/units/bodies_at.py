"""The bodies that units have and had: what cannot stand beside another is refused."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.kernel.text import identity_key
from danchu.units.kinds import SINGLE, BodyKind
from danchu.units.models import Body


@dataclass(frozen=True, slots=True)
class NameSpan:
    """One name of a body, with the days of the name and of the body."""

    body: int
    kind: str
    name: str
    since: date
    until: date | None
    body_since: date
    body_until: date | None


def overlap(since: date, until: date | None, other: date, other_until: date | None) -> bool:
    """Whether two half-open spans of days have a day in common."""
    return (other_until is None or since < other_until) and (until is None or other < until)


class BodiesAt:
    """The bodies of some units in memory, read in one query."""

    def __init__(self, units: Iterable[UnitId]) -> None:
        self.names: dict[UnitId, list[NameSpan]] = defaultdict(list)
        rows = Body.objects.filter(unit__in=list(units)).order_by("since", "pk")
        for unit, body, kind, body_since, body_until, name, since, until in rows.values_list(
            "unit_id",
            "pk",
            "kind",
            "since",
            "until",
            "standings__name",
            "standings__since",
            "standings__until",
        ):
            self.names[unit].append(
                NameSpan(
                    body,
                    kind,
                    name or str(BodyKind(kind).label),
                    since or body_since,
                    until if name else body_until,
                    body_since,
                    body_until,
                )
            )

    def add(
        self, unit: UnitId, body: int, kind: str, name: str, since: date, until: date | None
    ) -> None:
        """Count in a body that is opened together with others."""
        self.names[unit].append(NameSpan(body, kind, name, since, until, since, until))

    def same_kind(
        self, unit: UnitId, kind: str, since: date, until: date | None
    ) -> NameSpan | None:
        """The latest name of a body that leaves no room for one of the kind in that time."""
        rows = [
            row
            for row in self.names[unit]
            if kind in SINGLE
            and row.kind == kind
            and overlap(since, until, row.body_since, row.body_until)
        ]
        return rows[-1] if rows else None

    def same_name(
        self, unit: UnitId, name: str, since: date, until: date | None, besides: int | None = None
    ) -> NameSpan | None:
        """The name of another body of the unit that is the same in that time; marks count."""
        key = identity_key(name)
        for row in self.names[unit]:
            is_same = row.body != besides and identity_key(row.name) == key
            if is_same and overlap(since, until, row.since, row.until):
                return row
        return None

    def check_kind(self, unit: UnitId, kind: str, since: date, until: date | None) -> None:
        """Refused, on "kind", where the unit has the only body of the kind in that time."""
        row = self.same_kind(unit, kind, since, until)
        if row is None:
            return
        sentence = _(
            "Nơi này đã có %(name)s từ ngày %(since)s; mỗi nơi chỉ có một tổ chức loại này. Hãy "
            "đổi tên tổ chức ấy, hoặc kết thúc nó trước ngày lập tổ chức mới."
        )
        raise Refused(sentence % {"name": row.name, "since": show_day(row.body_since)}, "kind")

    def check_name(
        self, unit: UnitId, name: str, since: date, until: date | None, besides: int | None = None
    ) -> None:
        """Refused, on "name", where another body of the unit has the name in that time."""
        row = self.same_name(unit, name, since, until, besides)
        if row is not None:
            raise Refused(
                _(
                    "Nơi này đã có “%(name)s” từ ngày %(since)s. Hãy ghi tên khác, hoặc mở tổ "
                    "chức đã có."
                )
                % {"name": row.name, "since": show_day(row.since)},
                "name",
            )
