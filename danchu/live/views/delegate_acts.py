"""Acts of delegates from a page without its script, or where the intake cannot be reached: written
by the same statements as there (conference/writes/batches.py), answered with a page or, to a
script, with the JSON of the intake.
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
from danchu.kernel.text import paragraphs
from danchu.live.intake import STATUS
from danchu.live.views.hall_page import hall_page, visitor_of
from danchu.live.views.numbers import number_in
from danchu.live.wording import sentences


def _delegate(request, pk):
    """(Visitor, Delegate) of the request. Raises Denied if it has no pass of a delegate."""
    visitor = visitor_of(request, pk)
    require(
        visitor.role == Role.DELEGATE, _("Chỉ đại biểu đã vào bằng mã của mình làm được việc này.")
    )
    return visitor, Delegate.objects.get(pk=visitor.participant.delegate)


def _wants_json(request):
    return "application/json" in request.headers.get("Accept", "")


def _response(request, pk, status_code, /, **content):
    """The answer of the intake for a script; otherwise a redirect to the hall, with a message if
    the act was refused.
    """
    if _wants_json(request):
        return JsonResponse(content, status=status_code)
    if status_code >= 400:
        messages.error(request, sentences().get(content["status"], sentences()["wrong"]))
    return redirect("hall", pk=pk)


@require_POST
def vote(request, pk):
    """Record a vote."""
    visitor, delegate = _delegate(request, pk)
    poll = get_object_or_404(
        Poll, conference=visitor.conference, pk=number_in(request.POST, "poll")
    )
    choice = number_in(request.POST, "choice")
    if choice is None or choice >= len(poll.options):
        return _response(request, pk, 400, status="pick", field="choice")
    result = batches.vote(poll, delegate, choice)
    if result.status in ("new", "changed", "kept") and not _wants_json(request):
        messages.success(request, _("Đã ghi nhận phiếu của ông/bà."))
    return _response(request, pk, STATUS[result.status], **result._asdict())


def ask(request, pk):
    """The page of a question, which does not reload by itself, and recording the question."""
    visitor, delegate = _delegate(request, pk)
    text = paragraphs(request.POST.get("text", ""))
    uid = _uid(request)
    if request.method != "POST":
        return hall_page(request, visitor, "live/ask.html", uid=uuid4())
    if not text or len(text) > batches.LONGEST_QUESTION:
        if _wants_json(request):
            return _response(request, pk, 400, status="wrong", field="text")
        problem = (
            _("Hãy viết câu hỏi.")
            if not text
            else _("Câu hỏi dài quá %s ký tự. Hãy viết ngắn lại.") % batches.LONGEST_QUESTION
        )
        return hall_page(
            request, visitor, "live/ask.html", status=400, uid=uid, text=text, problem=problem
        )
    if not batches.ask_question(visitor.conference, delegate, uid, text):
        if _wants_json(request):
            return _response(request, pk, 409, status="not_taken")
        return hall_page(
            request,
            visitor,
            "live/ask.html",
            status=409,
            uid=uid,
            text=text,
            problem=sentences()["not_taken"],
        )
    if not _wants_json(request):
        messages.success(request, sentences()["asked"])
    return _response(request, pk, 201, status="kept")


@require_POST
def upvote(request, pk):
    """Record an up-vote of a question."""
    visitor, delegate = _delegate(request, pk)
    question = get_object_or_404(
        Question, conference=visitor.conference, pk=number_in(request.POST, "question")
    )
    is_recorded = batches.upvote_question(question, delegate)
    status = "kept" if is_recorded else "not_taken"
    return _response(request, pk, 201 if is_recorded else 409, status=status)


@require_POST
def raise_hand(request, pk):
    """Record a request to speak."""
    visitor, delegate = _delegate(request, pk)
    kind = request.POST.get("kind") or FloorKind.SPEAK
    if kind not in FloorKind.values:
        raise Refused(_("Hãy chọn loại ý kiến trong danh sách."), "kind")
    is_waiting = batches.raise_hand(visitor.conference, delegate, _uid(request), kind)
    status = "waiting" if is_waiting else "not_taken"
    return _response(request, pk, 201 if is_waiting else 409, status=status)


@require_POST
def lower_hand(request, pk):
    """Withdraw the request to speak."""
    visitor, delegate = _delegate(request, pk)
    was_waiting = batches.lower_hand(visitor.conference, delegate)
    return _response(request, pk, 200, status="lowered" if was_waiting else "none")


def _uid(request):
    """The idempotency key of the form, or a new one."""
    return uid_in(request.POST.get("uid")) or uuid4()
