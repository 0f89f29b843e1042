"""Who holds a right at a unit: the accounts to notify of something there."""

from typing import Any

from django.db.models import Q, QuerySet

from danchu.kernel.days import today
from danchu.people.models import Account, Holding
from danchu.units.maps import boundaries


def holders_of(verb: str, kind: str, unit: Any) -> QuerySet[Account]:
    """The accounts of `holdings_of`."""
    holdings = holdings_of(verb, kind, unit)
    return Account.objects.filter(pk__in=holdings.values("account")).order_by("pk")


def holdings_of(verb: str, kind: str, unit: Any) -> QuerySet[Holding]:
    """The holdings of today whose office names the right over the unit (a Unit or its id), deputies
    too. Offices that have the right only by "*" are left out.
    """
    unit = getattr(unit, "pk", unit)
    chart = boundaries(today())
    if unit in chart:
        tops = {unit, *chart.ancestors(unit)}
    else:
        tops = {top for heir in chart.place(unit) for top in (heir, *chart.ancestors(heir))}
    return Holding.objects.in_force(today()).filter(
        Q(unit__in=tops) | Q(unit__level="nation"),
        office_kind__rights__verb=verb,
        office_kind__rights__kind=kind,
    )
