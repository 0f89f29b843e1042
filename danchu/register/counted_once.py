"""For one body, indicator and time either records or a statement counts: who asks, and how both are
kept apart.

Whoever confirms either first takes the unit's row, so that the two cannot pass each other unseen.
An event without a body may be of any body of its unit: it is taken to be of each.
"""

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from danchu.figures.catalogue import INDICATORS, parts
from danchu.kernel.days import Period, show_day
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.kernel.words import local_name
from danchu.register.models import Statement
from danchu.units.models import Unit


def statable():
    """{key: flow} of the indicators a statement may speak of: those that count events."""
    return {
        key: what
        for key, what in INDICATORS.items()
        if what.kind == "flow" and what.source.key == "event"
    }


def statable_words():
    """[(key, name)] of the indicators a statement may speak of, in the order of their names."""
    named = [(key, local_name(what)) for key, what in statable().items()]
    return sorted(named, key=lambda pair: pair[1])


def counts(what, event):
    """Whether the flow counts this event."""
    met = all(getattr(event, name) == value for name, value in what.where.items())
    return met and (what.amount == "1" or getattr(event, what.amount) != 0)


def lock_units(unit_ids):
    """Hold the units until the transaction ends; in one order, so that two writers never wait
    in a ring.
    """
    rows = Unit.objects.filter(pk__in=unit_ids).order_by("pk")
    return list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def refuse_stated(event):
    """Refused when a confirmed statement already says what this event would count in."""
    found = stated("register_event", "e.id = %s", [event.pk], 1)
    if found:
        _row, key, since, until = found[0]
        raise Refused(stated_message(key, since, until), "held_on")


def stated_message(key, since, until):
    """Why a record is refused where a statement counts; `until` exclusive."""
    return _(
        "“%(name)s” từ ngày %(since)s đến ngày %(last)s đã có số liệu báo cáo bằng giấy "
        "được xác nhận. "
        "Hãy rút số liệu đó trước khi xác nhận hồ sơ."
    ) % {
        "name": local_name(INDICATORS[key]),
        "since": show_day(since),
        "last": show_day(Period(since, until).last),
    }


def stated(table, where, values, limit):
    """(row, indicator, since, until) of rows of `table` that confirmed statements already speak of,
    at most `limit`.

    `table` has the columns of an event under the alias e; `where` narrows it.
    """
    cases = []
    asked = []
    for key, what in statable().items():
        conditions = ["s.indicator = %s", *(f"e.{name} = %s" for name in what.where)]
        if what.amount != "1":
            conditions.append(f"e.{what.amount} <> 0")
        cases.append(f"({' AND '.join(conditions)})")
        asked += [key, *what.where.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT e.id, s.indicator, s.since, s.until FROM {table} AS e
            JOIN register_statement AS s ON s.state = 'confirmed' AND s.unit_id = e.unit_id
             AND e.held_on >= s.since AND e.held_on < s.until AND (e.body_id IS NULL OR e.body_id
                 = s.body_id)
            WHERE ({where}) AND ({" OR ".join(cases)}) ORDER BY e.id, s.indicator LIMIT %s
            """,
            [*values, *asked, limit],
        )
        return cursor.fetchall()


def refuse_recorded(statement):
    """Refused when confirmed events of the statement's body already count in its indicator and
    time.
    """
    what = statable()[statement.indicator]
    rows = what.rows(Period(statement.since, statement.until)).filter(
        Q(body=statement.body_id) | Q(body=None), unit=statement.unit_id
    )
    if what.amount != "1":
        rows = rows.exclude(**{what.amount: 0})
    number = rows.count() + _files(what, statement)
    if number:
        raise Refused(
            _(
                "Trong kỳ này đã có %(number)s hồ sơ được xác nhận tính vào “%(name)s” "
                "của tổ chức này "
                "(kể cả hồ sơ không ghi rõ tổ chức): số liệu đã đếm từ hồ sơ, không nhận "
                "thêm số báo cáo."
            )
            % {"number": show_number(number), "name": local_name(what)},
            "since",
        )


def _files(what, statement):
    """How many files of rooms above count in the statement's indicator, unit and time."""
    period = Period(statement.since, statement.until)
    return sum(
        part.rows(period).filter(**{part.source.where: statement.unit_id}).count()
        for part in parts(what)[1:]
    )


def refuse_file_where_stated(key, unit, day):
    """Refused when a confirmed statement already says what a file of the day at the unit would
    count in.
    """
    row = (
        Statement.objects.counted()
        .filter(indicator=key, unit=unit, since__lte=day, until__gt=day)
        .first()
    )
    if row:
        raise Refused(stated_message(key, row.since, row.until), "received_on")
