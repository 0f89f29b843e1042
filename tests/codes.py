"""Codes of the second factor, as an application on a telephone shows them."""

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

LEAST_SECONDS = 3


def code_now(secret):
    """The code of this moment. Shortly before it changes the next one is waited for, as people do:
    on its way it would become wrong.
    """
    left = app_settings.TOTP_PERIOD - time.time() % app_settings.TOTP_PERIOD
    if left < LEAST_SECONDS:
        time.sleep(left)
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    return format_hotp_value(hotp_value(secret, counter))
