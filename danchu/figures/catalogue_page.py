"""docs/generated/figures.md: the catalogue of indicators as people read it, made from what is
declared.
"""

from itertools import groupby

from danchu.figures.blur import SMALLEST_SHOWN
from danchu.figures.catalogue import INDICATORS
from danchu.figures.families import FAMILIES
from danchu.kernel.days import show_day

HEAD = f"""# Danh mục chỉ tiêu / Catalogue of indicators

<!-- Made by `danchu figures catalogue --write` from the declarations beside the rows. Do not
edit. -->

Mỗi chỉ tiêu được khai báo một lần, cạnh chính hồ sơ mà nó đếm. Chỉ hồ sơ đã xác nhận được tính.
**Phát sinh**: cộng trong kỳ; **cuối kỳ**: có vào ngày cuối kỳ; **tỷ lệ**: một tổng trên một tổng,
không bao giờ là trung bình của các tỷ lệ; **nguồn ngoài**: số do cơ quan khác công bố. ◐ = số nhỏ
hơn {SMALLEST_SHOWN} không hiện ra cho công chúng.

Each indicator is declared once, beside the rows it counts. Only confirmed records count.
**Flow**: added over the period; **level**: in being on its last day; **ratio**: one sum over
another, never an average of ratios; **outside**: published by others. ◐ = counts below
{SMALLEST_SHOWN} are not shown to the public.
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


def catalogue_page():
    """The page as text."""
    found = sorted(INDICATORS.values(), key=lambda it: (_letter(it) or "Z", it.code or "Z", it.key))
    lines = [HEAD]
    for letter, group in groupby(found, _letter):
        family = FAMILIES[letter]
        lines += [
            f"## {f'{letter}. ' if letter else ''}{family.vi} / {family.en}",
            "",
            _line(COLUMNS),
            _line(["---"] * len(COLUMNS)),
        ]
        lines += [_line(_cells(it)) for it in group]
        lines.append("")
    return "\n".join(lines)


def _letter(indicator):
    return indicator.code[:1]


def _line(cells):
    return f"| {' | '.join(cells)} |"


def _cells(it):
    measure = " / ".join(dict.fromkeys(it.measure))
    name = f"{it.vi} ◐" if it.sensitive else it.vi
    return [
        it.code or "–",
        f"`{it.key}`",
        name,
        it.en,
        measure,
        KINDS[it.kind],
        it.law or "–",
        _version(it),
        _counts(it),
    ]


def _version(it):
    """The version of the definition, and the days on which the publisher changed his."""
    breaks = ", ".join(show_day(day) for day in getattr(it, "breaks", ()))
    return f"{it.version}; đổi cách tính / method changed {breaks}" if breaks else it.version


def _counts(it):
    """What is added up, from the declaration itself."""
    if it.kind == "ratio":
        return f"`{it.over.key}` ÷ `{it.under.key}` × 100"
    if it.kind == "outside":
        return f"`{it.series}`"
    if it.kind == "level":
        return f"số dòng / rows of `{it.source.key}`"
    where = ", ".join(f"`{name}` = `{value}`" for name, value in it.where.items())
    amount = "số dòng / rows of" if it.amount == "1" else f"tổng / sum of `{it.amount}` of"
    return f"{amount} `{it.source.key}`" + (f": {where}" if where else "")
