"""The hands of a room counted anew in open polls, from all entries of its desk."""

from django.utils.translation import gettext as _

from danchu.conference.input.room_entries import heads_at, in_order, judged_hands, read_number
from danchu.conference.models import Poll, RoomCount, RoomEntry
from danchu.conference.words import Outcome, PollState
from danchu.kernel.refusals import Refused


def judge_hands(point, made, by):
    """Judge the hands of the room anew in every open poll that the new entries `made` bear on. The
    last entry that can stand is the room's count. Returns the entries whose outcome changed.
    """
    numbers = {
        read_number(row.content, "poll")
        for row in made
        if row.act == "hands" and row.outcome == Outcome.COUNTED
    }
    if any(row.act == "heads" for row in made):
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
        changed += _judge(point, poll, by)
    return changed


def _judge(point, poll, by):
    rows = in_order(
        RoomEntry.objects.filter(point=point, act="hands", content__poll=poll.pk).exclude(
            outcome=Outcome.LATE
        )
    )
    changed = []
    last = None
    for row in rows:
        before = row.outcome, row.told
        heads = heads_at(point, row.at)
        try:
            counts = judged_hands(row.content.get("counts"), poll, heads)
            last = (row, counts, heads)
            row.outcome = Outcome.COUNTED
            row.told = _("Đã ghi số tay của phòng: %s.") % ", ".join(str(n) for n in counts)
        except Refused as refusal:
            row.outcome = Outcome.REFUSED
            row.told = refusal.message[:300]
        if before != (row.outcome, row.told):
            row.save(update_fields=["outcome", "told"])
            changed.append(row)
    if last is None:
        RoomCount.objects.filter(poll=poll, point=point).delete()
    else:
        row, counts, heads = last
        RoomCount.objects.update_or_create(
            poll=poll,
            point=point,
            defaults={"counts": counts, "heads": heads, "noted_at": row.at, "noted_by": by.key},
        )
    return changed
