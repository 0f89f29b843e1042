"""The filter that narrows lists of what belongs to conferences to one of them."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from danchu.conference.models import Conference
from danchu.subjects.one_of import OneOf


class OfConference(django_filters.Filter):
    """Rows of one conference among those that the actor may view, the latest offered first."""

    field_class = OneOf

    def __init__(self, field_name: str = "conference") -> None:
        super().__init__(field_name, label=_("Của hội nghị"), blank=_("Tất cả"))

    @property
    def field(self) -> Any:
        is_new = not hasattr(self, "_field")
        field = super().field
        if is_new:
            conferences = Conference.objects.viewed_by(self.parent.actor)
            field.offer(conferences.order_by("-starts_at", "-pk"), conference_names)
        return field

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.filter(**{self.field_name: int(value)}) if value else qs


def conference_names(conferences: list[Conference]) -> list[tuple[str, str]]:
    """[(id as text, title)], the choices of a form."""
    return [(str(conference.pk), conference.title) for conference in conferences]
