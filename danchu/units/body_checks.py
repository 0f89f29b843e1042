"""What is asked of the values of a body: its kind, name, code, days and decision."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from danchu.kernel.days import check_day, show_day
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.units.kinds import BodyKind
from danchu.units.models import Body, BodyCode, BodyStanding, Unit

LONGEST_NAME = 250
LONGEST_DECISION = 100
# Decision 20/2020/QĐ-TTg: up to four parts of capital letters and digits.
CODE = re.compile(r"[A-Z0-9]{1,8}(\.[A-Z0-9]{1,8}){0,4}")


@dataclass(frozen=True)
class Decision:
    """The decision behind a change of a body: its number, as "12/QĐ-UBND", and its day."""

    number: str = ""
    day: date | None = None


def checked_name(name: str) -> str:
    """The name in the form for storage. Refused, on "name", when empty or too long."""
    name = clean(name)
    if not name:
        raise Refused(_("Hãy nhập tên của tổ chức."), "name")
    if len(name) > LONGEST_NAME:
        raise Refused(_("Tên của tổ chức dài quá 250 ký tự. Hãy rút gọn."), "name")
    return name


def checked_code(code: str) -> str:
    """The agency code in the form for storage, "" for none. Refused, on "code", when it is none."""
    code = clean(code).upper()
    if code and not CODE.fullmatch(code):
        raise Refused(
            _(
                "Mã định danh viết bằng chữ in và số, các cấp cách nhau bằng dấu chấm, ví dụ "
                "H26.15 hoặc 000.00.15.H26."
            ),
            "code",
        )
    return code


def check_code_free(code: str, since: date, until: date | None, besides: int = 0) -> None:
    """Refused, on "code", where another body has the agency code in that time."""
    rows = BodyCode.objects.filter(code=code).exclude(until__lte=since).exclude(body=besides)
    if until is not None:
        rows = rows.filter(since__lt=until)
    row = rows.select_related("body").prefetch_related("body__standings").first()
    if row is not None:
        raise Refused(
            _("Mã định danh này đang là của %s. Hãy kiểm tra lại mã.")
            % row.body.name_on(max(row.since, since)),
            "code",
        )


def checked_decision(decision: str, decided_on: date | None) -> Decision:
    """The decision. Refused by field where it has a day and no number, is too long or of a day in
    the future.
    """
    number = clean(decision)
    if len(number) > LONGEST_DECISION:
        raise Refused(_("Số văn bản dài quá 100 ký tự. Hãy chỉ ghi số và ký hiệu."), "decision")
    if decided_on is None:
        return Decision(number)
    if not number:
        raise Refused(_("Hãy ghi số của văn bản, hoặc bỏ trống cả ngày ban hành."), "decision")
    check_day(decided_on, None, "decided_on")
    return Decision(number, decided_on)


def check_kind_and_day(unit: Unit, kind: str, since: date) -> None:
    """Refused by field where the kind is unknown or the unit does not exist on the day."""
    if kind not in BodyKind.values:
        raise Refused(_("Loại tổ chức không có trong danh mục."), "kind")
    if not isinstance(since, date):
        raise Refused(_("Hãy ghi ngày."), "since")
    if since < unit.since or (unit.until and since >= unit.until):
        raise Refused(
            _("Ngày thành lập phải nằm trong thời gian đơn vị tồn tại: %s.") % _span(unit), "since"
        )


def last_standing(body: Body) -> BodyStanding:
    return body.standings.latest("since")


def check_later(body: Body, on: date, since: date, or_first: bool = False) -> None:
    """Refused, on "on", unless the body is open and the day is after `since`, or, with `or_first`,
    that very day.
    """
    if not isinstance(on, date):
        raise Refused(_("Hãy ghi ngày."), "on")
    if body.until is not None:
        raise Refused(
            _("Tổ chức này đã kết thúc từ ngày {day}.").format(day=show_day(body.until)), "on"
        )
    if on < since or (on == since and not or_first):
        raise Refused(_("Ngày phải sau ngày {day}.").format(day=show_day(since)), "on")


def _span(unit: Unit) -> str:
    if unit.until is None:
        return _("từ ngày %s") % show_day(unit.since)
    if unit.since.year == 1:
        return _("trước ngày %s") % show_day(unit.until)
    return _("từ ngày %(since)s đến trước ngày %(until)s") % {
        "since": show_day(unit.since),
        "until": show_day(unit.until),
    }
