"""The Keeper of minutes: the register takes the numbers of an event from its approved minutes, and
the minutes follow a correction of the event, which is not withdrawn while a commitment stands.
"""

from django.utils.translation import gettext_lazy as _

from danchu.kernel.actor import Acting
from danchu.kernel.refusals import Refused
from danchu.minutes.actions.following import follow_event
from danchu.minutes.models import Commitment, Passage
from danchu.minutes.queries.event_numbers import numbers_of
from danchu.register.keepers import Keeper
from danchu.register.models import Event


def refuse_promised(event: Event, *, by: Acting, reason: str) -> None:
    """Refused where a commitment of the event's minutes counts: it stands for itself, so the event
    is not withdrawn beside it.
    """
    marks = Passage.objects.filter(minutes__event=event).values("mark")
    commitment = Commitment.objects.counted().filter(mark__in=marks).order_by("pk").first()
    if commitment is not None:
        raise Refused(
            _("Biên bản của việc này có cam kết %s còn tính. Hãy rút cam kết trước khi rút việc.")
            % commitment.code
        )


KEEPER = Keeper(
    numbers_of,
    _("Số này được đếm từ các đoạn đã đánh dấu trong biên bản đã duyệt. Hãy đính chính biên bản."),
    follow_event,
    refuse_promised,
)
