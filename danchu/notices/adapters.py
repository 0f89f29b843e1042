"""Adapters that deliver notices, one for each channel (NOTICE_ADAPTERS in the settings).
An adapter has `send(channel, target, letter)` and raises `NotSent` when delivery failed.
"""

import json
import logging
from http.client import HTTPException
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.mail import send_mail
from django.utils.module_loading import import_string

log = logging.getLogger("danchu.notices")
SECONDS = 10


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
            send_mail(letter.title, letter.text, None, [target])
        except (OSError, ValueError) as error:  # ValueError: a line break in an address
            raise NotSent(type(error).__name__) from error


class Gateway:
    """Posts {"to", "text"} as JSON to the operator's gateway for the channel
    (DANCHU_GATEWAY_SMS, DANCHU_GATEWAY_ZALO). The header Idempotency-Key is the same for each try
    of a notice: a gateway that heeds it sends no message twice.
    """

    def send(self, channel, target, letter):
        address = settings.NOTICE_GATEWAYS.get(channel, "")
        if not address.startswith(("https://", "http://")):
            raise NotSent("no gateway")
        body = json.dumps({"to": target, "text": letter.text}).encode()
        head = {"Content-Type": "application/json", "Idempotency-Key": letter.key}
        try:
            with urlopen(Request(address, body, head), timeout=SECONDS) as answer:
                if answer.status >= 300:
                    raise NotSent(str(answer.status))
        except (OSError, HTTPException, ValueError) as error:
            raise NotSent(type(error).__name__) from error


def adapter_of(channel):
    """The adapter that the settings name for the channel."""
    return import_string(settings.NOTICE_ADAPTERS[channel])()


def masked(target):
    """The address masked for logs: its last two characters."""
    return f"…{target[-2:]}" if target else ""
