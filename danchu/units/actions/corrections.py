"""Corrects, once, what earlier versions loaded from the files in `sources/`."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.chronicle import WHOLE
from danchu.kernel.days import DAWN
from danchu.kernel.refusals import require
from danchu.units.models import Decree, Standing, Succession, Unit
from danchu.units.names_changed import (
    ABSORBED,
    HA_TAY_ACT,
    HA_TAY_DECREE,
    HA_TAY_ENDED,
    HUE_ACT,
    HUE_DECREE,
    HUE_RENAMED,
    changes_of_2026,
    source_of_day,
)
from danchu.units.reform_2025 import NATION
from danchu.units.sources_load import lock_map
from danchu.units.spelling import name_columns


@transaction.atomic
def correct_loaded_units(*, by: Acting) -> int:
    """Correct the names and days that earlier versions loaded wrongly: the changes of 2026 began on
    the day of signature, Thừa Thiên Huế had its later name, Hà Tây was missing. Idempotent. Returns
    the number of rows changed. Denied without the right to reorganise units.
    """
    require(
        by.may("reorganise", "unit", NATION),
        _("Ông/bà không có quyền thay đổi bản đồ đơn vị hành chính."),
    )
    if not Standing.objects.filter(code="46", parent=NATION).exists():
        return 0  # nothing is loaded, or another country
    lock_map()
    moved = {
        decree: rows
        for decree, signed, in_force in changes_of_2026()
        if (rows := _move(decree, signed, in_force))
    }
    named = _name_hue() + _add_ha_tay()
    number = sum(moved.values()) + named
    if number:
        record(by, "units.corrected", None, unit=NATION, moved=moved, named=named)
    return number


def _move(decree: str, signed: date, in_force: date) -> int:
    """Let the standings that the decree began on the day of its signature begin when it came into
    force. Returns how many rows.
    """
    begun = Standing.objects.filter(decree__number=decree, since=signed).exclude(
        until__lte=in_force
    )
    units = list(begun.values_list("unit", flat=True))
    if not units:
        return 0
    number = begun.update(since=in_force)  # first: two standings of a unit may not overlap
    number += Standing.objects.filter(unit__in=units, until=signed).update(until=in_force)
    Decree.objects.filter(number=decree).update(issued_on=signed, source=source_of_day(in_force))
    return number


def _name_hue() -> int:
    """Give Thừa Thiên Huế its name until the end of 2024. Returns how many rows."""
    city = Standing.objects.filter(code="46", parent=NATION, since=DAWN, until=None).first()
    if not city or city.name != "Thành phố Huế":
        return 0
    city.since = HUE_RENAMED
    city.decree = _decree(HUE_ACT, HUE_DECREE)
    city.save(update_fields=["since", "decree"])
    _add_standing(city.unit, "Tỉnh Thừa Thiên Huế", "46", HUE_RENAMED)
    return 2


def _add_ha_tay() -> int:
    """Add Hà Tây, which became a part of Hà Nội in 2008. Returns how many rows."""
    capital = Standing.objects.filter(code="01", parent=NATION, since=DAWN).first()
    if not capital or Standing.objects.filter(name="Tỉnh Hà Tây").exists():
        return 0
    unit = Unit.objects.create(level="province", until=HA_TAY_ENDED)
    _add_standing(unit, "Tỉnh Hà Tây", "28", HA_TAY_ENDED)
    Succession.objects.create(
        before=unit,
        after=capital.unit,
        on=HA_TAY_ENDED,
        share_over=WHOLE,
        share_under=WHOLE,
        basis=ABSORBED,
        decree=_decree(HA_TAY_ACT, HA_TAY_DECREE),
    )
    return 3


def _decree(number: str, act: tuple[str, date, str]) -> Decree:
    title, issued_on, source = act
    decree, _new = Decree.objects.get_or_create(
        number=number, defaults={"title": title, "issued_on": issued_on, "source": source}
    )
    return decree


def _add_standing(unit: Unit, name: str, code: str, until: date) -> None:
    columns = name_columns(name, "tinh")
    Standing.objects.create(
        unit=unit, code=code, kind="tinh", parent_id=NATION, since=DAWN, until=until, **columns
    )
