"""What a delegate sends from a page without script, or where the intake's own address cannot be
reached: the same entries, taken in the same way (conference/writes/batches.py), answered with a
page or, to a script, with the intake's own words.
"""

from uuid import uuid4

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danchu.conference.models import Delegate, Poll, Question
from danchu.conference.words import FloorKind, Role
from danchu.conference.writes import batches
from danchu.kernel.addresses import uid_in
from danchu.kernel.refusals import Refused, require
from danchu.live.intake import STATUS
from danchu.live.views.doors import guest, hall
from danchu.live.views.numbers import number_in
from danchu.live.wording import sentences


def _delegate(request, pk):
    """(Guest, Delegate) of the request; Denied to who has no vote here."""
    met = guest(request, pk)
    require(met.role == Role.DELEGATE, _("Chỉ đại biểu đã vào bằng mã của mình làm được việc này."))
    return met, Delegate.objects.get(pk=met.who.delegate)


def _wants_json(request):
    return "application/json" in request.headers.get("Accept", "")


def _told(request, pk, status_code, /, **told):
    """The answer: the intake's for a script; else back to the hall, with a word where something
    was not taken.
    """
    if _wants_json(request):
        return JsonResponse(told, status=status_code)
    if status_code >= 400:
        messages.error(request, sentences().get(told["status"], sentences()["wrong"]))
    return redirect("hall", pk=pk)


@require_POST
def vote(request, pk):
    """Take a vote."""
    met, delegate = _delegate(request, pk)
    poll = get_object_or_404(Poll, conference=met.conference, pk=number_in(request.POST, "poll"))
    choice = number_in(request.POST, "choice")
    if choice is None or choice >= len(poll.options):
        return _told(request, pk, 400, status="pick", field="choice")
    told = batches.vote(poll, delegate, choice)
    if told.status in ("new", "changed", "kept") and not _wants_json(request):
        messages.success(request, _("Đã ghi nhận phiếu của ông/bà."))
    return _told(request, pk, STATUS[told.status], **told._asdict())


def ask(request, pk):
    """Write a question on a page of its own, which does not reload; take it."""
    met, delegate = _delegate(request, pk)
    text = request.POST.get("text", "").strip()
    uid = _uid(request)
    if request.method != "POST":
        return hall(request, met, "live/ask.html", uid=uuid4())
    if not text or len(text) > batches.LONGEST_QUESTION:
        if _wants_json(request):
            return _told(request, pk, 400, status="wrong", field="text")
        problem = (
            _("Hãy viết câu hỏi.")
            if not text
            else _("Câu hỏi dài quá %s ký tự. Hãy viết ngắn lại.") % batches.LONGEST_QUESTION
        )
        return hall(request, met, "live/ask.html", status=400, uid=uid, text=text, problem=problem)
    if not batches.ask_question(met.conference, delegate, uid, text):
        if _wants_json(request):
            return _told(request, pk, 409, status="not_taken")
        return hall(
            request,
            met,
            "live/ask.html",
            status=409,
            uid=uid,
            text=text,
            problem=sentences()["not_taken"],
        )
    if not _wants_json(request):
        messages.success(request, sentences()["asked"])
    return _told(request, pk, 201, status="kept")


@require_POST
def want(request, pk):
    """Take an up-vote."""
    met, delegate = _delegate(request, pk)
    question = get_object_or_404(
        Question, conference=met.conference, pk=number_in(request.POST, "question")
    )
    taken = batches.upvote_question(question, delegate)
    return _told(request, pk, 201 if taken else 409, status="kept" if taken else "not_taken")


@require_POST
def hand(request, pk):
    """Raise a hand."""
    met, delegate = _delegate(request, pk)
    kind = request.POST.get("kind") or FloorKind.SPEAK
    if kind not in FloorKind.values:
        raise Refused(_("Hãy chọn loại ý kiến trong danh sách."), "kind")
    taken = batches.raise_hand(met.conference, delegate, _uid(request), kind)
    return _told(request, pk, 201 if taken else 409, status="waiting" if taken else "not_taken")


@require_POST
def unhand(request, pk):
    """Lower it."""
    met, delegate = _delegate(request, pk)
    had = batches.lower_hand(met.conference, delegate)
    return _told(request, pk, 200, status="lowered" if had else "none")


def _uid(request):
    """The entry's own number: the form's, so that it counts once however often it is sent."""
    return uid_in(request.POST.get("uid")) or uuid4()
