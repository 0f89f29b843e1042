"""Petitions at the desk: the list with what is due, entry with what may be the same shown
first, the file and its acts.
"""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from danchu.casework.actions import register_petition
from danchu.casework.input.form_token import received_before
from danchu.casework.lives import FILE_LIFE
from danchu.casework.models import Petition, PetitionPaper, Visit
from danchu.casework.moves import FILE, FINAL, PETITION_LIFE
from danchu.casework.natures import Nature
from danchu.casework.papers.letter_file import letter_file
from danchu.casework.papers.letters import letter_of, template_for
from danchu.casework.promised import petition_promise_url
from danchu.casework.queries.answer_texts import chosen
from danchu.casework.queries.history import clocks_told
from danchu.casework.sections.petition_form import PetitionForm
from danchu.casework.sections.petitions import BATCH, PETITIONS
from danchu.casework.words import STEP_WORDS
from danchu.desk.guard import official
from danchu.desk.petition_acts import FIELDS, WORDS, do_act, forms_of, left_over
from danchu.desk.rows import history
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Denied, Refused, require
from danchu.look.pages import page
from danchu.look.qr import qr_svg
from danchu.look.sheets import csv_answer
from danchu.minutes.models import Commitment, Origin
from danchu.papers.official import MEDIA
from danchu.people.offices_held import place_of
from danchu.subjects.listing import PAGE
from danchu.units.names import name_of

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
        if known := received_before(form.cleaned_data["uid"]):
            return receipt(request, *known)
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
                return receipt(request, made, secret)
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


def receipt(request, made, secret):
    """What is printed and given to the sender: the code, the secret told this once, the clocks."""
    address = request.build_absolute_uri(f"{reverse('petition_follow')}?code={made.code}")
    clocks = clocks_told([made])[made.pk]
    return page(
        request,
        "desk/petition_receipt.html",
        it=made,
        secret=secret,
        qr=qr_svg(address),
        clocks=clocks,
        where=name_of(made.unit_id, made.received_on),
    )


def _petition(request, uid):
    rows = Petition.objects.viewed_by(request.actor).select_related(
        "unit",
        "body",
        "matter",
        "sealed",
        "claimed_by",
        "handed_from",
        "split_from",
        "follows",
        "same_as",
    )
    return get_object_or_404(rows, uid=uid)


@official
@never_cache
def petition(request, uid, status=200, fault="", typed=None):
    """One file: what is known, its clocks, its steps with their documents, and what may be done
    next.
    """
    found = _petition(request, uid)
    typed, acts = typed or _begun(request, found), _acts(found, request.actor)
    steps = [
        (step, STEP_WORDS.get(step.act, step.act), template_for(found, step))
        for step in found.steps.all()
    ]
    return page(
        request,
        "desk/petition.html",
        status=status,
        it=found,
        fault=fault,
        clocks=clocks_told([found])[found.pk],
        steps=steps,
        forms=forms_of(acts, found, typed, show_day(today())),
        typed=typed,
        left=left_over(acts, typed) if fault else None,
        persons=found.petitioners.all()[:MOST_SHOWN],
        signed=found.petitioners.count(),
        followed_by=found.followed_by.all()[:20],
        papers=found.papers.select_related("paper"),
        where=name_of(found.unit_id, found.received_on),
        entries=history(found),
        repeats=found.repeats.all()[:20],
        pieces=found.pieces.all()[:20],
        promises=Commitment.objects.counted().of(Origin.PETITION, found.uid),
        new_promise=petition_promise_url(found, request.actor),
        is_mine=found.claimed_by_id == request.actor.account_id,
        is_final=found.state in FINAL,
    )


def _begun(request, found):
    """The form of an act with the text the reader chose to begin from."""
    act = request.GET.get("act", "")
    text = chosen(request.GET.get("use", "")[:20], found, act) if act in FIELDS else ""
    return {"act": act, "text": text, "on": show_day(today())} if text else {}


def _acts(found, actor):
    """The acts of the table, then those beside it; a case is claimed by a button of its own."""
    beside = [act for act in FILE_LIFE.acts_of(found, actor) if act != "claim"]
    return PETITION_LIFE.acts_of(found, actor) + beside


@official
@never_cache
def signers_csv(request, uid):
    """Everybody who signed, for who may see the file."""
    found = _petition(request, uid)
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
@never_cache
@require_POST
def act(request, uid, act):
    """One act; where it is refused, what was typed stays."""
    found = _petition(request, uid)
    if act not in FIELDS:
        raise Http404
    try:
        done, secret = do_act(act, found, request.actor, request.POST, request.FILES)
    except Refused as refusal:
        return petition(
            request,
            uid,
            status=400,
            fault=refusal.message,
            typed={**request.POST.dict(), "act": act},
        )
    if secret:
        return receipt(request, done, secret)
    messages.success(request, _("Đã ghi: %s.") % WORDS[act])
    return redirect("desk_petition", uid=found.uid)


@official
@require_POST
def batch(request):
    """One act on each of several; what was refused is told one by one, the others are done."""
    act, uids = request.POST.get("act", ""), request.POST.getlist("uid")[:PAGE]
    if act not in BATCH:
        raise Refused(_("Hãy chọn việc làm cho các đơn đã đánh dấu."), "act")
    done, left = 0, []
    for found in (
        Petition.objects.viewed_by(request.actor)
        .filter(uid__in=[uid for uid in uids if _is_uid(uid)])
        .order_by("pk")
    ):
        try:
            text = chosen(request.POST.get("use", "")[:20], found, act)
            do_act(act, found, request.actor, {**request.POST.dict(), "text": text})
            done += 1
        except (Refused, Denied) as no:
            left.append(f"{found.code}: {no.message}")
    messages.success(request, _("%(act)s: %(number)s đơn.") % {"act": WORDS[act], "number": done})
    for told in left:
        messages.warning(request, told)
    return redirect("desk_petitions")


def _is_uid(text):
    try:
        return bool(UUID(text))
    except ValueError:
        return False


@official
@never_cache
def letter(request, uid, number, ending):
    """The document of a step, as a file to sign."""
    found = _petition(request, uid)
    made = letter_of(found, get_object_or_404(found.steps, number=number))
    if made is None or ending not in MEDIA:
        raise Http404
    answer = HttpResponse(letter_file(made, ending), content_type=MEDIA[ending])
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="{found.code}-{number}-{made.key}.{ending}"'
    )
    return answer


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
    answer = HttpResponse(found.paper.open().read(), content_type=found.paper.media)
    answer.headers["Content-Disposition"] = f'attachment; filename="tai-lieu-{found.pk}"'
    return answer
