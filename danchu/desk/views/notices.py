"""The reader's notices, and whether they want the daily mail."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from danchu.desk.guard import official
from danchu.look.pages import page
from danchu.notices.actions import see_notices, want_digest
from danchu.notices.digests import wants_digest
from danchu.notices.models import Notice
from danchu.subjects.first_rows import first_rows


@official
def notices(request):
    """The reader's notices, the newest first; opening the list marks them as seen. Sending the form
    says whether the reader wants the daily mail.
    """
    if request.method == "POST":
        is_wanted = request.POST.get("wanted") == "yes"
        want_digest(is_wanted, by=request.actor)
        messages.success(
            request,
            _("Ông/bà nhận thư mỗi ngày làm việc, khi có việc chờ.")
            if is_wanted
            else _("Ông/bà không nhận thư hằng ngày nữa. Thông báo ở bàn làm việc vẫn như cũ."),
        )
        return redirect("desk_notices")
    notices_of_reader = Notice.objects.filter(account=request.actor.account_id).order_by("-pk")
    rows = first_rows(notices_of_reader, 100, request.GET)
    if any(notice.seen_at is None for notice in rows):
        see_notices(by=request.actor)
    return page(
        request,
        "desk/notices.html",
        rows=rows,
        wants_digest=wants_digest(request.actor.account_id),
    )
