"""Villages and residential groups: no list of them is published, so communes enter their own."""

from datetime import date
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.units.kinds import KINDS_OF
from danchu.units.models import Decree, Standing, Unit
from danchu.units.sources_load import lock_map
from danchu.units.spelling import name_columns

NO_RIGHT = gettext_lazy("Ông/bà không có quyền thay đổi thôn, tổ dân phố của đơn vị này.")


@transaction.atomic
def open_village(
    commune: Unit,
    *,
    by: Acting,
    name: str,
    kind: str,
    since: date | None = None,
    code: str = "",
    decree: str = "",
) -> Unit:
    """Open a village of the commune from the day on, or (None) from the day the commune began, also
    when the village is older: its earlier communes are not known. `decree` is the number of the
    act it rests on. Refused, on its field, where a value cannot be; Denied without the right.
    """
    require(by.may("reorganise", "unit", commune), NO_RIGHT)
    columns = _named(name, kind)
    lock_map()
    commune = Unit.objects.select_for_update().get(pk=commune.pk)
    if commune.level != "commune":
        raise Refused(_("Thôn, tổ dân phố phải thuộc một xã, phường hoặc đặc khu."), "commune")
    since = since or commune.since
    if since < commune.since or commune.until is not None:
        raise Refused(_("Ngày phải nằm trong thời gian xã, phường, đặc khu tồn tại."), "since")
    _free(commune, columns, since)
    village = Unit.objects.create(level="village", since=since)
    Standing.objects.create(
        unit=village,
        kind=kind,
        code=_code(code, since),
        parent=commune,
        decree=_decree(decree),
        since=since,
        **columns,
    )
    record(
        by, "village.opened", village, unit=commune, title=columns["name"], kind=kind, since=since
    )
    return village


@transaction.atomic
def rename_village(
    village: Unit, *, by: Acting, name: str, kind: str, on: date, decree: str = ""
) -> Unit:
    """Give the village another name or kind from the day on. Refused, on its field, where a value
    cannot be; Denied without the right.
    """
    lock_map()
    last = _last(village)
    require(by.may("reorganise", "unit", last.parent), NO_RIGHT)
    columns = _named(name, kind)
    _later(last, on)
    _free(cast(Unit, last.parent), columns, on, but=village)  # only the nation has none
    Standing.objects.filter(pk=last.pk).update(until=on)
    Standing.objects.create(
        unit=village,
        kind=kind,
        code=last.code,
        parent=last.parent,
        decree=_decree(decree),
        since=on,
        **columns,
    )
    record(
        by, "village.renamed", village, unit=last.parent_id, title=columns["name"], kind=kind, on=on
    )
    return village


@transaction.atomic
def close_village(village: Unit, *, by: Acting, on: date) -> Unit:
    """Close the village: its last day is the one before `on`; its records stay with its commune.
    Refused where it has ended or the day is not after its last change; Denied without the right.
    """
    lock_map()
    last = _last(village)
    require(by.may("reorganise", "unit", last.parent), NO_RIGHT)
    _later(last, on)
    Standing.objects.filter(pk=last.pk).update(until=on)
    Unit.objects.filter(pk=village.pk).update(until=on)
    record(by, "village.closed", village, unit=last.parent_id, on=on)
    return village


def _named(name: str, kind: str) -> dict[str, str]:
    """The columns of a standing that follow from the name."""
    name = clean(name)
    if not name:
        raise Refused(_("Hãy nhập tên thôn, tổ dân phố."), "name")
    if len(name) > 200:
        raise Refused(_("Tên dài quá 200 ký tự."), "name")
    if kind not in KINDS_OF["village"]:
        raise Refused(_("Loại phải là thôn, tổ dân phố hoặc tên gọi tương đương."), "kind")
    return name_columns(name, kind)


def _code(code: str, since: date) -> str:
    code = clean(code)
    if len(code) > 12:
        raise Refused(_("Mã dài quá 12 ký tự."), "code")
    if code and Standing.objects.filter(code=code).exclude(until__lte=since).exists():
        raise Refused(_("Mã “{code}” đang dùng cho đơn vị khác.").format(code=code), "code")
    return code


def _decree(number: str) -> Decree | None:
    number = clean(number)
    if len(number) > 60:
        raise Refused(_("Số văn bản dài quá 60 ký tự."), "decree")
    return Decree.objects.get_or_create(number=number)[0] if number else None


def _free(commune: Unit, columns: dict[str, str], since: date, but: Unit | None = None) -> None:
    """Refused where another village of the commune has the name: nobody could tell them apart."""
    same = Standing.objects.filter(
        parent=commune, name=columns["name"], unit__level="village"
    ).exclude(until__lte=since)
    if same.exclude(unit=but).exists():
        raise Refused(_("Đã có “{name}” trong đơn vị này.").format(name=columns["name"]), "name")


def _last(village: Unit) -> Standing:
    if village.level != "village":
        raise Refused(_("Đơn vị này không phải là thôn, tổ dân phố."))
    return Standing.objects.select_related("parent").filter(unit=village).latest("since")


def _later(last: Standing, on: date) -> None:
    """Refused unless the standing lasts and the day is after its first."""
    if last.until is not None:
        raise Refused(
            _("Đơn vị này đã kết thúc từ ngày {day}.").format(day=show_day(last.until)), "on"
        )
    if on <= last.since:
        raise Refused(_("Ngày phải sau ngày {day}.").format(day=show_day(last.since)), "on")
