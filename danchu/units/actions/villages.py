"""Acts on villages and residential groups. No list of them is published: communes enter theirs."""

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
    """Open a village of the commune from `since` on, or (None) from the day the commune began, even
    if the village is older, because its earlier communes are unknown. `decree` is the number of the
    legal act behind it. Refused, on its field, where a value is invalid; Denied without the right.
    """
    require(by.may("reorganise", "unit", commune), NO_RIGHT)
    columns = _name_columns(name, kind)
    lock_map()
    commune = Unit.objects.select_for_update().get(pk=commune.pk)
    if commune.level != "commune":
        raise Refused(_("Thôn, tổ dân phố phải thuộc một xã, phường hoặc đặc khu."), "commune")
    since = since or commune.since
    if since < commune.since or commune.until is not None:
        raise Refused(_("Ngày phải nằm trong thời gian xã, phường, đặc khu tồn tại."), "since")
    _check_name_free(commune, columns, since)
    village = Unit.objects.create(level="village", since=since)
    Standing.objects.create(
        unit=village,
        kind=kind,
        code=_checked_code(code, since),
        parent=commune,
        decree=_decree_of(decree),
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
    """Give the village another name or kind from `on` on. Refused, on its field, where a value is
    invalid; Denied without the right.
    """
    lock_map()
    standing = _last_standing(village)
    require(by.may("reorganise", "unit", standing.parent), NO_RIGHT)
    columns = _name_columns(name, kind)
    _check_later(standing, on)
    _check_name_free(
        cast(Unit, standing.parent), columns, on, exclude=village
    )  # only the nation has none
    Standing.objects.filter(pk=standing.pk).update(until=on)
    Standing.objects.create(
        unit=village,
        kind=kind,
        code=standing.code,
        parent=standing.parent,
        decree=_decree_of(decree),
        since=on,
        **columns,
    )
    record(
        by,
        "village.renamed",
        village,
        unit=standing.parent_id,
        title=columns["name"],
        kind=kind,
        on=on,
    )
    return village


@transaction.atomic
def close_village(village: Unit, *, by: Acting, on: date) -> Unit:
    """Close the village; its last day is the one before `on`. Its records stay with its commune.
    Refused where it has ended or the day is not after its last change; Denied without the right.
    """
    lock_map()
    standing = _last_standing(village)
    require(by.may("reorganise", "unit", standing.parent), NO_RIGHT)
    _check_later(standing, on)
    Standing.objects.filter(pk=standing.pk).update(until=on)
    Unit.objects.filter(pk=village.pk).update(until=on)
    record(by, "village.closed", village, unit=standing.parent_id, on=on)
    return village


def _name_columns(name: str, kind: str) -> dict[str, str]:
    """The columns of a standing that are derived from the name. Refused, on its field, where the
    name or the kind is invalid.
    """
    name = clean(name)
    if not name:
        raise Refused(_("Hãy nhập tên thôn, tổ dân phố."), "name")
    if len(name) > 200:
        raise Refused(_("Tên dài quá 200 ký tự."), "name")
    if kind not in KINDS_OF["village"]:
        raise Refused(_("Loại phải là thôn, tổ dân phố hoặc tên gọi tương đương."), "kind")
    return name_columns(name, kind)


def _checked_code(code: str, since: date) -> str:
    code = clean(code)
    if len(code) > 12:
        raise Refused(_("Mã dài quá 12 ký tự."), "code")
    if code and Standing.objects.filter(code=code).exclude(until__lte=since).exists():
        raise Refused(_("Mã “{code}” đang dùng cho đơn vị khác.").format(code=code), "code")
    return code


def _decree_of(number: str) -> Decree | None:
    number = clean(number)
    if len(number) > 60:
        raise Refused(_("Số văn bản dài quá 60 ký tự."), "decree")
    return Decree.objects.get_or_create(number=number)[0] if number else None


def _check_name_free(
    commune: Unit, columns: dict[str, str], since: date, exclude: Unit | None = None
) -> None:
    """Refused, on "name", where another village of the commune has the name from `since` on."""
    namesakes = Standing.objects.filter(
        parent=commune, name=columns["name"], unit__level="village"
    ).exclude(until__lte=since)
    if namesakes.exclude(unit=exclude).exists():
        raise Refused(_("Đã có “{name}” trong đơn vị này.").format(name=columns["name"]), "name")


def _last_standing(village: Unit) -> Standing:
    if village.level != "village":
        raise Refused(_("Đơn vị này không phải là thôn, tổ dân phố."))
    return Standing.objects.select_related("parent").filter(unit=village).latest("since")


def _check_later(standing: Standing, on: date) -> None:
    """Refused, on "on", unless the standing has no end and the day is after its first day."""
    if standing.until is not None:
        raise Refused(
            _("Đơn vị này đã kết thúc từ ngày {day}.").format(day=show_day(standing.until)), "on"
        )
    if on <= standing.since:
        raise Refused(_("Ngày phải sau ngày {day}.").format(day=show_day(standing.since)), "on")
