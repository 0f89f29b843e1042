"""Ending the sessions of an account."""

from django.db.models import F

from danchu.people.models import Account


def end_sessions(account: Account) -> None:
    """Log the account out wherever it is logged in; `account` gets the new count.

    A session that goes on needs `update_session_auth_hash` afterwards.
    """
    Account.objects.filter(pk=account.pk).update(factor_changes=F("factor_changes") + 1)
    account.refresh_from_db(fields=["factor_changes"])
