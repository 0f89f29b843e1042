"""The numbers of an event computed from its approved minutes: opinions and accepted opinions
(docs/decisions/0008-minutes.md).

Where approved minutes mark opinions, the event's numbers are the counts of the passages; where no
version ever marked any, the typed numbers stay.
"""

from danchu.minutes.models import MinutesState, Passage, PassageKind
from danchu.register.kinds import KINDS


def numbers_of(event):
    """{name: value} computed from the event's approved minutes; {} where no version marked an
    opinion or the kind of event has no opinions.
    """
    if "opinions" not in KINDS[event.kind].numbers:
        return {}
    rows = Passage.objects.filter(minutes__event=event, kind=PassageKind.OPINION).exclude(
        minutes__state=MinutesState.DRAFTED
    )
    opinions = list(rows.values_list("minutes__state", "is_accepted"))
    accepted_flags = [accepted for state, accepted in opinions if state == MinutesState.APPROVED]
    return (
        {"opinions": len(accepted_flags), "opinions_accepted": accepted_flags.count(True)}
        if opinions
        else {}
    )
