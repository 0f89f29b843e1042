"""Recounting due days after a change of the calendar: open obligations only, against recounting
every row.
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
    """One row: ours against recounting all; each run asserts that only open ones were changed."""
    from danchu.law.actions import set_calendar
    from danchu.law.book import book
    from danchu.law.models import CalendarVersion
    from danchu.obligations.actions import recount_obligations
    from danchu.obligations.outlook import moves
    from danchu.people.actor import Actor

    by = Actor.system("bench")
    _fill(cases, by)
    days = [
        (day.day, day.kind, day.name)
        for day in CalendarVersion.objects.filter(year=2026).latest("number").days.all()
    ]
    hash_before, ours, rival, touched = _hash_of_closed(), [], [], 0
    for turn in range(RUNS):
        set_calendar(
            2026,
            days if turn % 2 else [*days, (MOVED, "holiday", "Nghỉ thêm")],
            by=by,
            basis="bench",
        )
        expected = sum(move.number for move in moves(book()))
        ours.append(seconds(lambda: recount_obligations(by=by)))
        touched = _number_touched(book().calendar.version)
        assert touched == expected > 0, f"{touched} rows touched, {expected} open ones move"
        assert _hash_of_closed() == hash_before, "a closed one changed"
        rival.append(seconds(_recount_everything))
        say(f"  {ours[-1]:.2f} s, {rival[-1]:.2f} s; {touched:,} rows touched of {cases:,}")
    memory = peak_mib(lambda: recount_obligations(by=by))
    name = (
        f"đổi lịch, tính lại hạn: {cases // OPEN:,} việc chưa làm trong {cases:,}, "
        f"{touched:,} dòng đổi, việc đã khép lại còn nguyên / tính lại cả {cases:,}"
    )
    return [row(name, min(ours), min(rival), 0.2, memory)]


def _recount_everything():
    """The rival: reads and counts every row, closed ones too."""
    from danchu.law.book import book
    from danchu.law.models import RuleVersion
    from danchu.obligations.models import Obligation

    keys, book_now = dict(RuleVersion.objects.values_list("pk", "key")), book()
    rows = Obligation.objects.order_by("pk").values_list("rule_id", "event_on", "due_on")
    return sum(
        book_now.due(keys[rule], event).day != due_on
        for rule, event, due_on in rows.iterator(10_000)
    )


def _fill(cases, by):
    from django.db import connection

    from danchu.law.book import book
    from danchu.law.loading import load_law

    load_law(by=by)
    book_now = book()
    dues = [book_now.due(key, FIRST + timedelta(days=n)) for key in KEYS for n in range(DAYS)]
    columns = [
        list(range(len(dues))),
        [due.rule.number for due in dues],
        [due.event for due in dues],
        [due.day for due in dues],
    ]
    say(f"  {cases:,} obligations …")
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE obligations_obligation RESTART IDENTITY CASCADE")
        cursor.execute("SET session_replication_role = replica")  # rows that no act wrote
        cursor.execute(
            FILL, [book_now.calendar.version, OPEN, OPEN, OPEN, cases, *columns, len(dues)]
        )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE obligations_obligation")


def _hash_of_closed():
    return _value_of(
        "SELECT md5(string_agg(o::text, '|' ORDER BY id)) FROM obligations_obligation AS "
        "o WHERE state <> 'open'"
    )


def _number_touched(version):
    return _value_of(f"SELECT count(*) FROM obligations_obligation WHERE calendar = {version}")


def _value_of(question):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
