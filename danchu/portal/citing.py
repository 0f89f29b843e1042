"""How a figure is cited: what it says, where it stands, on which day it was read, and the last
published checkpoint of the journal, which proves later what was recorded by then. Never the end of
the journal itself, whose number would tell how many acts on persons' matters came since.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.journal.models import Checkpoint
from danchu.kernel.days import show_day, today
from danchu.kernel.reading import once
from danchu.portal.query import query_string

SHORT = 16


@dataclass(frozen=True)
class Citation:
    """`text` to copy, and the address of the figure for programs."""

    text: str
    api_url: str


def citation_of(request, question, value):
    """The Citation of a figure; `value` is how the page writes it."""
    last = once("last checkpoint", Checkpoint.objects.order_by("-size").first, lasts=())
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
        root = last.text.splitlines()[2]  # origin, size, root
        text += " " + proof % {"number": last.size, "hash": root[:SHORT]}
    return Citation(text, _api_url(question))


def _api_url(question):
    words = query_string(
        unit=question.unit.pk,
        since=question.period.since.isoformat(),
        until=question.period.until.isoformat(),
        map=question.map_day.isoformat(),
        own=question.own,
    )
    return f"{reverse('api:figure', args=[question.indicator.key])}?{words}"
