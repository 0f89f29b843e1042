"""What an indicator is. Each is declared beside the rows it counts and registered here.

The law of the product: every published number is a sum over rows, or one such sum over another.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from danchu.kernel.refusals import Refused


@dataclass(frozen=True)
class Source:
    """Rows that can be counted: the querysets of its room, and where and when they lie.

    `tally` is the model of month sums kept by triggers (same dimensions and measures), or None.
    `visible(rows, actor)` narrows rows to those whose content the actor may read; `face(row)` tells
    (reference, title, uid) of one of them.
    """

    key: str
    rows: Callable
    when: str
    where: str
    tally: object = None
    visible: Callable | None = None
    face: Callable | None = None


@dataclass(frozen=True)
class Flow:
    """What happened within a period: the sum of `amount` ("1" counts rows) over rows that meet `where`."""

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


@dataclass(frozen=True)
class Ratio:
    """One sum over another, in percent; never averaged over units."""

    key: str
    vi: str
    en: str
    over: Flow
    under: Flow
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
    sensitive: bool = False
    kind = "outside"


INDICATORS = {}


def declare(*indicators):
    """Put indicators in the catalogue; a key is declared once."""
    for indicator in indicators:
        if indicator.key in INDICATORS:
            raise ValueError(f"indicator {indicator.key} is declared twice")
        INDICATORS[indicator.key] = indicator


def indicator(key):
    """The declared indicator, or a refusal that names the key."""
    if key not in INDICATORS:
        raise Refused(f"Không có chỉ tiêu “{key[:60]}”. Hãy chọn trong danh mục chỉ tiêu.", "key")
    return INDICATORS[key]
