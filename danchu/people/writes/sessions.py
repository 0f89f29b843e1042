"""Ending the sessions of an account; removing sessions and counts whose time is over."""

from django.db import connection
from django.db.models import F

from danchu.people.models import Account
from danchu.people.sessions import SessionStore


def end_sessions(account: Account) -> None:
    """Log the account out wherever it is logged in; `account` gets the new count.

    A session that goes on needs `update_session_auth_hash` afterwards.
    """
    Account.objects.filter(pk=account.pk).update(factor_changes=F("factor_changes") + 1)
    account.refresh_from_db(fields=["factor_changes"])


def remove_old_rows() -> None:
    """Delete expired sessions, and counts and tokens of forms that no longer count, or that a clock
    which ran ahead has left: none lasts for more than a day.
    """
    SessionStore.clear_expired()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM people_count WHERE expires < now() OR expires > now() + '25 hours'"
        )
