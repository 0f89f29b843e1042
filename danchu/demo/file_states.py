"""Illustrative petitions, visits and bookings in the states that the others do not have."""

from danchu.casework.actions import (
    answer_visit,
    book_place,
    cancel_booking,
    note_absence,
    note_arrival,
    plan_reception_day,
    record_visit,
    register_petition,
    take_step,
)
from danchu.casework.models import Matter
from danchu.demo.people import person
from danchu.demo.topics import matter_of
from danchu.kernel.days import today
from danchu.law.book import book

OURS = {"eligible": True, "competent": True}
OTHERS = {"eligible": True, "competent": False}
NAMELESS = {"eligible": False, "fault": "anonymous"}
TO_VERIFYING = (("classify", OURS), ("accept", {}), ("verify", {}))
DECIDED = ("decide", {"verdict": "partly"})
# (nature, acts with what each asks for) of the petitions, each left in the state after its last.
ENDS = (
    ("complaint", (("classify", OURS), ("refuse", {}))),
    ("complaint", (("classify", OTHERS), ("return", {}))),
    ("complaint", (*TO_VERIFYING, ("hold_dialogue", {}))),
    ("complaint", (*TO_VERIFYING, DECIDED)),
    ("complaint", (*TO_VERIFYING, DECIDED, ("send", {}))),
    ("denunciation", (*TO_VERIFYING, DECIDED, ("send", {}), ("publish", {}))),
    ("denunciation", (*TO_VERIFYING, ("suspend", {}))),
    ("denunciation", (*TO_VERIFYING, ("stop", {}))),
    ("denunciation", (("classify", NAMELESS), ("use", {"elsewhere": "Thanh tra thành phố"}))),
    ("feedback", (("classify", OTHERS), ("urge", {"elsewhere": "Sở Xây dựng"}))),
    ("feedback", (("classify", OURS), ("withdraw", {}))),
    ("complaint", (("classify", OURS),)),
    ("complaint", TO_VERIFYING),
)
TEXTS = {
    "refuse": "Quyết định không tác động trực tiếp đến người khiếu nại.",
    "return": "Việc thuộc thẩm quyền của cơ quan khác; trả lại đơn và giấy tờ kèm theo.",
    "publish": "Kết luận: một phần nội dung là đúng, đã yêu cầu khắc phục.",
    "suspend": "Chờ kết quả giám định của cơ quan chuyên môn.",
    "stop": "Nội dung đã được giải quyết bằng bản án có hiệu lực.",
    "use": "Đơn không ghi tên nhưng có chứng cứ rõ: dùng để thanh tra.",
    "withdraw": "Người gửi báo việc đã xong.",
}
EARLIEST = 28  # working days ago on which the first of them was received
VISITORS = (("Phạm Thị Tâm", "came"), ("Lê Văn Phúc", "absent"), ("Hồ Thị Nhàn", "cancelled"))


def play_files(ward):
    """Returns how many records are new."""
    matters = Matter.objects.in_bulk()
    for number, (nature, acts) in enumerate(ENDS):
        _play_petition(ward, matters, nature, acts, EARLIEST - number)
    return len(ENDS) + _play_visits(ward) + _play_bookings(ward)


def _play_petition(ward, matters, nature, acts, age):
    calendar = book().calendar
    key, title, content = matter_of(ward.chance, nature, "Phường Hoàn Kiếm")
    on = calendar.before(today(), age)
    petition, _secret = register_petition(
        by=ward.by,
        nature=nature,
        channel="post",
        matter=matters[key],
        unit=ward.unit,
        place=ward.unit,
        title=title,
        content=content,
        received_on=on,
        persons=() if NAMELESS in dict(acts).values() else [person(ward.chance)],
    )
    for act, fields in acts:
        on = calendar.on_or_after(on + (today() - on) // 4)
        text = TEXTS.get(act, "Theo hồ sơ.")
        petition = take_step(petition, act, by=ward.by, on=on, text=text, **fields)


def _play_visits(ward):
    """Two visits with a promised answer, which one of them has had."""
    visits = [
        record_visit(
            by=ward.by,
            unit=ward.unit,
            received_on=ward.day(ago),
            form="regular",
            name=person(ward.chance)["name"],
            content=content,
            nature="feedback",
            is_owed=True,
        )
        for ago, content in (
            (16, "Hỏi lịch sửa đường ống nước ở ngõ."),
            (3, "Hỏi việc cấp lại giấy xác nhận tạm trú."),
        )
    ]
    answer_visit(
        visits[0], by=ward.by, on=ward.day(9), text="Đã trả lời bằng văn bản: sửa trong tháng này."
    )
    return len(visits)


def _play_bookings(ward):
    """A reception of today: one who booked has come, one did not, one has cancelled before."""
    day = plan_reception_day(
        by=ward.by,
        unit=ward.unit,
        office="Phó Chủ tịch UBND",
        on=today(),
        form="regular",
        room="Phòng tiếp công dân",
        hours="8 giờ – 17 giờ",
        places=6,
        book_before=0,
    )
    for number, (name, outcome) in enumerate(VISITORS):
        booking, _secret = book_place(
            day, by=ward.by, name=name, phone=f"09000001{number:02}", matter="Hỏi thủ tục"
        )
        act = {"came": note_arrival, "absent": note_absence, "cancelled": cancel_booking}[outcome]
        act(booking, by=ward.by)
    return 1 + len(VISITORS)
