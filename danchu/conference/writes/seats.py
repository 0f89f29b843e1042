"""Delegates get seats: rows are written with their passes, places are taken and given back, the
waiting list moves up.

The act locks the conference's row from the check of free places until its end
(rules.lock_conference).
"""

from collections import Counter

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.access.codes import pass_digest, personal_code
from danchu.conference.models import BridgePoint, Conference, Delegate, Pass
from danchu.conference.words import DelegateState, Role
from danchu.kernel.days import day_of, now, show_day
from danchu.kernel.refusals import Refused
from danchu.notices.actions import tell_person
from danchu.notices.models import Channel
from danchu.obligations.clock import LAW

BATCH = 2000
NO_PLACE = gettext_lazy(
    "Đã hết chỗ và hội nghị không lập danh sách chờ. Có thể chọn điểm cầu khác."
)


def write_delegates(conference, rows, by):
    """Write unsaved Delegates with their passes, in the same few statements for one and for
    thousands. `delegate.made_by`, `made_at` and `conference` are set.
    """
    instant = now()
    for row in rows:
        row.conference = conference
        row.made_by = by.key
        row.made_at = instant
    Delegate.objects.bulk_create(rows, batch_size=BATCH)
    passes = [
        Pass(
            conference=conference,
            role=Role.DELEGATE,
            delegate=row,
            secret=pass_digest(personal_code(row.uid, 1)),
        )
        for row in rows
    ]
    Pass.objects.bulk_create(passes, batch_size=BATCH)


def lock_point(conference, point):
    """The bridge point (given as a row or an id), locked so that its places are counted correctly;
    None for None. Refused at `point` when it is not of the conference.
    """
    if point is None:
        return None
    bridge_point = (
        BridgePoint.objects.select_for_update()
        .filter(pk=getattr(point, "pk", point), conference=conference)
        .first()
    )
    if bridge_point is None:
        raise Refused(_("Hãy chọn điểm cầu của hội nghị này."), "point")
    return bridge_point


def assign_place(conference, point):
    """(REGISTERED, None) with a place taken, or (WAITING, number on the waiting list). Refused at
    `point` where there is neither.
    """
    if not _is_full(conference) and not (point and _is_full(point)):
        take_places(conference, point, 1)
        return DelegateState.REGISTERED, None
    if not conference.keeps_waiting_list:
        raise Refused(NO_PLACE, "point")
    Conference.objects.filter(pk=conference.pk).update(waited=F("waited") + 1)
    return DelegateState.WAITING, conference.waited + 1


def seat_delegates(conference, rows, by):
    """Write unsaved Delegates who register at the same moment, in their order: [None, or the
    Refused of whoever finds no place].

    The conference and the points of the rows are locked, so that their counters in memory are
    exact; rows of one point refer to the same object.
    """
    answers = []
    new_delegates = []
    increments = Counter()
    waited = 0
    for row in rows:
        limits = [places for places in (conference, row.point) if places is not None]
        if not any(places.capacity and places.taken >= places.capacity for places in limits):
            row.state = DelegateState.REGISTERED
            row.waits_from = None
            for places in limits:
                places.taken += 1
                increments[places] += 1
        elif conference.keeps_waiting_list:
            waited += 1
            row.state = DelegateState.WAITING
            row.waits_from = conference.waited + waited
        else:
            answers.append(Refused(NO_PLACE, "point"))
            continue
        answers.append(None)
        new_delegates.append(row)
    for places, number in increments.items():
        type(places).objects.filter(pk=places.pk).update(taken=F("taken") + number)
    if waited:
        Conference.objects.filter(pk=conference.pk).update(waited=F("waited") + waited)
        conference.waited += waited
    write_delegates(conference, new_delegates, by)
    return answers


def _is_full(places):
    return bool(places.capacity) and places.taken >= places.capacity


def take_places(conference, point, number):
    """Take places of the conference and the point (None: none), or give them back with a negative
    number; the rows in memory follow.
    """
    for model, row in ((Conference, conference), (BridgePoint, point)):
        if row is not None:
            model.objects.filter(pk=row.pk).update(taken=F("taken") + number)
            row.taken += number


def promote_waiting(conference):
    """Give free places to delegates on the waiting list, longest wait first, and notify them.
    Returns how many.
    """
    delegates = Delegate.objects.filter(
        conference=conference, state=DelegateState.WAITING
    ).order_by("waits_from", "pk")
    number = 0
    points = {}
    for row in delegates.select_for_update():
        if _is_full(conference):
            break
        if row.point_id and row.point_id not in points:
            points[row.point_id] = lock_point(conference, row.point_id)
        point = points.get(row.point_id)
        if point and _is_full(point):
            continue
        take_places(conference, point, 1)
        row.state = DelegateState.REGISTERED
        row.waits_from = None
        row.save(update_fields=["state", "waits_from"])
        _notify_delegate(row, conference)
        number += 1
    return number


def _notify_delegate(delegate, conference):
    channel = Channel.EMAIL if "@" in delegate.contact else Channel.SMS
    template = _("Ông/bà đã có chỗ dự “%(title)s” ngày %(day)s. Vào bằng mã đã nhận khi đăng ký.")
    text = template % {
        "title": conference.title[:200],
        "day": show_day(day_of(conference.starts_at)),
    }
    tell_person(channel, delegate.contact, text, by=LAW)
