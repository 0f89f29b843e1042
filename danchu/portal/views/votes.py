"""Votes on the questions and propositions of a consultation, by whoever has a key."""

from uuid import uuid4, uuid5

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.casework.access.rate_limits import limit_rate
from danchu.consultation.actions import cast_votes, state_something
from danchu.consultation.models import Consultation
from danchu.consultation.receiving import takes_votes
from danchu.consultation.results import propositions_voted_on, results_of
from danchu.kernel.codes import digest
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.look.pages import page
from danchu.people.actor import Actor
from danchu.people.askers import asker_of
from danchu.portal.views.petitions import status_of
from danchu.portal.vote_form import VoteForm
from danchu.subjects.first_rows import first_rows
from danchu.units.names import name_of

SHOWN = 100


@never_cache
def vote(request, uid):
    """Vote, and state something. The key is sent in the body, so that no address contains it; a
    wrong one counts towards the rate limit. Sent twice, the votes are the same.
    """
    consultation = get_object_or_404(Consultation.objects.public(), uid=uid)
    propositions = first_rows(propositions_voted_on(consultation), SHOWN, request.GET)
    form = VoteForm(request.POST or None, initial={"uid": uuid4()}, propositions=list(propositions))
    status = 200
    done = False
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                _vote(request, consultation, form)
            except Refused as refusal:
                form.refuse(refusal)
                status = status_of(refusal)
            else:
                status = 200
                done = True
    return page(
        request,
        "portal/consultation_vote.html",
        status=status,
        form=form,
        done=done,
        record=consultation,
        rows=propositions,
        takes_votes=takes_votes(consultation),
        where=name_of(consultation.unit_id, consultation.planned_on),
    )


def results(request, uid):
    """What was voted on each question and proposition: on the first SHOWN, or as many as asked
    for.
    """
    consultation = get_object_or_404(Consultation.objects.public(), uid=uid)
    propositions = first_rows(propositions_voted_on(consultation), SHOWN, request.GET)
    return page(
        request,
        "portal/consultation_results.html",
        record=consultation,
        rows=propositions,
        results=results_of(propositions),
        where=name_of(consultation.unit_id, consultation.planned_on),
    )


def _vote(request, consultation, form):
    """Write the votes and the proposition of a valid form, both or neither."""
    key, text = form.cleaned_data["key"], form.cleaned_data["text"]
    choices = form.choices()
    if not choices and not text:
        raise Refused(_("Hãy chọn ở ít nhất một câu, hoặc nêu một phát biểu."))
    try:
        with transaction.atomic():
            if choices:
                cast_votes(
                    consultation, by=Actor.public(), key=key, choices=choices, **form.profile()
                )
            if text:
                _state(consultation, key, text, form.cleaned_data["uid"])
    except Refused as refusal:
        if refusal.field == "key":
            limit_rate("follow", asker_of(request))
        raise


def _state(consultation, key, text, token):
    """Write the proposition once for each key and text of the form with the token: a form that
    comes again, with another choice or from the next person at this device, loses nothing.
    """
    uid = uuid5(token, f"{digest(key)} {clean(text)}")
    try:
        state_something(consultation, by=Actor.public(), key=key, text=text, uid=uid)
    except Refused as refusal:
        if refusal.field != "uid":
            raise
