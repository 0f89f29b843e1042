"""Accounts made, locked and unlocked; offices given and ended; rights lent."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.people.models import Account, Delegation, Holding, OfficeRight
from danchu.people.writes.sessions import end_sessions

WHOLE_COUNTRY = None
# A right to pass rights on is never itself passed on.
NOT_DELEGATED = {"delegate", "appoint"}


@transaction.atomic
def create_account(*, by, email, name, password=None):
    """A new account; without a password it is set through the reset mail, or log-in goes
    through the identity provider.
    """
    require(by.may("appoint", "office", WHOLE_COUNTRY))
    account = Account(email=_valid_email(email), name=_valid_name(name))
    if Account.objects.filter(email=account.email).exists():
        raise Refused(_("Đã có tài khoản dùng địa chỉ thư này."), "email")
    if password is None:
        account.set_unusable_password()
    else:
        _set_password(account, password)
    account.save(force_insert=True)
    # The operator vouches for the address: an identity provider that knows it too may log the
    # account in.
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    record(by, "account.created", account)
    return account


@transaction.atomic
def appoint(account, *, by, office_kind, unit, since, until=None, body=None, deputy_of=None):
    """`account` holds the office at `unit` from `since` to before `until`. Nobody gives an
    office with rights he lacks.
    """
    require(by.may("appoint", "office", unit))
    rights = office_kind.rights.values_list("verb", "kind")
    require(
        all(by.may(verb, kind, unit) for verb, kind in rights),
        _("Không thể giao chức trách có quyền rộng hơn quyền của chính mình."),
    )
    holding = Holding(
        account=account,
        office_kind=office_kind,
        unit=unit,
        body=body,
        since=since,
        until=until,
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
        until=until,
        deputy_of=deputy_of,
    )
    return holding


@transaction.atomic
def end_holding(holding, *, by, until):
    """The office is held up to the day before `until`. Its deputies and delegations end with it
    of themselves.
    """
    require(by.may("appoint", "office", holding.unit_id))
    _shorten(holding, until)
    record(
        by, "office.ended", holding, unit=holding.unit_id, account=holding.account_id, until=until
    )
    return holding


@transaction.atomic
def delegate_right(holding, *, by, to, verb, kind, since, until, reason):
    """The holder lets `to` do `verb` to `kind` in his place; an operator may enter what was
    delegated on paper.

    Never what the office may not, never longer than it is held, and never by a deputy or a
    delegate.
    """
    require(_is_his(holding, by) and by.may("delegate", kind, holding.unit_id))
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
def end_delegation(delegation, *, by, until):
    """The delegation lasts up to the day before `until`."""
    require(_is_his(delegation.giver, by))
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


@transaction.atomic
def deactivate_account(account, *, by, reason):
    """Log-in ends at once, on every device; what the account did stays."""
    require(by.may("appoint", "office", WHOLE_COUNTRY))
    if by.account_id == account.pk:
        raise Refused(_("Không thể tự khóa tài khoản của chính mình."))
    account.is_active = False
    account.save(update_fields=["is_active"])
    record(by, "account.deactivated", account, reason=clean(reason))
    return account


@transaction.atomic
def reactivate_account(account, *, by, reason):
    """Log-in is open again, with the offices still held."""
    require(by.may("appoint", "office", WHOLE_COUNTRY))
    account.is_active = True
    account.save(update_fields=["is_active"])
    record(by, "account.reactivated", account, reason=clean(reason))
    return account


@transaction.atomic
def remove_second_factor(account, *, by, reason):
    """For someone who lost his device and his recovery codes; offices of weight then wait until
    he sets up a new one.
    """
    require(by.may("appoint", "office", WHOLE_COUNTRY))
    removed, _rows = Authenticator.objects.filter(user=account).delete()
    if not removed:
        raise Refused(_("Tài khoản này chưa bật xác thực hai lớp."))
    end_sessions(account)
    record(by, "account.second_factor_removed", account, reason=clean(reason))
    return account


def _valid_email(email):
    email = clean(email).lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(
            _("Địa chỉ thư điện tử không đúng dạng. Ví dụ: ten@coquan.gov.vn."), "email"
        ) from None
    return email


def _valid_name(name):
    name = clean(name)
    if not 2 <= len(name) <= 120:
        raise Refused(_("Hãy nhập họ và tên, từ 2 đến 120 ký tự."), "name")
    return name


def _set_password(account, password):
    try:
        validate_password(password, account)
    except ValidationError as failure:
        raise Refused(" ".join(failure.messages), "password") from None
    account.set_password(password)


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
    """Move the end of a holding or delegation nearer; on the day it began it never took effect."""
    if until < span.since:
        raise Refused(_("Ngày kết thúc không thể trước ngày bắt đầu."), "until")
    if span.until is not None and until > span.until:
        raise Refused(_("Chỉ có thể rút ngắn; muốn kéo dài hãy giao mới."), "until")
    span.until = until
    span.save(update_fields=["until"])


def _is_his(holding, by):
    return by.account_id == holding.account_id or by.may("appoint", "office", WHOLE_COUNTRY)
