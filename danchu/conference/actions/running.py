"""The conference is opened and led through its programme item by item; actions/closing.py closes
it.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.models import Conference, ProgrammeItem
from danchu.conference.rules import (
    CONFERENCE_LIFE,
    NO_RIGHT,
    RUNNING,
    UNFINISHED,
    lock_conference,
    may_chair,
)
from danchu.conference.words import ItemKind, ItemState
from danchu.conference.writes import frames
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require
from danchu.subjects.texts import line_of
from danchu.subjects.writes import move_on


@transaction.atomic
def open_conference(conference: Conference, *, by: Acting) -> Conference:
    """Open the hall: delegates can ask, speak and vote. Refused unless it is convened; Denied
    without the right.
    """
    CONFERENCE_LIFE.require(by, "open", conference)
    conference = CONFERENCE_LIFE.hold(conference, "open", "unit", "body")
    move_on(conference, CONFERENCE_LIFE, "open", opened_at=now())
    frames.wake(conference, *frames.ALL)
    record(by, "conference.opened", conference, unit=conference.unit_id)
    return conference


@transaction.atomic
def announce(conference: Conference, *, by: Acting, text: str) -> Conference:
    """Show one line to everyone in the hall, in place of the last one; an empty text removes it.
    Refused when it is longer than 300 characters or the conference is over; Denied without the
    right.
    """
    require(may_chair(by, conference), NO_RIGHT)
    conference = lock_conference(conference, UNFINISHED)
    conference.said = line_of(text or "", "text", 300)
    conference.save(update_fields=["said"])
    frames.wake(conference, "programme")
    record(by, "conference.announced", conference, unit=conference.unit_id)
    return conference


@transaction.atomic
def start_item(item: ProgrammeItem, *, by: Acting, instead_of: int | None = None) -> ProgrammeItem:
    """Begin an item and end the current one. `instead_of` is the id of the item the device shows as
    current (None: none): Refused when another device was quicker, so that nothing happens twice,
    and for a session. Denied without the right.
    """
    require(may_chair(by, item.conference), NO_RIGHT)
    conference = lock_conference(item.conference, RUNNING)
    current = conference.items.filter(state=ItemState.CURRENT).first()
    if current and current.pk == item.pk:
        raise Refused(_("Mục này đã được bắt đầu."))
    if (current.pk if current else None) != instead_of:
        current_title = _("“%s”") % current.title if current else _("chưa có mục nào")
        raise Refused(
            _("Một thiết bị khác vừa điều hành: đang ở %s. Hãy xem lại rồi bấm.") % current_title
        )
    item = conference.items.get(pk=item.pk)
    if item.kind == ItemKind.SESSION:
        raise Refused(_("Phiên bắt đầu cùng mục đầu tiên của phiên: hãy bắt đầu mục đó."))
    if current:
        _end(current, ItemState.DONE)
    item.state = ItemState.CURRENT
    item.began_at = item.began_at or now()
    item.ended_at = None
    item.save(update_fields=["state", "began_at", "ended_at"])
    ProgrammeItem.objects.filter(pk=item.parent_id, began_at=None).update(began_at=item.began_at)
    frames.wake(conference, "programme", "floor", "questions")
    record(
        by,
        "programme_item.started",
        item,
        unit=conference.unit_id,
        ended=current.pk if current else None,
    )
    return item


@transaction.atomic
def end_item(item: ProgrammeItem, *, by: Acting) -> ProgrammeItem:
    """End the current item; none follows yet. Refused when it is not the current one any more;
    Denied without the right.
    """
    require(may_chair(by, item.conference), NO_RIGHT)
    conference = lock_conference(item.conference, RUNNING)
    item = conference.items.get(pk=item.pk)
    if item.state != ItemState.CURRENT:
        raise Refused(_("Mục này không còn đang diễn ra: một thiết bị khác đã chuyển."))
    _end(item, ItemState.DONE)
    frames.wake(conference, "programme")
    record(by, "programme_item.ended", item, unit=conference.unit_id)
    return item


@transaction.atomic
def skip_item(item: ProgrammeItem, *, by: Acting) -> ProgrammeItem:
    """Mark an item as skipped; it can still be started later. Refused once it has begun, and for a
    session; Denied without the right.
    """
    require(may_chair(by, item.conference), NO_RIGHT)
    conference = lock_conference(item.conference, RUNNING)
    item = conference.items.get(pk=item.pk)
    if item.state != ItemState.PLANNED or item.kind == ItemKind.SESSION:
        raise Refused(_("Chỉ bỏ qua được mục chưa diễn ra."))
    _end(item, ItemState.SKIPPED)
    frames.wake(conference, "programme")
    record(by, "programme_item.skipped", item, unit=conference.unit_id)
    return item


def _end(item, state):
    """End an item, and its session with its last item."""
    item.state = state
    item.ended_at = now() if item.began_at else None
    item.save(update_fields=["state", "ended_at"])
    if (
        item.parent_id
        and not item.parent.items.filter(state__in=[ItemState.PLANNED, ItemState.CURRENT]).exists()
    ):
        ProgrammeItem.objects.filter(pk=item.parent_id).update(
            state=ItemState.DONE, ended_at=now() if item.parent.began_at else None
        )
