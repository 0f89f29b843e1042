"""Numbers as written in Vietnam: 12.567; 92,3 %. Values are exact and rounded only for display."""

import re
from decimal import Decimal
from fractions import Fraction

from danchu.kernel import words
from danchu.kernel.refusals import Refused
from danchu.kernel.words import gettext as _

Number = int | Decimal | Fraction

# {language: (thousands separator, decimal separator)}
SEPARATORS = {"vi": (".", ","), "en": (",", ".")}


def round_half_up(value: Number, places: int = 0) -> Decimal:
    """The value as a Decimal with `places` decimals; halves are rounded away from zero."""
    exact = Fraction(value)
    scaled = exact * 10**places
    whole = int(abs(scaled) + Fraction(1, 2))
    return Decimal(whole if scaled >= 0 else -whole).scaleb(-places)


def show_number(
    value: Number | None, places: int | None = None, language: str | None = None
) -> str:
    """The value as "12.567" or "1.234,5", in the reader's language unless `language` is passed; "–"
    for None. `places=None` shows integers without and other values with up to 2 decimals.
    """
    if value is None:
        return "–"
    if places is None:
        places = _decimals_of(Fraction(value))
    thousands, point = SEPARATORS[language or words.language()]
    text = f"{round_half_up(value, places):,.{places}f}"
    return text.translate({ord(","): thousands, ord("."): point})


def _decimals_of(value: Fraction) -> int:
    """The number of decimals to show: as many as the value has, at most 2."""
    if value.denominator == 1:
        return 0
    return 1 if (value * 10).denominator == 1 else 2


def show_percent(value: Number | None, places: int = 1, language: str | None = None) -> str:
    """A value in percent as "92,3 %", with a no-break space in Vietnamese; "–" for None."""
    if value is None:
        return "–"
    text = show_number(value, places, language)
    return f"{text}\u00a0%" if (language or words.language()) == "vi" else f"{text}%"


def parse_count(text: object) -> int:
    """A non-negative integer from "12567", "12.567" or "12 567". Refused otherwise; also for
    "12,567", which is ambiguous between thousands and decimals, and for "5 6", two numbers.
    """
    raw = re.sub(r"[\u00a0\u202f]", " ", str(text)).strip()
    if re.fullmatch(r"\d{1,15}", raw):
        return int(raw)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){1,4}|\d{1,3}(?: \d{3}){1,4}", raw):
        return int(re.sub(r"[. ]", "", raw))
    if re.fullmatch(r"\d{1,3}(,\d{3}){1,4}", raw):
        raise Refused(
            _(
                "“{text}” có thể hiểu là số thập phân hoặc số nghìn. Hãy viết {plain} "
                "hoặc {dotted}."
            ).format(text=text, plain=raw.replace(",", ""), dotted=raw.replace(",", "."))
        )
    if re.fullmatch(r"\d{1,15}[.,]0{1,15}", raw):
        return int(re.split(r"[.,]", raw)[0])
    if re.fullmatch(r"-\d[\d.,]*", raw):
        raise Refused(_("“{text}” là số âm. Hãy nhập số từ 0 trở lên.").format(text=raw[:40]))
    if re.fullmatch(r"\d{16,}", raw):
        raise Refused(
            _("“{text}” là số quá lớn. Hãy kiểm tra lại số chữ số.").format(text=raw[:40])
        )
    raise Refused(
        _("“{text}” không phải là số nguyên. Hãy chỉ nhập chữ số, ví dụ 12567 hoặc 12.567.").format(
            text=str(text)[:40]
        )
    )


def parse_decimal(text: object, places: int = 3) -> Decimal:
    """A non-negative number from "89,58" or "89.58", with at most four digits before and `places`
    after the mark. Refused otherwise.
    """
    raw = re.sub(r"[\u00a0\u202f\s]", "", str(text))
    if re.fullmatch(rf"\d{{1,4}}([.,]\d{{1,{places}}})?", raw):
        return Decimal(raw.replace(",", "."))
    raise Refused(
        _(
            "“{text}” không phải là điểm. Hãy nhập một số như 89,58, nhiều nhất {places} chữ số lẻ."
        ).format(text=str(text)[:40], places=places)
    )
