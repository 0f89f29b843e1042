"""Petitions at the desk: entry, which shows possible duplicates first; one act on several;
documents.
"""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
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
from danchu.casework.sections.batch_form import BATCH, BatchForm, given_alike
from danchu.casework.sections.petition_form import PetitionForm
from danchu.casework.sections.petitions import PETITIONS
from danchu.casework.sections.receipts import receipt
from danchu.desk.guard import official
from danchu.desk.sections import Face
from danchu.kernel.addresses import uid_in
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Denied, Refused, require
from danchu.look.pages import page
from danchu.look.sheets import csv_answer
from danchu.papers.answers import ending_of, made_answer, paper_answer
from danchu.papers.official import MEDIA
from danchu.people.offices_held import place_of
from danchu.staff.set_up import offer_channels
from danchu.subjects.forms import refuse_errors
from danchu.units.choices import value_of_unit


@official
@never_cache
def new_petition(request):
    """Enter one petition; possible duplicates are shown before it is written."""
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
            **_initial_of(visit),
        },
    )
    offer_channels(form.fields["notify_by"])
    alike = []
    if request.method == "POST" and form.is_valid():
        if earlier := earlier_submission(form.cleaned_data["uid"]):
            return page(request, "casework/receipt.html", **receipt(*earlier))
        alike = [] if form.cleaned_data["seen"] else form.alike()
        if not alike:
            try:
                petition, secret = register_petition(
                    by=request.actor,
                    visit=visit,
                    files=form.cleaned_data["files"],
                    **form.values(),
                )
            except Refused as refusal:
                form.refuse(refusal)
            else:
                return page(request, "casework/receipt.html", **receipt(petition, secret))
    status = 400 if form.errors else 200
    return page(request, "desk/petition_form.html", status=status, form=form, alike=alike)


def _visit(request):
    """The line of the reception register that the address names; None where it names none, 404
    where the reader may not see it.
    """
    uid = request.GET.get("visit", "")
    return (
        get_object_or_404(Visit.objects.viewed_by(request.actor).select_related("unit"), uid=uid)
        if _is_uid(uid)
        else None
    )


def _initial_of(visit):
    """What the form takes from the register; of a denouncer only what is not sealed."""
    if visit is None:
        return {}
    names = ("name", "address", "identity", "content", "nature", "people")
    return {
        "unit": value_of_unit(visit.unit_id, visit.received_on),
        "received_on": show_day(visit.received_on),
        **{name: getattr(visit, name) for name in names},
    }


@official
@never_cache
def signers_csv(request, uid):
    """Everybody who signed, for those who may see the file."""
    petition = get_object_or_404(PETITIONS.record.rows(request.actor), uid=uid)
    rows = petition.petitioners.values_list(
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
        "nguoi-ky",
        head,
        (
            [order + 1, *words, "x" if is_representative else ""]
            for order, *words, is_representative in rows
        ),
    )


@official
@require_POST
def batch(request):
    """One act on each of several petitions: refusals are shown one by one, the others are done."""
    form = BatchForm(request.actor, request.POST)
    if not form.is_valid():
        return Face(PETITIONS).list_page(request, {}, 400, batch=form)
    name = form.cleaned_data["act"]
    on = show_day(form.cleaned_data["on"] or today())
    done = 0
    refusals = []
    petitions = Petition.objects.viewed_by(request.actor).filter(uid__in=form.cleaned_data["uid"])
    for petition in petitions.order_by("pk"):
        try:
            text = chosen_text(form.cleaned_data["use"], petition, name)
            _do(name, petition, request.actor, {"on": on, "text": text})
            done += 1
        except (Refused, Denied) as refusal:
            refusals.append(f"{petition.code}: {refusal.message}")
    messages.success(request, _("%(act)s: %(number)s đơn.") % {"act": BATCH[name], "number": done})
    for sentence in refusals:
        messages.warning(request, sentence)
    query = request.GET.urlencode()
    return redirect(f"{reverse('desk_petitions')}{'?' if query else ''}{query}")


def _do(name, petition, actor, typed):
    """Do one act on one petition; Refused by the first field that is wrong."""
    act = PETITIONS.act(name)
    form = act.form(petition, actor, {**given_alike(act, petition, actor), **typed})
    refuse_errors(form)
    act.do(petition, by=actor, **form.values())


def _is_uid(text):
    return uid_in(text) is not None


@official
@never_cache
def letter(request, uid, number, ending):
    """The document of a step, as a file to sign."""
    petition = get_object_or_404(PETITIONS.record.rows(request.actor), uid=uid)
    document = letter_of(petition, get_object_or_404(petition.steps, number=number))
    if document is None or ending not in MEDIA:
        raise Http404
    name = f"{petition.code}-{number}-{document.key}.{ending}"
    return made_answer(letter_file(document, ending), name, MEDIA[ending])


@official
@never_cache
def petition_paper(request, pk):
    """A paper of a file, for those who may see the file."""
    paper = get_object_or_404(
        PetitionPaper.objects.select_related("paper").filter(
            petition__in=Petition.objects.viewed_by(request.actor)
        ),
        pk=pk,
    )
    # Not under its original name, which may say who wrote it.
    name = f"tai-lieu-{paper.pk}{ending_of(paper.paper.media)}"
    return paper_answer(paper.paper, name, in_place=True)
