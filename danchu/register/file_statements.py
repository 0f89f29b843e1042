"""Records of rooms above (petitions, violations) that count also in an indicator of the register,
against the statements of its unit: for one body, indicator and period only one of them counts.

An act on such a record asks `stated_for` before its change and `refuse_newly_stated` after it; for
a new record the first answer is {}. `stated_parts.py` asks both, and for stated parts of a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from danchu.figures.catalogue import INDICATORS, full_name, parts
from danchu.kernel.days import Period, show_day
from danchu.kernel.refusals import Refused
from danchu.register.models import Statement
from danchu.units.models import Unit

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from danchu.figures.catalogue import Flow, Source


def statable_flows() -> dict[str, Flow]:
    """{key: Flow} of the indicators a statement may give: those that count events."""
    return {
        key: flow
        for key, flow in INDICATORS.items()
        if flow.kind == "flow" and flow.source.key == "event"
    }


def file_rows(part: Flow, statement: Statement) -> QuerySet[Any]:
    """The rows of a part that count in the statement's unit, body and period, or may come to when
    their state changes.
    """
    source = part.source
    conditions = {name: value for name, value in part.where.items() if name in source.lasting}
    rows = source.rows().filter(
        **conditions,
        **{
            source.where: statement.unit_id,
            f"{source.when}__gte": statement.since,
            f"{source.when}__lt": statement.until,
        },
    )
    if source.body:
        rows = rows.filter(**{source.body: statement.body_id})
    return rows if part.amount == "1" else rows.exclude(**{part.amount: 0})


def stated_for(source: str, row: Model) -> dict[Statement, bool]:
    """{statement: whether the row counts in its indicator}: the confirmed statements whose unit,
    body, period and indicator the row belongs to. `source` is the key of the row's Source. Locks
    the row's unit, as the confirmation of a statement does.
    """
    Unit.objects.select_for_update(no_key=True).get(pk=row.unit_id)
    watched = _watched_parts(source)
    counts: dict[Statement, bool] = {}
    for statement in _near(row, watched):
        for part in watched[statement.indicator]:
            rows = file_rows(part, statement).filter(pk=row.pk)
            if rows.exists():
                is_counted = rows.filter(**part.where).exists()
                counts[statement] = counts.get(statement, False) or is_counted
    return counts


def refuse_newly_stated(
    source: str, row: Model, before: dict[Statement, bool], field: str = "", message: str = ""
) -> None:
    """Refused, on `field`, where the changed row belongs to a statement that it did not belong to
    before, or counts beside one beside which it did not count.
    """
    for statement, is_counted in stated_for(source, row).items():
        if statement not in before or is_counted > before[statement]:
            sentence = message or stated_message(
                statement.indicator, statement.since, statement.until
            )
            raise Refused(sentence, field)


def stated_message(key: str, since: date, until: date) -> str:
    """The refusal of a record for which a statement of the indicator `key` counts; `until` is
    exclusive.
    """
    return _(
        "“%(name)s” từ ngày %(since)s đến ngày %(last)s đã có số liệu báo cáo bằng giấy "
        "được xác nhận. "
        "Hãy rút số liệu đó trước khi xác nhận hồ sơ."
    ) % {
        "name": full_name(INDICATORS[key]),
        "since": show_day(since),
        "last": show_day(Period(since, until).last),
    }


def days_of(row: Model, sources: Iterable[Source]) -> list[date]:
    """The days on which a record counts by these sources of its room."""
    days = (getattr(row, when) for when in {source.when for source in sources})
    return [day for day in days if day]


def _watched_parts(source: str) -> dict[str, list[Flow]]:
    """{key: parts of the indicator that are rows of this source of a room above}"""
    watched: dict[str, list[Flow]] = defaultdict(list)
    for key, flow in statable_flows().items():
        for part in parts(flow)[1:]:
            if part.source.key == source:
                watched[key].append(part)
    return watched


def _near(row: Model, watched: dict[str, list[Flow]]) -> QuerySet[Statement]:
    """The confirmed statements of the row's unit in the watched indicators that cover one of its
    days.
    """
    days = days_of(row, [part.source for flows in watched.values() for part in flows])
    return Statement.objects.counted().filter(
        unit=row.unit_id,
        indicator__in=list(watched),
        since__lte=max(days, default=date.min),
        until__gt=min(days, default=date.max),
    )
