"""How numbers, shares and times of the hall are written, on the server and in the browser.

Translated to JavaScript like the whole package.
"""

from typing import Any

SOON_SECONDS = 30
DAY_MINUTES = 1440
VIETNAM_OFFSET = 25200  # seconds east of UTC, all year round


def percent(share: int, whole: int) -> int:
    """The share of a whole in percent, a whole number rounded half up; 0 of nothing."""
    return (share * 200 + whole) // (2 * whole) if whole > 0 else 0


def number_text(number: int, separator: str) -> str:
    """A whole number with its thousands apart: 12.567 where the separator is "."."""
    if number < 1000:
        return str(number)
    rest = str(number % 1000 + 1000)[1:]
    return number_text(number // 1000, separator) + separator + rest


def hour_text(seconds: float) -> str:
    """09:12, in Viet Nam, of seconds since 1970."""
    minutes = int((seconds + VIETNAM_OFFSET) // 60) % DAY_MINUTES
    return f"{_two_digits(minutes // 60)}:{_two_digits(minutes % 60)}"


def clock(kind: str, at: float | None, now: float, late: str) -> dict[str, Any]:
    """{text, is_late, is_soon} of a running clock at `now`, both in seconds since 1970.

    Kinds: "now" the time of day, "gone" how long since `at`, "left" how long until `at`, after it
    the sentence `late` ("quá %s") with how long ago it was.
    """
    if kind == "now":
        return {"text": hour_text(now), "is_late": False, "is_soon": False}
    if at is None:
        return {"text": "", "is_late": False, "is_soon": False}
    if kind == "gone":
        return {"text": _span(int(max(0, now - at))), "is_late": False, "is_soon": False}
    left = at - now
    if left < 0:
        text = late.replace("%s", _span(int(-left)))
        return {"text": text, "is_late": True, "is_soon": False}
    rounded_up = -int(-left // 1)
    return {"text": _span(rounded_up), "is_late": False, "is_soon": left <= SOON_SECONDS}


def _span(seconds: int) -> str:
    """2:31, or 1:02:31 from an hour on."""
    minutes = seconds // 60
    rest = _two_digits(seconds % 60)
    if minutes < 60:
        return f"{minutes}:{rest}"
    return f"{minutes // 60}:{_two_digits(minutes % 60)}:{rest}"


def _two_digits(number: int) -> str:
    return str(number + 100)[1:]
