"""Who follows what is written and erased here, outside of the journal: it keeps for ever what it is
told, and an address that follows is erased when its owner says so.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from danchu.following.changes import PIECE, public_states, touched_records, values_of
from danchu.following.models import (
    Confirmation,
    DailyLetter,
    Follower,
    Following,
    PublicState,
    Reading,
    Thing,
    ThingKind,
)
from danchu.following.news import news_of
from danchu.following.querysets import VALID
from danchu.following.things import Followable, followed_sections, model_kind
from danchu.journal.verify import head
from danchu.kernel.days import now
from danchu.kernel.reading import reading
from danchu.kernel.refusals import Refused
from danchu.notices.actions import drop_letters, tell_people
from danchu.notices.models import Channel, Notice, State
from danchu.obligations.clock import LAW

MOST = 50  # things that one address follows


@transaction.atomic
def ask_confirmation(email: str, followable: Followable, language: str) -> None:
    """Queue the letter by which the owner of the address confirms that they follow. It is the same
    whether the address follows something already or not; an earlier one about the same is void.
    """
    thing, _is_new = Thing.objects.get_or_create(
        kind=followable.kind,
        key=followable.key,
        unit_id=followable.unit_id,
        subject=followable.subject,
    )
    Confirmation.objects.filter(email=email, thing=thing).delete()
    try:
        with transaction.atomic():
            row = Confirmation.objects.create(
                uid=uuid4(), email=email, language=language, thing=thing, made_at=now()
            )
    except IntegrityError:  # asked for at the same moment: that letter is on its way
        return
    with override(language):
        text = _("Thư xác nhận theo dõi.")
    _queue(email, text, Confirmation.journal_kind, row.pk)


def _queue(email, text, kind, subject):
    row = {
        "channel": Channel.EMAIL,
        "target": email,
        "text": text[:500],
        "subject_kind": kind,
        "subject": subject,
    }
    tell_people([row], by=LAW)


@transaction.atomic
def confirm(uid: UUID | None) -> Follower:
    """Let the address of a confirmation follow its thing, once. Refused when the confirmation was
    used, its time is over, or too much is followed.
    """
    rows = Confirmation.objects.valid().select_for_update(of=("self",)).select_related("thing")
    row = rows.filter(uid=uid).first() if uid else None
    if row is None:
        raise Refused(_("Địa chỉ xác nhận này đã dùng hoặc đã hết hạn. Hãy đăng ký theo dõi lại."))
    follower, _is_new = Follower.objects.get_or_create(
        email=row.email, defaults={"uid": uuid4(), "language": row.language}
    )
    Follower.objects.select_for_update().get(pk=follower.pk)
    if follower.followings.count() >= MOST:
        raise Refused(
            _("Địa chỉ này đã theo dõi %s mục. Hãy thôi theo dõi bớt ở trang riêng.") % MOST
        )
    if row.thing.kind == ThingKind.FIGURE and not row.thing.followings.exists():
        row.thing.values = {year: [value, 0] for year, value in values_of(row.thing).items()}
        row.thing.save(update_fields=["values"])
    Following.objects.get_or_create(
        follower=follower, thing=row.thing, defaults={"beyond": head()[0]}
    )
    row.delete()
    return follower


@transaction.atomic
def stop(follower: Follower, thing: int | None = None) -> bool:
    """Follow the thing with this primary key no more, or with None nothing. Returns whether the
    address still follows something; if not, it is erased, also from letters that wait.
    """
    row = Follower.objects.select_for_update().filter(pk=follower.pk).first()
    if row is None:  # ended at the same moment
        return False
    if thing is not None:
        row.followings.filter(thing=thing).delete()
        if row.followings.exists():
            return True
    drop_letters((DailyLetter.journal_kind, Confirmation.journal_kind), row.email, by=LAW)
    Confirmation.objects.filter(email=row.email).delete()
    row.delete()
    forget_unfollowed()
    return False


@transaction.atomic
def forget_unfollowed() -> None:
    """Delete confirmations whose time is over, letters that are on no way any more, and things that
    nobody follows.
    """
    Confirmation.objects.filter(made_at__lte=now() - VALID).delete()
    waiting = Notice.objects.filter(
        state=State.WAITING, subject_kind=DailyLetter.journal_kind, subject__isnull=False
    ).values("subject")
    DailyLetter.objects.exclude(pk__in=waiting).delete()
    Thing.objects.filter(followings=None, confirmations=None).delete()


@transaction.atomic
def read_changes(on: date) -> int:
    """Note what changed for the public since the last reading, once a day; returns the number of
    the entry up to which it is read. The first reading notes what is there as no change.
    """
    last = Reading.objects.select_for_update().first()
    if last is not None and last.on >= on:
        return last.number
    number = head()[0]
    if last is None:
        _note_all()
    else:
        _note_touched(last.number, number)
        _note_values(number)
    Reading.objects.update_or_create(pk=1, defaults={"number": number, "on": on, "at": now()})
    return number


def _note_all():
    for section in followed_sections():
        kind = model_kind(section)
        rows = (
            PublicState(kind=kind, subject=subject, state=state, number=0)
            for subject, state in public_states(section)
        )
        PublicState.objects.bulk_create(rows, batch_size=PIECE, ignore_conflicts=True)


def _note_touched(after, last):
    for section, numbers in touched_records(after, last):
        kind = model_kind(section)
        earlier = PublicState.objects.filter(kind=kind, subject__in=numbers)
        states = dict(earlier.values_list("subject", "state"))
        changed = [
            PublicState(kind=kind, subject=subject, state=state, number=numbers[subject])
            for subject, state in public_states(section, list(numbers))
            if states.get(subject) != state
        ]
        PublicState.objects.bulk_create(
            changed,
            batch_size=PIECE,
            update_conflicts=True,
            unique_fields=["kind", "subject"],
            update_fields=["state", "number"],
        )


def _note_values(number):
    things = Thing.objects.filter(kind=ThingKind.FIGURE).exclude(followings=None)
    for thing in things.select_related("unit").order_by("pk"):
        values = merged_values(thing.values, values_of(thing), number)
        if values != thing.values:
            thing.values = values
            thing.save(update_fields=["values"])


def merged_values(
    before: Mapping[str, list[object]], values: Mapping[str, str], number: int
) -> dict[str, list[object]]:
    """The values of a figure with those that are new or others than `before`, read at the entry
    `number`; a year that is shown no longer keeps what it had.
    """
    changed = {
        year: [value, number]
        for year, value in values.items()
        if year not in before or before[year][0] != value
    }
    return {**before, **changed}


@transaction.atomic
def write_letter(follower: int, on: date, number: int) -> bool:
    """Put together and queue the letter of the day to the follower with this primary key, of what
    changed up to the entry `number`; returns whether there is one. Each change is told once: what
    was told moves on in the same transaction.
    """
    row = Follower.objects.due(on).select_for_update(skip_locked=True).filter(pk=follower).first()
    if row is None:
        return False
    with reading(anew=True), override(row.language):
        text = news_of(row)
        masked = _("Thư về những gì đã đổi, theo dõi không cần tài khoản.")
    row.written_on = on
    row.save(update_fields=["written_on"])
    row.followings.filter(beyond__lt=number).update(beyond=number)
    if not text:
        return False
    letter = DailyLetter.objects.create(follower=row, on=on, text=text)
    _queue(row.email, masked, DailyLetter.journal_kind, letter.pk)
    return True
