"""Records in the journal what django-allauth does to accounts, by its signals."""

from allauth.account import signals as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as second_factor
from allauth.socialaccount import signals as identity
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_in
from django.db import transaction

from danchu.journal.actions import record
from danchu.people.actor import Actor
from danchu.people.levels import note_level
from danchu.people.sessions import note_log_in
from danchu.people.throttle import remember_device
from danchu.people.writes.sessions import end_sessions

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
CHANGES_OF_FACTOR = (
    second_factor.authenticator_added,
    second_factor.authenticator_removed,
    second_factor.authenticator_reset,
)


def connect_signals():
    """Connect the signals; called once, when the applications are loaded."""
    for signal, act in ACTS.items():
        signal.connect(_writer(act), weak=False, dispatch_uid=f"danchu:{act}")
    for signal in CHANGES_OF_FACTOR:
        signal.connect(_end_other_sessions, weak=False, dispatch_uid="danchu:sessions")
    identity.social_account_added.connect(_note_link, dispatch_uid="danchu:linked")
    identity.social_account_removed.connect(_note_unlink, dispatch_uid="danchu:unlinked")
    account.user_logged_in.connect(_remember_device, dispatch_uid="danchu:device")
    account.user_logged_in.connect(note_level, dispatch_uid="danchu:level")
    user_logged_in.connect(note_log_in, dispatch_uid="danchu:log_in")


def _note_link(sender, request, sociallogin, **rest):
    """An identity of a provider was linked by its owner, who was logged in or whose address both
    had verified. It gives no right: rights come from offices.
    """
    user = sociallogin.user
    _note(user, "account.identity_linked", provider=sociallogin.account.provider)


def _note_unlink(sender, request, socialaccount, **rest):
    _note(socialaccount.user, "account.identity_unlinked", provider=socialaccount.provider)


def _note(user, act, **facts):
    with transaction.atomic():
        record(Actor(f"account:{user.pk}", user.name, user.pk), act, user, **facts)


def _remember_device(sender, request, response, user, **rest):
    """The browser of a complete log-in is one that the account knows from now on."""
    remember_device(request, response, user.email)


def _end_other_sessions(sender, request, user, authenticator, signal, **rest):
    """End the other sessions of an account whose second factor was changed. The session in which it
    was changed continues; where a factor was added, it counts as shown there.
    """
    end_sessions(user)
    update_session_auth_hash(request, user)
    if signal is second_factor.authenticator_added:
        record_authentication(request, user, "mfa", type=authenticator.type)


def _writer(act):
    def write(sender, user, authenticator=None, **rest):
        by = Actor(f"account:{user.pk}", user.name, user.pk)
        with transaction.atomic():
            record(by, act, user, **({"factor": str(authenticator.type)} if authenticator else {}))

    return write
