"""Acts on villages and residential groups. No list of them is published: communes enter theirs."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import show_day
from danchu.kernel.lines import line_refusals
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.units.kinds import KINDS_OF
from danchu.units.models import Decree, Standing, Succession, Unit
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
    require(by.may("reorganise", "village", commune), NO_RIGHT)
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
    require(by.may("reorganise", "village", standing.parent), NO_RIGHT)
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
def close_village(village: Unit, *, by: Acting, on: date, decree: str = "") -> Unit:
    """Close the village; its last day is the one before `on`. Its records stay with its commune.
    Refused where it has ended or the day is not after its last change; Denied without the right.
    """
    lock_map()
    standing = _last_standing(village)
    require(by.may("reorganise", "village", standing.parent), NO_RIGHT)
    _check_later(standing, on)
    _end(standing, on)
    record(by, "village.closed", village, unit=standing.parent_id, on=on, decree=clean(decree))
    return village


@transaction.atomic
def merge_villages(
    villages: Sequence[Unit], *, by: Acting, name: str, kind: str, on: date, decree: str = ""
) -> Unit:
    """Merge villages of one commune into a new one from `on` on, which counts what they counted.
    Refused by field; Denied without the right.
    """
    lock_map()
    standings = [_last_standing(village) for village in villages]
    for standing in standings:
        require(by.may("reorganise", "village", standing.parent), NO_RIGHT)
    if len({standing.unit_id for standing in standings}) < 2:
        raise Refused(_("Hãy chọn ít nhất một thôn, tổ dân phố khác để nhập cùng."), "others")
    if len({standing.parent_id for standing in standings}) > 1:
        raise Refused(_("Chỉ nhập các thôn, tổ dân phố của cùng một xã, phường."), "others")
    columns = _name_columns(name, kind)
    for standing in standings:
        _check_later(standing, on)
        _end(standing, on)
    commune = cast(Unit, standings[0].parent)  # only the nation has none
    _check_name_free(commune, columns, on)
    law = _decree_of(decree)
    merged = _begin(commune, columns, kind, on, law)
    for standing in standings:
        Succession.objects.create(
            before=standing.unit, after=merged, on=on, share_over=1, share_under=1, decree=law
        )
    record(
        by,
        "village.merged",
        merged,
        unit=commune,
        title=columns["name"],
        kind=kind,
        on=on,
        before=[village.pk for village in villages],
    )
    return merged


@transaction.atomic
def divide_village(
    village: Unit,
    *,
    by: Acting,
    parts: Sequence[tuple[str, str]],
    on: date,
    decree: str = "",
) -> list[Unit]:
    """Divide a village into new ones, `parts` as (name, kind), from `on` on. What it counted cannot
    be placed below its commune from then on, because no shares are agreed. Refused by field; Denied
    without the right.
    """
    lock_map()
    standing = _last_standing(village)
    require(by.may("reorganise", "village", standing.parent), NO_RIGHT)
    if len(parts) < 2:
        raise Refused(_("Hãy ghi tên của ít nhất hai thôn, tổ dân phố mới."), "parts")
    _check_later(standing, on)
    _end(standing, on)
    commune = cast(Unit, standing.parent)  # only the nation has none
    law = _decree_of(decree)
    begun = []
    with line_refusals(_("Tên thứ %(number)s: %(why)s")) as line:
        for number, (name, kind) in enumerate(parts, 1):
            with line(number):
                columns = _name_columns(name, kind, "parts")
                _check_name_free(commune, columns, on, field="parts")
                part = _begin(commune, columns, kind, on, law)
                Succession.objects.create(before=village, after=part, on=on, decree=law)
                begun.append(part)
    record(
        by,
        "village.divided",
        village,
        unit=commune,
        on=on,
        after=[part.pk for part in begun],
    )
    return begun


def _begin(
    commune: Unit, columns: dict[str, str], kind: str, on: date, decree: Decree | None
) -> Unit:
    """A new village without a code."""
    village = Unit.objects.create(level="village", since=on)
    Standing.objects.create(
        unit=village, kind=kind, parent=commune, decree=decree, since=on, **columns
    )
    return village


def _end(standing: Standing, on: date) -> None:
    Standing.objects.filter(pk=standing.pk).update(until=on)
    Unit.objects.filter(pk=standing.unit_id).update(until=on)


def _name_columns(name: str, kind: str, field: str = "name") -> dict[str, str]:
    """The columns of a standing that are derived from the name. Refused, on `field` or "kind",
    where the name or the kind is invalid.
    """
    name = clean(name)
    if not name:
        raise Refused(_("Hãy nhập tên thôn, tổ dân phố."), field)
    if len(name) > 200:
        raise Refused(_("Tên dài quá 200 ký tự. Hãy rút gọn."), field)
    if kind not in KINDS_OF["village"]:
        raise Refused(_("Loại phải là thôn, tổ dân phố hoặc tên gọi tương đương."), "kind")
    return name_columns(name, kind)


def _checked_code(code: str, since: date) -> str:
    code = clean(code)
    if len(code) > 12:
        raise Refused(_("Mã dài quá 12 ký tự. Hãy rút gọn."), "code")
    if code and Standing.objects.filter(code=code).exclude(until__lte=since).exists():
        raise Refused(_("Mã “{code}” đang dùng cho đơn vị khác.").format(code=code), "code")
    return code


def _decree_of(number: str) -> Decree | None:
    number = clean(number)
    if len(number) > 60:
        raise Refused(_("Số văn bản dài quá 60 ký tự. Hãy chỉ ghi số và ký hiệu."), "decree")
    return Decree.objects.get_or_create(number=number)[0] if number else None


def _check_name_free(
    commune: Unit,
    columns: dict[str, str],
    since: date,
    exclude: Unit | None = None,
    field: str = "name",
) -> None:
    """Refused, on `field`, where another village of the commune has the name from `since` on."""
    namesakes = Standing.objects.filter(
        parent=commune, name=columns["name"], unit__level="village"
    ).exclude(until__lte=since)
    if namesakes.exclude(unit=exclude).exists():
        raise Refused(_("Đã có “{name}” trong đơn vị này.").format(name=columns["name"]), field)


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
