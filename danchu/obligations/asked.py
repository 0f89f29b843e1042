"""The day until which whoever something is owed to asks for it."""

from datetime import date

from django.utils.translation import gettext as _

from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused


def check_asked(asked_on: date | None, event_on: date, due_on: date | None = None) -> None:
    """Refused, on "asked_on", where something is asked for before its time begins, or for later
    than the law owes it; any day after it began where the law leaves it open.
    """
    if asked_on is None:
        return
    if asked_on < event_on:
        raise Refused(_("Ngày đề nghị không được trước ngày %s.") % show_day(event_on), "asked_on")
    if due_on is not None and asked_on > due_on:
        raise Refused(
            _("Luật buộc xong chậm nhất ngày %s: không đề nghị muộn hơn.") % show_day(due_on),
            "asked_on",
        )
