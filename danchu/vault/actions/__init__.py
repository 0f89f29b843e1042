"""The acts of the vault."""

from danchu.vault.actions.identities import (
    ask_opening,
    hand_over_identity,
    judge_opening,
    read_identity,
    read_sealed_file,
    seal_identity,
)
from danchu.vault.actions.ring import add_missing_locks, bind_earlier_locks, remove_locks

__all__ = [
    "add_missing_locks",
    "ask_opening",
    "bind_earlier_locks",
    "hand_over_identity",
    "judge_opening",
    "read_identity",
    "read_sealed_file",
    "remove_locks",
    "seal_identity",
]
