"""How often a stranger may knock: counts by purpose and hour under a keyed digest, so that no
address of anybody is kept.
"""

import hmac
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from danchu.kernel.days import now
from danchu.kernel.refusals import Refused

# How often within an hour: sending, a wrong code or secret, other calls of machines; a wrong code
# of a hall, registering for one (a whole room may stand behind one address).
MOST = {"send": 20, "follow": 30, "open311": 60, "hall": 60, "hall_register": 2000}
AT_THE_DOOR = ("hall", "hall_register")


class TooOften(Refused):
    """Too many tries within the hour; surfaces answer 429."""


COUNT = """
    INSERT INTO casework_knock (key, hour, number) VALUES (%s, %s, 1)
    ON CONFLICT (key, hour) DO UPDATE SET number = casework_knock.number + 1 RETURNING number
"""


def knock(purpose, asker):
    """Count one more try of an asker (an address, say); Refused above the most of the hour.
    Committed at once.
    """
    instant = now()
    hour = instant.replace(minute=0, second=0, microsecond=0)
    key = hmac.new(
        settings.SECRET_KEY.encode(), f"{purpose} {asker} {hour}".encode(), "sha256"
    ).hexdigest()[:40]
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, hour])
        (number,) = cursor.fetchone()
        if number == 1:
            cursor.execute(
                "DELETE FROM casework_knock WHERE hour < %s", [hour - timedelta(hours=2)]
            )
    if number > MOST[purpose] and purpose in AT_THE_DOOR:
        raise Refused(
            _(
                "Quá nhiều lần trong một giờ từ nơi này. Hãy đến bàn đón tiếp của hội "
                "nghị, hoặc thử lại sau."
            )
        )
    if number > MOST[purpose]:
        raise TooOften(
            _(
                "Quá nhiều lần trong một giờ từ nơi này. Hãy thử lại sau, hoặc đến gặp "
                "người tiếp công dân."
            )
        )
