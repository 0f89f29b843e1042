"""Checking in at the desk: by the code of an invitation, by name, a whole room at once; late and
leaving.

Names are searched for in the body of a request and told in its own answer: a reload notes nobody
twice, and no address names anyone.
"""

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.conference.access.codes import pass_digest
from danchu.conference.actions.attendance import RECORDABLE, count_heads, note_movement, note_roll
from danchu.conference.models import Delegate, Pass
from danchu.conference.queries.delegate_numbers import point_numbers
from danchu.conference.queries.presence import noted_as_present, present_at
from danchu.conference.words import DelegateState, How, Movement, Role
from danchu.desk.guard import official
from danchu.desk.views.programme import prepared
from danchu.kernel.addresses import number_in, uid_in
from danchu.kernel.days import VIETNAM, day_of, now, parse_instant, show_day
from danchu.kernel.numbers import parse_count
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.look.pages import page

MOST_FOUND = 20
ON_A_ROLL = 300


def instant_typed(conference, text):
    """The instant of an hour (8:05, of the day of the conference) or of a day and hour; None
    for nothing typed.
    """
    text = text.strip()[:40]
    if not text:
        return None
    day = show_day(day_of(conference.opened_at or conference.starts_at))
    return parse_instant(text if len(text) > 8 else f"{day} {text}")


@official
@never_cache
def checkin(request, pk):
    """One delegate after another: a code is scanned or typed, or a name is looked for; he came
    or he left, now or at an hour.
    """
    found = prepared(request, pk)
    typed = request.POST
    fault = ""
    told = ""
    rows = []
    words = typed.get("q", "").strip()[:120]
    try:
        if typed.get("code", "").strip():
            told = _noted(request, found, _of_code(found, typed["code"]), How.QR)
        elif typed.get("delegate"):
            told = _noted(request, found, _of_uid(found, typed["delegate"]), How.NAME)
        elif words:
            rows = _named(found, words)
    except Refused as refusal:
        fault = refusal.message
    return page(
        request,
        "desk/checkin.html",
        status=400 if fault else 200,
        it=found,
        fault=fault,
        told=told,
        words=words,
        rows=rows,
        typed=typed,
        running=found.state in RECORDABLE,
        points=point_numbers(found, min(now(), found.closed_at or now())),
        present=present_at(found, min(now(), found.closed_at or now())),
    )


def _noted(request, found, delegate, how):
    """Write that he came or left; in words."""
    movement = Movement.LEFT if request.POST.get("movement") == Movement.LEFT else Movement.ARRIVED
    made = note_movement(
        delegate,
        by=request.actor,
        movement=movement,
        how=how,
        at=instant_typed(found, request.POST.get("at", "")),
    )
    told = (
        _("%(name)s: đã đến, %(at)s.")
        if movement == Movement.ARRIVED
        else _("%(name)s: đã về, %(at)s.")
    )
    return told % {"name": delegate.name, "at": f"{made.at.astimezone(VIETNAM):%H:%M}"}


def _of_code(found, text):
    """The delegate of a code as it is typed, or of the address that the QR code of his
    invitation holds.
    """
    code = text.strip()[:300].rstrip("/").rpartition("/")[2]
    held = (
        Pass.objects.select_related("delegate__conference", "delegate__point")
        .filter(conference=found, role=Role.DELEGATE, secret=pass_digest(code))
        .first()
    )
    if held is None:
        raise Refused(_("Không có đại biểu nào của hội nghị này có mã ấy. Hãy tìm theo tên."))
    return held.delegate


def _of_uid(found, text):
    try:
        return Delegate.objects.select_related("conference", "point").get(
            conference=found, uid=uid_in(text)
        )
    except Delegate.DoesNotExist:
        raise Refused(_("Đại biểu này không còn trong danh sách.")) from None


def _named(found, words):
    """[(delegate, whether he is in)] of those whose name or office fits."""
    if len(fold(words)) < 2:
        raise Refused(_("Hãy gõ ít nhất hai chữ để tìm."))
    rows = list(
        Delegate.objects.filter(conference=found)
        .matching(words)
        .select_related("point")
        .order_by("name", "pk")[:MOST_FOUND]
    )
    inside = noted_as_present([row.pk for row in rows], now())
    return [(row, row.pk in inside) for row in rows]


@official
@never_cache
def roll(request, pk, point):
    """A whole room: how many sit there, and who of its list; only what was changed on the page
    is written.
    """
    found = prepared(request, pk)
    row = get_object_or_404(found.points.select_related("conference", "unit"), pk=point)
    fault = ""
    told = ""
    if request.method == "POST":
        try:
            told = (
                _counted(request, found, row)
                if "count" in request.POST
                else _called(request, found, row)
            )
        except Refused as refusal:
            fault = refusal.message
    listed = Delegate.objects.filter(conference=found, point=row).exclude(
        state__in=(DelegateState.WAITING, DelegateState.CANCELLED)
    )
    people = list(_from(listed, request.GET.get("from", ""))[: ON_A_ROLL + 1])
    inside = noted_as_present(listed.values("pk"), now())
    return page(
        request,
        "desk/roll.html",
        status=400 if fault else 200,
        it=found,
        point=row,
        fault=fault,
        told=told,
        typed=request.POST,
        running=found.state in RECORDABLE,
        people=[(one, one.pk in inside) for one in people[:ON_A_ROLL]],
        after=people[ON_A_ROLL].uid if len(people) > ON_A_ROLL else None,
        is_part=bool(request.GET.get("from")),
        inside=len(inside),
        listed=listed.count(),
        heads=row.head_counts.order_by("-at", "-pk").first(),
    )


def _from(listed, text):
    """By name, from the one of this uid on."""
    rows = listed.order_by("name", "pk")
    uid = uid_in(text)
    first = listed.filter(uid=uid).first() if uid else None
    return (
        rows.filter(Q(name__gt=first.name) | Q(name=first.name, pk__gte=first.pk))
        if first
        else rows
    )


def _counted(request, found, row):
    made = count_heads(
        row,
        by=request.actor,
        count=parse_count(request.POST.get("count", "")),
        at=instant_typed(found, request.POST.get("at", "")),
    )
    return _("Đã ghi %(count)s người trong phòng, %(at)s.") % {
        "count": made.count,
        "at": f"{made.at.astimezone(VIETNAM):%H:%M}",
    }


def _called(request, found, row):
    """Against what the page showed: two who call the roll at once do not undo each other."""
    here, before = (_numbers(request.POST.getlist(name)) for name in ("here", "was"))
    came, went = note_roll(
        row,
        by=request.actor,
        arrived=sorted(here - before),
        left=sorted(before - here),
        at=instant_typed(found, request.POST.get("at", "")),
    )
    return _("Đã điểm danh: %(came)s người mới đến, %(went)s người về.") % {
        "came": came,
        "went": went,
    }


def _numbers(texts):
    return {number for text in texts if (number := number_in(text)) is not None}
