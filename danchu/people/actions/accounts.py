"""Acts on accounts: create, close, lock, unlock, remove the second factor."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now, today
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.people.giving import WHOLE_COUNTRY, may_close
from danchu.people.models import Account, Delegation, Token
from danchu.people.operators import check_operator_remains
from danchu.people.writes.accounts import store_account
from danchu.people.writes.sessions import end_sessions


@transaction.atomic
def create_account(*, by: Acting, email: str, name: str, password: str | None = None) -> Account:
    """Create an account. Without a password its holder sets one through the reset mail, or logs in
    through the identity provider. Refused, by field, on a bad or used address, a bad name or a weak
    password; Denied without the right to appoint everywhere.
    """
    require(by.may("appoint", "office", WHOLE_COUNTRY))
    account = store_account(email, name, password)
    record(by, "account.created", account)
    return account


@transaction.atomic
def close_account(account: Account, *, by: Acting, reason: str) -> Account:
    """A person leaves: today every office they hold or are to hold ends, what was delegated to them
    and their tokens too, and their sessions on every device; their records stay. Refused for one's
    own account, the last operator and without a reason; Denied unless one may end all they hold.
    """
    require(may_close(by, account))
    account = Account.objects.select_for_update().get(pk=account.pk)
    if by.account_id == account.pk:
        raise Refused(_("Không thể tự đóng tài khoản của chính mình."))
    if not account.is_active:
        raise Refused(_("Tài khoản này đã đóng trước đó."))
    if not clean(reason):
        raise Refused(_("Hãy ghi lý do."), "reason")
    day = today()
    unfinished = Q(until=None) | Q(until__gt=day)
    holdings = list(account.holdings.select_for_update().filter(unfinished))
    check_operator_remains(holdings)
    delegations = list(Delegation.objects.filter(unfinished, to=account))
    for span in (*holdings, *delegations):
        span.until = max(day, span.since)
        span.save(update_fields=["until"])
    Token.objects.filter(account=account, revoked_at=None).update(revoked_at=now())
    account.is_active = False
    account.save(update_fields=["is_active"])
    end_sessions(account)
    record(by, "account.closed", account, reason=clean(reason), offices=holdings)
    return account


@transaction.atomic
def deactivate_account(account: Account, *, by: Acting, reason: str) -> Account:
    """Lock an account: its sessions end at once on every device, its records stay. Refused for
    one's own account and the last operator; Denied without the right to appoint everywhere.
    """
    require(by.may("appoint", "office", WHOLE_COUNTRY))
    if by.account_id == account.pk:
        raise Refused(_("Không thể tự khóa tài khoản của chính mình."))
    check_operator_remains(account.holdings.all())
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
