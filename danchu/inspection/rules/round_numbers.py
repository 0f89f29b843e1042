"""What a round says and what its violations say is counted once: a round with violations that have
files of their own has no numbers of its own, and the other way round.
"""

from django.utils.translation import gettext as _

from danchu.inspection.models import Finding, RoundSheet
from danchu.inspection.moves import ROUND
from danchu.kernel.refusals import Refused
from danchu.register.models import Event
from danchu.register.querysets import State

# The numbers of a round that its violations give once they have files.
NUMBERS = ("findings", "recommended", "resolved", "money")


def versions(event: Event) -> list[int]:
    """The ids of the event and of all that it corrects, the latest first; a query for each."""
    pks = [event.pk]
    earlier = event.supersedes_id
    while earlier is not None:
        pks.append(earlier)
        earlier = Event.objects.values_list("supersedes_id", flat=True).get(pk=earlier)
    return pks


def locked_round(event: Event | None) -> Event | None:
    """The last correction of the round in which a violation is recorded, locked, so that nobody
    withdraws it or types its numbers meanwhile. Refused, on "round", where it was withdrawn or says
    the number of its violations itself.
    """
    if event is None:
        return None
    current = _lock(event.pk)
    while current.state == State.SUPERSEDED:
        current = _lock(Event.objects.values_list("pk", flat=True).get(supersedes=current))
    if current.state == State.WITHDRAWN:
        raise Refused(_("Cuộc giám sát này đã rút. Hãy chọn cuộc khác."), "round")
    if any(getattr(current, name) for name in NUMBERS):
        raise Refused(
            _(
                "Cuộc này đã ghi số vụ việc (phát hiện, kiến nghị, giải quyết, tiền) trong sổ: mỗi "
                "vụ chỉ đếm một lần. Hãy đính chính cuộc để các số ấy bằng 0 rồi ghi từng vụ."
            ),
            "round",
        )
    return current


def _lock(pk: int) -> Event:
    return Event.objects.select_for_update(of=("self",)).get(pk=pk)


def numbers_of(event: Event) -> dict[str, int]:
    """{name: 0} of the numbers that the violations of a round give, for a round that has some; {}
    for other events.
    """
    if event.kind != ROUND:
        return {}
    rounds = versions(event)
    has_files = (
        Finding.objects.counted().filter(round__in=rounds).exists()
        or RoundSheet.objects.filter(event__in=rounds).exclude(noted=[]).exists()
    )
    return dict.fromkeys(NUMBERS, 0) if has_files else {}
