"""Numbers as written in Vietnam: 12.567; 92,3 %. Exact inside, rounded only when shown."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from danchu.kernel import words
from danchu.kernel.refusals import Refused
from danchu.kernel.words import gettext as _

MARKS = {"vi": (".", ","), "en": (",", ".")}


def rounded(value, places=0):
    """A Decimal with `places` decimals, halves away from zero, from an int, Decimal or Fraction."""
    exact = Fraction(value)
    scaled = exact * 10**places
    whole = int(abs(scaled) + Fraction(1, 2))
    return Decimal(whole if scaled >= 0 else -whole).scaleb(-places)


def show_number(value, places=None, language=None):
    """12.567 or 1.234,5, the reader's way when no language is named. `places=None` shows
    integers whole and anything else with up to 2 decimals.
    """
    if value is None:
        return "–"
    if places is None:
        exact = Fraction(value)
        places = 0 if exact.denominator == 1 else 1 if (exact * 10).denominator == 1 else 2
    thousands, point = MARKS[language or words.language()]
    text = f"{rounded(value, places):,.{places}f}"
    return text.translate(str.maketrans({",": thousands, ".": point}))


def show_percent(value, places=1, language=None):
    """92,3 % from the value in percent (no-break space before the sign in Vietnamese)."""
    if value is None:
        return "–"
    text = show_number(value, places, language)
    return f"{text}\u00a0%" if (language or words.language()) == "vi" else f"{text}%"


def parse_count(text):
    """A whole number from 0 up, from 12567 or 12.567; "12,567" is refused because it may mean
    12.567 or 12,567.
    """
    raw = str(text).strip().replace("\u00a0", "").replace(" ", "")
    if re.fullmatch(r"\d{1,15}", raw):
        return int(raw)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", raw):
        return int(raw.replace(".", ""))
    if re.fullmatch(r"\d{1,3}(,\d{3})+", raw):
        raise Refused(
            _(
                "“{text}” có thể hiểu là số thập phân hoặc số nghìn. Hãy viết {plain} "
                "hoặc {dotted}."
            ).format(text=text, plain=raw.replace(",", ""), dotted=raw.replace(",", "."))
        )
    if re.fullmatch(r"\d+[.,]0+", raw):
        return int(re.split(r"[.,]", raw)[0])
    if re.fullmatch(r"-\d[\d.,]*", raw):
        raise Refused(_("“{text}” là số âm. Hãy nhập số từ 0 trở lên.").format(text=text))
    raise Refused(
        _("“{text}” không phải là số nguyên. Hãy chỉ nhập chữ số, ví dụ 12567 hoặc 12.567.").format(
            text=str(text)[:40]
        )
    )


def parse_amount(text, places=2):
    """A Decimal from 0 up written the Vietnamese way (1.234,5) or plainly (1234.5)."""
    raw = str(text).strip().replace("\u00a0", "").replace(" ", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", raw) or re.fullmatch(r"\d+,\d+", raw):
        raw = raw.replace(".", "").replace(",", ".")
    if not re.fullmatch(r"\d{1,15}(\.\d+)?", raw):
        raise Refused(
            _("“{text}” không phải là số. Hãy viết như 1.234,5 hoặc 1234,5.").format(
                text=str(text)[:40]
            )
        )
    value = Decimal(raw)
    if value != value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):
        raise Refused(
            _("“{text}” có quá nhiều chữ số thập phân (tối đa {places}).").format(
                text=text, places=places
            )
        )
    return value
