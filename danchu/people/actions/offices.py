"""Acts on offices (appoint, end) and on delegated rights (delegate, end)."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Denied, Refused, require
from danchu.kernel.text import clean
from danchu.people.giving import WHOLE_COUNTRY, may_end, may_give_to, why_not_given
from danchu.people.longest import DELEGATION, DEPUTY, check_length, last_day
from danchu.people.models import Account, Delegation, Holding, OfficeKind, OfficeRight
from danchu.people.operators import check_operator_remains
from danchu.units.models import Body, Unit

# The rights to give rights to others cannot be delegated.
NOT_DELEGATED = {"delegate", "appoint"}


@transaction.atomic
def appoint(
    account: Account,
    *,
    by: Acting,
    office_kind: OfficeKind,
    unit: Unit,
    since: date,
    until: date | None = None,
    body: Body | None = None,
    deputy_of: Holding | None = None,
    grounds: str = "",
) -> Holding:
    """Give the account an office at `unit` from `since` to before `until`; `grounds` names the
    decision, for the journal. A deputy without `until` acts as long as the principal, at most until
    the end that the book of law sets. Refused, by field, when the account is locked, the days, body
    or principal do not fit, or it holds the office then already; Denied without the right to
    appoint, and for an office with rights one lacks.
    """
    require(by.may("appoint", "office", unit))
    if not may_give_to(by, office_kind, unit, account):
        raise Denied(why_not_given(by, office_kind, unit))
    holding = Holding(
        account=account,
        office_kind=office_kind,
        unit=unit,
        body=body,
        since=since,
        until=_end_of_deputy(deputy_of, since) if deputy_of and until is None else until,
        deputy_of=deputy_of,
    )
    _check_holding(holding)
    try:
        with transaction.atomic():
            holding.save(force_insert=True)
    except IntegrityError:
        raise Refused(
            _(
                "Người này đã giữ chức trách đó tại đơn vị này trong một phần của thời "
                "gian đã chọn."
            ),
            "since",
        ) from None
    record(
        by,
        "office.appointed",
        holding,
        unit=unit,
        account=account.pk,
        office=office_kind.pk,
        body=body,
        since=since,
        until=holding.until,
        deputy_of=deputy_of,
        **({"grounds": clean(grounds)} if clean(grounds) else {}),
    )
    return holding


@transaction.atomic
def end_holding(holding: Holding, *, by: Acting, until: date) -> Holding:
    """Shorten a holding: its last day is the one before `until`. Its deputies and delegations lose
    their rights with it. Refused for a later day than its end and for the last operator; Denied
    unless one may give the office, or appoint everywhere.
    """
    require(may_end(by, holding))
    holding = Holding.objects.select_for_update().get(pk=holding.pk)
    check_operator_remains([holding], "until")
    _shorten(holding, until)
    record(
        by, "office.ended", holding, unit=holding.unit_id, account=holding.account_id, until=until
    )
    return holding


@transaction.atomic
def delegate_right(
    holding: Holding,
    *,
    by: Acting,
    to: Account,
    verb: str,
    kind: str,
    since: date,
    until: date,
    reason: str,
) -> Delegation:
    """Delegate the right to `verb` on `kind` from the holder to `to`, from `since` to before
    `until`; an operator may enter what was delegated on paper.

    Refused, by field, for a right the office does not have, for longer than it is held, by a deputy
    or without a reason; Denied unless one holds the office or may appoint everywhere.
    """
    require(_may_act_for(holding, by) and by.may("delegate", kind, holding.unit_id))
    _check_delegation(holding, to, verb, kind, since, until)
    reason = clean(reason)
    if not reason:
        raise Refused(_("Hãy ghi lý do hoặc số văn bản ủy quyền."), "reason")
    delegation = Delegation(
        giver=holding, to=to, verb=verb, kind=kind, since=since, until=until, reason=reason
    )
    delegation.save(force_insert=True)
    record(
        by,
        "right.delegated",
        delegation,
        unit=holding.unit_id,
        giver=holding.account_id,
        to=to.pk,
        verb=verb,
        of=kind,
        since=since,
        until=until,
        reason=reason,
    )
    return delegation


@transaction.atomic
def end_delegation(delegation: Delegation, *, by: Acting, until: date) -> Delegation:
    """Shorten a delegation: its last day is the one before `until`. Refused for a later day than
    its end; Denied as for `delegate_right`.
    """
    require(_may_act_for(delegation.giver, by))
    _shorten(delegation, until)
    record(
        by,
        "delegation.ended",
        delegation,
        unit=delegation.giver.unit_id,
        to=delegation.to_id,
        until=until,
    )
    return delegation


def _check_holding(holding):
    if not holding.account.is_active:
        raise Refused(_("Tài khoản này đang bị khóa."), "account")
    _check_days(holding.since, holding.until)
    unit = holding.unit
    if holding.since < unit.since or (unit.until and holding.since >= unit.until):
        raise Refused(
            _("Ngày %(day)s đơn vị này không tồn tại.") % {"day": show_day(holding.since)}, "since"
        )
    if holding.body and holding.body.unit_id != unit.pk:
        raise Refused(_("Cơ quan đã chọn không thuộc đơn vị này."), "body")
    if holding.deputy_of:
        _check_deputy(holding, holding.deputy_of)


def _check_deputy(holding, principal):
    if principal.deputy_of_id:
        raise Refused(_("Người làm thay không thể có người làm thay."), "deputy_of")
    same = (principal.office_kind_id, principal.unit_id) == (
        holding.office_kind_id,
        holding.unit_id,
    )
    if not same or principal.account_id == holding.account_id:
        raise Refused(
            _("Người làm thay phải là người khác, giữ cùng chức trách tại cùng đơn vị."),
            "deputy_of",
        )
    _check_within(principal, holding.since, holding.until)
    if holding.until:
        check_length(DEPUTY, holding.since, holding.until)


def _end_of_deputy(principal, since):
    """The end, exclusive, where none was said: that of the principal, or of the longest time."""
    last = last_day(DEPUTY, since)
    ends = (principal.until, last and last + timedelta(days=1))
    return min((end for end in ends if end is not None and end > since), default=None)


def _check_delegation(holding, to, verb, kind, since, until):
    if holding.deputy_of_id:
        raise Refused(_("Người làm thay không được ủy quyền tiếp."))
    if to.pk == holding.account_id or not to.is_active:
        raise Refused(_("Hãy chọn người nhận khác, có tài khoản đang hoạt động."), "to")
    has = OfficeRight.objects.filter(office_kind_id=holding.office_kind_id)
    if not has.filter(verb="delegate", kind__in=["*", kind]).exists():
        raise Refused(_("Chức trách này không được ủy quyền."), "verb")
    if verb in NOT_DELEGATED or not has.filter(verb=verb, kind__in=["*", kind]).exists():
        raise Refused(
            _("Không thể ủy quyền điều mà chức trách này không có hoặc không được giao lại."),
            "verb",
        )
    if until is None:
        raise Refused(_("Ủy quyền phải có thời hạn."), "until")
    _check_days(since, until)
    _check_within(holding, since, until)
    check_length(DELEGATION, since, until)


def _check_days(since, until):
    if until is not None and until <= since:
        raise Refused(_("Ngày kết thúc phải sau ngày bắt đầu."), "until")


def _check_within(holding, since, until):
    """`until` None means as long as the holding itself."""
    if since < holding.since or (
        holding.until and (since >= holding.until or (until or since) > holding.until)
    ):
        raise Refused(
            _("Thời gian phải nằm trong thời gian giữ chức trách của người giao."), "since"
        )


def _shorten(span, until):
    """Move the end of a holding or delegation nearer. With `until` on its first day it never took
    effect. Refused, on `until`, for a day before that or after its end.
    """
    if until < span.since:
        raise Refused(_("Ngày kết thúc không thể trước ngày bắt đầu."), "until")
    if span.until is not None and until > span.until:
        raise Refused(_("Chỉ có thể rút ngắn; muốn kéo dài hãy giao mới."), "until")
    span.until = until
    span.save(update_fields=["until"])


def _may_act_for(holding, by):
    """Whether the actor holds the office, or may appoint everywhere."""
    return by.account_id == holding.account_id or by.may("appoint", "office", WHOLE_COUNTRY)
