"""Storing a new account, for the acts that create one; setting a password."""

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.people.models import Account

USED = gettext_lazy("Đã có tài khoản dùng địa chỉ thư này.")


def store_account(email: str, name: str, password: str | None, is_verified: bool = True) -> Account:
    """The new account; `is_verified` unless its owner typed the address alone. Refused, by field,
    on a bad or used address, a bad name, a weak password.
    """
    account = Account(email=valid_email(email), name=valid_name(name))
    if Account.objects.filter(email=account.email).exists():
        raise Refused(USED, "email")
    if password is None:
        account.set_unusable_password()
    else:
        _set_password(account, password)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:  # somebody else was a moment quicker
        raise Refused(USED, "email") from None
    # Verified, because an operator entered it or the code came by it: an identity provider that has
    # verified the same address may log the account in.
    EmailAddress.objects.create(
        user=account, email=account.email, verified=is_verified, primary=True
    )
    return account


def valid_email(email: str) -> str:
    """The address as it is stored; Refused at `email`."""
    email = clean(email).lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(
            _("Địa chỉ thư điện tử không đúng dạng. Ví dụ: ten@coquan.gov.vn."), "email"
        ) from None
    return email


def valid_name(name: str) -> str:
    """The name of a person as it is stored; Refused at `name`."""
    name = clean(name)
    if not 2 <= len(name) <= 120:
        raise Refused(_("Hãy nhập họ và tên, từ 2 đến 120 ký tự."), "name")
    return name


def _set_password(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as failure:
        raise Refused(" ".join(failure.messages), "password") from None
    account.set_password(password)
