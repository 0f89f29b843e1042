"""Registration: a delegate takes a place or joins the waiting list. A place that is given back goes
to the first on the waiting list.
"""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.access.codes import personal_code
from danchu.conference.input.fields import clean_delegate
from danchu.conference.input.registration import (
    WRONG_CODE,
    Registration,
    may_register,
    person_key,
)
from danchu.conference.models import BridgePoint, Conference, Delegate
from danchu.conference.rules import NO_RIGHT, UNFINISHED, lock_conference, may_prepare
from danchu.conference.words import DelegateState, State
from danchu.conference.writes.seats import (
    assign_place,
    lock_point,
    promote_waiting,
    seat_delegates,
    take_places,
)
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import Refused, require

ON_LIST = gettext_lazy(
    "Người có tên và số điện thoại hoặc thư này đã đăng ký rồi: một người một chỗ. Mã riêng đã "
    "hiện khi đăng ký lần trước; mất mã thì đến bàn đón tiếp."
)


@transaction.atomic
def register_delegate(
    conference: Conference,
    *,
    by: Acting,
    code: str,
    name: str,
    office: str = "",
    contact: str = "",
    point: BridgePoint | int | None = None,
    uid: UUID | None = None,
) -> tuple[Delegate, str]:
    """Register one person who has the shared code. Returns (delegate, their personal code). They
    get a place, or a number on the waiting list. Idempotent by `uid`.

    The conference's row is locked from the check of free places until the end of the transaction.
    Refused, on its field, where a value is bad, the person has registered before, or neither a
    place nor a waiting list is left; Denied without the right code.
    """
    require(may_register(by, conference, code), WRONG_CODE)
    form = Registration(
        clean_delegate(name=name, office=office, contact=contact, entitled=False),
        getattr(point, "pk", point),
        uid,
    )
    conference = lock_conference(conference, (State.CONVENED, State.OPEN))
    ((delegate, is_new),) = _seat_group(conference, [form], by)
    if isinstance(delegate, Refused):
        raise delegate
    if is_new:
        record(by, "delegate.registered", delegate, unit=conference.unit_id, state=delegate.state)
    return delegate, personal_code(delegate.uid, delegate.pass_in.issue, delegate.pass_in.secret)


@transaction.atomic
def register_delegates(
    conference: Conference, *, by: Acting, code: str, forms: Sequence[Registration]
) -> list[tuple[Delegate, str] | Refused]:
    """Register several people who sent the shared code at the same moment, in their order:
    [(delegate, their personal code), or the Refused of whoever finds no place]. One transaction and
    one entry of the journal for all of them. Refused and Denied as a whole as `register_delegate`.
    """
    require(may_register(by, conference, code), WRONG_CODE)
    conference = lock_conference(conference, (State.CONVENED, State.OPEN))
    answers = _seat_group(conference, forms, by)
    new_delegates = [answer for answer, is_new in answers if is_new]
    if new_delegates:
        waiting_ids = [
            answer.pk for answer in new_delegates if answer.state == DelegateState.WAITING
        ]
        record(
            by,
            "delegates.registered",
            conference,
            unit=conference.unit_id,
            delegates=[answer.pk for answer in new_delegates],
            waiting=waiting_ids,
        )
    return [
        answer
        if isinstance(answer, Refused)
        else (answer, personal_code(answer.uid, answer.pass_in.issue, answer.pass_in.secret))
        for answer, _is_new in answers
    ]


def _seat_group(conference, forms, by):
    """[(Delegate or Refused, whether it is new)] of the forms. A form that was sent before answers
    the delegate of the first time.
    """
    delegate_by_uid = {
        row.uid: row
        for row in Delegate.objects.filter(
            conference=conference, uid__in=[form.uid for form in forms if form.uid]
        ).select_related("pass_in")
    }
    points = {}
    rows = []
    places = []
    people = _people_named(conference, forms)
    for form in forms:
        if form.uid in delegate_by_uid:
            places.append((delegate_by_uid[form.uid], False))
            continue
        person = person_key(form.fields["name"], form.fields["contact"])
        if person in people:
            places.append((Refused(ON_LIST, "contact"), False))
            continue
        people |= {person} - {None}
        try:
            if form.point not in points:
                points[form.point] = lock_point(conference, form.point)
        except Refused as refusal:
            places.append((refusal, False))
            continue
        rows.append(Delegate(uid=form.uid or uuid4(), point=points[form.point], **form.fields))
        delegate_by_uid[form.uid or rows[-1].uid] = rows[-1]
        places.append((rows[-1], True))
    refusals = {
        row: answer
        for row, answer in zip(map(id, rows), seat_delegates(conference, rows, by), strict=True)
        if answer is not None
    }
    return [
        (refusals.get(id(answer), answer), is_new and id(answer) not in refusals)
        for answer, is_new in places
    ]


def _people_named(conference, forms):
    """The keys of the delegates who come and have the name or the address of one of the forms: a
    name may be written in two ways, and addresses of earlier lists in others than today.
    """
    fields = [form.fields for form in forms if form.fields["contact"]]
    rows = Delegate.objects.filter(conference=conference).exclude(contact="")
    rows = rows.exclude(state__in=(DelegateState.CANCELLED, DelegateState.DECLINED))
    rows = rows.annotate(lower_name=Lower("name"), lower_contact=Lower("contact"))
    named = rows.filter(
        Q(lower_name__in={values["name"].lower() for values in fields})
        | Q(lower_contact__in={values["contact"].lower() for values in fields})
    )
    pairs = named.values_list("name", "contact") if fields else ()
    return {person_key(name, contact) for name, contact in pairs}


@transaction.atomic
def cancel_registration(delegate: Delegate, *, by: Acting) -> Delegate:
    """A delegate will not come: their place goes to the first on the waiting list, who is notified.
    By the delegate or whoever prepares the conference. Refused when it was cancelled before or the
    conference is over; Denied without the right.
    """
    is_own = getattr(by, "delegate", None) == delegate.pk
    require(is_own or may_prepare(by, delegate.conference), NO_RIGHT)
    conference = lock_conference(delegate.conference, UNFINISHED)
    delegate = Delegate.objects.select_for_update().get(pk=delegate.pk)
    if delegate.state in (DelegateState.CANCELLED, DelegateState.DECLINED):
        raise Refused(_("Đã báo vắng từ trước."))
    had_place = delegate.state == DelegateState.REGISTERED
    delegate.state = (
        DelegateState.DECLINED
        if delegate.state == DelegateState.INVITED
        else DelegateState.CANCELLED
    )
    delegate.save(update_fields=["state"])
    if had_place:
        take_places(conference, lock_point(conference, delegate.point_id), -1)
    moved_up = promote_waiting(conference)
    record(by, "delegate.cancelled", delegate, unit=conference.unit_id, moved_up=moved_up)
    return delegate


@transaction.atomic
def reinstate_delegate(delegate: Delegate, *, by: Acting) -> Delegate:
    """Undo a cancellation: an invited delegate is invited again, one who registered takes a place
    or a new number on the waiting list. Refused when nothing was cancelled or no place is left;
    Denied without the right.
    """
    is_own = getattr(by, "delegate", None) == delegate.pk
    require(is_own or may_prepare(by, delegate.conference), NO_RIGHT)
    conference = lock_conference(delegate.conference, UNFINISHED)
    delegate = Delegate.objects.select_for_update().get(pk=delegate.pk)
    if delegate.state == DelegateState.DECLINED:
        delegate.state = DelegateState.INVITED
    elif delegate.state == DelegateState.CANCELLED:
        delegate.state, delegate.waits_from = assign_place(
            conference, lock_point(conference, delegate.point_id)
        )
    else:
        raise Refused(_("Đại biểu này chưa báo vắng."))
    delegate.save(update_fields=["state", "waits_from"])
    record(by, "delegate.came_back", delegate, unit=conference.unit_id, state=delegate.state)
    return delegate
