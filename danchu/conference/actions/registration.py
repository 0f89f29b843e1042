"""Places: who registers takes one or waits for one, and whoever gives his back lets the first
that waits in.
"""

from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.access.codes import personal_code
from danchu.conference.input.fields import checked_delegate
from danchu.conference.input.registration import WRONG_CODE, Form, may_register
from danchu.conference.models import Delegate
from danchu.conference.rules import LIVING, NO_RIGHT, locked, may_prepare
from danchu.conference.words import DelegateState, State
from danchu.conference.writes.seats import held_point, move_up, place, seat, take
from danchu.journal.actions import record
from danchu.kernel.refusals import Refused, require


@transaction.atomic
def register_delegate(conference, *, by, code, name, office="", contact="", point=None, uid=None):
    """Take a place, or one on the waiting list, for whoever has the shared code; (delegate, the
    code he comes in by).

    The conference's row is held from the look at its places until the end: nobody comes between.
    The form sent twice is one place.
    """
    require(may_register(by, conference, code), WRONG_CODE)
    form = Form(
        checked_delegate(name=name, office=office, contact=contact, entitled=False),
        getattr(point, "pk", point),
        uid,
    )
    found = locked(conference, (State.CONVENED, State.OPEN))
    ((made, is_new),) = _seated(found, [form], by)
    if isinstance(made, Refused):
        raise made
    if is_new:
        record(by, "delegate.registered", made, unit=found.unit_id, state=made.state)
    return made, personal_code(made.uid, made.pass_in.issue)


@transaction.atomic
def register_delegates(conference, *, by, code, forms):
    """Several who came with the shared code at the same moment, in their order: [(delegate, the
    code he comes in by), or the Refused of who finds no place]. One transaction and one entry of
    the journal for all of them.
    """
    require(may_register(by, conference, code), WRONG_CODE)
    found = locked(conference, (State.CONVENED, State.OPEN))
    seated = _seated(found, forms, by)
    fresh = [made for made, is_new in seated if is_new]
    if fresh:
        waiting = [made.pk for made in fresh if made.state == DelegateState.WAITING]
        record(
            by,
            "delegates.registered",
            found,
            unit=found.unit_id,
            delegates=[made.pk for made in fresh],
            waiting=waiting,
        )
    return [
        made if isinstance(made, Refused) else (made, personal_code(made.uid, made.pass_in.issue))
        for made, _is_new in seated
    ]


def _seated(held, forms, by):
    """[(Delegate or Refused, whether it is new)] of the forms; who sent his form before has the
    place he was given then.
    """
    known = {
        row.uid: row
        for row in Delegate.objects.filter(
            conference=held, uid__in=[form.uid for form in forms if form.uid]
        ).select_related("pass_in")
    }
    points = {}
    rows = []
    places = []
    for form in forms:
        if form.uid in known:
            places.append((known[form.uid], False))
            continue
        try:
            if form.point not in points:
                points[form.point] = held_point(held, form.point)
        except Refused as refusal:
            places.append((refusal, False))
            continue
        rows.append(Delegate(uid=form.uid or uuid4(), point=points[form.point], **form.kept))
        known[form.uid or rows[-1].uid] = rows[-1]
        places.append((rows[-1], True))
    refused = {
        row: answer
        for row, answer in zip(map(id, rows), seat(held, rows, by), strict=True)
        if answer is not None
    }
    return [
        (refused.get(id(made), made), is_new and id(made) not in refused) for made, is_new in places
    ]


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
    found.state = (
        DelegateState.DECLINED if found.state == DelegateState.INVITED else DelegateState.CANCELLED
    )
    found.save(update_fields=["state"])
    if had_place:
        take(held, held_point(held, found.point_id), -1)
    moved = move_up(held)
    record(by, "delegate.cancelled", found, unit=held.unit_id, moved_up=moved)
    return found


@transaction.atomic
def come_after_all(delegate, *, by):
    """Who declined or cancelled comes after all: the invited have their seat, the others take a
    place or wait anew.
    """
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
