"""The acts on invitations, on offices handed over, on lost second factors and of setting an
installation up.
"""

from danchu.staff.actions.handing import (
    give_office,
    name_deputy,
    pass_right_on,
    take_office_back,
    take_right_back,
)
from danchu.staff.actions.importing import import_people
from danchu.staff.actions.installing import (
    begin_installation,
    choose_backup_folder,
    describe_installation,
    enter_set_up,
    open_set_up,
)
from danchu.staff.actions.invitations import (
    accept_invitation,
    invite,
    print_letter,
    print_letters,
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
from danchu.staff.actions.trials import (
    confirm_mail,
    confirm_sms,
    leave_sms,
    try_mail,
    try_sms,
)

__all__ = [
    "accept_invitation",
    "ask_reset",
    "begin_installation",
    "choose_backup_folder",
    "confirm_mail",
    "confirm_reset",
    "confirm_sms",
    "describe_installation",
    "drop_reset",
    "enter_set_up",
    "give_office",
    "import_people",
    "invite",
    "leave_sms",
    "name_deputy",
    "open_set_up",
    "pass_right_on",
    "print_code",
    "print_letter",
    "print_letters",
    "reset_by_code",
    "send_again",
    "take_office_back",
    "take_right_back",
    "try_mail",
    "try_sms",
    "withdraw_invitation",
]
