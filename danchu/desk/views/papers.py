"""Papers at the desk: attached, read by those who may read their record, removed from drafts."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from danchu.desk.guard import official
from danchu.kernel.refusals import Refused
from danchu.papers.answers import paper_answer
from danchu.register import actions
from danchu.register.models import Attachment, Event, Statement


@official
@require_POST
def attach_to_event(request, uid):
    return _attach(
        request, get_object_or_404(Event.objects.visible_to(request.actor), uid=uid), "desk_record"
    )


@official
@require_POST
def attach_to_statement(request, uid):
    return _attach(
        request,
        get_object_or_404(Statement.objects.viewed_by(request.actor), uid=uid),
        "desk_statement",
    )


def _attach(request, subject, page_name):
    files = request.FILES.getlist("file")
    if not files:
        messages.error(request, _("Hãy chọn tệp trước khi gửi."))
    for file in files:
        try:
            actions.attach_paper(subject, file, file.name, by=request.actor)
            messages.success(request, _("Đã đính kèm “%s”.") % file.name[:80])
        except Refused as refusal:
            messages.error(request, refusal.message)
    return redirect(page_name, uid=subject.uid)


def _attachment(request, pk):
    """An attachment of a record that the reader may see; for events, of a place where they hold the
    right to view.
    """
    actor = request.actor
    seen = Q(event__in=_readable_events(actor)) | Q(
        statement__in=Statement.objects.viewed_by(actor)
    )
    return get_object_or_404(
        Attachment.objects.filter(seen).select_related("paper", "event", "statement"), pk=pk
    )


def _readable_events(actor):
    """Events whose papers the actor may read: public rows are open to all, their scans only to
    those with the right.
    """
    return Event.objects.viewed_by(actor)


@official
def paper(request, pk):
    """The content under its original name, shown in the browser."""
    attachment = _attachment(request, pk)
    return paper_answer(attachment.paper, attachment.name, in_place=True)


@official
@require_http_methods(["GET", "HEAD", "POST"])
def detach(request, pk):
    """Remove a paper of a draft; opened as a page, the address leads to the record."""
    attachment = _attachment(request, pk)
    page_name = "desk_record" if attachment.event_id else "desk_statement"
    if request.method != "POST":
        return redirect(page_name, uid=attachment.subject.uid)
    try:
        actions.detach_paper(attachment, by=request.actor)
        messages.success(request, _("Đã bỏ tệp khỏi bản nháp."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(page_name, uid=attachment.subject.uid)
