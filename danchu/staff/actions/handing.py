"""Offices, deputies and delegated rights handed to somebody who has an account: the acts of the
room of people, after which whoever got something, or lost it, is told at their desk.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import show_day
from danchu.kernel.refusals import require
from danchu.notices.actions import tell_people
from danchu.people.actions import appoint, delegate_right, end_delegation, end_holding
from danchu.people.giving import may_end
from danchu.people.models import Account, Delegation, Holding, OfficeKind
from danchu.people.offices_held import office_name
from danchu.staff.letters import desk_notice
from danchu.staff.right_words import words_of_right
from danchu.units.models import Unit
from danchu.units.names import name_of


@transaction.atomic
def give_office(
    account: Account, *, by: Acting, office_kind: OfficeKind, unit: Unit, **values: Any
) -> Holding:
    """Give somebody another office, as `appoint`, and tell them. Refused and Denied as there."""
    require(by.may("appoint", "office", unit))
    holding = appoint(account, by=by, office_kind=office_kind, unit=unit, **values)
    with override(settings.LANGUAGE_CODE):
        words = {"office": _office(holding), "days": _days(holding.since, holding.until)}
        text = _("Ông/bà được giao chức trách %(office)s, %(days)s.") % words
    _tell(account, text, by)
    record(by, "account.told", account, holding=holding.pk)
    return holding


@transaction.atomic
def name_deputy(account: Account, *, by: Acting, principal: Holding, **values: Any) -> Holding:
    """Let somebody act for the holder of an office, and tell them. Refused and Denied as
    `appoint`.
    """
    require(by.may("appoint", "office", principal.unit))
    holding = appoint(
        account,
        by=by,
        office_kind=principal.office_kind,
        unit=principal.unit,
        deputy_of=principal,
        **values,
    )
    with override(settings.LANGUAGE_CODE):
        words = {"office": _office(holding), "days": _days(holding.since, holding.until)}
        text = _("Ông/bà được cử làm thay ở chức trách %(office)s, %(days)s.") % words
    _tell(account, text, by)
    record(by, "account.told", account, holding=holding.pk)
    return holding


@transaction.atomic
def pass_right_on(giver: Holding, *, by: Acting, to: Account, **values: Any) -> Delegation:
    """Delegate one right of an office, and tell whoever gets it. Refused and Denied as
    `delegate_right`.
    """
    require(by.account_id is not None)
    delegation = delegate_right(giver, by=by, to=to, **values)
    with override(settings.LANGUAGE_CODE):
        text = _("Ông/bà được ủy quyền %(right)s tại %(place)s, %(days)s.") % {
            "right": words_of_right(delegation.verb, delegation.kind),
            "place": name_of(giver.unit_id, delegation.since),
            "days": _days(delegation.since, delegation.until),
        }
    _tell(to, text, by)
    record(by, "account.told", to, delegation=delegation.pk)
    return delegation


@transaction.atomic
def take_office_back(holding: Holding, *, by: Acting, until: date) -> Holding:
    """End an office, as `end_holding`, and tell whoever had it. Refused and Denied as there."""
    require(may_end(by, holding))
    holding = end_holding(holding, by=by, until=until)
    with override(settings.LANGUAGE_CODE):
        words = {"office": _office(holding), "last": show_day(until - timedelta(days=1))}
        text = _("Chức trách %(office)s của ông/bà kết thúc, ngày cuối là %(last)s.") % words
    _tell(holding.account, text, by)
    record(by, "account.told", holding.account, holding=holding.pk)
    return holding


@transaction.atomic
def take_right_back(delegation: Delegation, *, by: Acting, until: date) -> Delegation:
    """End a delegation, as `end_delegation`, and tell whoever had the right. Refused and Denied as
    there.
    """
    require(by.account_id is not None)
    delegation = end_delegation(delegation, by=by, until=until)
    with override(settings.LANGUAGE_CODE):
        text = _("Ủy quyền %(right)s tại %(place)s cho ông/bà kết thúc, ngày cuối là %(last)s.") % {
            "right": words_of_right(delegation.verb, delegation.kind),
            "place": name_of(delegation.giver.unit_id, delegation.since),
            "last": show_day(until - timedelta(days=1)),
        }
    _tell(delegation.to, text, by)
    record(by, "account.told", delegation.to, delegation=delegation.pk)
    return delegation


def _office(holding: Holding) -> str:
    return f"{office_name(holding.office_kind)}, {name_of(holding.unit_id, holding.since)}"


def _days(since: date, until: date | None) -> str:
    words = {"since": show_day(since), "until": until and show_day(until)}
    if until is None:
        return _("từ ngày %(since)s") % words
    return _("từ ngày %(since)s đến trước ngày %(until)s") % words


def _tell(account: Account, text: str, by: Acting) -> None:
    tell_people([desk_notice(account, text, page_of=account)], by=by)
