"""The acts on invitations, on lost second factors and of setting an installation up."""

from danchu.staff.actions.installing import (
    begin_installation,
    choose_backup_folder,
    confirm_mail,
    describe_installation,
    enter_set_up,
    open_set_up,
    try_mail,
)
from danchu.staff.actions.invitations import (
    accept_invitation,
    invite,
    print_letter,
    send_again,
    withdraw_invitation,
)
from danchu.staff.actions.resets import (
    ask_reset,
    confirm_reset,
    drop_reset,
    print_code,
    reset_by_code,
)

__all__ = [
    "accept_invitation",
    "ask_reset",
    "begin_installation",
    "choose_backup_folder",
    "confirm_mail",
    "confirm_reset",
    "describe_installation",
    "drop_reset",
    "enter_set_up",
    "invite",
    "open_set_up",
    "print_code",
    "print_letter",
    "reset_by_code",
    "send_again",
    "try_mail",
    "withdraw_invitation",
]
