"""Forms that change a row somebody else may be changing: an optimistic lock for all of them.

The form carries, hidden, a digest of the values it began with. When it is sent, the row is read
again under a lock; if its form would begin with other values by now, the act is refused, both
versions are named beside the fields, and what was typed stays. Sent again, it is done: the reader
has then seen what it overwrites.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Self

from django import forms
from django.db import connection, transaction
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.kernel.refusals import Refused
from danchu.subjects.forms import ActForm, RefusingForm

EDITION = "edition"
LOCK = "SELECT pg_advisory_xact_lock(hashtext(%s), %s)"
LONGEST_SHOWN = 300


class Outdated(Refused):
    """Somebody else has saved meanwhile; `lines` are sentences, one for each field that differs."""

    def __init__(self, message: object, lines: list[str]) -> None:
        super().__init__(message)
        self.lines = lines


class EditingForm(RefusingForm):
    """A form that begins with the stored values of a row; the first of the bases of its class."""

    edition = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    outdated: Any = gettext_lazy(
        "Trong lúc ông/bà sửa, người khác đã lưu trước, nên chưa ghi gì. Hãy xem các ô khác nhau "
        "dưới đây, sửa lại nếu cần rồi bấm Ghi lần nữa."
    )
    edition_sent = ""
    is_outdated = False
    # Whether what is typed without a line may stay on the device; no form of personal data may.
    stays_on_device = True

    @cached_property
    def own_edition(self) -> str:
        """The digest of the values with which the form begins."""
        values = {
            name: "" if value is None else str(value)
            for name, value in self.initial.items()
            if name not in ("uid", EDITION)
        }
        return _digest(values)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == EDITION:
            return self.own_edition
        return super().get_initial_for_field(field, field_name)

    def full_clean(self) -> None:
        super().full_clean()
        self.edition_sent = getattr(self, "cleaned_data", {}).pop(EDITION, "")

    def check_edition(self, current: Self) -> None:
        """Outdated when the form was begun before the last change of the row; `current` is the
        form as it would begin now. A form without an edition, of a program, is not checked.
        """
        if self.edition_sent and self.edition_sent != current.own_edition:
            self.is_outdated = True
            data = QueryDict(mutable=True)
            data.update(self.data)
            data[self.add_prefix(EDITION)] = current.own_edition
            self.data = data
            raise Outdated(self.outdated, list(self._differences(current)))

    def refuse(self, refusal: Refused) -> None:
        super().refuse(refusal)
        if isinstance(refusal, Outdated):
            for line in refusal.lines:
                self.add_error(None, line)

    def _differences(self, current: Self, names: Iterable[str] | None = None) -> Iterator[str]:
        for name, field in self.fields.items():
            if names is not None and name not in names:
                continue
            if field.widget.is_hidden or isinstance(field, forms.FileField):
                continue
            key = self.add_prefix(name)
            typed = field.widget.value_from_datadict(self.data, self.files, key)
            stored = current.get_initial_for_field(field, name)
            if _clean_value(field, typed) != _clean_value(field, stored):
                words = {
                    "label": field.label,
                    "stored": _show(field, stored),
                    "typed": _show(field, typed),
                }
                yield _("%(label)s: đang lưu là “%(stored)s”; ông/bà gõ “%(typed)s”.") % words


class SeenForm(EditingForm, ActForm):
    """An act on what the reader has read, such as a confirmation: refused where somebody changed
    the record, the rows `beside` it, or what is `computed`, since its page was opened.
    """

    outdated = gettext_lazy(
        "Bản này đã được sửa sau khi ông/bà mở trang, nên chưa làm gì. Hãy đọc lại bản dưới đây "
        "rồi bấm lần nữa."
    )

    @cached_property
    def own_edition(self) -> str:
        return edition_of(self.row, self.beside(), self.computed())

    def _differences(self, current: Self, names: Iterable[str] | None = None) -> Iterator[str]:
        """Those of fields that begin with something stored: of a tick or a reason that is typed for
        the act nothing is stored.
        """
        begun = [
            name
            for name, field in self.fields.items()
            if current.get_initial_for_field(field, name) not in (None, "", False)
        ]
        yield from super()._differences(current, begun)

    def beside(self) -> Iterable[Model]:
        """Further rows that the reader has read on the page of the record."""
        return ()

    def computed(self) -> Any:
        """What the reader has read there that no row holds, as JSON; None where there is nothing of
        the kind.
        """
        return None


def edition_of(row: Model, beside: Iterable[Model] = (), computed: Any = None) -> str:
    """The digest of all columns of the row, of the rows beside it, and of what is `computed`."""
    rows = [
        {field.attname: str(getattr(one, field.attname)) for field in one._meta.concrete_fields}
        for one in (row, *beside)
    ]
    return _digest([*rows, computed] if computed is not None else rows)


@contextmanager
def one_editor(row: Model) -> Iterator[None]:
    """A transaction in which no other form changes the row."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(LOCK, [row._meta.db_table, row.pk % 2**31])
        yield


def hold_for_editing(rows: Iterable[Model]) -> None:
    """Let no other form change the rows until the transaction ends, for an act on several of them:
    all at first and in one order, so that two such acts do not wait for each other.
    """
    with connection.cursor() as cursor:
        for row in sorted(rows, key=lambda row: row.pk):
            cursor.execute(LOCK, [row._meta.db_table, row.pk % 2**31])


def status_of(form: forms.Form) -> int:
    """The HTTP status of a page with the form: 409 where it was outdated, 400 with other errors."""
    if getattr(form, "is_outdated", False):
        return 409
    return 400 if form.errors else 200


def save_edited(
    form: EditingForm, row: Model, begin: Callable[[Any], EditingForm], act: Any
) -> Any:
    """What `act()` returns, for a form of a page of its own. `begin(row)` is the form as it would
    begin with the row as it is now. Refused as `EditingForm.check_edition` says, or by the act.
    """
    with one_editor(row):
        current = type(row)._default_manager.filter(pk=row.pk).first()
        if current is not None:  # else the act says so
            form.check_edition(begin(current))
        return act()


def _digest(values: object) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:32]


def _clean_value(field: forms.Field, value: Any) -> Any:
    """The value as the field cleans it, for comparison; as it is where the field refuses it."""
    try:
        return field.clean(value if isinstance(value, bool) else str(value or ""))
    except forms.ValidationError:
        return str(value)


def _show(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return _("có") if value in (True, "on", "true", "True", "1") else _("không")
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        words = {str(key): str(word) for key, word in choices}
        return words.get(str(value or ""), str(value or "–"))
    return str("" if value is None else value).strip()[:LONGEST_SHOWN] or "–"
