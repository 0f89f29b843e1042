"""Petitions for anyone: sending one, following it with its code and secret, the public table of who
answers and how fast, and what may be shown.
"""

from uuid import uuid4

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from danchu.casework.access.codes import DUMMY_DIGEST, possible_codes, read_code
from danchu.casework.access.rate_limits import TooOften, limit_rate
from danchu.casework.actions import citizen_step, complain_again, register_petition
from danchu.casework.input.form_token import earlier_submission
from danchu.casework.models import Petition
from danchu.casework.natures import Channel, Nature
from danchu.casework.public.petitions import own_facts, public_facts
from danchu.casework.queries.history import handover_chain
from danchu.kernel.codes import matches
from danchu.kernel.days import parse_day
from danchu.kernel.refusals import Denied, Refused
from danchu.kernel.text import paragraphs
from danchu.look.middleware import POWERS_WITH_PLACE
from danchu.look.pages import page
from danchu.look.records import record_page
from danchu.people.actor import Actor
from danchu.people.askers import asker_of
from danchu.portal.answering import answering
from danchu.portal.doors import DOORS, ComplaintForm
from danchu.portal.feedback import feedback_at, map_of
from danchu.portal.petition_form import PetitionForm
from danchu.portal.views.petition_sent import own_papers, sent_page
from danchu.subjects.first_rows import first_rows
from danchu.units.choices import LONGEST_VALUE
from danchu.units.models import Unit
from danchu.units.names import names_of

SHOWN = 30
ABOVE = ("petitions", _("Đơn thư"))


def petitions(request):
    """The entry page: sending, following, the public table by cohort, published petitions."""
    table = answering(request)
    unit = Unit.objects.filter(pk=table.unit).first()
    feedback = feedback_at(unit)
    decided = Petition.objects.shown().exclude(nature=Nature.FEEDBACK)
    lists = [
        first_rows(rows.order_by("-received_on", "-pk"), SHOWN, request.GET)
        for rows in (feedback, decided)
    ]
    picture = map_of(feedback, unit)
    names = names_of({(row.unit_id, row.received_on) for rows in lists for row in rows})
    public, others = (
        rows.each(lambda row: (row, names[row.unit_id, row.received_on])) for rows in lists
    )
    return page(
        request,
        "portal/petitions.html",
        table=table,
        feedback=public,
        picture=picture,
        published=others,
    )


@never_cache
def send(request):
    """The form for a petition of any nature, under the three doors that lead to shorter ones."""
    return _send(request, PetitionForm, "portal/petition_send.html", doors=DOORS.values())


@never_cache
def send_by_door(request, door):
    """The short form of one door."""
    if door not in DOORS:
        raise Http404
    return _send(request, DOORS[door].form, "portal/petition_door.html", door=DOORS[door])


def _send(request, form_class, template, **context):
    """The form for a new petition. Idempotent: the same form sent twice is one petition."""
    form = form_class(
        request.POST or None,
        initial={
            "uid": uuid4(),
            "nature": Nature.FEEDBACK,
            "place": request.GET.get("place", "")[:LONGEST_VALUE],
        },
    )
    if request.method == "POST" and form_class.foretells and request.POST.get("foretell"):
        lines = form.foretell()
        return _form_page(
            request,
            template,
            400 if form.errors else 200,
            form=form,
            outlook=lines,
            files_lost=bool(request.FILES),
            **context,
        )
    if request.method == "POST":
        files, open_files = (
            [(file, file.name) for file in request.FILES.getlist(name)]
            for name in ("files", "open_files")
        )
        status = 400
        if form.is_valid():
            once = form.cleaned_data["uid"]
            if earlier := earlier_submission(once):
                return sent_page(request, *earlier, again=True)
            try:
                limit_rate("send", asker_of(request))
                petition, secret = register_petition(
                    by=Actor.public(),
                    channel=Channel.PORTAL,
                    files=files,
                    open_files=open_files,
                    **form.values(),
                )
            except Refused as refusal:
                if earlier := refusal.field == "once" and earlier_submission(once):
                    return sent_page(request, *earlier, again=True)
                form.refuse(refusal)
                status = status_of(refusal)
            else:
                return sent_page(request, petition, secret)
        is_lost = bool(files or open_files)
        return _form_page(request, template, status, form=form, files_lost=is_lost, **context)
    return _form_page(request, template, form=form, **context)


def complaint_outlook(request):
    """{"lines": [{label, text, why, late}], "faults": […]} of what is being written at the door of
    complaints; no lines before all that they rest on is certain.
    """
    form = ComplaintForm(request.GET)
    lines = form.foretell()
    return JsonResponse(
        {
            "lines": [
                {"label": line.label, "text": line.text, "why": line.why, "late": line.is_late}
                for line in lines
            ],
            "faults": [fault for faults in form.errors.values() for fault in faults],
        }
    )


def _form_page(request, template, status=200, **context):
    """The page of a form, on which the device may be asked where it is."""
    answer = page(request, template, status=status, **context)
    answer.headers["Permissions-Policy"] = POWERS_WITH_PLACE
    return answer


def status_of(refusal):
    """The HTTP status of a refusal: 429 above a rate limit, else 400."""
    return 429 if isinstance(refusal, TooOften) else 400


@never_cache
def follow(request):
    """The history of one petition and the acts of its sender, for whoever has its code and secret.
    Both are sent in the body, so that no address or log contains them.
    """
    if request.method != "POST":
        return page(request, "portal/petition_follow.html", code=request.GET.get("code", "")[:20])
    code = request.POST.get("code", "")[:40]
    secret = request.POST.get("secret", "")[:60]
    fault = ""
    fault_at = ""
    try:
        petition = _identify(request, code, secret)
    except Refused as refusal:
        return page(
            request,
            "portal/petition_follow.html",
            status=status_of(refusal),
            code=code,
            fault=refusal.message,
        )
    if act := request.POST.get("act", ""):
        try:
            if act == "again":
                return sent_page(
                    request, *_complained_again(request, handover_chain(petition)[-1], secret)
                )
            citizen_step(
                handover_chain(petition)[-1],
                act,
                by=Actor.public(),
                secret=secret,
                text=paragraphs(request.POST.get("text", "")),
            )
        except TooOften:
            raise
        except (Refused, Denied) as refusal:
            fault = refusal.message
            fault_at = getattr(refusal, "field", "")
    facts = own_facts(petition)
    return record_page(
        request,
        "casework/own_petition.html",
        petition,
        placed=(petition.unit_id, petition.received_on),
        title=petition.title,
        state=facts["last"].get_state_display(),
        above=ABOVE,
        status=400 if fault else 200,
        secret=secret,
        fault=fault,
        fault_at=fault_at,
        typed=request.POST if fault else {},
        papers=own_papers(petition),
        answered=own_papers(facts["last"], is_answer=True),
        **facts,
    )


def _identify(request, code, secret):
    """The petition with this code and secret, else Refused. A wrong attempt counts towards the rate
    limit of the client and takes equally long whether the code exists or not.

    The secret has 80 bits, so the rate limit only saves work. It is checked after the secret:
    nobody who knows the secret is locked out by the attempts of others.
    """
    digests = dict(
        Petition.objects.filter(code__in=possible_codes(code)).values_list("secret", "pk")
    )
    right = [pk for digest, pk in (digests or {DUMMY_DIGEST: 0}).items() if matches(secret, digest)]
    if not digests or not right:
        limit_rate("follow", asker_of(request))
        raise Refused(
            _(
                "Mã đơn hoặc mã bí mật chưa đúng. Hãy gõ lại như trên giấy biên nhận; "
                "không cần gạch nối."
            )
        )
    return Petition.objects.select_related("unit", "body", "matter").get(pk=right[0])


def _complained_again(request, first, secret):
    """(petition, secret) of the second complaint. Idempotent: the same form sent twice is one."""
    once = request.POST.get("once", "")[:36]
    text = paragraphs(request.POST.get("text", ""))
    if earlier := earlier_submission(once):
        return earlier
    received_on = _typed_day(request.POST.get("received_on", "").strip())
    limit_rate("send", asker_of(request))
    return complain_again(
        first,
        by=Actor.public(),
        secret=secret,
        content=text,
        received_on=received_on,
        once=once,
    )


def _typed_day(text):
    """The day that was typed; None for an empty field. Refused, on "received_on", if unreadable."""
    try:
        return parse_day(text[:40]) if text else None
    except Refused as refusal:
        raise Refused(refusal.message, "received_on") from None


def shown_petition(request, code):
    """Feedback in its published words, or a published decision."""
    petition = get_object_or_404(Petition.objects.shown(), code=read_code(code) or "-")
    if petition.code != code:
        raise Http404
    return record_page(
        request,
        "casework/public_petition.html",
        petition,
        placed=(petition.unit_id, petition.received_on),
        title=petition.shown_title,
        state=petition.get_state_display(),
        above=ABOVE,
        **public_facts(petition),
    )
