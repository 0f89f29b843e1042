"""Which democracy law was in force when: what a figure says it was counted under."""

from dataclasses import dataclass
from datetime import date

from danchu.kernel.days import DAWN


@dataclass(frozen=True)
class Regime:
    key: str
    vi: str
    en: str
    since: date
    until: date | None


REGIMES = (
    Regime("ordinance-34-2007", "Pháp lệnh 34/2007/PL-UBTVQH11", "Ordinance 34/2007", DAWN, date(2023, 7, 1)),
    Regime("law-10-2022", "Luật 10/2022/QH15", "Law 10/2022/QH15", date(2023, 7, 1), date(2025, 7, 1)),
    Regime(
        "law-10-2022-amended", "Luật 10/2022/QH15, sửa đổi bởi Luật 97/2025/QH15",
        "Law 10/2022/QH15 as amended by Law 97/2025/QH15", date(2025, 7, 1), None,
    ),
)  # fmt: skip


def regimes(period):
    """The regimes in force on at least a day of the period, oldest first."""
    return [r for r in REGIMES if r.since < period.until and (r.until is None or r.until > period.since)]
