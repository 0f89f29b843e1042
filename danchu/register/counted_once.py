"""For one body, indicator and period either records or a statement counts, never both.

Whoever confirms either locks the unit's row first, so that two confirmations at the same moment see
each other. An event without a body may be of any body of its unit, so it conflicts with statements
of each. `file_statements.py` asks the same for the records of rooms above.
"""

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from danchu.figures.catalogue import full_name, parts
from danchu.kernel.days import Period
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.kernel.text import sort_key
from danchu.kernel.words import local_name
from danchu.register.file_statements import file_rows, statable_flows, stated_message
from danchu.units.models import Unit


def statable_names():
    """[(key, name)] of the indicators a statement may give, ordered by name."""
    names = [(key, full_name(flow)) for key, flow in statable_flows().items()]
    return sorted(names, key=lambda pair: sort_key(pair[1]))


def counts(what, event):
    """Whether the flow counts this event."""
    met = all(getattr(event, name) == value for name, value in what.where.items())
    return met and (what.amount == "1" or getattr(event, what.amount) != 0)


def lock_units(unit_ids):
    """Lock the rows of the units until the transaction ends, ordered by id so that two writers do
    not deadlock. Returns their ids.
    """
    rows = Unit.objects.filter(pk__in=unit_ids).order_by("pk")
    return list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def refuse_stated(event):
    """Refused, on `held_on`, when a confirmed statement covers an indicator, the unit and the day
    of this event.
    """
    rows = stated_rows("register_event", "e.id = %s", [event.pk], 1)
    if rows:
        _row, key, since, until = rows[0]
        raise Refused(stated_message(key, since, until), "held_on")


def stated_rows(table, condition, values, limit):
    """[(row id, indicator, since, until)] of rows of `table` that confirmed statements already
    cover, at most `limit`.

    `table` has the columns of an event; `condition` is SQL over it under the alias e, with `values`
    for its placeholders.
    """
    cases = []
    case_values = []
    for key, flow in statable_flows().items():
        conditions = ["s.indicator = %s", *(f"e.{name} = %s" for name in flow.where)]
        if flow.amount != "1":
            conditions.append(f"e.{flow.amount} <> 0")
        cases.append(f"({' AND '.join(conditions)})")
        case_values += [key, *flow.where.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT e.id, s.indicator, s.since, s.until FROM {table} AS e
            JOIN register_statement AS s ON s.state = 'confirmed' AND s.unit_id = e.unit_id
             AND e.held_on >= s.since AND e.held_on < s.until AND (e.body_id IS NULL OR e.body_id
                 = s.body_id)
            WHERE ({condition}) AND ({" OR ".join(cases)}) ORDER BY e.id, s.indicator LIMIT %s
            """,
            [*values, *case_values, limit],
        )
        return cursor.fetchall()


def refuse_recorded(statement):
    """Refused, on `since`, when confirmed events of the statement's body already count in its
    indicator and period.
    """
    flow = statable_flows()[statement.indicator]
    rows = flow.rows(Period(statement.since, statement.until)).filter(
        Q(body=statement.body_id) | Q(body=None), unit=statement.unit_id
    )
    if flow.amount != "1":
        rows = rows.exclude(**{flow.amount: 0})
    number = rows.count() + _file_count(flow, statement)
    if number:
        raise Refused(
            _(
                "Trong kỳ này đã có %(number)s hồ sơ được xác nhận tính vào “%(name)s” "
                "của tổ chức này "
                "(kể cả hồ sơ không ghi rõ tổ chức): số liệu đã đếm từ hồ sơ, không nhận "
                "thêm số báo cáo."
            )
            % {"number": show_number(number), "name": local_name(flow)},
            "since",
        )


def _file_count(flow, statement):
    """How many rows of rooms above count in the statement's indicator, body and period, or may
    come to: a violation that was found is counted case by case, also before it is recommended.
    """
    return sum(file_rows(part, statement).count() for part in parts(flow)[1:])
