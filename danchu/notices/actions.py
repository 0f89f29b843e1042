"""Queueing notices, reminding of due days, reporting what was sent, marking notices as read."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.journal.models import Checkpoint
from danchu.kernel.actor import Acting
from danchu.kernel.days import now, show_day, today
from danchu.kernel.refusals import require
from danchu.notices.digests import to_be_written
from danchu.notices.letters import DIGEST
from danchu.notices.models import Channel, Digest, DigestRefusal, Notice, State, Told
from danchu.notices.steps import Reached, reached_steps
from danchu.obligations.models import Obligation
from danchu.people.holders import holders_of
from danchu.units.models import Unit

MANY = 5000
REMINDING = 2025070200  # key of the advisory lock of `tell_steps`


@transaction.atomic
def tell_holders(verb: str, kind: str, unit: Unit, text: str, *, by: Acting, link: str = "") -> int:
    """Put a notice on the desk of everyone whose office has the right (verb, kind) at the unit;
    returns the number of notices.
    """
    require(not by.is_public, _("Hãy đăng nhập."))
    instant = now()
    notices = [
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
    Notice.objects.bulk_create(notices)
    record(by, "notice.told", None, unit=unit, verb=verb, kind=kind, number=len(notices))
    return len(notices)


@transaction.atomic
def tell_person(channel: str, target: str, text: str, *, by: Acting) -> Notice | None:
    """Queue a notice to the address `target` of a channel; None without an address or for a channel
    that is not e-mail, SMS or Zalo.
    """
    require(not by.is_public, _("Hãy đăng nhập."))
    if not target or channel not in (Channel.EMAIL, Channel.SMS, Channel.ZALO):
        return None
    notice = Notice.objects.create(
        channel=channel, target=target[:200], text=text[:500], made_at=now()
    )
    record(by, "notice.waits", notice, channel=channel)
    return notice


@transaction.atomic
def tell_people(rows: Iterable[Mapping[str, Any]], *, by: Acting) -> list[int]:
    """Queue many notices, each row the fields of a Notice; returns their primary keys in the order
    of the rows.
    """
    require(not by.is_public, _("Hãy đăng nhập."))
    instant = now()
    notices = Notice.objects.bulk_create(
        [Notice(made_at=instant, **row) for row in rows], batch_size=MANY
    )
    record(by, "notice.many_wait", None, number=len(notices))
    return [notice.pk for notice in notices]


@transaction.atomic
def mail_checkpoint(checkpoint: Checkpoint, *, by: Acting) -> int:
    """Queue a checkpoint of the journal for every witness of JOURNAL_WITNESSES; returns their
    number. Denied without the right to publish one.
    """
    require(
        by.account_id is None and by.may("verify", "journal", None),
        _("Ông/bà không có quyền công bố dấu kiểm của sổ nhật ký."),
    )
    rows = [
        {
            "channel": Channel.EMAIL,
            "target": address[:200],
            "text": checkpoint.text[:500],
            "subject_kind": checkpoint.journal_kind,
            "subject": checkpoint.pk,
        }
        for address in settings.JOURNAL_WITNESSES
    ]
    if rows:
        tell_people(rows, by=by)
        record(by, "checkpoint.mailed", checkpoint, number=len(rows))
    return len(rows)


@transaction.atomic
def report_sending(*, by: Acting, sent: int, failed: int, given_up: int) -> None:
    """Record in the journal how many notices a run sent, could not send and gave up (sending.py);
    nothing where it did none of these. Denied without the right.
    """
    require(by.may("verify", "obligation", None), _("Ông/bà không có quyền gửi thông báo."))
    if sent or failed or given_up:
        record(by, "notice.sent", None, sent=sent, failed=failed, given_up=given_up)


@transaction.atomic
def tell_steps(*, by: Acting, on: date | None = None) -> int:
    """Remind the offices that the table of escalations names of what is soon due or overdue on the
    day (today); returns the number of notices.

    An account gets one notice a run for what is overdue and one for what is soon due. Idempotent:
    each step of an obligation is told once for its due day (`Told`). Does nothing and returns 0
    while another transaction holds the lock.
    """
    require(by.may("verify", "obligation", None), _("Ông/bà không có quyền rà soát việc quá hạn."))
    if not _has_lock():
        return 0
    on = on or today()
    instant = now()
    steps = reached_steps(on)
    Told.objects.bulk_create(
        (
            Told(obligation=one.row, step=one.step.step, due_on=one.row.due_on, on=on)
            for one in steps
        ),
        batch_size=2000,
    )
    notices = [
        Notice(
            channel=Channel.DESK,
            account_id=account,
            text=text,
            link=link,
            state=State.SENT,
            made_at=instant,
            sent_at=instant,
        )
        for account, text, link in _reminders(steps)
    ]
    Notice.objects.bulk_create(notices, batch_size=2000)
    if steps:
        record(
            by,
            "notice.steps_told",
            None,
            obligations=len({one.row.pk for one in steps}),
            steps=len(steps),
            number=len(notices),
        )
    return len(notices)


def _has_lock() -> bool:
    """Try to take the advisory lock of reminders until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [REMINDING])
        return cursor.fetchone()[0]


def _reminders(steps: Iterable[Reached]) -> Iterator[tuple[int, str, str]]:
    """(account id, text, link): for each account one reminder of what is overdue and one of what is
    soon due.
    """
    rows_of: dict[tuple[int, bool], dict[int, Obligation]] = {}
    for one in steps:
        for account in one.accounts:
            rows = rows_of.setdefault((account, one.step.before), {})
            rows.setdefault(one.row.pk, one.row)
    for (account, before), rows in sorted(rows_of.items()):
        overdue = rows_of.get((account, False), {})
        obligations = [row for pk, row in rows.items() if not before or pk not in overdue]
        if obligations:
            yield account, *_reminder(obligations, before)


def _reminder(rows: list[Obligation], before: bool) -> tuple[str, str]:
    """(text, link) of a reminder of these obligations."""
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
def drop_waiting(mark: str, *, by: Acting) -> int:
    """Give up the waiting notices whose text contains `mark` (the code of a case) and erase their
    addresses; returns their number.
    """
    require(not by.is_public, _("Hãy đăng nhập."))
    number = Notice.objects.filter(state=State.WAITING, text__contains=mark).update(
        state=State.FAILED, target=""
    )
    record(by, "notice.dropped", None, number=number)
    return number


@transaction.atomic
def drop_letters(kinds: Collection[str], target: str, *, by: Acting) -> int:
    """Give up the waiting notices to the address that are about subjects of these kinds, and erase
    it from them; returns their number.
    """
    require(not by.is_public, _("Hãy đăng nhập."))
    rows = Notice.objects.filter(state=State.WAITING, subject_kind__in=kinds, target=target)
    number = rows.update(state=State.FAILED, target="")
    if number:
        record(by, "notice.dropped", None, number=number)
    return number


@transaction.atomic
def see_notices(*, by: Acting) -> int:
    """Mark the actor's desk notices as read; returns how many were new."""
    require(by.account_id is not None, _("Hãy đăng nhập."))
    seen = Notice.objects.filter(account=by.account_id, seen_at=None).update(seen_at=now())
    if seen:
        record(by, "notice.seen", None, number=seen)
    return seen


@transaction.atomic
def queue_digests(texts: Mapping[int, str], *, by: Acting, on: date) -> int:
    """Queue the mail of the day: `texts` are {account id: text, "" where nothing waits}. Returns
    how many mails; an account that was written to on the day is passed over. Denied without the
    right of periodic jobs.
    """
    require(
        by.account_id is None and by.may("verify", "obligation", None),
        _("Ông/bà không có quyền gửi thông báo."),
    )
    accounts = to_be_written(on).filter(pk__in=texts).select_for_update(of=("self",))
    rows = list(accounts)
    Digest.objects.bulk_create(Digest(account=account, on=on) for account in rows)
    notices = Notice.objects.bulk_create(
        Notice(
            channel=Channel.EMAIL,
            target=account.email,
            text=texts[account.pk][:500],
            subject_kind=DIGEST,
            made_at=now(),
        )
        for account in rows
        if texts[account.pk]
    )
    if notices:
        record(by, "notice.digests_wait", None, number=len(notices))
    return len(notices)


@transaction.atomic
def want_digest(is_wanted: bool, *, by: Acting) -> None:
    """Say whether the actor wants the daily mail. Denied without an account."""
    require(by.account_id is not None, _("Hãy đăng nhập."))
    if is_wanted:
        DigestRefusal.objects.filter(account=by.account_id).delete()
    else:
        DigestRefusal.objects.get_or_create(account_id=by.account_id)
    record(by, "notice.digest_wanted", None, wanted=is_wanted)
