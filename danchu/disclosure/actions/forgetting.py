"""Who asked for information is forgotten when it is no longer needed."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.disclosure.models import InformationRequest
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import today
from danchu.kernel.refusals import require
from danchu.law.book import book

RULE = "information.kept"
AT_ONCE = 500
PERSONAL = ("name", "address", "phone", "email")


@transaction.atomic
def forget_requesters(*, by: Acting) -> int:
    """Remove name and ways to reach from requests that were answered or refused longer ago than the
    rule of today says; returns their number. What was asked and answered stays, with the proof of
    the journal. Denied without the right of periodic jobs.
    """
    require(
        by.account_id is None and by.may("verify", "obligation", None),
        _("Ông/bà không có quyền xóa thông tin người yêu cầu."),
    )
    rule = book().rule_if_any(RULE, today())
    if rule is None:
        return 0
    last = today() - timedelta(days=rule.quantity.numerator)
    due = InformationRequest.objects.due_to_forget(last).order_by("pk")
    rows = list(due.select_for_update(skip_locked=True)[:AT_ONCE])
    for request in rows:
        for name in PERSONAL:
            setattr(request, name, "")
        request.save(update_fields=list(PERSONAL))
    if rows:
        record(by, "information_requests.forgotten", None, number=len(rows))
    return len(rows)
