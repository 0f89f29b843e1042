"""A stated part beside the records that give the whole: the parts of a breakdown, stated and
recorded, are never more than the whole, whichever of them comes, changes or goes last. A body that
keeps a book on paper for the part alone says so (`Statement.is_apart`) and is not asked. A part is
an indicator of fewer rows, or of a number that is within another one in each row (`kinds.WITHIN`).

An act on a record or a statement takes `excesses` of the statements beside it before its change,
with the unit locked, and calls `refuse_grown` after it: what an earlier version took does not grow.
An act on a record of a room above takes `stated_beside` and calls `refuse_newly_beside`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from danchu.figures.catalogue import INDICATORS, full_name, parts
from danchu.kernel.days import Period, show_day
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.register.counted_once import counts
from danchu.register.file_statements import (
    days_of,
    file_rows,
    refuse_newly_stated,
    statable_flows,
    stated_for,
)
from danchu.register.kinds import WITHIN
from danchu.register.models import Statement
from danchu.register.statement_rules import groups_of

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from danchu.figures.catalogue import Flow
    from danchu.register.models import Event

# (indicator, statement) -> what rows that are about to be recorded add in its body and period.
More = Callable[["Flow", Statement], int]


@dataclass(frozen=True)
class Excess:
    """The parts of `whole`, stated and recorded, beside the `number` that records give."""

    whole: Flow
    number: int
    stated: list[int]
    recorded: list[int]

    @property
    def amount(self) -> int:
        """By how much the parts are more than the whole."""
        return sum(self.stated) + sum(self.recorded) - self.number


@dataclass(frozen=True)
class Stated:
    """The confirmed statements beside a record of a room above: `counted` as `stated_for` answers,
    `parts` as `excesses`. Empty for a record that is new.
    """

    counted: dict[Statement, bool] = field(default_factory=dict)
    parts: dict[Statement, int] = field(default_factory=dict)


def refuse_beyond_records(statement: Statement) -> None:
    """Refused, on `amount`, where the statement is of a part, the whole is not stated, and the
    parts are more than the whole that the records of the body give. Without any record the whole is
    not known yet.
    """
    excess = excess_of(statement)
    if excess is None or statement.is_apart is not False:
        return
    raise Refused(
        _(
            "Từ ngày %(since)s đến ngày %(last)s, “%(name)s” đếm từ hồ sơ của tổ chức này là "
            "%(whole)s, mà các phần là %(parts)s. Hãy kiểm tra số này. Nếu hồ sơ còn thiếu, ghi đủ "
            "hồ sơ trước; nếu phần này ở một sổ giấy riêng, đánh dấu ô “Sổ giấy riêng”."
        )
        % {
            **_period_of(statement),
            "name": full_name(excess.whole),
            "whole": show_number(excess.number),
            "parts": " + ".join(
                [
                    *map(show_number, excess.stated),
                    *(_("%s (hồ sơ)") % show_number(amount) for amount in excess.recorded),
                ]
            ),
        },
        "amount",
    )


def excess_of(statement: Statement, more: More = lambda flow, statement: 0) -> Excess | None:
    """The largest Excess of the breakdowns of which the statement is a part; None where there is
    none. Parts that have a book of their own do not add to it.
    """
    period = Period(statement.since, statement.until)
    largest = None
    for whole, groups in wholes_of(statement.indicator):
        near = _stated_near(statement, whole, groups)
        if any(row.indicator == whole.key for row in near):
            continue
        number = recorded_amount(whole, statement) + more(whole, statement)
        for group in groups if number else ():
            inside = [row for row in near if row.indicator in group]
            if statement not in inside:
                continue
            keys = {row.indicator for row in inside}
            recorded = [
                recorded_amount(statable_flows()[key], statement)
                + more(statable_flows()[key], statement)
                for key in group
                if key not in keys
            ]
            stated = [
                row.amount
                for row in inside
                if period.covers(Period(row.since, row.until))
                and (row is statement or row.is_apart is False)
            ]
            excess = Excess(whole, number, stated, list(filter(None, recorded)))
            if excess.amount > (largest.amount if largest else 0):
                largest = excess
    return largest


def excesses(statements: Iterable[Statement]) -> dict[Statement, int]:
    """{statement: by how much the parts are more than the whole that records give, 0 for not}"""
    pairs = ((statement, excess_of(statement)) for statement in statements)
    return {statement: excess.amount if excess else 0 for statement, excess in pairs}


def refuse_grown(before: Mapping[Statement, int], field: str, message: str = "") -> None:
    """Refused, on `field`, where the excess of one of the statements is larger than it was. The
    sentence has no number: whoever acts on the record may not view them.
    """
    for statement, amount in before.items():
        excess = excess_of(statement)
        if excess and excess.amount > amount:
            raise Refused(message or contradiction(statement, excess.whole), field)


def contradiction(statement: Statement, whole: Flow) -> str:
    """The refusal of a change beside a stated part that would be more than the whole."""
    return _(
        "“%(part)s” từ ngày %(since)s đến ngày %(last)s đã có số liệu báo cáo bằng giấy là một "
        "phần của “%(whole)s” đếm từ hồ sơ. Nếu ghi thế này, các phần lớn hơn cả. Hãy đính chính "
        "hoặc rút số liệu đó trước; nếu phần ấy ở một sổ giấy riêng, đánh dấu ô “Sổ giấy riêng”."
    ) % {
        **_period_of(statement),
        "part": full_name(INDICATORS[statement.indicator]),
        "whole": full_name(whole),
    }


def _period_of(statement: Statement) -> dict[str, str]:
    period = Period(statement.since, statement.until)
    return {"since": show_day(period.since), "last": show_day(period.last)}


# ---- wholes and parts


def wholes() -> Iterator[tuple[Flow, list[list[str]]]]:
    """(whole, groups of keys of its parts) of every indicator that has parts."""
    for whole in statable_flows().values():
        if groups := _groups_within(whole):
            yield whole, groups


def wholes_of(key: str) -> Iterator[tuple[Flow, list[list[str]]]]:
    """Those of `wholes` of which the indicator is the whole or a part."""
    for whole, groups in wholes():
        if whole.key == key or any(key in group for group in groups):
            yield whole, groups


def _groups_within(whole: Flow) -> list[list[str]]:
    """The groups of `groups_of`, and one of each number within that of the whole."""
    within = [
        [part.key]
        for part in statable_flows().values()
        if (part.amount, whole.amount) in WITHIN and part.where == whole.where
    ]
    return [*groups_of(whole), *within]


# ---- the statements of parts beside what changes


def beside_event(event: Event) -> list[Statement]:
    """The confirmed statements of parts, without books of their own, to whose whole it counts."""
    keys = _parts_of(whole for whole in statable_flows().values() if counts(whole, event))
    rows = _parts_stated(event.unit_id, keys, event.held_on, event.held_on)
    return list(rows if event.body_id is None else rows.filter(body=event.body_id))


def beside_statement(statement: Statement) -> list[Statement]:
    """The other confirmed statements of parts, without books of their own, of the breakdowns to
    which the statement belongs.
    """
    keys = _parts_of(whole for whole, _groups in wholes_of(statement.indicator))
    period = Period(statement.since, statement.until)
    rows = _parts_stated(statement.unit_id, keys, period.since, period.last)
    return list(rows.filter(body=statement.body_id).exclude(pk=statement.pk))


def beside_file(source: str, row: Model) -> list[Statement]:
    """The confirmed statements of parts, without books of their own, of whose whole a record of a
    room above may be.
    """
    pairs = [
        (whole, part.source)
        for whole in statable_flows().values()
        for part in parts(whole)[1:]
        if part.source.key == source
    ]
    keys = _parts_of(whole for whole, _source in pairs)
    sources = [source for _whole, source in pairs]
    days = days_of(row, sources)
    if not days:
        return []
    rows = _parts_stated(row.unit_id, keys, min(days), max(days))
    bodies = {getattr(row, f"{one.body}_id") for one in sources if one.body}
    return list(rows.filter(body__in=bodies) if bodies else rows)


def _parts_of(flows: Iterable[Flow]) -> set[str]:
    """The keys of the parts of these wholes."""
    return {key for whole in flows for group in _groups_within(whole) for key in group}


def _parts_stated(unit: int, keys: set[str], since: date, last: date) -> QuerySet[Statement]:
    if not keys:
        return Statement.objects.none()
    return (
        Statement.objects.counted()
        .filter(unit=unit, indicator__in=keys, since__lte=last, until__gt=since, is_apart=False)
        .order_by("pk")
    )


# ---- records of rooms above


def stated_beside(source: str, row: Model) -> Stated:
    """What statements say of the record before it changes; locks its unit."""
    return Stated(stated_for(source, row), excesses(beside_file(source, row)))


def refuse_newly_beside(
    source: str, row: Model, before: Stated, field: str = "", message: str = ""
) -> None:
    """Refused, on `field`, as in `refuse_newly_stated`, and where the changed record makes the
    parts, one of them stated, more than the whole.
    """
    refuse_newly_stated(source, row, before.counted, field, message)
    near = dict.fromkeys(beside_file(source, row), 0)
    refuse_grown(near | before.parts, field, message)


# ---- what records give


def _stated_near(statement: Statement, whole: Flow, groups: list[list[str]]) -> list[Statement]:
    """The statement and the confirmed ones of the breakdown that share a day with it."""
    rows = Statement.objects.counted().filter(
        body=statement.body_id,
        indicator__in={whole.key, *(key for group in groups for key in group)},
        since__lt=statement.until,
        until__gt=statement.since,
    )
    return [*rows.exclude(pk=statement.pk), statement]


def recorded_amount(flow: Flow, statement: Statement) -> int:
    """What records of the statement's body, or of no body of its unit, say of it in its period."""
    rows = flow.rows(Period(statement.since, statement.until)).filter(
        Q(body=statement.body_id) | Q(body=None), unit=statement.unit_id
    )
    number = _amount(rows, flow)
    for part in parts(flow)[1:]:
        number += _amount(file_rows(part, statement).filter(**part.where), part)
    return number


def _amount(rows: Any, flow: Any) -> int:
    if flow.amount == "1":
        return int(rows.count())
    return sum(rows.values_list(flow.amount, flat=True))
