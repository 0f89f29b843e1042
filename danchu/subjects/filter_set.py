"""The filters of one list together."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from danchu.subjects.filters import Matching


class ListFilters(django_filters.FilterSet):
    """The filters of one list, and the actor who reads it."""

    actor: Any = None

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Words last: how they are looked up depends on the rows that the other filters leave."""
        values = self.form.cleaned_data.items()
        for name, value in sorted(values, key=self._is_of_words):
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    def _is_of_words(self, value: tuple[str, Any]) -> bool:
        return isinstance(self.filters[value[0]], Matching)
