"""The kinds of indicators and their catalogue. Each indicator is declared beside the rows it counts
and registered here.

Every published number is a sum over rows, a ratio of two such sums, or a score published by others.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Literal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from danchu.kernel.actor import Acting
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import Period
from danchu.kernel.refusals import Refused
from danchu.kernel.words import language, local_name

Rows = QuerySet[Any]
# (reference, title, uid) of a row, as shown in evidence.
Face = tuple[str, str | None, Any]


@dataclass(frozen=True)
class Source:
    """Rows that can be counted: `rows()` returns them; `when` and `where` are the ORM paths to the
    day and the unit of a row.

    `tally` is the model of sums by month and year that triggers maintain (same dimensions and
    measures), or None. `visible(rows, actor)` filters rows to those whose content the actor may
    read; `face(row)` returns (reference, title, uid) of one of them. Both are required where
    evidence is shown.

    For rows of rooms above that count also in an indicator of the register: `body` is the ORM path
    to the body whose book they are (empty: any body of the unit), `lasting` names the conditions of
    a flow that a row meets from its beginning or never, such as the kind of its board.

    `same` names the field whose value a row shares with the one that it was corrected by, where a
    correction writes the rows anew; "" for rows that change in place or name what they supersede.

    `noted_along` are the tables that its rows are read with and whose changes are noted as changes
    of its own rows (danchu.copies), so that a kept figure depends on these alone.

    `words` is the ORM path of the text in which whoever may read the rows searches; "" for none.

    `viewed_as` is the kind of right by which the rows of sensitive indicators are viewed; "" for
    events of the register, which are viewed by their own kind.
    """

    key: str
    rows: Callable[[], Rows]
    when: str
    where: str
    tally: Any = None
    visible: Callable[[Rows, Acting], Rows] | None = None
    face: Callable[[Any], Face] | None = None
    body: str = ""
    lasting: tuple[str, ...] = ()
    viewed_as: str = ""
    same: str = ""
    noted_along: tuple[str, ...] = ()
    words: str = ""

    @property
    def unit_of(self) -> str:
        """The attribute of a row that holds the unit it was recorded at."""
        return "pk" if self.where == "pk" else f"{self.where}_id"

    def unit_in(self, row: Any) -> UnitId:
        """The id of the unit that a row was recorded at, also where a relation leads to it."""
        *path, last = self.unit_of.split("__")
        for name in path:
            row = getattr(row, name)
        return getattr(row, last)  # type: ignore[no-any-return]  # a path of names has no type

    def with_relations(self, rows: Rows) -> Rows:
        """The rows, read with the relations that lead to their day and unit."""
        paths = (path.rpartition("__")[0] for path in (self.when, self.where))
        relations = [path for path in paths if path]
        return rows.select_related(*relations) if relations else rows


@dataclass(frozen=True)
class Flow:
    """An amount within a period: the sum of the column `amount` ("1" counts rows) over the rows
    that match the conditions `where`.
    """

    key: str
    vi: str
    en: str
    source: Source
    where: dict[str, Any] = field(default_factory=dict)
    amount: str = "1"
    measure: tuple[str, str] = ("", "")
    code: str = ""
    law: str = ""
    version: str = "1"
    sensitive: bool = False
    kind: ClassVar[Literal["flow"]] = "flow"

    def rows(self, *periods: Period) -> Rows:
        """The rows that count in the periods, which must not overlap."""
        when = self.source.when
        spans = [
            Q(**{f"{when}__gte": period.since, f"{when}__lt": period.until}) for period in periods
        ]
        return self.source.rows().filter(reduce(or_, spans), **self.where)

    def only(self, key: str, vi: str, en: str, **where: Any) -> "Flow":
        """One line of a breakdown: this flow restricted by more conditions `where`."""
        return replace(self, key=f"{self.key}.{key}", vi=vi, en=en, where={**self.where, **where})


@dataclass(frozen=True)
class Level:
    """A state: the number of rows that exist in a period, most often on its last day. Never summed
    over periods.

    `standing(period)` returns the rows; each adds 1. `told_by` is (table, kind) of records that say
    which rows those are, where it asks for others of that table by no other kind.
    """

    key: str
    vi: str
    en: str
    source: Source
    standing: Callable[[Period], Rows]
    measure: tuple[str, str] = ("", "")
    code: str = ""
    law: str = ""
    version: str = "1"
    sensitive: bool = False
    told_by: tuple[str, str] | None = None
    amount: ClassVar[str] = "1"
    kind: ClassVar[Literal["level"]] = "level"

    def rows(self, *periods: Period) -> Rows:
        """The rows that exist in the one period."""
        [period] = periods
        return self.standing(period)


@dataclass(frozen=True)
class Ratio:
    """One sum divided by another, in percent; never averaged over units."""

    key: str
    vi: str
    en: str
    over: Flow | Level
    under: Flow | Level
    code: str = ""
    law: str = ""
    version: str = "1"
    measure: tuple[str, str] = ("%", "%")
    kind: ClassVar[Literal["ratio"]] = "ratio"

    @property
    def sensitive(self) -> bool:
        """Whether its numerator or denominator is sensitive."""
        return self.over.sensitive or self.under.sensitive


@dataclass(frozen=True)
class Outside:
    """A published score of one province and year, with its source; never summed."""

    key: str
    vi: str
    en: str
    series: str
    measure: tuple[str, str] = ("điểm", "points")
    code: str = ""
    law: str = ""
    version: str = "1"
    # Days on which the publisher changed its method: a series across one carries a warning.
    breaks: tuple[date, ...] = ()
    sensitive: bool = False
    kind: ClassVar[Literal["outside"]] = "outside"


Counted = Flow | Level
Indicator = Flow | Level | Ratio | Outside

INDICATORS: dict[str, Indicator] = {}
# Flows of rooms above that are added to an indicator of a room below: {key: [Flow]}. They are
# disjoint.
ADDED_FLOWS: dict[str, list[Flow]] = defaultdict(list)
# Numbers that bodies with paper books send under signature: callables that return querysets of rows
# with indicator, unit_id, since, until, amount. For one body, indicator and period either records
# or a statement counts.
STATEMENTS: list[Callable[[], Rows]] = []


def declare(*indicators: Indicator) -> None:
    """Register indicators. ValueError where a key is declared twice."""
    for indicator in indicators:
        if indicator.key in INDICATORS:
            raise ValueError(f"indicator {indicator.key} is declared twice")
        INDICATORS[indicator.key] = indicator


def count_also(key: str, flow: Flow) -> None:
    """Add the rows of a flow of another room to an indicator, for cases that have a full record
    there instead of one line in the register.
    """
    ADDED_FLOWS[key].append(flow)


def parts(indicator: Counted) -> tuple[Counted, ...]:
    """The flow or level itself and the flows that were added to it by `count_also`."""
    return (
        (indicator, *ADDED_FLOWS[indicator.key]) if indicator.key in ADDED_FLOWS else (indicator,)
    )


def indicator(key: str) -> Indicator:
    """The declared indicator. Refused, naming the key, where there is none."""
    if key not in INDICATORS:
        raise Refused(
            _("Không có chỉ tiêu “{key}”. Hãy chọn trong danh mục chỉ tiêu.").format(key=key[:60]),
            "key",
        )
    return INDICATORS[key]


def full_name(indicator: Indicator) -> str:
    """The name of an indicator where it stands alone, in the reader's language: a line of a
    breakdown ("– ad hoc") follows the name of what it is a part of.
    """
    name = local_name(indicator)
    if not name.startswith("– "):
        return name
    key = indicator.key
    while "." in key:
        key = key.rpartition(".")[0]
        if key in INDICATORS:
            return f"{full_name(INDICATORS[key])} {name}"
    return name.removeprefix("– ")


def unit_of_measure(indicator: Indicator) -> str:
    """The unit of measurement of an indicator, in the reader's language."""
    return indicator.measure[language() == "en"]
