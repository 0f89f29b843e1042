"""Checking in at the desk: by the code of an invitation, by name, or a whole room at once; arrivals
and departures.

Names are searched for in the body of a request and shown in its own answer, so that a reload notes
nobody twice and no address names anyone.
"""

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.conference.access.codes import pass_digest
from danchu.conference.actions.attendance import RECORDABLE, count_heads, note_movement, note_roll
from danchu.conference.models import Delegate, Pass
from danchu.conference.queries.delegate_numbers import point_numbers
from danchu.conference.queries.presence import noted_as_present, present_at
from danchu.conference.words import DelegateState, How, Movement, Role
from danchu.desk.guard import official
from danchu.desk.views.programme import conference_to_prepare
from danchu.kernel.addresses import number_in, uid_in
from danchu.kernel.days import VIETNAM, day_of, now, parse_instant, show_day
from danchu.kernel.numbers import parse_count
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.look.once import note_done
from danchu.look.pages import page
from danchu.subjects.first_rows import first_rows
from danchu.subjects.order import VietnameseOrder

MOST_FOUND = 20
ON_A_ROLL = 300


def instant_typed(conference, text):
    """The instant of an hour (8:05, on the day of the conference) or of a day and hour; None where
    nothing was typed; Refused where it does not read.
    """
    text = text.strip()[:40]
    if not text:
        return None
    day = show_day(day_of(conference.opened_at or conference.starts_at))
    return parse_instant(text if len(text) > 8 else f"{day} {text}")


@official
@never_cache
def checkin(request, pk):
    """Check in one delegate after another: by a code, scanned or typed, or by name; an arrival or a
    departure, now or at an hour.
    """
    conference = conference_to_prepare(request, pk)
    post = request.POST
    fault = ""
    message = ""
    rows = []
    words = post.get("q", "").strip()[:120]
    try:
        if post.get("code", "").strip():
            message = _note_movement(
                request, conference, _of_code(conference, post["code"]), How.QR
            )
        elif post.get("delegate"):
            message = _note_movement(
                request, conference, _of_uid(conference, post["delegate"]), How.NAME
            )
        elif words:
            rows = _delegates_named(conference, words)
    except Refused as refusal:
        fault = refusal.message
    if message:
        note_done(request, reverse("desk_checkin", args=[pk]))
    return page(
        request,
        "desk/checkin.html",
        status=400 if fault else 200,
        record=conference,
        fault=fault,
        message=message,
        words=words,
        rows=rows,
        typed=post,
        running=conference.state in RECORDABLE,
        points=point_numbers(conference, min(now(), conference.closed_at or now())),
        present=present_at(conference, min(now(), conference.closed_at or now())),
    )


def _note_movement(request, conference, delegate, how):
    """Record the arrival or departure. Returns the message that says so."""
    movement = Movement.LEFT if request.POST.get("movement") == Movement.LEFT else Movement.ARRIVED
    noted = note_movement(
        delegate,
        by=request.actor,
        movement=movement,
        how=how,
        at=instant_typed(conference, request.POST.get("at", "")),
    )
    sentence = (
        _("%(name)s: đã đến, %(at)s.")
        if movement == Movement.ARRIVED
        else _("%(name)s: đã về, %(at)s.")
    )
    return sentence % {"name": delegate.name, "at": f"{noted.at.astimezone(VIETNAM):%H:%M}"}


def _of_code(conference, text):
    """The delegate of a typed code, or of the address in the QR code of an invitation; Refused
    where the conference has none.
    """
    code = text.strip()[:300].rstrip("/").rpartition("/")[2]
    delegate_pass = (
        Pass.objects.select_related("delegate__conference", "delegate__point")
        .filter(conference=conference, role=Role.DELEGATE, secret=pass_digest(code))
        .first()
    )
    if delegate_pass is None:
        raise Refused(_("Không có đại biểu nào của hội nghị này có mã ấy. Hãy tìm theo tên."))
    return delegate_pass.delegate


def _of_uid(conference, text):
    try:
        return Delegate.objects.select_related("conference", "point").get(
            conference=conference, uid=uid_in(text)
        )
    except Delegate.DoesNotExist:
        raise Refused(_("Đại biểu này không còn trong danh sách.")) from None


def _delegates_named(conference, words):
    """FirstRows of (delegate, whether they are present) of those whose name or office matches."""
    if len(fold(words)) < 2:
        raise Refused(_("Hãy gõ ít nhất hai chữ để tìm."))
    matching = (
        Delegate.objects.filter(conference=conference)
        .matching(words)
        .select_related("point")
        .order_by(VietnameseOrder("name"), "pk")
    )
    rows = first_rows(matching, MOST_FOUND)
    inside = noted_as_present([row.pk for row in rows], now())
    return rows.each(lambda row: (row, row.pk in inside))


@official
@never_cache
def roll(request, pk, point):
    """A whole room: a head count, and a roll call of its list; only what was changed on the page
    is written.
    """
    conference = conference_to_prepare(request, pk)
    row = get_object_or_404(conference.points.select_related("conference", "unit"), pk=point)
    fault = ""
    message = ""
    if request.method == "POST":
        try:
            message = (
                _count_heads(request, conference, row)
                if "count" in request.POST
                else _roll_called(request, conference, row)
            )
        except Refused as refusal:
            fault = refusal.message
        else:
            note_done(request, reverse("desk_roll", args=[pk, point]))
    delegates = Delegate.objects.filter(conference=conference, point=row).exclude(
        state__in=(DelegateState.WAITING, DelegateState.CANCELLED)
    )
    delegates_of_page = list(_from(delegates, request.GET.get("from", ""))[: ON_A_ROLL + 1])
    inside = noted_as_present(delegates.values("pk"), now())
    return page(
        request,
        "desk/roll.html",
        status=400 if fault else 200,
        record=conference,
        point=row,
        fault=fault,
        message=message,
        typed=request.POST,
        running=conference.state in RECORDABLE,
        people=[(delegate, delegate.pk in inside) for delegate in delegates_of_page[:ON_A_ROLL]],
        after=delegates_of_page[ON_A_ROLL].uid if len(delegates_of_page) > ON_A_ROLL else None,
        is_part=bool(request.GET.get("from")),
        inside=len(inside),
        listed=delegates.count(),
        heads=row.head_counts.order_by("-at", "-pk").first(),
    )


def _from(delegates, text):
    """Ordered by name, beginning with the delegate whose uid the text is."""
    rows = delegates.order_by(VietnameseOrder("name"), "pk")
    uid = uid_in(text)
    first = delegates.filter(uid=uid).first() if uid else None
    return (
        rows.filter(Q(name__gt=first.name) | Q(name=first.name, pk__gte=first.pk))
        if first
        else rows
    )


def _count_heads(request, conference, row):
    """Record a head count. Returns the message that says so."""
    head_count = count_heads(
        row,
        by=request.actor,
        count=parse_count(request.POST.get("count", "")),
        at=instant_typed(conference, request.POST.get("at", "")),
    )
    return _("Đã ghi %(count)s người trong phòng, %(at)s.") % {
        "count": head_count.count,
        "at": f"{head_count.at.astimezone(VIETNAM):%H:%M}",
    }


def _roll_called(request, conference, row):
    """Write the differences to what the page showed, so that two roll calls at once do not undo
    each other.
    """
    ticked, ticked_before = (_numbers(request.POST.getlist(name)) for name in ("here", "was"))
    arrivals, departures = note_roll(
        row,
        by=request.actor,
        arrived=sorted(ticked - ticked_before),
        left=sorted(ticked_before - ticked),
        at=instant_typed(conference, request.POST.get("at", "")),
    )
    return _("Đã điểm danh: %(came)s người mới đến, %(went)s người về.") % {
        "came": arrivals,
        "went": departures,
    }


def _numbers(texts):
    return {number for text in texts if (number := number_in(text)) is not None}
