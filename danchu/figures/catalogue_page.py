"""docs/generated/figures.md: the catalogue of indicators, generated from the declarations."""

from collections.abc import Iterable
from itertools import groupby

from danchu.figures.blur import SMALLEST_SHOWN
from danchu.figures.catalogue import INDICATORS, Indicator
from danchu.figures.families import FAMILIES
from danchu.kernel.days import show_day

HEAD = f"""# Danh mục chỉ tiêu / Catalogue of indicators

<!-- Made by `danchu figures catalogue --write` from the declarations beside the rows. Do not
edit. -->

Mỗi chỉ tiêu được khai báo một lần, cạnh chính hồ sơ mà nó đếm. Chỉ hồ sơ đã xác nhận được tính.
**Phát sinh**: cộng trong kỳ; **cuối kỳ**: có vào ngày cuối kỳ; **tỷ lệ**: một tổng trên một tổng,
không bao giờ là trung bình của các tỷ lệ; **nguồn ngoài**: số do cơ quan khác công bố. ◐ = công
chúng chỉ đọc số đã công bố của năm đã khép hay kỳ báo cáo, không số nào nhỏ hơn {SMALLEST_SHOWN}.

Each indicator is declared once, beside the rows it counts. Only confirmed records count.
**Flow**: added over the period; **level**: in being on its last day; **ratio**: one sum over
another, never an average of ratios; **outside**: published by others. ◐ = the public
reads only published numbers of closed years or of reports, none of them below {SMALLEST_SHOWN}.
"""
KINDS = {
    "flow": "phát sinh / flow",
    "level": "cuối kỳ / level",
    "ratio": "tỷ lệ / ratio",
    "outside": "nguồn ngoài / outside",
}
COLUMNS = (
    "mã / code",
    "khóa / key",
    "tên",
    "name",
    "đơn vị tính / measure",
    "loại / kind",
    "căn cứ / law",
    "phiên bản / version",
    "đếm gì / what it counts",
)


def catalogue_page() -> str:
    """The page in Markdown: a table for each family, in the order of the codes."""
    lines = [HEAD]
    for letter, group in groupby(sorted(INDICATORS.values(), key=_order), _letter):
        family = FAMILIES[letter]
        lines += [
            f"## {f'{letter}. ' if letter else ''}{family.vi} / {family.en}",
            "",
            _line(COLUMNS),
            _line(["---"] * len(COLUMNS)),
        ]
        lines += [_line(_cells(indicator)) for indicator in group]
        lines.append("")
    return "\n".join(lines)


def _order(indicator: Indicator) -> tuple[str, str, str]:
    return _letter(indicator) or "Z", indicator.code or "Z", indicator.key


def _letter(indicator: Indicator) -> str:
    return indicator.code[:1]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(indicator: Indicator) -> list[str]:
    measure = " / ".join(dict.fromkeys(indicator.measure))
    name = f"{indicator.vi} ◐" if indicator.sensitive else indicator.vi
    return [
        indicator.code or "–",
        f"`{indicator.key}`",
        name,
        indicator.en,
        measure,
        KINDS[indicator.kind],
        indicator.law or "–",
        _version(indicator),
        _what_it_counts(indicator),
    ]


def _version(indicator: Indicator) -> str:
    """The version of the definition, and the days on which the publisher changed its method."""
    days = indicator.breaks if indicator.kind == "outside" else ()
    if not days:
        return indicator.version
    changed = ", ".join(show_day(day) for day in days)
    return f"{indicator.version}; đổi cách tính / method changed {changed}"


def _what_it_counts(indicator: Indicator) -> str:
    """What the indicator counts, from its declaration."""
    if indicator.kind == "ratio":
        return f"`{indicator.over.key}` ÷ `{indicator.under.key}` × 100"
    if indicator.kind == "outside":
        return f"`{indicator.series}`"
    if indicator.kind == "level":
        return f"số dòng / rows of `{indicator.source.key}`"
    amount = indicator.amount
    summed = "số dòng / rows of" if amount == "1" else f"tổng / sum of `{amount}` of"
    where = ", ".join(f"`{name}` = `{value}`" for name, value in indicator.where.items())
    return f"{summed} `{indicator.source.key}`" + (f": {where}" if where else "")
