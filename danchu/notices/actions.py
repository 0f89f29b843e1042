"""Writing down a notice, telling of due days, sending what waits, marking what was read."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.days import now, show_day, today
from danchu.kernel.refusals import require
from danchu.notices.adapters import NotSent, adapter_of
from danchu.notices.letters import completed
from danchu.notices.models import Channel, Notice, State, Told
from danchu.notices.steps import reached
from danchu.people.holders import holders_of

MOST_TRIES = 5
BATCH = 200
MANY = 5000
TELLING = 2025070200  # the advisory lock of whoever tells of due days


@transaction.atomic
def tell_holders(verb, kind, unit, text, *, by, link=""):
    """Put a notice on the desk of everyone whose office names the right at the unit; how many
    were told.
    """
    require(not by.is_public, _("Hãy đăng nhập."))
    instant = now()
    told = [
        Notice(
            channel=Channel.DESK,
            account=account,
            text=text[:500],
            link=link,
            state=State.SENT,
            made_at=instant,
            sent_at=instant,
        )
        for account in holders_of(verb, kind, unit)
    ]
    Notice.objects.bulk_create(told)
    record(by, "notice.told", None, unit=unit, verb=verb, kind=kind, number=len(told))
    return len(told)


@transaction.atomic
def tell_person(channel, target, text, *, by):
    """Let a notice wait for its adapter; None where there is no address. The caller's own act
    is in the journal.
    """
    require(not by.is_public, _("Hãy đăng nhập."))
    if not target or channel not in (Channel.EMAIL, Channel.SMS, Channel.ZALO):
        return None
    made = Notice.objects.create(
        channel=channel, target=target[:200], text=text[:500], made_at=now()
    )
    record(by, "notice.waits", made, channel=channel)
    return made


@transaction.atomic
def tell_people(rows, *, by):
    """Let many notices wait for their adapters, each the fields of a Notice; their ids, in the
    order of the rows.
    """
    require(not by.is_public, _("Hãy đăng nhập."))
    instant = now()
    made = Notice.objects.bulk_create(
        [Notice(made_at=instant, **row) for row in rows], batch_size=MANY
    )
    record(by, "notice.many_wait", None, number=len(made))
    return [notice.pk for notice in made]


@transaction.atomic
def send_waiting(*, by, beyond=0):
    """Send what waits after the notice `beyond`, oldest first, at most a batch; (sent, failed).
    Each is tried five times, then given up.

    What its room no longer wants sent (letters.py) is given up without a try.

    Two runs at once take different ones. One that was sent just before the machine died is sent
    again: better twice than never.
    """
    require(by.may("verify", "obligation", None), _("Ông/bà không có quyền gửi thông báo."))
    sent = failed = 0
    waiting = list(
        Notice.objects.filter(state=State.WAITING, pk__gt=beyond)
        .select_for_update(skip_locked=True)
        .order_by("pk")[:BATCH]
    )
    letters = completed(waiting)
    for notice in waiting:
        if notice.pk not in letters:
            notice.state = State.FAILED
        elif _leaves(notice, letters[notice.pk]):
            sent += 1
            notice.state = State.SENT
            notice.sent_at = now()
            notice.text = letters[notice.pk].shown[:500]
        else:
            failed += 1
            notice.tries += 1
            notice.state = State.FAILED if notice.tries >= MOST_TRIES else State.WAITING
        notice.target = notice.target if notice.state == State.WAITING else ""
        notice.save(update_fields=["state", "sent_at", "tries", "target", "text"])
    given_up = len(waiting) - len(letters)
    if sent or failed or given_up:
        record(by, "notice.sent", None, sent=sent, failed=failed, given_up=given_up)
    return sent, failed


def _leaves(notice, letter):
    try:
        adapter_of(notice.channel).send(notice.channel, notice.target, letter)
    except NotSent:
        return False
    return True


@transaction.atomic
def tell_steps(*, by, on=None):
    """Put a notice on the desks of those whom the table of escalations names, of what is soon due
    or overdue; how many.

    Each reader is told once in a run, however many obligations there are; each obligation once a
    step for its due day, whatever the clock does. While another server is at it nothing is done.
    """
    require(by.may("verify", "obligation", None), _("Ông/bà không có quyền rà soát việc quá hạn."))
    if not _alone():
        return 0
    on = on or today()
    instant = now()
    found = reached(on)
    Told.objects.bulk_create(
        (Told(obligation=it.row, step=it.step.step, due_on=it.row.due_on, on=on) for it in found),
        batch_size=2000,
    )
    told = [
        Notice(
            channel=Channel.DESK,
            account_id=account,
            text=text,
            link=link,
            state=State.SENT,
            made_at=instant,
            sent_at=instant,
        )
        for account, text, link in _news(found)
    ]
    Notice.objects.bulk_create(told, batch_size=2000)
    if found:
        record(
            by,
            "notice.steps_told",
            None,
            obligations=len({it.row.pk for it in found}),
            steps=len(found),
            number=len(told),
        )
    return len(told)


def _alone():
    """Whether no other transaction is telling; until this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [TELLING])
        return cursor.fetchone()[0]


def _news(found):
    """(account, text, link): what is overdue and what is soon due, one notice each for a reader."""
    news = {}
    for it in found:
        for account in it.accounts:
            rows = news.setdefault((account, it.step.before), {})
            rows.setdefault(it.row.pk, it.row)
    for (account, before), rows in sorted(news.items()):
        overdue = news.get((account, False), {})
        rows = [row for pk, row in rows.items() if not before or pk not in overdue]
        if rows:
            yield account, *_said(rows, before)


def _said(rows, before):
    first = min(rows, key=lambda row: (row.due_on, row.pk))
    if len(rows) == 1:
        sentence = (
            _("Sắp đến hạn %(day)s: %(title)s.") if before else _("Quá hạn từ %(day)s: %(title)s.")
        )
        return sentence % {
            "day": show_day(first.due_on),
            "title": first.title,
        }, f"/desk/obligations/{first.uid}/"
    sentence = (
        _("%(number)s việc sắp đến hạn, gần nhất là ngày %(day)s.")
        if before
        else _("%(number)s việc quá hạn, lâu nhất là từ ngày %(day)s.")
    )
    return sentence % {
        "number": len(rows),
        "day": show_day(first.due_on),
    }, f"/desk/obligations/?which={'soon' if before else 'told'}"


@transaction.atomic
def drop_waiting(mark, *, by):
    """Give up what waits and names `mark` (the code of a case), and forget where it would have
    gone; how many.
    """
    require(not by.is_public, _("Hãy đăng nhập."))
    number = Notice.objects.filter(state=State.WAITING, text__contains=mark).update(
        state=State.FAILED, target=""
    )
    record(by, "notice.dropped", None, number=number)
    return number


@transaction.atomic
def see_notices(*, by):
    """The reader has seen the notices on his desk; how many were new."""
    require(by.account_id is not None, _("Hãy đăng nhập."))
    seen = Notice.objects.filter(account=by.account_id, seen_at=None).update(seen_at=now())
    if seen:
        record(by, "notice.seen", None, number=seen)
    return seen
