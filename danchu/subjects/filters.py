"""Filters of lists, built on django-filter: place, days, words, choices.

Each shows an error on its own field where its value is invalid, in the words that forms use.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.db import models
from django.db.models import Func, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.figures import among  # noqa: F401  registers the lookup
from danchu.kernel.addresses import number_in
from danchu.kernel.days import VIETNAM, today
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.subjects.fields import DayField
from danchu.subjects.places import PlaceInput, offer
from danchu.units.choices import LONGEST_VALUE, value_of_unit
from danchu.units.models import Standing, Unit
from danchu.units.named import unit_of_code, units_counted_at
from danchu.units.names import name_of, names_on

TYPED = "typed"  # in the address of a form that was sent, beside what a person typed
FEWEST_LETTERS = 3
FEWEST_LETTERS_OF_NAMES = 2


class PlaceField(forms.CharField):
    """A typed place, cleaned to the ids of the units that count there on today's map. A number is
    the code that a unit has today; where no unit has it, or with `by_number`, it is the id of a
    unit, as in public addresses. `is_typed`: the form of such a list was sent, so that a number may
    be either; where two units are meant it is asked about.
    """

    widget = PlaceInput
    is_typed = False

    def __init__(self, by_number: bool = False, **more: Any) -> None:
        super().__init__(**more)
        self.by_number = by_number

    def prepare_value(self, value: Any) -> Any:
        """What the box shows: a number of an address as the place that it means today."""
        text = str(value or "").strip()
        return shown_number(text, self.by_number and not self.is_typed) or value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            if self.by_number and self.is_typed:
                refuse_two_numbers(text)
            is_id = self.by_number and not self.is_typed
            return units_counted_at(text if is_id else with_day(text))
        except Refused as refusal:
            offer(self, refusal.choices)
            raise forms.ValidationError(str(refusal.message)) from None


def with_day(text: str) -> str:
    """A code of a unit of today, with the day appended; any other text unchanged."""
    day = today()
    is_code = text.isdecimal() and Standing.objects.on(day).filter(code=text).exists()
    return f"{text}@{day.isoformat()}" if is_code else text


def shown_number(text: str, is_id: bool = False) -> str:
    """The value of the choice that a number means today: the code of a unit, or with `is_id` its
    id; "" for what is no number and where no unit of today is meant.
    """
    if not text.isdecimal():
        return ""
    if is_id:
        unit = number_in(text)
    else:
        row = unit_of_code(text, today())
        unit = row.pk if row else None
    name = names_on(today()).get(unit) if unit else None
    return value_of_unit(unit, today()) if unit and name and name.present else ""


def refuse_two_numbers(text: str) -> None:
    """Refused, on "unit", where the text is the code of one unit and the id of another. No id
    begins with 0.
    """
    if text.startswith("0"):
        return
    day = today()
    code = unit_of_code(text, day)
    number = number_in(text)
    of_id = Unit.objects.filter(pk=number).first() if number is not None else None
    if code is None or of_id is None or code.pk == of_id.pk:
        return
    raise Refused(
        _(
            "“%(text)s” là mã của %(code)s, và cũng là số trong hệ thống của %(other)s. Hãy ghi "
            "tên của nơi cần chọn, hoặc mã kèm ngày: %(text)s@%(day)s."
        )
        % {
            "text": text,
            "code": name_of(code.pk, day),
            "other": name_of(of_id.pk, day),
            "day": day.isoformat(),
        },
        "unit",
    )


class WordsField(forms.CharField):
    """Words to search for; at least three letters, or two where names are searched
    (`is_of_names`), because many names have no more.
    """

    def __init__(self, is_of_names: bool = False, **more: Any) -> None:
        super().__init__(**more)
        self.is_of_names = is_of_names

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        length = len(fold(text))
        if text and self.is_of_names and length < FEWEST_LETTERS_OF_NAMES:
            raise forms.ValidationError(_("Hãy gõ ít nhất hai chữ để tìm."))
        if text and not self.is_of_names and length < FEWEST_LETTERS:
            raise forms.ValidationError(_("Hãy gõ ít nhất ba chữ để tìm."))
        return str(text)


class Place(django_filters.Filter):
    """Rows of the units that count at a place; `field_name` is the row's unit, `by_number` as for
    `PlaceField`.
    """

    field_class = PlaceField

    def __init__(self, field_name: str = "unit", **more: Any) -> None:
        more.setdefault("label", gettext_lazy("Nơi"))
        super().__init__(field_name=field_name, max_length=LONGEST_VALUE, strip=True, **more)

    @property
    def field(self) -> Any:
        field = super().field
        field.is_typed = TYPED in self.parent.data
        return field

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs if value is None else qs.filter(**{f"{self.field_name}__among": value})


class Since(django_filters.Filter):
    """Rows from a day on. `of_instants`: the column holds instants, and the day begins at midnight
    in Vietnam.
    """

    field_class = DayField

    def __init__(self, field_name: str, of_instants: bool = False, **more: Any) -> None:
        more.setdefault("label", gettext_lazy("Từ ngày"))
        super().__init__(field_name=field_name, **more)
        self.of_instants = of_instants

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if not value:
            return qs
        first = _beginning(value) if self.of_instants else value
        return qs.filter(**{f"{self.field_name}__gte": first})


class Last(django_filters.Filter):
    """Rows until a day, that day included; `of_instants` as for `Since`."""

    field_class = DayField

    def __init__(self, field_name: str, of_instants: bool = False, **more: Any) -> None:
        more.setdefault("label", gettext_lazy("Đến ngày"))
        super().__init__(field_name=field_name, **more)
        self.of_instants = of_instants

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if not value:
            return qs
        after = value + timedelta(days=1)
        return qs.filter(
            **{f"{self.field_name}__lt": _beginning(after) if self.of_instants else after}
        )


def _beginning(day: date) -> datetime:
    """Midnight in Vietnam at which a day begins."""
    return datetime.combine(day, time(), VIETNAM)


class Words(django_filters.Filter):
    """Rows in which one of the `columns` contains the words in this order, ignoring case and marks.
    `also(words)` is a further condition, for another table; its argument is the folded words.

    A list that may grow to a million rows needs an index on `register_fold(column)`.
    """

    field_class = WordsField

    def __init__(self, *columns: str, also: Callable[[str], Q] | None = None, **more: Any) -> None:
        more.setdefault("label", gettext_lazy("Chữ trong nội dung"))
        self.columns = columns
        self.also = also
        super().__init__(max_length=80, **more)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        words = fold(value)
        condition = self.also(words) if self.also else Q()
        for column in self.columns:
            name = f"folded_{column}"
            folded = Func(column, function="register_fold", output_field=models.TextField())
            qs = qs.alias(**{name: folded})
            condition |= Q(**{f"{name}__contains": words})
        return qs.filter(condition)


class Matching(django_filters.Filter):
    """Rows that the queryset's own `matching(text)` finds: by words, by a code or a number."""

    field_class = WordsField

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", gettext_lazy("Chữ trong nội dung"))
        super().__init__(max_length=120, **more)

    def filter(self, qs: Any, value: str) -> Any:
        return qs.matching(value) if value else qs


class Choice(django_filters.ChoiceFilter):
    """Rows of one choice. `conditions` maps the choices that are not values of the column to a Q or
    to a function of the queryset. The page shows the number of rows beside each choice in
    `counted`. A filter that depends on the reader finds them in `self.parent.actor`.
    """

    def __init__(
        self,
        choices: Any,
        label: Any,
        field_name: str = "",
        conditions: Mapping[str, Any] | None = None,
        counted: tuple[str, ...] = (),
        **more: Any,
    ) -> None:
        self.conditions = conditions or {}
        self.counted = counted
        more.setdefault("empty_label", gettext_lazy("Tất cả"))
        unknown = gettext_lazy("Không có lựa chọn “%(value)s”.")
        more.setdefault("error_messages", {"invalid_choice": unknown})
        super().__init__(
            field_name=field_name or None,
            choices=choices,
            label=label,
            **more,
        )

    def read_choices(self) -> Any:
        """The choices; a filter whose choices are rows reads them here, once for each list."""
        return self.extra["choices"]

    @property
    def field(self) -> Any:
        if not hasattr(self, "_field"):
            self.extra["choices"] = self.read_choices()
        return super().field

    def numbered(self, qs: QuerySet[Any]) -> list[tuple[str, str]]:
        """[(key, word)] of the choices, with the number of rows beside those that are counted."""
        choices = []
        for key, word in self.field.choices:
            if key in self.counted:
                word = f"{word} ({show_number(self.filter(qs, key).count())})"
            if key:
                choices.append((key, word))
        return choices

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        condition = self.conditions.get(value)
        if condition is None:
            return qs.filter(**{self.field_name: value})
        return condition(qs) if callable(condition) else qs.filter(condition)
