"""Due days counted again after a change of the calendar: of what is open, against every row
counted again.
"""

from datetime import date, timedelta

from bench.ground import say
from bench.measure import peak_mib, row, seconds

RUNS = 5
KEYS = (
    "decision.send",
    "pib.answer",
    "complaint.resolve",
    "denunciation.process",
    "feedback.answer",
)
FIRST, DAYS, OPEN = date(2026, 1, 2), 200, 20  # one in so many is open
MOVED = date(2026, 4, 15)  # a Wednesday that becomes a day off, and a working day again
FILL = """
    INSERT INTO obligations_obligation (uid, unit_id, title, owed_to, subject_kind, subject,
        rule_id, event_on, due_on, calendar, state, done_on, note, made_by, made_at, closed_by,
        closed_at)
    SELECT gen_random_uuid(), 1, 'Trả lời', '', '', '', d.rule, d.event, d.due, %s, CASE WHEN n
        %% %s = 0 THEN 'open' ELSE 'met' END,
        CASE WHEN n %% %s = 0 THEN NULL ELSE d.due END, '', 'bench', now(), '', CASE WHEN n %% %s
            = 0 THEN NULL ELSE now() END
    FROM generate_series(0, %s - 1) AS n JOIN unnest(%s::bigint[], %s::bigint[], %s::date[],
        %s::date[]) AS d (place, rule, event, due) ON d.place = n * 7919::bigint %% %s
"""


def recount(cases):
    """One row: ours against all rows; that only open ones were touched is looked at in every
    run.
    """
    from danchu.law.actions import set_calendar
    from danchu.law.book import book
    from danchu.law.models import CalendarVersion
    from danchu.obligations.actions import recount_obligations
    from danchu.obligations.outlook import moves
    from danchu.people.actor import Actor

    by = Actor.system("bench")
    _fill(cases, by)
    days = [
        (one.day, one.kind, one.name)
        for one in CalendarVersion.objects.filter(year=2026).latest("number").days.all()
    ]
    closed, ours, rival, touched = _closed(), [], [], 0
    for turn in range(RUNS):
        set_calendar(
            2026,
            days if turn % 2 else [*days, (MOVED, "holiday", "Nghỉ thêm")],
            by=by,
            basis="bench",
        )
        expected = sum(move.number for move in moves(book()))
        ours.append(seconds(lambda: recount_obligations(by=by)))
        touched = _touched(book().calendar.version)
        assert touched == expected > 0, f"{touched} rows touched, {expected} open ones move"
        assert _closed() == closed, "a closed one changed"
        rival.append(seconds(_everything))
        say(f"  {ours[-1]:.2f} s, {rival[-1]:.2f} s; {touched:,} rows touched of {cases:,}")
    memory = peak_mib(lambda: recount_obligations(by=by))
    name = (
        f"đổi lịch, tính lại hạn: {cases // OPEN:,} việc chưa làm trong {cases:,}, "
        f"{touched:,} dòng đổi, việc đã khép lại còn nguyên / tính lại cả {cases:,}"
    )
    return [row(name, min(ours), min(rival), 0.2, memory)]


def _everything():
    """The rival: every row, the closed ones too, read and counted."""
    from danchu.law.book import book
    from danchu.law.models import RuleVersion
    from danchu.obligations.models import Obligation

    keys, now = dict(RuleVersion.objects.values_list("pk", "key")), book()
    rows = Obligation.objects.order_by("pk").values_list("rule_id", "event_on", "due_on")
    return sum(now.due(keys[rule], event).day != due for rule, event, due in rows.iterator(10_000))


def _fill(cases, by):
    from django.db import connection

    from danchu.law.book import book
    from danchu.law.loading import load_law

    load_law(by=by)
    now = book()
    found = [now.due(key, FIRST + timedelta(days=n)) for key in KEYS for n in range(DAYS)]
    columns = [
        list(range(len(found))),
        [due.rule.number for due in found],
        [due.event for due in found],
        [due.day for due in found],
    ]
    say(f"  {cases:,} obligations …")
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE obligations_obligation RESTART IDENTITY CASCADE")
        cursor.execute(FILL, [now.calendar.version, OPEN, OPEN, OPEN, cases, *columns, len(found)])
        cursor.execute("VACUUM ANALYZE obligations_obligation")


def _closed():
    return _asked(
        "SELECT md5(string_agg(o::text, '|' ORDER BY id)) FROM obligations_obligation AS "
        "o WHERE state <> 'open'"
    )


def _touched(version):
    return _asked(f"SELECT count(*) FROM obligations_obligation WHERE calendar = {version}")


def _asked(question):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
