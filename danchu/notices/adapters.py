"""How a notice leaves the house. An adapter has `send(channel, target, letter)` and raises
`NotSent` when it did not.
"""

import json
import logging
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.mail import send_mail
from django.utils.module_loading import import_string

log = logging.getLogger("danchu.notices")
SECONDS = 10


class NotSent(Exception):
    """It was not sent; another try may help."""


class Console:
    """Writes that something would be sent, without saying where to: for trying out."""

    def send(self, channel, target, letter):
        log.warning("notice %s %s: %s", channel, masked(target), letter.shown)


class Email:
    """By the mail server of the settings."""

    def send(self, channel, target, letter):
        try:
            send_mail(letter.title, letter.text, None, [target])
        except OSError as error:
            raise NotSent(type(error).__name__) from error


class Gateway:
    """Posts {"to", "text"} as JSON to the operator's gateway for the channel
    (DANCHU_GATEWAY_SMS, DANCHU_GATEWAY_ZALO).
    """

    def send(self, channel, target, letter):
        address = settings.NOTICE_GATEWAYS.get(channel, "")
        if not address.startswith(("https://", "http://")):
            raise NotSent("no gateway")
        body = json.dumps({"to": target, "text": letter.text}).encode()
        try:
            with urlopen(
                Request(address, body, {"Content-Type": "application/json"}), timeout=SECONDS
            ) as answer:
                if answer.status >= 300:
                    raise NotSent(str(answer.status))
        except (URLError, TimeoutError, ValueError) as error:
            raise NotSent(type(error).__name__) from error


def adapter_of(channel):
    """The adapter the settings name for the channel."""
    return import_string(settings.NOTICE_ADAPTERS[channel])()


def masked(target):
    """What may stand in a log: the last two characters."""
    return f"…{target[-2:]}" if target else ""
