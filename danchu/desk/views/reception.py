"""The reception of citizens at the desk: the register of thirteen columns, the receipt, the
days of office holders.
"""

from datetime import timedelta
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from danchu.casework.actions import (
    answer_visit,
    close_reception_day,
    issue_refusal,
    plan_reception_day,
    record_visit,
    refuse_reception,
    seal_visit,
)
from danchu.casework.actions.visits import SENT_BEFORE
from danchu.casework.lives import BOOK, RECEPTION_DAY_LIFE, VISIT_LIFE, needs_notice
from danchu.casework.models import ReceptionDay, Visit
from danchu.casework.models.reception import Form
from danchu.casework.natures import Nature
from danchu.casework.papers.refusal_notice import notice_file
from danchu.casework.queries.history import clocks_of_subject
from danchu.casework.rules.refusals import reasons, refusal_told
from danchu.desk.guard import official
from danchu.desk.lists import among, page_after, units_named
from danchu.desk.reception_form import DayForm, RefusalForm, VisitForm
from danchu.kernel.days import parse_day, show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.look.qr import qr_svg
from danchu.look.sheets import csv_answer, xlsx_answer
from danchu.papers.official import MEDIA
from danchu.people.offices_held import place_of
from danchu.units.names import name_of, names_of

PAGE, MOST_EXPORTED, PIECE, DAYS = 50, 20_000, 2000, 30


def _seen(request, model):
    require(
        request.actor.scope("view", BOOK) != frozenset(),
        _("Chức trách của ông/bà không xem sổ tiếp công dân."),
    )
    return model.objects.viewed_by(request.actor)


def _asked(request):
    """The lines the address asks for; Refused by field where a filter does not read."""
    asked, rows = (
        {name: value.strip() for name, value in request.GET.items()},
        _seen(request, Visit).select_related("sealed"),
    )
    if asked.get("unit"):
        rows = rows.filter(unit__among=units_named(asked["unit"]))
    if asked.get("since"):
        rows = rows.filter(received_on__gte=parse_day(asked["since"]))
    if asked.get("last"):
        rows = rows.filter(received_on__lt=parse_day(asked["last"]) + timedelta(days=1))
    for field, known in (("form", Form.values), ("nature", Nature.values)):
        if asked.get(field):
            rows = rows.filter(**{field: among(asked[field], known, field)})
    if asked.get("owed"):
        rows = rows.owed()
    if asked.get("came"):
        rows = (
            rows.received()
            if among(asked["came"], ("received", "refused"), "came") == "received"
            else rows.refused()
        )
    return rows


@official
@never_cache
def register(request):
    """The register, the newest first, with the four counters of what the filters show, and the
    days planned.
    """
    try:
        rows, problem = _asked(request), ""
    except Refused as refusal:
        rows, problem = _seen(request, Visit).none(), refusal.message
    found = list(page_after(rows, request.GET.get("after", ""), "received_on")[: PAGE + 1])
    days = list(_seen(request, ReceptionDay).order_by("-on", "-pk")[:DAYS])
    names = names_of(
        {(it.unit_id, it.received_on) for it in found} | {(it.unit_id, it.on) for it in days}
    )
    actor, query = request.actor, request.GET.copy()
    query.pop("after", None)
    last = found[PAGE - 1] if len(found) > PAGE else None
    return page(
        request,
        "desk/reception.html",
        status=400 if problem else 200,
        problem=problem,
        asked=request.GET,
        counters=rows.four_counters(),
        query=query.urlencode(),
        rows=[(it, names[it.unit_id, it.received_on]) for it in found[:PAGE]],
        after=f"{last.received_on.isoformat()}.{last.pk}" if last else "",
        days=[
            (day, names[day.unit_id, day.on], "hold" in RECEPTION_DAY_LIFE.acts_of(day, actor))
            for day in days
        ],
        may_draft=actor.scope("draft", BOOK) != frozenset(),
        forms=Form.choices,
        natures=Nature.choices,
    )


@official
def register_csv(request):
    """The register as the form has it: thirteen columns (form 03/TCD)."""
    return csv_answer("so-tiep-cong-dan", _head(), _lines(request))


@official
def register_xlsx(request):
    return xlsx_answer("so-tiep-cong-dan", _head(), _lines(request))


def _head():
    return [
        _("Số thứ tự"),
        _("Ngày tiếp"),
        _("Họ tên, địa chỉ"),
        _("Số giấy tờ"),
        _("Nội dung"),
        _("Phân loại"),
        _("Số người"),
        _("Cơ quan đã giải quyết"),
        _("Thuộc thẩm quyền"),
        _("Hướng dẫn, trả lời"),
        _("Chuyển cơ quan giải quyết"),
        _("Theo dõi kết quả"),
        _("Ghi chú"),
    ]


def _lines(request):
    rows = _asked(request).order_by("received_on", "number")[:MOST_EXPORTED]
    return (_thirteen(it) for it in rows.iterator(PIECE))


def _thirteen(it):
    return [
        it.number,
        show_day(it.received_on),
        ", ".join(filter(None, (it.who, it.address))),
        it.identity,
        it.content,
        it.get_nature_display(),
        it.people,
        it.handled_before,
        _("có") if it.competent else _("không"),
        it.guidance,
        it.handler,
        it.follow_up,
        ". ".join(filter(None, (refusal_told(it), it.note))),
    ]


@official
@never_cache
def new_visit(request):
    """One more line of the register."""
    return _new_line(
        request, VisitForm, record_visit, _("Ghi lượt tiếp công dân"), ("content", "secret_text")
    )


@official
@never_cache
def new_refusal(request):
    """One more line of the register: somebody was not received, and on which ground of the law."""
    return _new_line(
        request,
        RefusalForm,
        refuse_reception,
        _("Ghi lượt từ chối tiếp công dân"),
        ("reason", "content", "secret_text"),
    )


def _new_line(request, form_type, write, title, wide):
    """The form of a line, and once it is written the line; a form sent again leads to the line
    it made.
    """
    scope = request.actor.scope("draft", BOOK)
    require(scope != frozenset(), _("Chức trách của ông/bà không ghi sổ tiếp công dân."))
    first = {
        "uid": uuid4(),
        "unit": place_of(request.actor, scope),
        "received_on": show_day(today()),
        "people": "1",
        "nature": Nature.FEEDBACK,
    }
    form = form_type(request.actor, request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        if earlier := _seen(request, Visit).filter(uid=form.cleaned_data["uid"]).first():
            messages.info(request, SENT_BEFORE)
            return redirect("desk_visit", uid=earlier.uid)
        try:
            made = write(by=request.actor, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("desk_visit", uid=made.uid)
    return page(
        request,
        "desk/plain_form.html",
        status=400 if form.errors else 200,
        form=form,
        title=title,
        back="desk_reception",
        wide=wide,
    )


@official
@never_cache
def refusal_notice(request, uid, ending):
    """The notice of a refused reception (form 01/TCD), as a file to sign."""
    found = get_object_or_404(_seen(request, Visit).select_related("sealed"), uid=uid)
    made = notice_file(found, ending) if ending in MEDIA else None
    if made is None:
        raise Http404
    answer = HttpResponse(made, content_type=MEDIA[ending])
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.code}-01-TCD.{ending}"'
    return answer


@official
@never_cache
def visit(request, uid, status=200, fault="", typed=None):
    """One visit, to be printed as the receipt; what is still owed to who came."""
    found = get_object_or_404(_seen(request, Visit).select_related("sealed", "petition"), uid=uid)
    acts, reason = VISIT_LIFE.acts_of(found, request.actor), reasons().get(found.refused_for)
    return page(
        request,
        "desk/visit.html",
        status=status,
        it=found,
        where=name_of(found.unit_id, found.received_on),
        qr=qr_svg(f"{found.code} {show_day(found.received_on)}"),
        clocks=clocks_of_subject("visit", found.pk),
        fault=fault,
        typed=typed or {},
        may_answer="answer" in acts,
        may_seal="seal" in acts,
        today=show_day(today()),
        reason=reason,
        needs_notice=needs_notice(found),
        may_issue="issue" in acts,
    )


@official
@never_cache
@require_POST
def visit_act(request, uid, act):
    """answer | seal | issue."""
    found = get_object_or_404(_seen(request, Visit), uid=uid)
    if act not in ("answer", "seal", "issue"):
        raise Http404
    try:
        if act == "answer":
            answer_visit(
                found,
                by=request.actor,
                on=parse_day(request.POST.get("on", "")),
                text=request.POST.get("text", ""),
            )
        elif act == "issue":
            issue_refusal(
                found,
                by=request.actor,
                on=parse_day(request.POST.get("on", "")),
                number=request.POST.get("number", ""),
            )
        else:
            seal_visit(found, by=request.actor, content=request.POST.get("content", ""))
    except Refused as refusal:
        return visit(request, uid, status=400, fault=refusal.message, typed=request.POST)
    messages.success(request, _("Đã ghi."))
    return redirect("desk_visit", uid=found.uid)


@official
def new_day(request):
    """Publish a day of reception."""
    scope = request.actor.scope("draft", BOOK)
    require(scope != frozenset(), _("Chức trách của ông/bà không lập lịch tiếp công dân."))
    form = DayForm(
        request.actor,
        request.POST or None,
        initial={"unit": place_of(request.actor, scope), "form": Form.PERIODIC},
    )
    if request.method == "POST" and form.is_valid():
        try:
            plan_reception_day(by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã đưa lịch lên."))
            return redirect("desk_reception")
    return page(
        request,
        "desk/plain_form.html",
        status=400 if form.errors else 200,
        form=form,
        title=_("Lịch tiếp công dân"),
        back="desk_reception",
        wide=(),
    )


@official
@require_POST
def close_day(request, uid):
    """It was held, or missed and why."""
    found = get_object_or_404(_seen(request, ReceptionDay), uid=uid)
    close_reception_day(
        found,
        by=request.actor,
        held=request.POST.get("held") == "yes",
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, _("Đã ghi."))
    return redirect("desk_reception")
