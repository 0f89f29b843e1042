"""How a figure is cited: what it says, where it stands, on which day it was read, and the end of
the journal at that moment, which proves later what was recorded by then.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.journal.models import Entry
from danchu.kernel.days import show_day, today
from danchu.portal.query import query_string

SHORT = 16


@dataclass(frozen=True)
class Citation:
    """`text` to copy, `journal` (number, hash) of the last entry or None, and the address of the
    figure for programs.
    """

    text: str
    journal: tuple[int, str] | None
    api_url: str


def citation_of(request, question, value):
    """The Citation of a figure; `value` is how the page writes it."""
    last = Entry.objects.order_by("-number").values_list("number", "hash").first()
    words = {
        "name": question.name,
        "unit": question.unit_name,
        "when": question.when,
        "value": value,
        "map": show_day(question.map_day),
        "url": request.build_absolute_uri(question.url()),
        "day": show_day(today()),
    }
    text = _(
        "%(name)s, %(unit)s, %(when)s: %(value)s (bản đồ ngày %(map)s). Dân Chủ, %(url)s, đọc ngày "
        "%(day)s."
    )
    text = text % words
    if last:
        proof = _("Nhật ký đến mục %(number)s, mã băm %(hash)s.")
        text += " " + proof % {"number": last[0], "hash": last[1][:SHORT]}
    return Citation(text, last, _api_url(question))


def _api_url(question):
    words = query_string(
        unit=question.unit.pk,
        since=question.period.since.isoformat(),
        until=question.period.until.isoformat(),
        map=question.map_day.isoformat(),
        own=question.own,
    )
    return f"{reverse('api:figure', args=[question.indicator.key])}?{words}"
