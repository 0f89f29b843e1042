"""The numbers of an event that its approved minutes say: opinions and, of them, accepted ones. One
rule (docs/decisions/0008-minutes.md).

Where approved minutes mark opinions, the event's numbers are the counts of the passages; where none
ever marked any, what was typed stands.
"""

from danchu.minutes.models import MinutesState, Passage, PassageKind
from danchu.register.kinds import KINDS


def numbers_of(event):
    """{name: value} of the event as its approved minutes say; {} where no version marked an
    opinion or the kind counts none.
    """
    if "opinions" not in KINDS[event.kind].numbers:
        return {}
    rows = Passage.objects.filter(minutes__event=event, kind=PassageKind.OPINION).exclude(
        minutes__state=MinutesState.DRAFTED
    )
    marked = list(rows.values_list("minutes__state", "is_accepted"))
    standing = [accepted for state, accepted in marked if state == MinutesState.APPROVED]
    return {"opinions": len(standing), "opinions_accepted": standing.count(True)} if marked else {}
