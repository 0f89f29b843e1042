"""Entries of a room's desk: parsed, placed in time, validated; actions/rooms.py writes.

The state of a room is a function of all its entries in the order of their numbers, however they
were split, repeated or reordered in transit: a later entry changes how earlier ones are judged.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isfinite
from uuid import UUID

from django.utils.translation import gettext as _

from danchu.conference.input.fields import MOST_HEADS, clean_line, clean_paragraphs
from danchu.conference.models import HeadCount, RoomEntry
from danchu.conference.words import FloorKind, Franchise, Outcome
from danchu.kernel.refusals import Refused
from danchu.kernel.text import normal

ACTS = ("heads", "hands", "question", "hand", "unhand", "arrived", "left")
MOST_ENTRIES = 2000
LONGEST_QUESTION = 1000
STEP = timedelta(milliseconds=1)  # the least distance of entries with consecutive numbers
MOST_STEPS = 100_000  # room between two entries for those that are still on their way
CLOCKS_APART = timedelta(days=2)
# A clock without a battery begins in 1970; what lies outside these is no clock and cannot be read
# back from the database.
FIRST_CLOCK = datetime(1900, 1, 1, tzinfo=UTC)
LAST_CLOCK = datetime(2900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One entry as it was sent."""

    uid: UUID
    number: int
    act: str
    content: dict
    made_at: datetime


def read_entries(parcel):
    """[Entry] in the order of their numbers. Refused as a whole when `parcel` is no list of
    entries.
    """
    if not isinstance(parcel, list) or len(parcel) > MOST_ENTRIES:
        raise Refused(
            _("Gói gửi từ điểm cầu không đọc được. Hãy tải lại trang của bàn điểm cầu."), "entries"
        )
    return sorted((_entry(entry) for entry in parcel), key=lambda entry: entry.number)


def _entry(item):
    try:
        made_at = (
            item["made_at"]
            if isinstance(item["made_at"], datetime)
            else datetime.fromisoformat(str(item["made_at"]))
        )
        number = int(item["number"])
        content = item["content"]
        if (
            made_at.tzinfo is None
            or not 0 <= number < 2**53
            or not isinstance(content, dict)
            or not isinstance(item["act"], str)
        ):
            raise ValueError
        made_at = min(max(made_at, FIRST_CLOCK), LAST_CLOCK)
        return Entry(
            UUID(str(item["uid"])), number, normal(item["act"]), _storable(content), made_at
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        raise Refused(
            _("Gói gửi từ điểm cầu không đọc được. Hãy tải lại trang của bàn điểm cầu."), "entries"
        ) from None


def _storable(content):
    """The fields of an entry as the database holds them: texts in the form of `kernel.text.normal`,
    numbers, lists of numbers. ValueError for any other value, such as Infinity.
    """
    return {normal(name): _storable_value(value) for name, value in content.items()}


def _storable_value(value):
    if isinstance(value, str):
        return normal(value)
    numbers = value if isinstance(value, list) else [value]
    for number in numbers:
        if not (number is None or isinstance(number, int | float) and isfinite(number)):
            raise ValueError
    return value


def corrected_time(entry, desk, point, offset, since, now):
    """When the entry is taken to have been made: by the desk's clock corrected by `offset`, between
    `since` and `now`, and always between its neighbours by number.
    """
    at = min(max(_shift(entry.made_at, offset, now), since), now)
    rows = RoomEntry.objects.filter(point=point, desk=desk)
    previous = rows.filter(number__lte=entry.number).order_by("-number", "-at").first()
    following = rows.filter(number__gt=entry.number).order_by("number", "at").first()
    if previous is not None:
        at = max(at, previous.at + STEP * min(entry.number - previous.number, MOST_STEPS))
    if following is not None:
        at = min(at, following.at - STEP * min(following.number - entry.number, MOST_STEPS))
    return at


def _shift(made_at, offset, now):
    try:
        return made_at + offset
    except OverflowError:
        return now


def heads_at(point, at):
    """The last head count of the room up to the instant; None before the first."""
    return (
        HeadCount.objects.filter(point=point, at__lte=at)
        .order_by("-at", "-pk")
        .values_list("count", flat=True)
        .first()
    )


def read_heads(content):
    """The number of people of an entry; Refused where it is none."""
    count = content.get("count")
    if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= MOST_HEADS:
        raise Refused(_("Số người trong phòng phải là số nguyên từ 0 trở lên."))
    return count


def read_question(content):
    """(text, who asks); Refused where the text is empty or too long."""
    text = clean_paragraphs(
        content.get("text") if isinstance(content.get("text"), str) else "",
        LONGEST_QUESTION,
        "text",
        _("Câu hỏi chưa có nội dung."),
    )
    return text, clean_line(content.get("asker"), 200, "asker")


def read_hand(content):
    """(speaker, FloorKind); Refused for an unknown kind."""
    kind = content.get("kind") or FloorKind.SPEAK
    if kind not in FloorKind.values:
        raise Refused(_("Không rõ loại đăng ký phát biểu. Hãy tải lại trang của bàn điểm cầu."))
    return clean_line(content.get("speaker"), 200, "speaker"), kind


def read_number(content, name):
    """The id in the entry's field `name`, or None."""
    number = content.get(name)
    return (
        number
        if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**62
        else None
    )


def check_hands(counts, poll, heads):
    """The hands by option, validated; Refused, saying what to do, where they cannot be right."""
    are_numbers = isinstance(counts, list) and all(
        isinstance(n, int) and not isinstance(n, bool) and 0 <= n <= MOST_HEADS for n in counts
    )
    if not are_numbers or len(counts) != len(poll.options):
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


def in_time_order(entries):
    """Entries of a room in the order in which they take effect."""
    return sorted(entries, key=lambda row: (row.at, row.number, row.uid))


def entry_answer(row, repeated=False):
    """What the desk is answered about an entry."""
    return {
        "uid": str(row.uid),
        "number": row.number,
        "outcome": row.outcome,
        "told": row.told,
        "repeated": repeated,
        "ok": row.outcome in (Outcome.COUNTED, Outcome.KEPT),
    }
