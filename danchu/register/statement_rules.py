"""The rules that the fields of one statement must meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from danchu.kernel.days import today
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.register.file_statements import statable_flows

if TYPE_CHECKING:
    from danchu.units.models import Body

MOST = 10**15


def broken_rules(body: Body | None, fields: Mapping[str, Any]) -> Iterator[Refused]:
    """Yields a Refused, on its field, for every rule that these fields of a statement of the body
    break. A field that is not among them is not judged, nor is a body of None.
    """
    if "indicator" in fields and fields["indicator"] not in statable_flows():
        yield Refused(
            _("Chỉ tiêu này không nhận số liệu báo cáo bằng giấy. Hãy chọn chỉ tiêu đếm từ hồ sơ."),
            "indicator",
        )
    if "since" in fields and "until" in fields:
        yield from _faults_of_period(body, fields["since"], fields["until"])
    amount = fields.get("amount", 0)
    if isinstance(amount, bool) or not isinstance(amount, int) or not 0 <= amount <= MOST:
        yield Refused(_("Số liệu phải là số nguyên từ 0 đến %s.") % show_number(MOST), "amount")


def _faults_of_period(body: Body | None, since: Any, until: Any) -> Iterator[Refused]:
    if not isinstance(since, date) or not isinstance(until, date) or since >= until:
        yield Refused(
            _("Kỳ phải có ít nhất một ngày: ngày bắt đầu phải trước ngày kết thúc."), "until"
        )
        return
    if until > today():
        yield Refused(
            _("Kỳ chưa kết thúc. Chỉ ghi số liệu đến hết hôm qua: hồ sơ của hôm nay còn vào sổ."),
            "until",
        )
    if body is not None and (since < body.since or (body.until and until > body.until)):
        yield Refused(
            _(
                "Tổ chức này không hoạt động suốt kỳ đã chọn. Hãy chọn kỳ trong thời "
                "gian tổ chức hoạt động."
            ),
            "since",
        )
