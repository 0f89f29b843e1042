"""Rate limits of requests: counted by purpose and window of time under a keyed digest, over all
processes, so that no client address is stored.
"""

import hmac
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from danchu.kernel.days import now
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused

AN_HOUR = 3600
FIVE_MINUTES = 300
# Requests within an hour: sending a petition, a wrong code or secret, asking to follow by mail (of
# one client, for one address), other calls of Open311; a wrong code of a hall, registering for one
# (a whole room may share one address); a wrong code by which an office is taken or a second factor
# replaced. Within five minutes, where thousands may share the address of a telephone network: what
# costs the database or the processor.
MOST = {
    "send": 20,
    "follow": 30,
    "follow_mail": 20,
    "follow_address": 5,
    "open311": 60,
    "hall": 300,
    "hall_register": 2000,
    "account": 60,
    "search": 600,
    "suggest": 3000,
    "export": 120,
    "feed": 600,
    "program": 1500,
    "proof": 600,
}
WINDOWS = dict.fromkeys(("search", "suggest", "export", "feed", "program", "proof"), FIVE_MINUTES)
OF_HALL = ("hall", "hall_register")
OF_ACCOUNTS = "account"
WITHOUT_OFFICE = (OF_ACCOUNTS, "follow_mail", "follow_address")


class TooOften(Refused):
    """The limit of a window is exceeded; it ends in `seconds`. Surfaces answer 429."""

    def __init__(self, message, seconds):
        super().__init__(message)
        self.seconds = seconds


TAKE_BACK = "UPDATE casework_knock SET number = number - 1 WHERE key = %s AND hour = %s"
COUNT = """
    INSERT INTO casework_knock (key, hour, number) VALUES (%s, %s, 1)
    ON CONFLICT (key, hour) DO UPDATE SET number = casework_knock.number + 1 RETURNING number
"""
_tidied = {"hour": datetime.min.replace(tzinfo=UTC)}


def limit_rate(purpose, client):
    """Count one more request of the client (an address, say) for the purpose; TooOften above MOST,
    times RATE_TIMES of the settings, in the window. Outside a transaction the count is committed at
    once.
    """
    key, begin = _key_of(purpose, client)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, begin])
        (number,) = cursor.fetchone()
        _tidy(cursor)
    if number > MOST[purpose] * settings.RATE_TIMES:
        ends_at = begin + timedelta(seconds=WINDOWS.get(purpose, AN_HOUR))
        seconds = max(1, int((ends_at - now()).total_seconds()) + 1)
        raise TooOften(_sentence(purpose, seconds), seconds)


def _sentence(purpose, seconds):
    if purpose in OF_HALL:
        return _(
            "Quá nhiều lần trong một giờ từ nơi này. Hãy đến bàn đón tiếp của hội nghị, hoặc thử "
            "lại sau."
        )
    if purpose in WITHOUT_OFFICE:
        return _("Quá nhiều lần trong một giờ từ nơi này. Hãy thử lại sau.")
    if purpose in WINDOWS:
        return _("Quá nhiều yêu cầu từ nơi này. Hãy thử lại sau %(n)s phút.") % {
            "n": show_number(-(-seconds // 60))
        }
    return _(
        "Quá nhiều lần trong một giờ từ nơi này. Hãy thử lại sau, hoặc đến gặp người tiếp công dân."
    )


@contextmanager
def limit_wrong(purpose, client, *errors):
    """Around a look-up of a secret: count it before it is made, and take the count back unless it
    ends in one of `errors`. Above the limit of `limit_rate` nothing is looked up, so that guessing
    on gains nothing.
    """
    key_and_begin = _key_of(purpose, client)
    limit_rate(purpose, client)
    try:
        yield
    except errors:
        raise
    except BaseException:
        _take_back(key_and_begin)
        raise
    _take_back(key_and_begin)


def _take_back(key_and_begin):
    with connection.cursor() as cursor:
        cursor.execute(TAKE_BACK, key_and_begin)


def _key_of(purpose, client):
    """(keyed digest, begin of the window) under which the client's requests are counted now."""
    instant = now()
    seconds = WINDOWS.get(purpose, AN_HOUR)
    begin = datetime.fromtimestamp(instant.timestamp() // seconds * seconds, UTC)
    words = f"{purpose} {client} {begin}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, "sha256").hexdigest()[:40], begin


def _tidy(cursor):
    """Delete counts that no window needs any more, once an hour in each process."""
    hour = now().replace(minute=0, second=0, microsecond=0)
    if _tidied["hour"] < hour:
        _tidied["hour"] = hour
        cursor.execute("DELETE FROM casework_knock WHERE hour < %s", [hour - timedelta(hours=2)])
