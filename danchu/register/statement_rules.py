"""The rules that the fields of one statement must meet, alone and beside others of its body: the
parts of a breakdown never add up to more than the whole that is stated too. `stated_parts.py` asks
the same where records give the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from danchu.figures.catalogue import full_name
from danchu.kernel.days import Period, show_day, today
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.register.file_statements import statable_flows
from danchu.register.kinds import BOARDS, INVESTMENT_FORM, ROUND
from danchu.register.models import Statement
from danchu.units.kinds import BodyKind

if TYPE_CHECKING:
    from danchu.figures.catalogue import Flow
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
    elif (
        body is not None
        and "indicator" in fields
        and _is_of_another_board(body, fields["indicator"])
    ):
        yield Refused(
            _(
                "Chỉ tiêu này đếm cuộc của ban khác. Ban Giám sát đầu tư của cộng đồng và Ban "
                "Thanh tra nhân dân có chỉ tiêu riêng: hãy chọn chỉ tiêu của ban này."
            ),
            "indicator",
        )
    if "since" in fields and "until" in fields:
        yield from _faults_of_period(body, fields["since"], fields["until"])
    amount = fields.get("amount", 0)
    if isinstance(amount, bool) or not isinstance(amount, int) or not 0 <= amount <= MOST:
        yield Refused(_("Số liệu phải là số nguyên từ 0 đến %s.") % show_number(MOST), "amount")


def _is_of_another_board(body: Body, key: str) -> bool:
    """Whether the body is a board and the indicator counts rounds of the other kind of board, whose
    numbers are apart (`INVESTMENT_FORM`).
    """
    where = statable_flows()[key].where
    is_investment = where.get("form") == INVESTMENT_FORM
    return (
        body.kind in BOARDS
        and where["kind"] == ROUND
        and is_investment != (body.kind == BodyKind.INVESTMENT_BOARD)
    )


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


def refuse_uneven(statement: Statement) -> None:
    """Refused, on `amount`, where with this statement the confirmed ones of its body would say more
    for the parts of a breakdown than for the whole, in days for which the whole is stated. Asked
    for a whole as for a part.
    """
    for whole, groups in breakdowns_of(statement.indicator):
        keys = {whole.key, *(key for group in groups for key in group)}
        rows = [
            *Statement.objects.counted()
            .filter(body=statement.body_id, indicator__in=keys)
            .exclude(pk=statement.pk),
            statement,
        ]
        for period, amount in _stated_spans(rows, whole.key):
            if not period.covers(Period(statement.since, statement.until)):
                continue
            for group in groups:
                inside = [
                    row
                    for row in rows
                    if row.indicator in group and period.covers(Period(row.since, row.until))
                ]
                if sum(row.amount for row in inside) > amount:
                    raise _exceeding(whole, inside, amount, period)


def _exceeding(whole: Flow, rows: list[Statement], amount: int, period: Period) -> Refused:
    return Refused(
        _(
            "Từ ngày %(since)s đến ngày %(last)s, phần của “%(name)s” là %(parts)s, lớn hơn cả "
            "là %(whole)s. Hãy kiểm tra số này; nếu số kia sai thì đính chính số kia trước."
        )
        % {
            "since": show_day(period.since),
            "last": show_day(period.last),
            "name": full_name(whole),
            "parts": " + ".join(show_number(row.amount) for row in rows),
            "whole": show_number(amount),
        },
        "amount",
    )


def _stated_spans(rows: list[Statement], key: str) -> Iterator[tuple[Period, int]]:
    """(period, amount) of every row of consecutive statements of the indicator, whose periods do
    not overlap.
    """
    stated = sorted((row for row in rows if row.indicator == key), key=lambda row: row.since)
    for place, first in enumerate(stated):
        until = first.since
        amount = 0
        for row in stated[place:]:
            if row.since != until:
                break
            until = row.until
            amount += row.amount
            yield Period(first.since, until), amount


def breakdowns_of(key: str) -> Iterator[tuple[Flow, list[list[str]]]]:
    """(whole, groups of keys of its parts) of every breakdown that the indicator is the whole or a
    part of.
    """
    for whole in statable_flows().values():
        groups = groups_of(whole)
        if groups and (whole.key == key or any(key in group for group in groups)):
            yield whole, groups


def groups_of(whole: Flow) -> list[list[str]]:
    """The keys of the parts of an indicator, in groups that have no row in common."""
    return _groups([part for part in statable_flows().values() if _is_part(part, whole)], whole)


def _is_part(part: Flow, whole: Flow) -> bool:
    """Whether the part counts the same of fewer rows: those that meet further conditions."""
    return (
        part.source.key == whole.source.key
        and part.amount == whole.amount
        and len(part.where) > len(whole.where)
        and whole.where.items() <= part.where.items()
    )


def _groups(parts: list[Flow], whole: Flow) -> list[list[str]]:
    """The keys of the parts; in one group those that differ in the value of one same field."""
    by_field: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        fields = part.where.keys() - whole.where.keys()
        field = next(iter(fields)) if len(fields) == 1 else part.key
        by_field[part.key if "__" in field else field].append(part.key)
    return list(by_field.values())
