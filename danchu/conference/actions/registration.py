"""Places: who registers takes one or waits for one, and whoever gives his back lets the first that waits in."""

from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.checking import checked_delegate
from danchu.conference.codes import personal_code, read_shared
from danchu.conference.models import Delegate
from danchu.conference.rules import LIVING, NO_RIGHT, locked, may_prepare
from danchu.conference.seating import held_point, move_up, place, take, write_delegates
from danchu.conference.words import DelegateState, Entry, State
from danchu.journal.actions import record
from danchu.kernel.refusals import Refused, require


@transaction.atomic
def register_delegate(conference, *, by, code, name, office="", contact="", point=None, uid=None):
    """Take a place, or one on the waiting list, for whoever has the shared code; (delegate, the code he comes in by).

    The conference's row is held from the look at its places until the end: nobody comes between. The form sent twice is one place.
    """
    is_shared = conference.entry in (Entry.LINK, Entry.OPEN) and conference.entry_code and read_shared(code) == conference.entry_code
    require(is_shared or may_prepare(by, conference), _("Mã hội nghị chưa đúng. Hãy gõ lại như trên giấy mời chung."))
    kept = checked_delegate(name=name, office=office, contact=contact, entitled=False)
    found = locked(conference, (State.CONVENED, State.OPEN))
    if uid and (earlier := Delegate.objects.filter(uid=uid, conference=found).select_related("pass_in").first()):
        return earlier, personal_code(earlier.uid, earlier.pass_in.issue)
    point = held_point(found, point)
    state, waits_from = place(found, point)
    made = Delegate(uid=uid or uuid4(), point=point, state=state, waits_from=waits_from, **kept)
    write_delegates(found, [made], by)
    record(by, "delegate.registered", made, unit=found.unit_id, state=state)
    return made, personal_code(made.uid, 1)


@transaction.atomic
def cancel_registration(delegate, *, by):
    """A delegate will not come: his place goes to the first who waits, who is told."""
    own = getattr(by, "delegate", None) == delegate.pk
    require(own or may_prepare(by, delegate.conference), NO_RIGHT)
    held = locked(delegate.conference, LIVING)
    found = Delegate.objects.select_for_update().get(pk=delegate.pk)
    if found.state in (DelegateState.CANCELLED, DelegateState.DECLINED):
        raise Refused(_("Đã báo vắng từ trước."))
    had_place = found.state == DelegateState.REGISTERED
    found.state = DelegateState.DECLINED if found.state == DelegateState.INVITED else DelegateState.CANCELLED
    found.save(update_fields=["state"])
    if had_place:
        take(held, held_point(held, found.point_id), -1)
    moved = move_up(held)
    record(by, "delegate.cancelled", found, unit=held.unit_id, moved_up=moved)
    return found


@transaction.atomic
def come_after_all(delegate, *, by):
    """Who declined or cancelled comes after all: the invited have their seat, the others take a place or wait anew."""
    own = getattr(by, "delegate", None) == delegate.pk
    require(own or may_prepare(by, delegate.conference), NO_RIGHT)
    held = locked(delegate.conference, LIVING)
    found = Delegate.objects.select_for_update().get(pk=delegate.pk)
    if found.state == DelegateState.DECLINED:
        found.state = DelegateState.INVITED
    elif found.state == DelegateState.CANCELLED:
        found.state, found.waits_from = place(held, held_point(held, found.point_id))
    else:
        raise Refused(_("Đại biểu này chưa báo vắng."))
    found.save(update_fields=["state", "waits_from"])
    record(by, "delegate.came_back", found, unit=held.unit_id, state=found.state)
    return found

