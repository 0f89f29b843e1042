"""Requests for information from anyone: sent without an account, followed by code and secret."""

from uuid import uuid4

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.casework.access.codes import DUMMY_DIGEST
from danchu.casework.access.rate_limits import limit_rate
from danchu.casework.input.form_token import earlier_submission
from danchu.disclosure.actions import ask_information
from danchu.disclosure.actions.requests import PREFIX
from danchu.disclosure.models import InformationRequest
from danchu.kernel.codes import matches, read_prefixed_code
from danchu.kernel.refusals import Refused
from danchu.look.pages import page
from danchu.papers.answers import paper_answer
from danchu.people.actor import Actor
from danchu.people.askers import asker_of
from danchu.portal.information_form import InformationForm
from danchu.portal.views.petitions import status_of
from danchu.units.choices import LONGEST_VALUE
from danchu.units.names import name_of


@never_cache
def ask(request):
    """The form. Idempotent: the same form sent twice is one request."""
    form = InformationForm(
        request.POST or None,
        initial={"uid": uuid4(), "unit": request.GET.get("unit", "")[:LONGEST_VALUE]},
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            once = form.once
            if earlier := earlier_submission(once, InformationRequest):
                return _sent_page(request, *earlier)
            try:
                limit_rate("send", asker_of(request))
                question, secret = ask_information(by=Actor.public(), **form.values())
            except Refused as refusal:
                if earlier := earlier_submission(once, InformationRequest):
                    return _sent_page(request, *earlier)
                form.refuse(refusal)
                status = status_of(refusal)
            else:
                return _sent_page(request, question, secret)
    return page(request, "portal/information.html", status=status, form=form)


def _sent_page(request, question, secret):
    """The only page that shows the secret, with the code."""
    return page(
        request,
        "portal/information_sent.html",
        record=question,
        secret=secret,
        where=name_of(question.unit_id, question.received_on),
    )


@never_cache
def follow(request):
    """One request, for whoever has its code and secret; both are sent in the body, so that no
    address or log contains them. With `act` “file” the file of the answer.
    """
    template = "portal/information_follow.html"
    if request.method != "POST":
        return page(request, template, code=request.GET.get("code", "")[:20])
    code = request.POST.get("code", "")[:40]
    secret = request.POST.get("secret", "")[:60]
    try:
        question = _identify(request, code, secret)
    except Refused as refusal:
        return page(request, template, status=status_of(refusal), code=code, fault=refusal.message)
    if request.POST.get("act") == "file":
        if question.paper is None:
            raise Http404
        return paper_answer(question.paper, question.paper_name)
    return page(
        request,
        "portal/own_information.html",
        record=question,
        secret=secret,
        where=name_of(question.unit_id, question.received_on),
    )


def _identify(request, code, secret):
    """The request with this code and secret, else Refused; a wrong attempt counts towards the rate
    limit and takes equally long whether the code exists or not.
    """
    rows = InformationRequest.objects.select_related("obligation", "paper")
    question = rows.filter(code=read_prefixed_code(code, (PREFIX,)) or "-").first()
    is_right = matches(secret, question.secret if question else DUMMY_DIGEST)
    if question is None or not is_right:
        limit_rate("follow", asker_of(request))
        raise Refused(_("Mã hoặc mã bí mật chưa đúng. Hãy gõ lại; không cần gạch nối."))
    return question
