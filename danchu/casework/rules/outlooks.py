"""What who is about to complain needs to know beforehand: until when, to whom, when they will hear;
all of it from the law of the day and the map of the day.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from danchu.casework.models import Matter
from danchu.casework.rules.routing import check_certain, check_receives, handler_of
from danchu.casework.rules.timebars import bar_of_first
from danchu.kernel.days import check_day, show_day, today
from danchu.law.book import book
from danchu.law.why import explain_due
from danchu.units.choices import choice_of
from danchu.units.models import Unit
from danchu.units.names import names_on

ACCEPT = "complaint.accept"


@dataclass(frozen=True)
class Line:
    """One line of an outlook: what it is about, what it says, why that is so; `is_late` for a last
    day that has passed.
    """

    label: str
    text: str
    why: str = ""
    is_late: bool = False


def outlook_of_complaint(known_on: date, place: Unit, matter: Matter) -> list[Line]:
    """The lines about a first complaint that would be sent today. Refused by field where the day is
    impossible, the place is not certain, or nobody receives complaints there.
    """
    check_day(known_on, None, "known_on")
    day = today()
    check_certain(matter, place.pk, day)
    unit, body = handler_of(matter, place, day)
    check_receives(unit, place, day)
    office = body.name_on(day) if body else choice_of(unit.pk, names_on(day)).label
    return [*_last_day(known_on, day), Line(_("Nơi giải quyết lần đầu"), office), *_answer(day)]


def _last_day(known_on, day):
    """Until when one may complain; nothing where no rule was in force when the time began."""
    bar = bar_of_first(known_on)
    if bar is None:
        return
    label = _("Được khiếu nại đến hết ngày")
    last = show_day(bar.due_on)
    if bar.due_on >= day:
        left = _("%(day)s, còn %(days)s ngày") % {"day": last, "days": (bar.due_on - day).days}
        yield Line(label, left, bar.why)
        return
    over = _(
        "%s, đã qua. Thời gian ốm đau, thiên tai, đi công tác, học tập ở nơi xa hoặc có trở ngại "
        "khách quan khác không tính: nếu có thì hãy nêu trong đơn."
    )
    yield Line(label, over % last, bar.why, is_late=True)


def _answer(day):
    """By when the office says whether it takes the complaint up."""
    law = book()
    if not law.is_in_force(ACCEPT, day):
        return
    due = law.due(ACCEPT, day)
    why = explain_due(due, law.calendar)
    yield Line(_("Gửi hôm nay thì có trả lời thụ lý hay không chậm nhất"), show_day(due.day), why)
