"""The illustrative online conference of a city in 2023, with bridge points in every district. It is
closed by the real act, so that its delegates are counted from the hall.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from danchu.conference.actions.closing import close_conference
from danchu.conference.models import (
    BridgePoint,
    Conference,
    FloorRequest,
    HeadCount,
    ProgrammeItem,
    Question,
)
from danchu.conference.words import State
from danchu.units.models import Unit

OPENED = datetime(2023, 5, 16, 1, 0, tzinfo=UTC)  # 8 o'clock in Hà Nội
PROGRAMME = (
    ("Khai mạc, thông qua chương trình", "opening", "Chủ tọa", 15),
    ("Quán triệt Luật Thực hiện dân chủ ở cơ sở", "report", "Ban Chỉ đạo", 60),
    ("Tham luận của các điểm cầu", "discussion", "", 50),
    ("Hỏi đáp", "questions", "", 30),
    ("Kết luận, bế mạc", "closing", "Chủ tọa", 15),
)
SPEECHES = (
    "Kinh nghiệm bầu Ban Thanh tra nhân dân ở địa phương.",
    "Cách công khai thu chi để người dân dễ xem.",
    "Đối thoại định kỳ: nói xong phải có người làm, có ngày xong.",
    "Đưa nội dung dân bàn về từng tổ dân phố, thôn.",
    "Ghi phiếu của hộ gia đình khi không họp được.",
    "Giám sát đầu tư của cộng đồng ở công trình ngõ xóm.",
)
QUESTIONS = (
    (
        "Hộ vắng nhà lâu ngày thì tính thế nào vào tỷ lệ tham gia?",
        "Tính trên tổng số hộ của thôn, tổ dân phố; hộ vắng được gửi phiếu.",
    ),
    (
        "Quyết định của cộng đồng gửi cho xã trong mấy ngày?",
        "Gửi trong thời hạn Luật định kể từ ngày biểu quyết; hệ thống nhắc ngày.",
    ),
    (
        "Ban Thanh tra nhân dân kiến nghị, xã trả lời trong bao lâu?",
        "Trong 15 ngày; quá hạn thì báo cấp trên.",
    ),
    (
        "Nội dung nào phải niêm yết, niêm yết bao lâu?",
        "Nội dung ở Điều 11 của Luật; niêm yết ít nhất 30 ngày liên tục.",
    ),
)
HEAD_COUNTS = (
    (10, 72),
    (45, 100),
    (150, 93),
)  # minutes after the opening, per cent of the largest number


def hold_conference(uid, unit_id, points, *, by):
    """Create the conference of the unit and close it; `points` are (unit id, name, heads). Returns
    its event of the register.
    """
    unit = Unit.objects.get(pk=unit_id)
    conference = Conference.objects.create(
        uid=uid,
        unit=unit,
        state=State.OPEN,
        starts_at=OPENED,
        opened_at=OPENED,
        planned_minutes=180,
        title="Hội nghị trực tuyến triển khai Luật Thực hiện dân chủ ở cơ sở",
        illustrative=True,
        made_by=by.key,
        made_at=OPENED,
    )
    rooms = BridgePoint.objects.bulk_create(
        BridgePoint(conference=conference, unit_id=place, name=name, expected=heads, position=n)
        for n, (place, name, heads) in enumerate(points)
    )
    HeadCount.objects.bulk_create(
        HeadCount(
            point=room,
            count=room.expected * percent // 100,
            at=OPENED + timedelta(minutes=minutes_after),
            noted_by=by.key,
        )
        for room in rooms
        for minutes_after, percent in HEAD_COUNTS
    )
    items = _programme(conference)
    _write_speeches(conference, items[2], rooms)
    _write_questions(conference, items[3], rooms)
    closed_conference = close_conference(conference, by=by)
    ended = OPENED + timedelta(minutes=sum(minutes for *_rest, minutes in PROGRAMME))
    Conference.objects.filter(pk=closed_conference.pk).update(
        closed_at=ended
    )  # the act closes by the clock of today
    return closed_conference.event


def _programme(conference):
    items = []
    began_at = OPENED
    for position, (title, kind, speaker, minutes) in enumerate(PROGRAMME, 1):
        ended_at = began_at + timedelta(minutes=minutes)
        items.append(
            ProgrammeItem(
                conference=conference,
                position=position,
                title=title,
                kind=kind,
                speaker=speaker,
                planned_minutes=minutes,
                state="done",
                began_at=began_at,
                ended_at=ended_at,
            )
        )
        began_at = ended_at
    return ProgrammeItem.objects.bulk_create(items)


def _write_speeches(conference, item, rooms):
    for number, (room, speech) in enumerate(zip(rooms, SPEECHES, strict=False)):
        began_at = item.began_at + timedelta(minutes=8 * number)
        FloorRequest.objects.create(
            uid=UUID(int=conference.uid.int + 1 + number, version=4),
            conference=conference,
            item=item,
            point=room,
            speaker=f"Đại diện {room.name}",
            state="done",
            asked_at=item.began_at,
            began_at=began_at,
            ended_at=began_at + timedelta(minutes=6),
            said=speech,
        )


def _write_questions(conference, item, rooms):
    for number, (room, (text, answer)) in enumerate(zip(reversed(rooms), QUESTIONS, strict=False)):
        asked_at = item.began_at + timedelta(minutes=6 * number)
        Question.objects.create(
            uid=UUID(int=conference.uid.int + 101 + number, version=4),
            conference=conference,
            item=item,
            point=room,
            asker=f"Đại biểu tại {room.name}",
            text=text,
            state="answered",
            answer=answer,
            asked_at=asked_at,
            answered_at=asked_at + timedelta(minutes=4),
        )
