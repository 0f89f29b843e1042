"""Types of parameters. Each is checked where the call is read, so that a caller hears of every
parameter that is wrong at once; the call reads the text again, as a value.
"""

from collections.abc import Callable
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from danchu.figures.catalogue import indicator
from danchu.kernel.days import parse_day
from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.units.find import unit_from
from danchu.units.named import unit_named

REFUSED = "refused"  # the type of an error whose message is that of a Refused
LEVELS = ("province", "district", "commune", "village")


def _checked(check: Callable[[str], object]) -> AfterValidator:
    """A check of a text that is not empty; what it refuses becomes an error of the parameter."""

    def check_text(text: str) -> str:
        try:
            if text:
                check(text)
        except Refused as refusal:
            raise PydanticCustomError(
                REFUSED, "{message}", {"message": refusal.sentences}
            ) from None
        return text

    return AfterValidator(check_text)


def _check_level(text: str) -> None:
    if text not in LEVELS:
        raise Refused(_("Cấp phải là province, district, commune hoặc village."), "level")


def _check_unit(text: str) -> None:
    """An id or CODE@DAY must lead to a unit. A name or a code is judged by the call, which knows
    the day of the map, and answers with the choices where it is not certain.
    """
    if "@" in text or (text.isdecimal() and not text.startswith("0")):
        unit_from(text)


def refusal_of_place(request: HttpRequest) -> Refused | None:
    """What is wrong with the name in `unit`, for a call that is refused before it reads the day of
    its map; None where it means a place today, or there is none.
    """
    match = request.resolver_match
    text = request.GET.get("unit") or (match.kwargs.get("unit", "") if match else "")
    try:
        if text:
            unit_named(text)
    except Refused as refusal:
        return refusal
    return None


DayText = Annotated[str, _checked(parse_day)]
UnitText = Annotated[str, _checked(_check_unit)]
LevelText = Annotated[str, _checked(_check_level)]
IndicatorKey = Annotated[str, _checked(indicator)]
RuleKey = Annotated[str, _checked(lambda key: book().versions(key))]
