"""The question of the page that explains a right."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused
from danchu.kernel.text import sort_key, typed_form
from danchu.people.actor import EVERYWHERE
from danchu.people.models import Account
from danchu.people.offices_held import place_of
from danchu.staff.installation import place_of_use
from danchu.staff.right_words import kind_words, verb_words
from danchu.subjects.fields import DayField
from danchu.subjects.forms import RefusingForm
from danchu.subjects.life import Life, Right
from danchu.subjects.places import UnitField
from danchu.units.models import Unit
from danchu.units.named import unit_typed
from danchu.units.names import name_of

MOST_NAMED = 5
LARGEST_KEY = 2**63 - 1


class RightsForm(RefusingForm):
    """Who may do what where, and whether one person may."""

    verb = forms.ChoiceField(label=gettext_lazy("Việc"))
    kind = forms.ChoiceField(label=gettext_lazy("Loại hồ sơ"))
    unit = UnitField(day_field="on")
    # The id of the place that a link named, which its name alone may not tell from others.
    at = forms.IntegerField(
        required=False, min_value=1, max_value=LARGEST_KEY, widget=forms.HiddenInput
    )
    on = DayField(label=gettext_lazy("Vào ngày"), required=False)
    person = forms.CharField(
        label=gettext_lazy("Thử cho một người"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("Họ tên hoặc địa chỉ thư; để trống để chỉ xem ai được làm."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, actor, *arguments, **more):
        super().__init__(*arguments, **more)
        self.fields["verb"].choices = sorted(verb_words().items(), key=_by_word)
        self.fields["kind"].choices = sorted(kind_words().items(), key=_by_word)
        is_everywhere = actor.scope("appoint", "office") is EVERYWHERE
        here = (is_everywhere and place_of_use()) or place_of(actor, EVERYWHERE)
        self.initial |= {"on": show_day(today()), "unit": here, "verb": "confirm"}

    def clean_on(self):
        return self.cleaned_data["on"] or today()

    def clean(self):
        cleaned = super().clean()
        linked = cleaned.pop("at", None)
        if cleaned.get("unit") and cleaned.get("on"):
            cleaned["unit"] = self.check(_place_meant, cleaned["unit"], cleaned["on"], linked)
        if cleaned.get("person"):
            cleaned["person"] = self.check(person_meant, cleaned["person"])
        return cleaned


def _place_meant(text: str, day: date, linked: int | None) -> Unit:
    """The unit of a link while its name was not changed, else the one that was typed."""
    unit = Unit.objects.filter(pk=linked).first() if linked else None
    if unit is not None and name_of(unit, day) == text:
        return unit
    return unit_typed(text, day)


def right_to_explain(life: Life, row: Any, actor: Any) -> str:
    """The query for the page of rights about a record: the first step that may follow and that the
    reader may not do, else the first that may follow; "" where no right of an office is asked.
    """
    state = life.state(row)
    moves = [move for move in life.moves if isinstance(move.right, Right) and state in move.sources]
    moves.sort(key=lambda move: move.right.allows(actor, row))
    for move in moves:
        right = move.right
        kind = right.kind if isinstance(right.kind, str) else right.kind(row)
        place = right.place(row)
        place = getattr(place, "pk", place)
        if kind in kind_words() and place is not None:
            name = name_of(place, today())
            return urlencode({"verb": right.verb, "kind": kind, "at": place, "unit": name})
    return ""


def person_meant(text: str) -> Account:
    """The official whose address or whole name was typed, marks included unless none were; Refused
    at `person` where there is none or several.
    """
    officials: QuerySet[Account] = Account.objects.filter(holdings__isnull=False).distinct()
    by_address = officials.filter(email=text.strip().lower()).first()
    if by_address is not None:
        return by_address
    form = typed_form(text)
    people = [row for row in officials.order_by("pk") if form(row.name) == form(text)]
    if len(people) == 1:
        return people[0]
    if people:
        addresses = "; ".join(row.email for row in people[:MOST_NAMED])
        raise Refused(_("Có nhiều người tên này: hãy ghi địa chỉ thư (%s).") % addresses, "person")
    raise Refused(_("Không có ai giữ chức trách với tên hoặc địa chỉ này."), "person")


def _by_word(choice):
    return sort_key(choice[1])
