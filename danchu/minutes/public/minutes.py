"""Minutes as everyone may read them: who spoke is told by office or village, never by name. They
have no public list: the record of the event and the conference lead to them.
"""

from danchu.minutes.models import Minutes, MinutesState
from danchu.minutes.queries.readable_text import readable_blocks
from danchu.subjects.sections import Record, Unlisted


def facts(minutes, actor):
    """The paragraphs, and the versions before and after where everyone may read them."""
    earlier = minutes.supersedes
    return {
        "body": minutes.body and minutes.body.name_on(minutes.held_on),
        "blocks": readable_blocks(minutes),
        "later": Minutes.objects.public().filter(supersedes=minutes).first(),
        "earlier": earlier if earlier and earlier.is_public else None,
    }


def _rows(actor):
    rows = Minutes.objects.visible_to(actor).exclude(state=MinutesState.DRAFTED)
    return rows.select_related("body", "event", "supersedes")


PUBLIC_MINUTES = Unlisted(
    one="minutes",
    folder="minutes",
    placed=lambda minutes: (minutes.unit_id, minutes.held_on),
    record=Record(
        template="minutes/public_minutes.html",
        rows=_rows,
        facts=facts,
    ),
)
