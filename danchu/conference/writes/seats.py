"""The writing half of every way a delegate comes to a seat: rows with their passes, places taken
and given back, who waits moves up.

The conference's row is held by the act from the look at its places until its end (rules.locked):
nobody comes between.
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
    """Write unsaved Delegates with their passes, however many: a handful of statements for
    thousands.
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


def held_point(conference, point):
    """The bridge point held, so that its places are counted once; None for none."""
    if point is None:
        return None
    found = (
        BridgePoint.objects.select_for_update()
        .filter(pk=getattr(point, "pk", point), conference=conference)
        .first()
    )
    if found is None:
        raise Refused(_("Hãy chọn điểm cầu của hội nghị này."), "point")
    return found


def place(conference, point):
    """(REGISTERED, None) with the place taken, or (WAITING, number); Refused where neither is
    left.
    """
    if not _is_full(conference) and not (point and _is_full(point)):
        take(conference, point, 1)
        return DelegateState.REGISTERED, None
    if not conference.keeps_waiting_list:
        raise Refused(NO_PLACE, "point")
    Conference.objects.filter(pk=conference.pk).update(waited=F("waited") + 1)
    return DelegateState.WAITING, conference.waited + 1


def seat(conference, rows, by):
    """Write unsaved Delegates who come at the same moment, in their order: [None, or the Refused of
    who finds no place].

    The conference and the points of the rows are held, so that places are counted here and nowhere
    else; rows of one point name one object.
    """
    answers = []
    fresh = []
    given = Counter()
    waited = 0
    for row in rows:
        held = [places for places in (conference, row.point) if places is not None]
        if not any(places.capacity and places.taken >= places.capacity for places in held):
            row.state = DelegateState.REGISTERED
            row.waits_from = None
            for places in held:
                places.taken += 1
                given[places] += 1
        elif conference.keeps_waiting_list:
            waited += 1
            row.state = DelegateState.WAITING
            row.waits_from = conference.waited + waited
        else:
            answers.append(Refused(NO_PLACE, "point"))
            continue
        answers.append(None)
        fresh.append(row)
    for places, number in given.items():
        type(places).objects.filter(pk=places.pk).update(taken=F("taken") + number)
    if waited:
        Conference.objects.filter(pk=conference.pk).update(waited=F("waited") + waited)
        conference.waited += waited
    write_delegates(conference, fresh, by)
    return answers


def _is_full(places):
    return bool(places.capacity) and places.taken >= places.capacity


def take(conference, point, number):
    """Take places, or give back with a negative number; the rows in memory follow."""
    for model, row in ((Conference, conference), (BridgePoint, point)):
        if row is not None:
            model.objects.filter(pk=row.pk).update(taken=F("taken") + number)
            row.taken += number


def move_up(conference):
    """Give what is free to who has waited longest and can have it, and tell him; how many moved
    up.
    """
    waiting = Delegate.objects.filter(conference=conference, state=DelegateState.WAITING).order_by(
        "waits_from", "pk"
    )
    moved = 0
    points = {}
    for row in waiting.select_for_update():
        if _is_full(conference):
            break
        if row.point_id and row.point_id not in points:
            points[row.point_id] = held_point(conference, row.point_id)
        point = points.get(row.point_id)
        if point and _is_full(point):
            continue
        take(conference, point, 1)
        row.state = DelegateState.REGISTERED
        row.waits_from = None
        row.save(update_fields=["state", "waits_from"])
        _tell(row, conference)
        moved += 1
    return moved


def _tell(delegate, conference):
    channel = Channel.EMAIL if "@" in delegate.contact else Channel.SMS
    text = _("Ông/bà đã có chỗ dự “%(title)s” ngày %(day)s. Vào bằng mã đã nhận khi đăng ký.")
    told = text % {"title": conference.title[:200], "day": show_day(day_of(conference.starts_at))}
    tell_person(channel, delegate.contact, told, by=LAW)
