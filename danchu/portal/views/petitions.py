"""Petitions for anyone: sending one, following it with code and secret, who answers and how
fast, what may be shown.
"""

from uuid import uuid4

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from danchu.casework.access.codes import DUMMY_DIGEST, possible_codes, read_code
from danchu.casework.access.rate_limits import TooOften, limit_rate
from danchu.casework.actions import citizen_step, complain_again, register_petition
from danchu.casework.input.form_token import earlier_submission
from danchu.casework.models import Petition, ReceptionDay
from danchu.casework.natures import Channel, Nature
from danchu.casework.public.petitions import own_facts, public_facts
from danchu.casework.queries.history import clocks_of_petitions, handover_chain
from danchu.kernel.codes import matches
from danchu.kernel.days import today
from danchu.kernel.refusals import Denied, Refused
from danchu.look.askers import asker_of
from danchu.look.pages import page
from danchu.look.qr import qr_svg
from danchu.people.actor import Actor
from danchu.portal.answering import answering
from danchu.portal.petition_form import PetitionForm
from danchu.portal.sections import record_page
from danchu.units.maps import boundaries
from danchu.units.named import unit_named
from danchu.units.names import name_of, names_of

SHOWN = 30
ABOVE = ("petitions", _("Đơn thư"))
DAYS = 60


def petitions(request):
    """Where to send and follow; the public table by cohort; feedback that may be shown."""
    table = answering(request)
    rows = Petition.objects.shown().order_by("-received_on", "-pk")
    lists = [
        list(rows.filter(nature=Nature.FEEDBACK)[:SHOWN]),
        list(rows.exclude(nature=Nature.FEEDBACK)[:SHOWN]),
    ]
    names = names_of({(it.unit_id, it.received_on) for found in lists for it in found})
    shown, published = (
        [(it, names[it.unit_id, it.received_on]) for it in found] for found in lists
    )
    return page(request, "portal/petitions.html", table=table, shown=shown, published=published)


@never_cache
def send(request):
    """Send one. What was typed stays when it is refused; sent twice it is received once."""
    form = PetitionForm(
        request.POST or None,
        initial={
            "uid": uuid4(),
            "nature": Nature.FEEDBACK,
            "place": request.GET.get("place", "")[:120],
        },
    )
    if request.method == "POST":
        files, open_files = (
            [(file, file.name) for file in request.FILES.getlist(name)]
            for name in ("files", "open_files")
        )
        status = 400
        if form.is_valid():
            once = form.cleaned_data["uid"]
            if known := earlier_submission(once):
                return _sent(request, *known, again=True)
            try:
                limit_rate("send", asker_of(request))
                made, secret = register_petition(
                    by=Actor.public(),
                    channel=Channel.PORTAL,
                    files=files,
                    open_files=open_files,
                    **form.values(),
                )
            except Refused as refusal:
                if known := refusal.field == "once" and earlier_submission(once):
                    return _sent(request, *known, again=True)
                form.refuse(refusal)
                status = status_of(refusal)
            else:
                return _sent(request, made, secret)
        return page(
            request,
            "portal/petition_send.html",
            status=status,
            form=form,
            files_lost=bool(files or open_files),
        )
    return page(request, "portal/petition_send.html", form=form)


def status_of(refusal):
    """429 for who tried too often, 400 for what can be mended."""
    return 429 if isinstance(refusal, TooOften) else 400


def _sent(request, made, secret, again=False):
    """The code and the secret, told this once; `again` to who lost the answer a short while ago."""
    address = request.build_absolute_uri(f"{reverse('petition_follow')}?code={made.code}")
    clocks = clocks_of_petitions([made])[made.pk]
    return page(
        request,
        "portal/petition_sent.html",
        it=made,
        secret=secret,
        qr=qr_svg(address),
        clocks=clocks,
        again=again,
        where=name_of(made.unit_id, made.received_on),
    )


@never_cache
def follow(request):
    """The life of one petition for who has its code and secret, and what its sender may do.
    Nothing of it is in an address.
    """
    if request.method != "POST":
        return page(request, "portal/petition_follow.html", code=request.GET.get("code", "")[:20])
    code = request.POST.get("code", "")[:40]
    secret = request.POST.get("secret", "")[:60]
    fault = ""
    try:
        found = _known(request, code, secret)
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
                return _sent(
                    request, *_complained_again(request, handover_chain(found)[-1], secret)
                )
            citizen_step(
                handover_chain(found)[-1],
                act,
                by=Actor.public(),
                secret=secret,
                text=request.POST.get("text", "")[:20_000],
            )
        except (Refused, Denied) as no:
            fault = no.message
    facts = own_facts(found)
    return record_page(
        request,
        "casework/own_petition.html",
        found,
        placed=(found.unit_id, found.received_on),
        title=found.title,
        state=facts["last"].get_state_display(),
        above=ABOVE,
        status=400 if fault else 200,
        secret=secret,
        fault=fault,
        typed=request.POST if fault else {},
        **facts,
    )


def _known(request, code, secret):
    """The petition of the code and secret. A wrong try is counted against the asker, and takes as
    long whether there is such a code or not.

    The secret has 80 bits: the count spares the machine, it does not keep the secret. So whoever
    knows it is never shut out by others.
    """
    kept = dict(Petition.objects.filter(code__in=possible_codes(code)).values_list("secret", "pk"))
    right = [pk for held, pk in (kept or {DUMMY_DIGEST: 0}).items() if matches(secret, held)]
    if not kept or not right:
        limit_rate("follow", asker_of(request))
        raise Refused(
            _(
                "Mã đơn hoặc mã bí mật chưa đúng. Hãy gõ lại như trên giấy biên nhận; "
                "không cần gạch nối."
            )
        )
    return Petition.objects.select_related("unit", "body", "matter").get(pk=right[0])


def _complained_again(request, first, secret):
    """(petition, secret) of the second complaint; sent twice it is one."""
    once = request.POST.get("once", "")[:36]
    text = request.POST.get("text", "")[:20_001]
    if known := earlier_submission(once):
        return known
    limit_rate("send", asker_of(request))
    return complain_again(first, by=Actor.public(), secret=secret, content=text, once=once)


def shown_petition(request, code):
    """A piece of feedback in the words it may be shown in, or what was decided and published."""
    found = get_object_or_404(Petition.objects.shown(), code=read_code(code) or "-")
    if found.code != code:
        raise Http404
    return record_page(
        request,
        "casework/public_petition.html",
        found,
        placed=(found.unit_id, found.received_on),
        title=found.shown_title,
        state=found.get_state_display(),
        above=ABOVE,
        **public_facts(found),
    )


def reception(request):
    """When office holders receive citizens at a place: the days to come, and which of the last
    were held or missed, and why.
    """
    place = request.GET.get("unit", "").strip()
    rows = ReceptionDay.objects.none()
    day = today()
    if place:
        unit = unit_named(place, day).pk
        chart = boundaries(day)
        near = [unit, *chart.ancestors(unit)] if unit in chart else [unit]
        rows = ReceptionDay.objects.filter(unit__in=near).order_by("-on", "pk")[:DAYS]
    names = names_of({(row.unit_id, row.on) for row in rows})
    return page(
        request,
        "portal/reception.html",
        asked=place,
        rows=[(row, names[row.unit_id, row.on]) for row in rows],
        day=day,
    )
