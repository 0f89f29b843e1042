"""Acts on accounts: create, lock, unlock, remove the second factor."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.people.models import Account
from danchu.people.writes.sessions import end_sessions

WHOLE_COUNTRY = None


@transaction.atomic
def create_account(*, by: Acting, email: str, name: str, password: str | None = None) -> Account:
    """Create an account. Without a password its holder sets one through the reset mail, or logs in
    through the identity provider. Refused, by field, on a bad or used address, a bad name or a weak
    password; Denied without the right to appoint everywhere.
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
    # Verified, because the operator entered it: an identity provider that has verified the same
    # address may log the account in.
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    record(by, "account.created", account)
    return account


@transaction.atomic
def deactivate_account(account: Account, *, by: Acting, reason: str) -> Account:
    """Lock an account: its sessions end at once on every device, its records stay. Refused for
    one's own account; Denied without the right to appoint everywhere.
    """
    require(by.may("appoint", "office", WHOLE_COUNTRY))
    if by.account_id == account.pk:
        raise Refused(_("Không thể tự khóa tài khoản của chính mình."))
    account.is_active = False
    account.save(update_fields=["is_active"])
    record(by, "account.deactivated", account, reason=clean(reason))
    return account


@transaction.atomic
def reactivate_account(account: Account, *, by: Acting, reason: str) -> Account:
    """Unlock an account, with the offices it still holds. Denied without the right to appoint
    everywhere.
    """
    require(by.may("appoint", "office", WHOLE_COUNTRY))
    account.is_active = True
    account.save(update_fields=["is_active"])
    record(by, "account.reactivated", account, reason=clean(reason))
    return account


@transaction.atomic
def remove_second_factor(account: Account, *, by: Acting, reason: str) -> Account:
    """Remove the second factor of someone who lost their device and recovery codes. Offices that
    need one give no rights until they set up another, and sessions end. Refused when there is none;
    Denied without the right to appoint everywhere.
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
