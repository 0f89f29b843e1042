"""The filter that narrows lists of what belongs to conferences to one of them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from danchu.conference.models import Conference
from danchu.kernel.addresses import number_in
from danchu.subjects.filters import Choice

MOST_OFFERED = 50


def latest_conferences(actor: Any, number: str = "") -> list[Conference]:
    """The latest conferences that the actor has an explicit right to view, and among them the one
    with this number, however old.
    """
    rows = Conference.objects.viewed_by(actor).order_by("-starts_at", "-pk")
    latest = list(rows[:MOST_OFFERED])
    number_asked = number_in(number)
    if number_asked is not None and number_asked not in {conference.pk for conference in latest}:
        latest += rows.filter(pk=number_asked)
    return latest


class OfConference(Choice):
    """Rows of one conference; the latest are offered, any that the actor may view is accepted."""

    def __init__(self, field_name: str = "conference") -> None:
        super().__init__((), _("Của hội nghị"), field_name)

    @property
    def field(self) -> Any:
        if not hasattr(self, "_field"):
            number = self.parent.data.get("conference", "")
            conferences = latest_conferences(self.parent.actor, number)
            self.extra["choices"] = [(str(row.pk), row.title) for row in conferences]
        return super().field

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.filter(**{self.field_name: int(value)}) if value else qs
