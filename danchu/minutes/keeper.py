"""The Keeper of minutes: the register takes the numbers of an event from its approved minutes, and
the minutes follow a correction of the event.
"""

from django.utils.translation import gettext_lazy as _

from danchu.minutes.actions.following import follow_event
from danchu.minutes.queries.event_numbers import numbers_of
from danchu.register.keepers import Keeper

KEEPER = Keeper(
    numbers_of,
    _("Số này được đếm từ các đoạn đã đánh dấu trong biên bản đã duyệt. Hãy đính chính biên bản."),
    follow_event,
)
