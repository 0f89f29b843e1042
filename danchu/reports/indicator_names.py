"""Indicators as they are named in reports: by their key or by their code, such as F01."""

from django.utils.translation import gettext as _

from danchu.figures.catalogue import INDICATORS, indicator
from danchu.figures.families import FAMILIES
from danchu.kernel.refusals import Refused


def key_named(name: str) -> str:
    """The key of the indicator with this key or code, whatever the case of its letters. The lines
    of a breakdown have the code of their whole and are named by their key. Refused where there is
    none, and for a code that several have.
    """
    name = name.strip()
    if name in INDICATORS:
        return name
    keys = _of_code(name)
    if len(keys) > 1:
        raise Refused(
            _("mã %(code)s là của nhiều chỉ tiêu, hãy ghi rõ: %(keys)s.")
            % {"code": name, "keys": ", ".join(keys)},
            "key",
        )
    return keys[0] if keys else indicator(name).key


def name_in_text(key: str) -> str:
    """What to write for an indicator: its code where that names it, else its key."""
    code = INDICATORS[key].code
    return code if code and _of_code(code) == [key] else key


def _of_code(code: str) -> list[str]:
    """The keys of the indicators with the code that are no line of a breakdown."""
    return [
        key
        for key, one in INDICATORS.items()
        if one.code and one.code.lower() == code.lower() and "." not in key
    ]


def figures_named(letter: str | None = None) -> list[str]:
    """The keys of the indicators that are no line of a breakdown, in the order of the catalogue: by
    family, then by code. `letter` names one family.
    """
    letters = list(FAMILIES) if letter is None else [letter]
    places = {letter: place for place, letter in enumerate(letters)}
    rows = [
        (places[one.code[:1]], not one.code, one.code, key)
        for key, one in INDICATORS.items()
        if "." not in key and one.code[:1] in places
    ]
    return [key for *_order, key in sorted(rows)]


def outside_series() -> dict[str, str]:
    """{series: key of its indicator} of the scores that others publish."""
    return {one.series: key for key, one in INDICATORS.items() if one.kind == "outside"}
