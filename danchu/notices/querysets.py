"""What waits to be sent."""

from datetime import datetime

from django.db.models import Count, Min

from danchu.notices.models import Notice, State


def waiting_by_channel() -> dict[str, int]:
    """{channel: number of notices that wait to be sent}, without the channels where none does."""
    rows = Notice.objects.filter(state=State.WAITING).order_by().values("channel")
    return {row["channel"]: row["number"] for row in rows.annotate(number=Count("pk"))}


def oldest_waiting() -> datetime | None:
    """When the notice was written that has waited longest; None where none waits."""
    return Notice.objects.filter(state=State.WAITING).aggregate(at=Min("made_at"))["at"]
