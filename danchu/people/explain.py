"""Why somebody may do something at a place, or may not: the offices behind a right, for a page.

The answer is that of `danchu.people.actor.Actor.may`; a test compares the two.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from danchu.kernel.chronicle import LEVELS, WHOLE
from danchu.kernel.days import show_day
from danchu.people.actor import EVERY_KIND, PRIVATE_KINDS
from danchu.people.models import Account, Delegation, Holding, OfficeRight
from danchu.people.offices_held import office_name
from danchu.units.maps import boundaries
from danchu.units.names import name_of


@dataclass(frozen=True)
class Ground:
    """One reason why `account` has a right: the `office` held at `unit` (an id) from `since` to
    before `until`. `principal` is the name of whoever it comes from where it is not the holder's
    own, `is_delegated` whether by delegation. `lacks_factor`: the office gives nothing before its
    holder sets up a second factor.
    """

    account: Account
    office: str
    unit: int
    since: date
    until: date | None
    principal: str = ""
    is_delegated: bool = False
    lacks_factor: bool = False

    @property
    def place(self) -> str:
        return name_of(self.unit, self.since)


def grounds(
    verb: str, kind: str, unit: int, day: date, account: Account | None = None
) -> list[Ground]:
    """Every ground on which somebody, or the account, may do `verb` to things of `kind` recorded at
    the unit (an id) on a day; own offices first.
    """
    places = _at_or_above(unit, day, partly=verb == "view")
    holdings = (
        Holding.objects.in_force(day)
        .filter(places, office_kind__in=_kinds_with(verb, kind))
        .select_related("account", "office_kind", "deputy_of__account")
    )
    givers = Holding.objects.in_force(day).filter(places)
    delegations = (
        Delegation.objects.in_force(day)
        .filter(_of_kind(kind), verb=verb, giver__in=givers, to__is_active=True)
        .select_related("to", "giver__account", "giver__office_kind")
    )
    if account is not None:
        holdings = holdings.filter(account=account)
        delegations = delegations.filter(to=account)
    has_factor = set(
        Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user", flat=True)
    )
    rows = [_of_holding(row, has_factor) for row in holdings.order_by("deputy_of", "since", "pk")]
    rows += [_of_delegation(row, has_factor) for row in delegations.order_by("since", "pk")]
    return sorted(rows, key=lambda ground: bool(ground.principal))


def obstacles(account: Account, verb: str, kind: str, unit: int, day: date) -> Iterator[str]:
    """Why the account may not, in sentences, where there is no ground: each office it has, and what
    it lacks for the right.
    """
    if not account.is_active:
        yield _("Tài khoản của người này đã đóng.")
    holdings = list(account.holdings.select_related("office_kind", "deputy_of").order_by("since"))
    if not holdings:
        yield _("Người này chưa từng được giao chức trách nào.")
    kinds = set(_kinds_with(verb, kind).values_list("office_kind", flat=True))
    places = _at_or_above(unit, day, partly=verb == "view")
    near = set(Holding.objects.filter(places, account=account).values_list("pk", flat=True))
    for holding in holdings:
        words = {"office": office_name(holding.office_kind), "where": _place_of(holding)}
        if holding.office_kind_id not in kinds:
            yield _("%(office)s, %(where)s: chức trách này không có quyền ấy.") % words
        elif holding.until is not None and holding.until <= day:
            words["day"] = show_day(holding.until)
            yield _("%(office)s, %(where)s: đã hết từ ngày %(day)s.") % words
        elif holding.since > day:
            words["day"] = show_day(holding.since)
            yield _("%(office)s, %(where)s: đến ngày %(day)s mới có hiệu lực.") % words
        elif holding.pk not in near:
            yield _("%(office)s, %(where)s: có quyền ấy, nhưng không phải ở nơi này.") % words
        elif account.is_active:
            yield _("%(office)s, %(where)s: chức trách hoặc đơn vị không còn hiệu lực.") % words
    yield from _delegations_over(account, verb, kind, places, day)


def _delegations_over(
    account: Account, verb: str, kind: str, places: Q, day: date
) -> Iterator[str]:
    """What was delegated to the account at the place for other days."""
    givers = Holding.objects.filter(places)
    rows = Delegation.objects.filter(_of_kind(kind), verb=verb, giver__in=givers, to=account)
    for row in rows.select_related("giver__account").order_by("since", "pk"):
        words = {
            "name": row.giver.account.name,
            "since": show_day(row.since),
            "until": show_day(row.until),
        }
        if row.until <= day:
            yield _("Ủy quyền của %(name)s: đã hết từ ngày %(until)s.") % words
        elif row.since > day:
            yield _("Ủy quyền của %(name)s: đến ngày %(since)s mới có hiệu lực.") % words
        else:
            yield _("Ủy quyền của %(name)s: người ủy quyền không còn giữ chức trách ấy.") % words


def _kinds_with(verb: str, kind: str) -> QuerySet[OfficeRight]:
    """The keys of the kinds of office that have the right."""
    return OfficeRight.objects.filter(_of_kind(kind), verb=verb).values("office_kind")


def _of_kind(kind: str) -> Q:
    """Rights over the kind: those that name it, and those over every kind where that covers it."""
    return Q(kind=kind) if kind in PRIVATE_KINDS else Q(kind__in=[kind, EVERY_KIND])


def _at_or_above(unit: int, day: date, partly: bool) -> Q:
    """Holdings at the unit, at all above it, or in the whole country. A unit that was divided lies
    only `partly` in those that got a part of it.
    """
    chart = boundaries(day)
    tops = {
        top
        for level in LEVELS
        for top, share in chart.place(unit, level).items()
        if chart.level_of(top) == level and (partly or share == WHOLE)
    }
    return Q(unit__in=tops) | Q(unit__level="nation")


def _of_holding(holding: Holding, has_factor: Iterable[int]) -> Ground:
    principal = holding.deputy_of.account.name if holding.deputy_of else ""
    return Ground(
        holding.account,
        office_name(holding.office_kind),
        holding.unit_id,
        holding.since,
        holding.until,
        principal,
        lacks_factor=_waits(holding.office_kind.needs_second_factor, holding.account, has_factor),
    )


def _of_delegation(delegation: Delegation, has_factor: Iterable[int]) -> Ground:
    giver = delegation.giver
    return Ground(
        delegation.to,
        office_name(giver.office_kind),
        giver.unit_id,
        delegation.since,
        delegation.until,
        giver.account.name,
        is_delegated=True,
        lacks_factor=_waits(giver.office_kind.needs_second_factor, delegation.to, has_factor),
    )


def _waits(needs_factor: bool, account: Account, has_factor: Iterable[int]) -> bool:
    return needs_factor and not settings.DEMO and account.pk not in has_factor


def _place_of(holding: Holding) -> str:
    return name_of(holding.unit_id, holding.since)
