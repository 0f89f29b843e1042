"""The acts on accounts, offices, delegations, tokens and secrets. Besides them only `loading`
writes.
"""

from danchu.people.actions.accounts import (
    close_account,
    create_account,
    deactivate_account,
    reactivate_account,
    remove_second_factor,
)
from danchu.people.actions.offices import appoint, delegate_right, end_delegation, end_holding
from danchu.people.actions.secrets import encrypt_earlier_factors, note_secret_key
from danchu.people.actions.tokens import issue_token, revoke_token

__all__ = [
    "appoint",
    "close_account",
    "create_account",
    "deactivate_account",
    "delegate_right",
    "encrypt_earlier_factors",
    "end_delegation",
    "end_holding",
    "issue_token",
    "note_secret_key",
    "reactivate_account",
    "remove_second_factor",
    "revoke_token",
]
