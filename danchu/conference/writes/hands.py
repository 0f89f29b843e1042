"""Hands counted in rooms are evaluated anew in open polls, from all entries of the room's desk."""

from django.utils.translation import gettext as _

from danchu.conference.input.room_entries import check_hands, heads_at, in_time_order, read_number
from danchu.conference.models import Poll, RoomCount, RoomEntry
from danchu.conference.words import Outcome, PollState
from danchu.kernel.refusals import Refused


def recount_hands(point, new_entries, by):
    """Evaluate the hands of the room anew in every open poll that `new_entries` affect: the last
    valid entry is the room's count. The entries whose outcome changed.
    """
    numbers = {
        read_number(row.content, "poll")
        for row in new_entries
        if row.act == "hands" and row.outcome == Outcome.COUNTED
    }
    if any(row.act == "heads" for row in new_entries):
        rows = RoomEntry.objects.filter(point=point, act="hands").exclude(outcome=Outcome.LATE)
        numbers |= {
            read_number(content, "poll") for content in rows.values_list("content", flat=True)
        }
    changed = []
    for poll in (
        Poll.objects.select_for_update(no_key=True)
        .filter(
            pk__in=[n for n in numbers if n], conference=point.conference_id, state=PollState.OPEN
        )
        .order_by("pk")
    ):
        changed += _recount_poll(point, poll, by)
    return changed


def _recount_poll(point, poll, by):
    rows = in_time_order(
        RoomEntry.objects.filter(point=point, act="hands", content__poll=poll.pk).exclude(
            outcome=Outcome.LATE
        )
    )
    changed = []
    valid = None
    for row in rows:
        previous = row.outcome, row.told
        heads = heads_at(point, row.at)
        try:
            counts = check_hands(row.content.get("counts"), poll, heads)
            valid = (row, counts, heads)
            row.outcome = Outcome.COUNTED
            row.told = _("Đã ghi số tay của phòng: %s.") % ", ".join(str(n) for n in counts)
        except Refused as refusal:
            row.outcome = Outcome.REFUSED
            row.told = refusal.message[:300]
        if previous != (row.outcome, row.told):
            row.save(update_fields=["outcome", "told"])
            changed.append(row)
    if valid is None:
        RoomCount.objects.filter(poll=poll, point=point).delete()
    else:
        row, counts, heads = valid
        RoomCount.objects.update_or_create(
            poll=poll,
            point=point,
            defaults={"counts": counts, "heads": heads, "noted_at": row.at, "noted_by": by.key},
        )
    return changed
