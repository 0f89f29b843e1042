"""The conference is opened, led through its programme item by item, and closed (closing.py)."""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.models import ProgrammeItem
from danchu.conference.rules import CONFERENCE_LIFE, LIVING, NO_RIGHT, RUNNING, locked, may_chair
from danchu.conference.words import ItemKind, ItemState
from danchu.conference.writes import frames
from danchu.journal.actions import record
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require
from danchu.subjects.texts import line_of
from danchu.subjects.writes import move_on


@transaction.atomic
def open_conference(conference, *, by):
    """The hall is open: delegates ask, speak and vote from now on."""
    CONFERENCE_LIFE.require(by, "open", conference)
    found = CONFERENCE_LIFE.hold(conference, "open", "unit", "body")
    move_on(found, CONFERENCE_LIFE, "open", opened_at=now())
    frames.wake(found, *frames.ALL)
    record(by, "conference.opened", found, unit=found.unit_id)
    return found


@transaction.atomic
def announce(conference, *, by, text):
    """One line that everyone in the hall reads, until another takes its place; empty takes it
    away.
    """
    require(may_chair(by, conference), NO_RIGHT)
    found = locked(conference, LIVING)
    found.said = line_of(text or "", "text", 300)
    found.save(update_fields=["said"])
    frames.wake(found, "programme")
    record(by, "conference.announced", found, unit=found.unit_id)
    return found


@transaction.atomic
def start_item(item, *, by, instead_of=None):
    """Begin an item; the one under way ends with it. `instead_of` is the id of the item the device
    shows as under way (None: none): where another device was quicker, this one is told and nothing
    happens twice.
    """
    require(may_chair(by, item.conference), NO_RIGHT)
    held = locked(item.conference, RUNNING)
    current = held.items.filter(state=ItemState.CURRENT).first()
    if current and current.pk == item.pk:
        raise Refused(_("Mục này đã được bắt đầu."))
    if (current.pk if current else None) != instead_of:
        now_at = _("“%s”") % current.title if current else _("chưa có mục nào")
        raise Refused(
            _("Một thiết bị khác vừa điều hành: đang ở %s. Hãy xem lại rồi bấm.") % now_at
        )
    found = held.items.get(pk=item.pk)
    if found.kind == ItemKind.SESSION:
        raise Refused(_("Phiên bắt đầu cùng mục đầu tiên của phiên: hãy bắt đầu mục đó."))
    if current:
        _end(current, ItemState.DONE)
    found.state = ItemState.CURRENT
    found.began_at = found.began_at or now()
    found.ended_at = None
    found.save(update_fields=["state", "began_at", "ended_at"])
    ProgrammeItem.objects.filter(pk=found.parent_id, began_at=None).update(began_at=found.began_at)
    frames.wake(held, "programme", "floor", "questions")
    record(
        by,
        "programme_item.started",
        found,
        unit=held.unit_id,
        ended=current.pk if current else None,
    )
    return found


@transaction.atomic
def end_item(item, *, by):
    """The item under way is over, and nothing follows yet."""
    require(may_chair(by, item.conference), NO_RIGHT)
    held = locked(item.conference, RUNNING)
    found = held.items.get(pk=item.pk)
    if found.state != ItemState.CURRENT:
        raise Refused(_("Mục này không còn đang diễn ra: một thiết bị khác đã chuyển."))
    _end(found, ItemState.DONE)
    frames.wake(held, "programme")
    record(by, "programme_item.ended", found, unit=held.unit_id)
    return found


@transaction.atomic
def skip_item(item, *, by):
    """An item is left out; it can still be begun later."""
    require(may_chair(by, item.conference), NO_RIGHT)
    held = locked(item.conference, RUNNING)
    found = held.items.get(pk=item.pk)
    if found.state != ItemState.PLANNED or found.kind == ItemKind.SESSION:
        raise Refused(_("Chỉ bỏ qua được mục chưa diễn ra."))
    _end(found, ItemState.SKIPPED)
    frames.wake(held, "programme")
    record(by, "programme_item.skipped", found, unit=held.unit_id)
    return found


def _end(item, state):
    """End an item, and its session with the last of it."""
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
