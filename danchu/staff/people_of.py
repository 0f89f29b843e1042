"""Which people an actor sees at the desk, and what they hold, for lists and pages."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from danchu.kernel.days import today
from danchu.people.actions.offices import NOT_DELEGATED
from danchu.people.models import Account, Delegation, Holding
from danchu.people.offices_held import office_name
from danchu.subjects.scoped import within
from danchu.units.models import Unit
from danchu.units.names import names_of


def people_under(actor: Any) -> QuerySet[Account]:
    """The accounts of those who hold or held an office at a unit where the actor may appoint; of
    everybody for whoever may appoint in the whole country.
    """
    rows = _with_seat(Account.objects.all())
    if actor.may("appoint", "office", None):
        return rows
    holdings = within(Holding.objects.all(), actor.scope("appoint", "office"))
    return rows.filter(pk__in=holdings.values("account"))


def people_opened_by(actor: Any) -> QuerySet[Account]:
    """Those whose page the actor may open: `people_under`, and their own."""
    under = people_under(actor).values("pk")
    return _with_seat(Account.objects.filter(Q(pk__in=under) | Q(pk=actor.account_id)))


def _with_seat(rows: QuerySet[Account]) -> QuerySet[Account]:
    """Annotated with `seat`, the unit (an id) of the latest office; the nation without one."""
    latest = Holding.objects.filter(account=OuterRef("pk")).order_by("-since", "-pk")
    nation = Unit.objects.filter(level="nation").order_by("pk")
    return rows.annotate(
        seat=Coalesce(
            Subquery(latest.values("unit")[:1]),
            Subquery(nation.values("pk")[:1]),
            output_field=BigIntegerField(),
        )
    )


def unfinished(account: Account) -> QuerySet[Holding]:
    """The holdings of an account that last or are still to begin."""
    open_ended = Q(until=None) | Q(until__gt=today())
    rows = account.holdings.filter(open_ended).select_related("office_kind", "account")
    return rows.order_by("since", "pk")


def unfinished_delegations(account: Account) -> QuerySet[Delegation]:
    """What the account delegates to others, today or later."""
    rows = Delegation.objects.filter(giver__account=account, until__gt=today())
    return rows.select_related("to", "giver__office_kind").order_by("since", "pk")


def deputies_of(holdings: Iterable[Holding]) -> dict[int, list[Holding]]:
    """{key of a holding: those of its deputies whose time is not over}."""
    rows = Holding.objects.filter(
        Q(until=None) | Q(until__gt=today()), deputy_of__in=[holding.pk for holding in holdings]
    )
    deputies: dict[int, list[Holding]] = {}
    for row in rows.select_related("account").order_by("since", "pk"):
        deputies.setdefault(row.deputy_of_id, []).append(row)
    return deputies


def delegable_rights(account: Account) -> list[tuple[str, str]]:
    """[(verb, kind)] of the rights that one of the account's own offices may delegate."""
    rights = set()
    for holding in unfinished(account).filter(deputy_of=None):
        pairs = set(holding.office_kind.rights.values_list("verb", "kind"))
        passed_on = {kind for verb, kind in pairs if verb == "delegate"}
        rights |= {
            (verb, kind)
            for verb, kind in pairs
            if verb not in NOT_DELEGATED and (kind in passed_on or "*" in passed_on)
        }
    return sorted(rights)


def holding_name(holding: Holding) -> str:
    """The office and its place, to choose from."""
    place = names_of({(holding.unit_id, today())})[holding.unit_id, today()]
    return f"{office_name(holding.office_kind)}, {place}"


def offices_beside(rows: Iterable[Account]) -> Mapping[int, Mapping[str, Any]]:
    """{account id: {"offices": text}} of what each holds today."""
    holdings = (
        Holding.objects.in_force(today())
        .filter(account__in=[row.pk for row in rows])
        .select_related("office_kind")
        .order_by("since", "pk")
    )
    names = names_of({(holding.unit_id, today()) for holding in holdings})
    texts: dict[int, list[str]] = {}
    for holding in holdings:
        text = f"{office_name(holding.office_kind)}, {names[holding.unit_id, today()]}"
        texts.setdefault(holding.account_id, []).append(text)
    return {account: {"offices": "; ".join(lines)} for account, lines in texts.items()}
