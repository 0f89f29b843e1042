"""The forms of the acts on a person: offices, deputies, delegation."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Denied, Refused
from danchu.people.longest import DELEGATION, DEPUTY, last_day
from danchu.people.models import Account, Delegation, Holding
from danchu.staff import actions
from danchu.staff.people_of import (
    delegable_rights,
    holding_name,
    unfinished,
    unfinished_delegations,
)
from danchu.staff.right_words import words_of_right
from danchu.staff.sections.fields import (
    SpanFields,
    account_by,
    day_after,
    email_field,
    office_and_place,
    office_choices,
    place_field,
)
from danchu.subjects.fields import DayField
from danchu.subjects.forms import ActForm

GROUNDS = gettext_lazy("Căn cứ")
GROUNDS_HELP = gettext_lazy("Số quyết định, ngày, cơ quan ban hành.")


def grounds_field() -> forms.CharField:
    return forms.CharField(label=GROUNDS, max_length=200, help_text=GROUNDS_HELP)


class GiveForm(SpanFields, ActForm):
    """Another office for somebody who has an account."""

    wide = ("grounds",)
    field_order = ("office_kind", "unit", "since", "last", "grounds")
    office_kind = forms.ChoiceField(label=gettext_lazy("Chức trách"))
    unit = place_field()
    grounds = grounds_field()

    def prepare(self) -> None:
        self.scope = self.actor.scope("appoint", "office")
        self.fields["office_kind"].choices = [("", "—"), *office_choices()]
        self.begin_today()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        office_and_place(self, cleaned)
        return cleaned


def give(account: Account, *, by: Any, **values: Any) -> Holding:
    """The act behind GiveForm."""
    with refused_on("office_kind"):
        return actions.give_office(account, by=by, **values)


@contextmanager
def refused_on(field: str) -> Iterator[None]:
    """Turn a missing right into a refusal on the field: which office it is decides, so that another
    may be chosen and what was typed stays.
    """
    try:
        yield
    except Denied as denial:
        raise Refused(denial.message, field) from denial


class OfHolding(ActForm):
    """Begins with a choice of the holdings of the person that are not over."""

    in_person = True
    holding = forms.ChoiceField(label=gettext_lazy("Chức trách"))

    def prepare(self) -> None:
        rows = unfinished(self.row)
        self.holdings = {
            str(row.pk): row for row in rows if not (self.in_person and row.deputy_of_id)
        }
        choices = [(key, holding_name(row)) for key, row in self.holdings.items()]
        self.fields["holding"].choices = choices

    def clean_holding(self) -> Holding:
        return self.holdings[self.cleaned_data["holding"]]


class DeputyForm(SpanFields, OfHolding):
    """Who does the work of an office while its holder is away."""

    wide = ("grounds",)
    shown_on = {**SpanFields.shown_on, "deputy_of": "deputy", "account": "deputy"}
    field_order = ("holding", "deputy", "since", "last", "grounds")
    deputy = email_field(gettext_lazy("Thư điện tử của người làm thay"))
    grounds = grounds_field()

    def prepare(self) -> None:
        super().prepare()
        self.begin_today()
        help_text = _(
            "Để trống: làm thay cho đến khi người giữ chức trách thôi, lâu nhất đến hết %s."
        )
        _say_longest(self, DEPUTY, help_text)


def _say_longest(form: SpanFields, key: str, words: str) -> None:
    """How long it may last at most, said at the last day, counted from today."""
    last = last_day(key, today())
    if last is not None:
        form.fields["last"].help_text = words % show_day(last)


def deputise(account: Account, *, by: Any, holding: Holding, deputy: str, **values: Any) -> Holding:
    """The act behind DeputyForm."""
    with refused_on("holding"):
        return actions.name_deputy(account_by(deputy, "deputy"), by=by, principal=holding, **values)


class EndForm(OfHolding):
    """The last day of an office."""

    in_person = False
    shown_on = {"until": "last"}
    last = DayField(
        label=gettext_lazy("Ngày cuối giữ chức trách"),
        help_text=gettext_lazy("Ghi hôm qua nếu chức trách hết ngay bây giờ."),
    )

    def prepare(self) -> None:
        super().prepare()
        self.initial["last"] = show_day(today())


def end(account: Account, *, by: Any, holding: Holding, last: Any) -> Holding:
    """The act behind EndForm."""
    with refused_on("holding"):
        return actions.take_office_back(holding, by=by, until=day_after(last))


class DelegationForm(SpanFields, OfHolding):
    """One right of an office, to somebody else for a time."""

    wide = ("reason",)
    shown_on = {**SpanFields.shown_on, "verb": "right"}
    field_order = ("holding", "right", "to", "since", "last", "reason")
    right = forms.ChoiceField(label=gettext_lazy("Quyền"))
    to = email_field(gettext_lazy("Thư điện tử của người được ủy quyền"))
    reason = forms.CharField(label=gettext_lazy("Lý do hoặc số văn bản ủy quyền"), max_length=500)

    def prepare(self) -> None:
        super().prepare()
        self.begin_today()
        self.fields["last"].required = True
        self.fields["last"].help_text = ""
        _say_longest(self, DELEGATION, _("Bắt đầu hôm nay thì lâu nhất đến hết %s."))
        rights = {f"{verb}:{kind}": (verb, kind) for verb, kind in delegable_rights(self.row)}
        self.fields["right"].choices = [
            (key, words_of_right(verb, kind)) for key, (verb, kind) in rights.items()
        ]


def delegate(
    account: Account, *, by: Any, holding: Holding, right: str, to: str, **values: Any
) -> Delegation:
    """The act behind DelegationForm."""
    verb, _colon, kind = right.partition(":")
    with refused_on("right"):
        return actions.pass_right_on(
            holding, by=by, to=account_by(to, "to"), verb=verb, kind=kind, **values
        )


class EndDelegationForm(ActForm):
    """The last day of a delegation."""

    shown_on = {"until": "last"}
    delegation = forms.ChoiceField(label=gettext_lazy("Ủy quyền"))
    last = DayField(label=gettext_lazy("Ngày cuối có hiệu lực"))

    def prepare(self) -> None:
        rows = {str(row.pk): row for row in unfinished_delegations(self.row)}
        self.delegations = rows
        self.fields["delegation"].choices = [
            (key, f"{words_of_right(row.verb, row.kind)} → {row.to.name}")
            for key, row in rows.items()
        ]
        self.initial["last"] = show_day(today())

    def clean_delegation(self) -> Delegation:
        return self.delegations[self.cleaned_data["delegation"]]


def end_delegated(account: Account, *, by: Any, delegation: Delegation, last: Any) -> Delegation:
    """The act behind EndDelegationForm."""
    return actions.take_right_back(delegation, by=by, until=day_after(last))
