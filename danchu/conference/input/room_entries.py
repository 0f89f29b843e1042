"""What a room's desk sends: read, put in its place in time, and judged. Pure questions;
actions/rooms.py writes.

What a room comes to is a function of all its entries in the order of their numbers, however they
were split, repeated or mixed up on the way: a later one judges the earlier ones anew.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from danchu.conference.input.fields import MOST_HEADS, paragraphs
from danchu.conference.models import HeadCount, RoomEntry
from danchu.conference.words import FloorKind, Franchise, Outcome
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean

ACTS = ("heads", "hands", "question", "hand", "unhand", "arrived", "left")
MOST_ENTRIES = 2000
LONGEST_QUESTION = 1000
STEP = timedelta(milliseconds=1)  # at least so far apart are two entries with following numbers
CLOCKS_APART = timedelta(days=2)


@dataclass(frozen=True)
class Entry:
    """One entry as it was sent."""

    uid: UUID
    number: int
    act: str
    content: dict
    made_at: datetime


def read_entries(sent):
    """[Entry] in the order of their numbers. Refused as a whole when it is not a list of
    entries at all.
    """
    if not isinstance(sent, list) or len(sent) > MOST_ENTRIES:
        raise Refused(
            _("Gói gửi từ điểm cầu không đọc được. Hãy tải lại trang của bàn điểm cầu."), "entries"
        )
    return sorted((_entry(one) for one in sent), key=lambda one: one.number)


def _entry(one):
    try:
        made_at = (
            one["made_at"]
            if isinstance(one["made_at"], datetime)
            else datetime.fromisoformat(str(one["made_at"]))
        )
        number = int(one["number"])
        content = one["content"]
        if (
            made_at.tzinfo is None
            or not 0 <= number < 2**53
            or not isinstance(content, dict)
            or not isinstance(one["act"], str)
        ):
            raise ValueError
        return Entry(UUID(str(one["uid"])), number, one["act"], content, made_at)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise Refused(
            _("Gói gửi từ điểm cầu không đọc được. Hãy tải lại trang của bàn điểm cầu."), "entries"
        ) from None


def placed(entry, desk, point, offset, since, now):
    """When the entry is taken to have been made: by the desk's clock set right by `offset`, within
    the conference, and always between its neighbours by number.
    """
    at = min(max(_shifted(entry.made_at, offset, now), since), now)
    rows = RoomEntry.objects.filter(point=point, desk=desk)
    before = rows.filter(number__lte=entry.number).order_by("-number", "-at").first()
    after = rows.filter(number__gt=entry.number).order_by("number", "at").first()
    if before is not None:
        at = max(at, before.at + STEP * (entry.number - before.number))
    if after is not None:
        at = min(at, after.at - STEP * (after.number - entry.number))
    return at


def _shifted(made_at, offset, now):
    try:
        return made_at + offset
    except OverflowError:
        return now


def heads_at(point, at):
    """How many sat in the room at the instant as counted; None before the first count."""
    return (
        HeadCount.objects.filter(point=point, at__lte=at)
        .order_by("-at", "-pk")
        .values_list("count", flat=True)
        .first()
    )


def read_heads(content):
    count = content.get("count")
    if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= MOST_HEADS:
        raise Refused(_("Số người trong phòng phải là số nguyên từ 0 trở lên."))
    return count


def read_question(content):
    """(text, who asks)"""
    text = paragraphs(
        content.get("text") if isinstance(content.get("text"), str) else "",
        LONGEST_QUESTION,
        "text",
        _("Câu hỏi chưa có nội dung."),
    )
    return text, clean(content.get("asker") or "")[:200]


def read_hand(content):
    """(speaker, kind)"""
    kind = content.get("kind") or FloorKind.SPEAK
    if kind not in FloorKind.values:
        raise Refused(_("Không rõ loại đăng ký phát biểu. Hãy tải lại trang của bàn điểm cầu."))
    return clean(content.get("speaker") or "")[:200], kind


def read_number(content, name):
    """The id that an entry names, or None."""
    number = content.get(name)
    return (
        number
        if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**62
        else None
    )


def judged_hands(counts, poll, heads):
    """The hands as counted; Refused with what to do where they cannot stand."""
    whole = isinstance(counts, list) and all(
        isinstance(n, int) and not isinstance(n, bool) and 0 <= n <= MOST_HEADS for n in counts
    )
    if not whole or len(counts) != len(poll.options):
        raise Refused(
            _("Phải có đúng một số cho mỗi phương án (%s phương án).") % len(poll.options)
        )
    if poll.franchise == Franchise.DELEGATES:
        raise Refused(_("Biểu quyết này chỉ nhận phiếu của từng đại biểu, không đếm tay."))
    if heads is None:
        raise Refused(_("Hãy ghi số người trong phòng trước khi ghi số tay giơ."))
    if sum(counts) > heads:
        raise Refused(
            _(
                "Tổng số tay %(hands)s lớn hơn số người trong phòng %(heads)s. Hãy đếm "
                "lại, hoặc ghi lại số người."
            )
            % {"hands": sum(counts), "heads": heads}
        )
    return counts


def in_order(entries):
    """Entries of a room as they count: by the time they are taken to have been made."""
    return sorted(entries, key=lambda row: (row.at, row.number, row.uid))


def told_answer(row, repeated=False):
    """What the desk hears of an entry."""
    return {
        "uid": str(row.uid),
        "number": row.number,
        "outcome": row.outcome,
        "told": row.told,
        "repeated": repeated,
        "ok": row.outcome in (Outcome.COUNTED, Outcome.KEPT),
    }
