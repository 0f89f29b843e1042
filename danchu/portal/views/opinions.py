"""Opinions for anyone: one sent to a consultation or in reply to another, and followed with its
code and secret.
"""

from uuid import uuid4

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.casework.access.codes import DUMMY_DIGEST
from danchu.casework.access.rate_limits import limit_rate
from danchu.casework.input.form_token import earlier_submission
from danchu.consultation.actions import send_opinion
from danchu.consultation.difference import paragraphs_of
from danchu.consultation.models import Consultation, Opinion
from danchu.consultation.near_texts import MOST_COMPARED, near_ones
from danchu.consultation.receiving import takes_from_portal
from danchu.consultation.shown import passage_of
from danchu.consultation.voices import CODE
from danchu.kernel.addresses import number_in
from danchu.kernel.codes import matches, read_prefixed_code
from danchu.kernel.refusals import Refused
from danchu.look.pages import page
from danchu.people.actor import Actor
from danchu.people.askers import asker_of
from danchu.portal.opinion_form import ReplyForm, SayForm
from danchu.portal.views.petitions import status_of
from danchu.units.names import name_of

MOST_ALIKE = 3


@never_cache
def send(request, uid):
    """Say something, or reply to the opinion with the number `to`. Idempotent: the same form sent
    twice is one opinion.
    """
    consultation = get_object_or_404(Consultation.objects.public(), uid=uid)
    parent = _parent(consultation, request.GET.get("to"))
    form = _form(request, consultation, parent)
    status = 200
    alike = []
    if request.method == "POST":
        status = 400
        if form.is_valid() and not request.POST.get("seen"):
            alike = _alike(consultation, parent, form.cleaned_data["text"])
        if alike:
            status = 200
        elif form.is_valid():
            once = form.once
            if earlier := earlier_submission(once, Opinion):
                return _sent_page(request, *earlier)
            try:
                limit_rate("send", asker_of(request))
                opinion, secret = send_opinion(
                    consultation, by=Actor.public(), parent=parent, **form.values()
                )
            except Refused as refusal:
                if earlier := refusal.field == "once" and earlier_submission(once, Opinion):
                    return _sent_page(request, *earlier)
                form.refuse(refusal)
                status = status_of(refusal)
            else:
                return _sent_page(request, opinion, secret)
    return page(
        request,
        "portal/opinion_send.html",
        status=status,
        form=form,
        record=consultation,
        parent=parent,
        alike=alike,
        takes_opinions=takes_from_portal(consultation),
        where=name_of(consultation.unit_id, consultation.planned_on),
    )


def _alike(consultation, parent, text):
    """The public opinions that say nearly the same, before one is sent; none beside a reply."""
    if parent is not None:
        return []
    rows = consultation.opinions.public().filter(parent=None)
    texts = rows.order_by("-pk").values_list("pk", "text")[:MOST_COMPARED]
    near = near_ones(text, texts, worth_reading=True)[:MOST_ALIKE]
    nearest = rows.in_bulk(near)
    return [nearest[key] for key in near]


def _parent(consultation, text):
    """The public opinion with the number, None without one."""
    if not text:
        return None
    number = number_in(text)
    opinions = consultation.opinions.public().filter(number=number, parent=None)
    opinion = opinions.select_related("content").first() if number else None
    if opinion is None:
        raise Http404
    return opinion


def _form(request, consultation, parent):
    typed = request.POST or None
    if parent is not None:
        return ReplyForm(typed, initial={"uid": uuid4()})
    content = consultation.contents.order_by("-number").first()
    initial = {"uid": uuid4(), "passage": number_in(request.GET.get("passage", "")) or 0}
    return SayForm(
        typed, initial=initial, paragraphs=paragraphs_of(content.text if content else "")
    )


def _sent_page(request, opinion, secret):
    """The only page that shows the secret, with the code."""
    return page(request, "portal/opinion_sent.html", record=opinion, secret=secret)


@never_cache
def follow(request):
    """One opinion, for whoever has its code and secret; both are sent in the body, so that no
    address or log contains them.
    """
    if request.method != "POST":
        code = request.GET.get("code", "")[:20]
        return page(request, "portal/opinion_follow.html", code=code)
    code = request.POST.get("code", "")[:40]
    try:
        opinion = _identify(request, code, request.POST.get("secret", "")[:60])
    except Refused as refusal:
        return page(
            request,
            "portal/opinion_follow.html",
            status=status_of(refusal),
            code=code,
            fault=refusal.message,
        )
    return page(request, "portal/own_opinion.html", record=opinion, passage=passage_of(opinion))


def _identify(request, code, secret):
    """The opinion with this code and secret, else Refused; a wrong attempt counts towards the rate
    limit and takes equally long whether the code exists or not.
    """
    rows = Opinion.objects.select_related("consultation", "content", "answer", "parent")
    opinion = rows.filter(code=read_prefixed_code(code, (CODE,)) or "-").first()
    is_right = matches(secret, opinion.secret if opinion else DUMMY_DIGEST)
    if opinion is None or not is_right:
        limit_rate("follow", asker_of(request))
        raise Refused(_("Mã ý kiến hoặc mã bí mật chưa đúng. Hãy gõ lại; không cần gạch nối."))
    return opinion
