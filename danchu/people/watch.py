"""What the log-in library does to an account is an act too: its signals become journal entries."""

from allauth.account import signals as account
from allauth.mfa import signals as second_factor
from django.db import transaction

from danchu.journal.actions import record
from danchu.people.actor import Actor

ACTS = {
    account.user_logged_in: "account.signed_in",
    account.password_set: "account.password_set",
    account.password_changed: "account.password_changed",
    account.password_reset: "account.password_reset",
    second_factor.authenticator_added: "account.second_factor_added",
    second_factor.authenticator_removed: "account.second_factor_dropped",
    second_factor.authenticator_reset: "account.recovery_codes_renewed",
    second_factor.authentication_failed: "account.second_factor_failed",
}


def listen():
    for signal, act in ACTS.items():
        signal.connect(_writer(act), weak=False, dispatch_uid=f"danchu:{act}")


def _writer(act):
    def write(sender, user, authenticator=None, **rest):
        by = Actor(f"account:{user.pk}", user.name, user.pk)
        with transaction.atomic():
            record(by, act, user, **({"factor": str(authenticator.type)} if authenticator else {}))

    return write
