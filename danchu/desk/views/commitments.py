"""Promises at the desk: the list, writing one down by hand or from an answer, and what may be
done with one next.
"""

from uuid import uuid4

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from danchu.desk.act_forms import Asked, act_forms, given, typed_in
from danchu.desk.answers import answer_of
from danchu.desk.commitment_form import CommitmentForm
from danchu.desk.guard import official
from danchu.desk.lists import units_named
from danchu.desk.rows import history
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.look.paging import page_by_key
from danchu.look.sheets import csv_answer
from danchu.minutes import actions
from danchu.minutes.models import Commitment, CommitmentPaper, Origin
from danchu.minutes.moves import COMMITMENT, COMMITMENT_LIFE, State
from danchu.minutes.queries.lists import WHICH, promise_lines, promises
from danchu.minutes.queries.promise_history import life_of
from danchu.minutes.words import STEP_WORDS
from danchu.people.offices_held import place_of

MOST_EXPORTED = 20_000
SORTS = ("made_on", "due_on", "title")
ON = Asked("on", gettext_lazy("Ngày"), "day")
PUBLIC = gettext_lazy("Sẽ công khai: không nêu tên, địa chỉ của công dân.")
FIELDS = {
    "fulfil": (
        ON,
        Asked("text", gettext_lazy("Đã làm gì, căn cứ vào đâu"), "text", help=PUBLIC),
        Asked(
            "files",
            gettext_lazy("Tệp chứng minh"),
            "file",
            help=gettext_lazy("Biên bản nghiệm thu, ảnh; PDF, ảnh, DOCX, XLSX."),
        ),
        Asked("is_public", gettext_lazy("Công khai các tệp này"), "check"),
    ),
    "postpone": (
        ON,
        Asked("due_on", gettext_lazy("Dời đến ngày"), "day"),
        Asked("reason", gettext_lazy("Lý do"), help=PUBLIC),
    ),
    "confirm": (ON, Asked("text", gettext_lazy("Nhận xét"), "text", help=PUBLIC)),
    "dispute": (ON, Asked("text", gettext_lazy("Điều gì chưa đạt"), "text", help=PUBLIC)),
    "give_secret": (),
    "withdraw": (ON, Asked("reason", gettext_lazy("Vì sao ghi nhầm"), help=PUBLIC)),
}
DOES = {
    "fulfil": actions.fulfil_commitment,
    "postpone": actions.postpone_commitment,
    "confirm": actions.confirm_commitment,
    "dispute": actions.dispute_commitment,
    "withdraw": actions.withdraw_commitment,
}


@official
def commitments(request):
    """Those of the reader's places, the newest first."""
    found = page_by_key(request, _asked(request), SORTS)
    return page(
        request,
        "desk/commitments.html",
        rows=promise_lines(found.rows),
        found=found,
        asked=request.GET,
        which=WHICH.items(),
        states=State.choices,
        origins=Origin.choices,
        may_draft=request.actor.scope("draft", COMMITMENT) != frozenset(),
    )


@official
def commitments_csv(request):
    """The same rows as a file."""
    head = [
        _("Mã cam kết"),
        _("Việc đã hứa"),
        _("Nơi"),
        _("Ai thực hiện"),
        _("Ngày hứa"),
        _("Hạn"),
        _("Trạng thái"),
        _("Quá hạn (ngày)"),
        _("Đúng hạn"),
        _("Số lần dời"),
    ]
    rows = _asked(request).order_by("-made_on", "-pk")[:MOST_EXPORTED]
    return csv_answer("cam-ket", head, (_cells(line) for line in promise_lines(list(rows))))


def _cells(line):
    it, yes_no = line["it"], {True: _("có"), False: _("không"), None: ""}
    return [
        it.code,
        it.title,
        line["where"],
        line["owner"],
        show_day(it.made_on),
        show_day(it.due_on),
        it.get_state_display(),
        line["over"] or "",
        yes_no[it.in_time],
        it.postponed or "",
    ]


def _asked(request):
    rows = Commitment.objects.viewed_by(request.actor)
    rows = rows.select_related("owner").prefetch_related("owner__standings")
    if place := request.GET.get("unit", "").strip():
        rows = rows.filter(unit__among=units_named(place))
    return promises(rows, request.GET)


@official
def new_commitment(request):
    """Write one down; `from` and `of` in the address name the answer it was made in."""
    scope = request.actor.scope("draft", COMMITMENT)
    require(scope != frozenset(), _("Chức trách của ông/bà không ghi cam kết."))
    answer = answer_of(request.actor, request.GET.get("from", ""), request.GET.get("of", ""))
    initial = {
        "uid": uuid4(),
        "unit": place_of(request.actor, scope),
        "made_on": show_day(today()),
        "owner": "peoples_committee",
        **(answer.initial if answer else {}),
    }
    form = CommitmentForm(request.actor, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        earlier = Commitment.objects.filter(uid=form.cleaned_data["uid"]).first()
        try:
            made = earlier or actions.make_commitment(
                by=request.actor, **form.values(), **(answer.given if answer else {})
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã ghi cam kết %s.") % made.code)
            return redirect("desk_commitment", uid=made.uid)
    return page(
        request,
        "desk/plain_form.html",
        status=400 if form.errors else 200,
        form=form,
        title=_("Ghi cam kết"),
        back="desk_commitments",
        wide=("title", "text", "due_reason"),
    )


def _commitment(request, uid):
    rows = Commitment.objects.viewed_by(request.actor)
    return get_object_or_404(rows.select_related("owner", "asker", "obligation"), uid=uid)


@official
@never_cache
def commitment(request, uid, status=200, fault="", typed=None, secret=""):
    """One promise: its life, its days, its proof, and what may be done next."""
    found = _commitment(request, uid)
    able, known = COMMITMENT_LIFE.acts_of(found, request.actor), {"on": show_day(today())}
    return page(
        request,
        "desk/commitment.html",
        status=status,
        it=found,
        fault=fault,
        typed=typed or {},
        here=reverse("desk_commitment", args=[uid]),
        with_files=("fulfil",),
        forms=act_forms(able, STEP_WORDS, FIELDS, typed, known),
        entries=history(found),
        secret=secret,
        **life_of(found, every_paper=True),
    )


@official
@never_cache
@require_POST
def act(request, uid, act):
    """One act; where it is refused, what was typed stays."""
    found = _commitment(request, uid)
    if act not in FIELDS:
        raise Http404
    if act == "give_secret":
        try:
            return commitment(request, uid, secret=actions.give_secret(found, by=request.actor)[1])
        except Refused as refusal:
            return commitment(request, uid, 400, refusal.message)
    try:
        more = (
            {"files": [(file, file.name) for file in request.FILES.getlist("files")]}
            if act == "fulfil"
            else {}
        )
        done = DOES[act](found, by=request.actor, **given(FIELDS[act], request.POST), **more)
    except Refused as refusal:
        return commitment(request, uid, 400, refusal.message, typed_in(request, act))
    messages.success(request, _("Đã ghi: %s.") % done.get_state_display())
    return redirect("desk_commitment", uid=uid)


@official
def commitment_paper(request, pk):
    """A paper that proves what was done, for who may view the promise at its place."""
    rows = CommitmentPaper.objects.viewed_by(request.actor).select_related("paper")
    found = get_object_or_404(rows, pk=pk)
    answer = FileResponse(
        found.paper.open(), as_attachment=True, filename=found.name, content_type=found.paper.media
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
