"""Fields that forms of this room share: an office, a place within the right, a person by address,
first and last day.
"""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused
from danchu.kernel.text import sort_key
from danchu.people.models import Account, OfficeKind
from danchu.people.offices_held import office_name
from danchu.subjects.fields import DayField, unit_at
from danchu.subjects.forms import RefusingForm
from danchu.subjects.places import UnitField

LAST_DAY_HELP = gettext_lazy("Để trống nếu chưa định.")


def office_choices(only: Any = None) -> list[tuple[str, str]]:
    """[(key, name)] of the kinds of office, or of those for which `only(kind)` is true."""
    kinds = OfficeKind.objects.order_by("pk")
    choices = [(kind.pk, office_name(kind)) for kind in kinds if only is None or only(kind)]
    return sorted(choices, key=lambda choice: sort_key(choice[1]))


def place_field() -> UnitField:
    """The place of an office."""
    return UnitField()


def email_field(label: Any, **more: Any) -> forms.CharField:
    """An address of a person; the act says what is wrong with it."""
    attributes = {"autocomplete": "off", "inputmode": "email", "spellcheck": "false"}
    widget = forms.TextInput(attrs=attributes)
    return forms.CharField(label=label, max_length=254, widget=widget, **more)


def phone_field(label: Any, **more: Any) -> forms.CharField:
    """A telephone number of a person; the act says what is wrong with it."""
    attributes = {"autocomplete": "off", "inputmode": "tel"}
    widget = forms.TextInput(attrs=attributes)
    return forms.CharField(label=label, max_length=20, widget=widget, **more)


class SpanFields(RefusingForm):
    """From which day to which last day; an act is given the day after it, as `until`."""

    shown_on = {"until": "last"}
    since = DayField(label=gettext_lazy("Từ ngày"))
    last = DayField(label=gettext_lazy("Đến hết ngày"), required=False, help_text=LAST_DAY_HELP)

    def begin_today(self) -> None:
        self.initial.setdefault("since", show_day(today()))

    def values(self) -> dict[str, Any]:
        values = super().values()
        last = values.pop("last")
        values["until"] = day_after(last) if last else None
        return values


def day_after(day: date) -> date:
    """The next day; Refused at `last` for the last day of the calendar."""
    if day == date.max:
        raise Refused(_("Ngày này quá xa. Hãy ghi ngày sớm hơn, hoặc để trống."), "last")
    return day + timedelta(days=1)


def office_and_place(form: Any, cleaned: dict[str, Any]) -> None:
    """Replace the key of an office and the typed place by their rows; a fault stands on its
    field.
    """
    cleaned["office_kind"] = OfficeKind.objects.filter(pk=cleaned.get("office_kind")).first()
    day = max(cleaned.get("since") or today(), today())
    if cleaned.get("unit"):
        cleaned["unit"] = form.check(unit_at, cleaned["unit"], day, form.scope)


def account_by(email: str, field: str) -> Account:
    """The active account of an address; Refused on the field where there is none."""
    account = Account.objects.filter(email=email.strip().lower(), is_active=True).first()
    if account is None:
        raise Refused(
            _("Không có tài khoản đang mở nào dùng địa chỉ này: hãy mời người ấy trước."), field
        )
    return account
