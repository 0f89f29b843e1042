"""Hourly rate limits of anonymous requests: counted by purpose and hour under a keyed digest, so
that no client address is stored.
"""

import hmac
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from danchu.kernel.days import now
from danchu.kernel.refusals import Refused

# Requests within an hour: sending a petition, a wrong code or secret, other calls of Open311; a
# wrong code of a hall, registering for one (a whole room may share one address); a wrong
# code by which an office is taken or a second factor replaced.
MOST = {"send": 20, "follow": 30, "open311": 60, "hall": 300, "hall_register": 2000, "account": 60}
OF_HALL = ("hall", "hall_register")
OF_ACCOUNTS = "account"


class TooOften(Refused):
    """The limit of the hour is exceeded; surfaces answer 429."""


TAKE_BACK = "UPDATE casework_knock SET number = number - 1 WHERE key = %s AND hour = %s"
COUNT = """
    INSERT INTO casework_knock (key, hour, number) VALUES (%s, %s, 1)
    ON CONFLICT (key, hour) DO UPDATE SET number = casework_knock.number + 1 RETURNING number
"""


def limit_rate(purpose, client):
    """Count one more request of the client (an address, say) for the purpose; TooOften, or Refused
    for those of a hall, above MOST in the hour. Outside a transaction the count is committed at
    once.
    """
    instant = now()
    hour = instant.replace(minute=0, second=0, microsecond=0)
    key = hmac.new(
        settings.SECRET_KEY.encode(), f"{purpose} {client} {hour}".encode(), "sha256"
    ).hexdigest()[:40]
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, hour])
        (number,) = cursor.fetchone()
        if number == 1:
            cursor.execute(
                "DELETE FROM casework_knock WHERE hour < %s", [hour - timedelta(hours=2)]
            )
    if number > MOST[purpose] and purpose in OF_HALL:
        raise Refused(
            _(
                "Quá nhiều lần trong một giờ từ nơi này. Hãy đến bàn đón tiếp của hội "
                "nghị, hoặc thử lại sau."
            )
        )
    if number > MOST[purpose] and purpose == OF_ACCOUNTS:
        raise TooOften(_("Quá nhiều lần trong một giờ từ nơi này. Hãy thử lại sau."))
    if number > MOST[purpose]:
        raise TooOften(
            _(
                "Quá nhiều lần trong một giờ từ nơi này. Hãy thử lại sau, hoặc đến gặp "
                "người tiếp công dân."
            )
        )


@contextmanager
def limit_wrong(purpose, client, *errors):
    """Around a look-up of a secret: count it before it is made, and take the count back unless it
    ends in one of `errors`. Above the limit of `limit_rate` nothing is looked up, so that guessing
    on gains nothing.
    """
    key_and_hour = _key_of(purpose, client)
    limit_rate(purpose, client)
    try:
        yield
    except errors:
        raise
    except BaseException:
        _take_back(key_and_hour)
        raise
    _take_back(key_and_hour)


def _take_back(key_and_hour):
    with connection.cursor() as cursor:
        cursor.execute(TAKE_BACK, key_and_hour)


def _key_of(purpose, client):
    """(keyed digest, hour) under which the client's requests of this hour are counted."""
    hour = now().replace(minute=0, second=0, microsecond=0)
    words = f"{purpose} {client} {hour}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, "sha256").hexdigest()[:40], hour
