"""The unit named in an address or a form, and the recorded units whose rows count there."""

from datetime import date

from django.utils.translation import gettext as _

from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from danchu.kernel.text import has_marks
from danchu.units.choices import choice_of, successors_on, unit_of_value
from danchu.units.find import FoundUnit, find_units, unit_from
from danchu.units.maps import boundaries
from danchu.units.meant import unit_meant, units_meant
from danchu.units.models import Standing, Unit
from danchu.units.names import names_on

# How many units of a search are compared with the name.
MOST = 60


def unit_named(text: str, day: date | None = None, field: str = "unit") -> Unit:
    """The unit with an id, a CODE@DAY or a name as people type it: one that exists on `day` (today
    by default) if any has the name, else one of any time. Digits that begin with 0, as no id does,
    are a code on the day. The value of a choice (`units.choices`) is the unit that was chosen.
    Refused by `field` where there is none or more than one.
    """
    if text.isdecimal() and text.startswith("0"):
        text = f"{text}@{(day or today()).isoformat()}"
    if text.isdecimal() or "@" in text:
        return unit_from(text)
    chosen = unit_of_value(text, day or today())
    if chosen is not None:
        return Unit.objects.get(pk=chosen)
    units = _on_day(text, day or today())
    if not units_meant(units, text):
        units = find_units(text, limit=MOST) or units
    return Unit.objects.get(pk=unit_meant(units, text, field).id)


def unit_typed(text: str, day: date, field: str = "unit") -> Unit:
    """The unit that a person means by a code it has on the day or by a name as `unit_named`. Digits
    are a code and never an id, which people do not know: 00004 is a ward, and the fourth row of the
    table another place.
    """
    return unit_named(f"{text}@{day.isoformat()}" if text.isdecimal() else text, day, field)


def unit_of_today(text: str, field: str = "unit") -> Unit:
    """The unit of today that a person means by a code or a name as `unit_typed`: where that unit
    has ended, the one it became. Refused by `field`, with the choices, where it became several.
    """
    day = today()
    unit = unit_typed(text, day, field)
    chart = boundaries(day)
    if unit.pk in chart:
        return unit
    successors = successors_on(chart, unit.pk)
    if len(successors) == 1:
        return Unit.objects.get(pk=successors[0])
    names = names_on(day)
    raise Refused(
        _("Nơi này đã được chia cho nhiều đơn vị. Hãy chọn đơn vị hiện nay."),
        field,
        choices=[choice_of(one, names) for one in successors],
        typed=text,
    )


def unit_of_code(text: str, day: date) -> Unit | None:
    """The unit whose code on the day the text is; None where there is none."""
    standing = Standing.objects.on(day).filter(code=text).select_related("unit").first()
    return standing.unit if standing else None


def _on_day(text: str, day: date) -> list[FoundUnit]:
    return find_units(text, day=day, limit=MOST)


def units_counted_at(text: str, day: date | None = None) -> frozenset[int]:
    """The ids of the recorded units whose rows count at the named unit on the map of `day` (today
    by default); only its own id if it is not on that map. What is typed without marks may be the
    name of several: then those of all of them. Refused as `unit_named`.
    """
    day = day or today()
    chart = boundaries(day)
    is_name = not (has_marks(text) or "@" in text or "(" in text or text.isdecimal())
    units = units_meant(_on_day(text, day), text) if is_name else []
    ids = [unit.id for unit in units] if len(units) > 1 else [unit_named(text, day).pk]
    return frozenset().union(*(chart.sources(unit) if unit in chart else (unit,) for unit in ids))
