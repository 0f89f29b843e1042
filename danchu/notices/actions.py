"""Writing down a notice, sending what waits, marking what was read."""


from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.days import now
from danchu.kernel.refusals import require
from danchu.notices.adapters import NotSent, adapter_of
from danchu.notices.models import Channel, Notice, State
from danchu.people.holders import holders_of

MOST_TRIES, BATCH = 5, 200


@transaction.atomic
def tell_holders(verb, kind, unit, text, *, by, link=""):
    """Put a notice on the desk of everyone whose office names the right at the unit; how many were told."""
    require(not by.is_public, _("Hãy đăng nhập."))
    instant = now()
    told = [
        Notice(channel=Channel.DESK, account=account, text=text[:500], link=link, state=State.SENT, made_at=instant, sent_at=instant)
        for account in holders_of(verb, kind, unit)
    ]  # fmt: skip
    Notice.objects.bulk_create(told)
    record(by, "notice.told", None, unit=unit, verb=verb, kind=kind, number=len(told))
    return len(told)


@transaction.atomic
def tell_person(channel, target, text, *, by):
    """Let a notice wait for its adapter; None where there is no address. The caller's own act is in the journal."""
    require(not by.is_public, _("Hãy đăng nhập."))
    if not target or channel not in (Channel.EMAIL, Channel.SMS, Channel.ZALO):
        return None
    made = Notice.objects.create(channel=channel, target=target[:200], text=text[:500], made_at=now())
    record(by, "notice.waits", made, channel=channel)
    return made


@transaction.atomic
def send_waiting(*, by):
    """Send what waits, oldest first, at most a batch; (sent, failed). Each is tried five times, then given up.

    Two runs at once take different ones. One that was sent just before the machine died is sent again: better twice than never.
    """
    require(by.may("verify", "obligation", None), _("Ông/bà không có quyền gửi thông báo."))
    sent = failed = 0
    for notice in Notice.objects.filter(state=State.WAITING).select_for_update(skip_locked=True).order_by("pk")[:BATCH]:
        try:
            adapter_of(notice.channel).send(notice.channel, notice.target, notice.text)
        except NotSent:
            failed += 1
            notice.tries += 1
            notice.state = State.FAILED if notice.tries >= MOST_TRIES else State.WAITING
        else:
            sent += 1
            notice.state, notice.sent_at = State.SENT, now()
        notice.target = notice.target if notice.state == State.WAITING else ""
        notice.save(update_fields=["state", "sent_at", "tries", "target"])
    if sent or failed:
        record(by, "notice.sent", None, sent=sent, failed=failed)
    return sent, failed


@transaction.atomic
def see_notices(*, by):
    """The reader has seen the notices on his desk; how many were new."""
    require(by.account_id is not None, _("Hãy đăng nhập."))
    seen = Notice.objects.filter(account=by.account_id, seen_at=None).update(seen_at=now())
    if seen:
        record(by, "notice.seen", None, number=seen)
    return seen
