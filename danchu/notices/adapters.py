"""Adapters that deliver notices, one for each channel (NOTICE_ADAPTERS in the settings).
An adapter has `send(channel, target, letter)` and raises `NotSent` when delivery failed.
"""

import logging
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import urlopen

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from danchu.notices.gateways import WrongGateway, gateway_call, gateway_faults

log = logging.getLogger("danchu.notices")
SECONDS = 10
LONGEST_ANSWER = 64 * 1024
# Ways of Django and of the settings to "send" a letter that nobody receives.
SENDING_NOTHING = ("NoMail", "console.EmailBackend", "dummy.EmailBackend", "filebased.EmailBackend")


class NotSent(Exception):
    """Delivery failed; a retry may succeed."""


class Console:
    """For trials: logs the notice with a masked address and sends nothing."""

    def send(self, channel, target, letter):
        log.warning("notice %s %s: %s", channel, masked(target), letter.masked)


class Email:
    """Sends e-mail through the mail server of the settings."""

    def send(self, channel, target, letter):
        try:
            EmailMessage(
                letter.title, letter.text, None, [target], headers=dict(letter.headers)
            ).send()
        except (OSError, ValueError) as error:  # ValueError: a line break in an address
            raise NotSent(type(error).__name__) from error


class Gateway:
    """Calls the operator's gateway for the channel as the settings say (gateways.py). The header
    Idempotency-Key is the same for each try of a notice: a gateway that heeds it sends no message
    twice.
    """

    def send(self, channel, target, letter):
        try:
            call = gateway_call(channel, target, letter)
            with urlopen(call.request(), timeout=SECONDS) as answer:
                if answer.status >= 300:
                    raise NotSent(str(answer.status))
                if not call.is_taken(answer.read(LONGEST_ANSWER)):
                    raise NotSent("answer")
        except HTTPError as error:
            raise NotSent(str(error.code)) from error
        except WrongGateway as error:
            raise NotSent(str(error)) from error
        except (OSError, HTTPException, ValueError) as error:
            raise NotSent(type(error).__name__) from error


def is_set(channel):
    """Whether notices of the channel reach somebody: its adapter sends, and what it needs is set.
    In a demo, whose recipients are invented, each is.
    """
    if settings.DEMO:
        return True
    try:
        adapter = adapter_of(channel)
    except (ImportError, KeyError):
        return False
    if isinstance(adapter, Gateway):
        return not {"address", "method", "headers", "to", "text"} & set(gateway_faults(channel))
    if isinstance(adapter, Email):
        return not settings.EMAIL_BACKEND.endswith(SENDING_NOTHING)
    return not isinstance(adapter, Console)


def adapter_of(channel):
    """The adapter that the settings name for the channel."""
    return import_string(settings.NOTICE_ADAPTERS[channel])()


def masked(target):
    """The address masked for logs: its last two characters."""
    return f"…{target[-2:]}" if target else ""
