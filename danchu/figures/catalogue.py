"""What an indicator is. Each is declared beside the rows it counts and registered here.

The law of the product: every published number is a sum over rows, or one such sum over another.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.kernel.words import language


@dataclass(frozen=True)
class Source:
    """Rows that can be counted: the querysets of its room, and where and when they lie.

    `tally` is the model of sums by month and year kept by triggers (same dimensions and measures),
    or None. `visible(rows, actor)` narrows rows to those whose content the actor may read;
    `face(row)` tells (reference, title, uid) of one of them.
    """

    key: str
    rows: Callable
    when: str
    where: str
    tally: object = None
    visible: Callable | None = None
    face: Callable | None = None

    @property
    def unit_of(self):
        """The attribute of a row that holds the unit it was recorded at."""
        return "pk" if self.where == "pk" else f"{self.where}_id"


@dataclass(frozen=True)
class Flow:
    """What happened within a period: the sum of `amount` ("1" counts rows) over rows that meet
    `where`.
    """

    key: str
    vi: str
    en: str
    source: Source
    where: dict = field(default_factory=dict)
    amount: str = "1"
    measure: tuple = ("", "")
    code: str = ""
    law: str = ""
    version: str = "1"
    sensitive: bool = False
    kind = "flow"

    def rows(self, *periods):
        """The rows that count in the periods, which do not meet."""
        when = self.source.when
        spans = [
            Q(**{f"{when}__gte": period.since, f"{when}__lt": period.until}) for period in periods
        ]
        return self.source.rows().filter(reduce(or_, spans), **self.where)

    def only(self, key, vi, en, **where):
        """One line of a breakdown: the same indicator over fewer rows."""
        return replace(self, key=f"{self.key}.{key}", vi=vi, en=en, where={**self.where, **where})


@dataclass(frozen=True)
class Level:
    """A state: the rows that stand for a period, most often those in being on its last day. Never
    added over periods.

    `standing(period)` gives the rows; each adds 1.
    """

    key: str
    vi: str
    en: str
    source: Source
    standing: Callable
    measure: tuple = ("", "")
    code: str = ""
    law: str = ""
    version: str = "1"
    sensitive: bool = False
    amount = "1"
    kind = "level"

    def rows(self, period):
        return self.standing(period)


@dataclass(frozen=True)
class Ratio:
    """One sum over another, in percent; never averaged over units."""

    key: str
    vi: str
    en: str
    over: Flow | Level
    under: Flow | Level
    code: str = ""
    law: str = ""
    version: str = "1"
    measure: tuple = ("%", "%")
    kind = "ratio"

    @property
    def sensitive(self):
        return self.over.sensitive or self.under.sensitive


@dataclass(frozen=True)
class Outside:
    """A published score of one province and year, with its source; never summed."""

    key: str
    vi: str
    en: str
    series: str
    measure: tuple = ("điểm", "points")
    code: str = ""
    law: str = ""
    version: str = "1"
    # Days on which the publisher changed how it counts: a series across one carries a mark.
    breaks: tuple[date, ...] = ()
    sensitive: bool = False
    kind = "outside"


INDICATORS = {}
# Rows of rooms above that count into an indicator of a room below: {key: [Flow]}. No row is in two
# of them.
ALSO = defaultdict(list)
# Typed numbers with a signed paper, sent by places that keep paper books: querysets of rows with
# indicator, unit_id, since, until, amount. For one body, indicator and period either records or a
# statement counts.
STATEMENTS = []


def declare(*indicators):
    """Put indicators in the catalogue; a key is declared once."""
    for indicator in indicators:
        if indicator.key in INDICATORS:
            raise ValueError(f"indicator {indicator.key} is declared twice")
        INDICATORS[indicator.key] = indicator


def count_also(key, flow):
    """The rows of this flow count into the indicator too: what has a file of its own beside
    what the book says in one line.
    """
    ALSO[key].append(flow)


def parts(what):
    """The flow or level itself, then whatever counts into it too."""
    return (what, *ALSO[what.key]) if what.key in ALSO else (what,)


def indicator(key):
    """The declared indicator, or a refusal that names the key."""
    if key not in INDICATORS:
        raise Refused(
            _("Không có chỉ tiêu “{key}”. Hãy chọn trong danh mục chỉ tiêu.").format(key=key[:60]),
            "key",
        )
    return INDICATORS[key]


def measured(indicator):
    """Its unit of measure in the reader's language."""
    return indicator.measure[language() == "en"]
