"""Petitions at the desk: entry with what may be the same shown first, one act on several,
documents.
"""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from danchu.casework.actions import register_petition
from danchu.casework.input.form_token import earlier_submission
from danchu.casework.models import Petition, PetitionPaper, Visit
from danchu.casework.moves import FILE
from danchu.casework.natures import Nature
from danchu.casework.papers.letter_file import letter_file
from danchu.casework.papers.letters import letter_of
from danchu.casework.queries.answer_texts import chosen_text
from danchu.casework.sections.petition_acts import receipt
from danchu.casework.sections.petition_form import PetitionForm
from danchu.casework.sections.petitions import BATCH, PETITIONS
from danchu.desk.guard import official
from danchu.kernel.addresses import uid_in
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Denied, Refused, require
from danchu.look.pages import page
from danchu.look.sheets import csv_answer
from danchu.papers.answers import ending_of, made_answer, paper_answer
from danchu.papers.official import MEDIA
from danchu.people.offices_held import place_of
from danchu.subjects.listing import PAGE, refuse_errors

MOST_SHOWN = 10  # of the persons of a group on the page; all are in the file


@official
@never_cache
def new_petition(request):
    """Write one down; petitions that may be the same are shown before it is entered."""
    require(PETITIONS.new.allows(request.actor), PETITIONS.new.denied)
    scope = request.actor.scope("draft", FILE)
    visit = _visit(request)
    form = PetitionForm(
        request.actor,
        request.GET,
        request.POST or None,
        request.FILES or None,
        initial={
            "uid": uuid4(),
            "unit": place_of(request.actor, scope),
            "received_on": show_day(today()),
            "nature": Nature.FEEDBACK,
            **_heard(visit),
        },
    )
    alike = []
    if request.method == "POST" and form.is_valid():
        if known := earlier_submission(form.cleaned_data["uid"]):
            return page(request, "casework/receipt.html", **receipt(*known))
        alike = [] if form.cleaned_data["seen"] else form.alike()
        if not alike:
            try:
                made, secret = register_petition(
                    by=request.actor,
                    visit=visit,
                    files=[(f, f.name) for f in request.FILES.getlist("files")],
                    **form.values(),
                )
            except Refused as refusal:
                form.refuse(refusal)
            else:
                return page(request, "casework/receipt.html", **receipt(made, secret))
    status = 400 if form.errors else 200
    return page(request, "desk/petition_form.html", status=status, form=form, alike=alike)


def _visit(request):
    """The line of the register the petition is brought with, if the address names one that the
    reader may see.
    """
    uid = request.GET.get("visit", "")
    return (
        get_object_or_404(Visit.objects.viewed_by(request.actor).select_related("unit"), uid=uid)
        if _is_uid(uid)
        else None
    )


def _heard(visit):
    """What the register says already; of a denouncer only what was said in the open."""
    if visit is None:
        return {}
    told = {
        "unit": visit.unit.standings.on(visit.received_on).values_list("code", flat=True).first()
        or "",
        "received_on": show_day(visit.received_on),
    }
    return {
        **told,
        **{
            name: getattr(visit, name)
            for name in ("name", "address", "identity", "content", "nature")
        },
        "people": visit.people,
    }


@official
@never_cache
def signers_csv(request, uid):
    """Everybody who signed, for who may see the file."""
    found = get_object_or_404(PETITIONS.record.rows(request.actor), uid=uid)
    rows = found.petitioners.values_list(
        "order", "name", "address", "identity", "phone", "is_representative"
    ).iterator(2000)
    head = [
        _("Số thứ tự"),
        _("Họ và tên"),
        _("Địa chỉ"),
        _("Số giấy tờ"),
        _("Điện thoại"),
        _("Đại diện"),
    ]
    return csv_answer(
        "nguoi-ky", head, ([at + 1, *words, "x" if speaks else ""] for at, *words, speaks in rows)
    )


@official
@require_POST
def batch(request):
    """One act on each of several; what was refused is told one by one, the others are done."""
    act = request.POST.get("act", "")
    uids = request.POST.getlist("uid")[:PAGE]
    if act not in BATCH:
        raise Refused(_("Hãy chọn việc làm cho các đơn đã đánh dấu."), "act")
    done = 0
    left = []
    for found in (
        Petition.objects.viewed_by(request.actor)
        .filter(uid__in=[uid for uid in uids if _is_uid(uid)])
        .order_by("pk")
    ):
        try:
            text = chosen_text(request.POST.get("use", "")[:20], found, act)
            _do(act, found, request.actor, {**request.POST.dict(), "text": text})
            done += 1
        except (Refused, Denied) as no:
            left.append(f"{found.code}: {no.message}")
    messages.success(request, _("%(act)s: %(number)s đơn.") % {"act": BATCH[act], "number": done})
    for told in left:
        messages.warning(request, told)
    return redirect("desk_petitions")


def _do(name, petition, actor, typed):
    """One act of several; Refused by the first field that is wrong."""
    act = PETITIONS.act(name)
    form = act.form(petition, actor, typed)
    refuse_errors(form)
    act.do(petition, by=actor, **form.values())


def _is_uid(text):
    return uid_in(text) is not None


@official
@never_cache
def letter(request, uid, number, ending):
    """The document of a step, as a file to sign."""
    found = get_object_or_404(PETITIONS.record.rows(request.actor), uid=uid)
    made = letter_of(found, get_object_or_404(found.steps, number=number))
    if made is None or ending not in MEDIA:
        raise Http404
    name = f"{found.code}-{number}-{made.key}.{ending}"
    return made_answer(letter_file(made, ending), name, MEDIA[ending])


@official
@never_cache
def petition_paper(request, pk):
    """A paper of a file, for who may see the file."""
    found = get_object_or_404(
        PetitionPaper.objects.select_related("paper").filter(
            petition__in=Petition.objects.viewed_by(request.actor)
        ),
        pk=pk,
    )
    # Under no name of its own: the one it came with may say who wrote.
    return paper_answer(found.paper, f"tai-lieu-{found.pk}{ending_of(found.paper.media)}")
