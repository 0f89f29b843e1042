"""Everything that can be done with accounts, offices, delegations and tokens; the room's only
writer besides loading.
"""

from danchu.people.actions.offices import (
    appoint,
    create_account,
    deactivate_account,
    delegate_right,
    end_delegation,
    end_holding,
    reactivate_account,
    remove_second_factor,
)
from danchu.people.actions.tokens import issue_token, revoke_token

__all__ = [
    "appoint",
    "create_account",
    "deactivate_account",
    "delegate_right",
    "end_delegation",
    "end_holding",
    "issue_token",
    "reactivate_account",
    "remove_second_factor",
    "revoke_token",
]
