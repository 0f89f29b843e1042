"""Illustrative petitions and visits of invented persons, by the real acts, from a fixed seed."""

import random
from datetime import date, timedelta

from django.db import transaction

from danchu.casework.actions import (
    book_place,
    close_reception_day,
    plan_reception_day,
    record_visit,
    register_petition,
    show_petition,
    take_step,
)
from danchu.casework.models import Matter, Petition
from danchu.demo.cases import load_cases
from danchu.demo.people import person
from danchu.demo.pictures import picture_of
from danchu.demo.topics import matter_of
from danchu.journal.actions import record
from danchu.kernel.days import today
from danchu.kernel.refusals import require
from danchu.law.book import book
from danchu.units.maps import boundaries
from danchu.units.models import Body, Standing

CITIES = (("01", 72), ("79", 24))
FIRST = date(2025, 8, 4)
HOANKIEM = "00070"
FIRST_RECEPTION = date(2021, 1, 12)
DAYS_BETWEEN = 28  # of the receptions of the years before
NOT_HELD = 4
# (name, matter) of those who booked a place at a reception day.
BOOKED = (
    ("Nguyễn Thị Hòa", "Hỏi về hè phố bị lấn chiếm trước nhà"),
    ("Trần Văn Lương", "Xin rõ tiến độ sửa cống ở ngõ"),
)
# (nature, acts) of each petition, in turn.
WAYS = (
    ("feedback", ("classify", "accept", "answer", "close")),
    ("feedback", ("classify", "accept", "answer")),
    ("feedback", ("classify", "forward")),
    ("complaint", ("classify", "accept", "verify", "hold_dialogue", "decide", "send", "close")),
    ("feedback", ("classify", "accept")),
    (
        "denunciation",
        ("classify", "accept", "notify", "verify", "decide", "send", "publish", "close"),
    ),
    ("feedback", ()),
    ("feedback", ("classify", "accept", "answer", "close")),
    ("complaint", ("classify", "accept", "verify")),
    ("feedback", ("classify", "file")),
    ("denunciation", ("classify",)),
    ("complaint", ("classify", "guide")),
)
GAPS = {
    "classify": 2,
    "accept": 3,
    "answer": 4,
    "close": 6,
    "forward": 3,
    "verify": 3,
    "hold_dialogue": 10,
    "decide": 9,
    "send": 2,
    "notify": 2,
    "publish": 5,
    "file": 2,
    "guide": 2,
}
TEXTS = {
    "answer": "Đã cử người kiểm tra, khắc phục xong và mời tổ dân phố xem lại.",
    "decide": "Nội dung đã được xác minh; kết luận gửi kèm.",
    "verify": "Cử hai công chức đến tận nơi, làm việc với các bên.",
    "hold_dialogue": "Đối thoại tại phòng tiếp công dân, có biên bản.",
    "guide": "Việc thuộc thẩm quyền của cơ quan khác.",
    "forward": "Chuyển đến cơ quan có thẩm quyền.",
    "file": "Nội dung không rõ, không có địa chỉ để hỏi lại.",
}
# How many working days ago those that still wait were received: most are in time, feedback of ten
# working days ago is due today, of twelve is late. Eleven, so that each way has each age in turn.
AGES = (1, 4, 10, 2, 7, 3, 12, 5, 8, 6, 9)
# The acts after which nothing is owed any more.
LAST_ACTS = {"close", "answer", "forward", "file", "guide"}


@transaction.atomic
def load_petitions(*, by):
    """Load them; idempotent. Returns how many are new."""
    require(by.may("draft", "petition_file", None))
    if Petition.objects.filter(illustrative=False).exists():
        return 0
    chance = random.Random(20260701)
    number_of_petitions = 0
    matters = Matter.objects.in_bulk()
    for code, number in CITIES:
        city = Standing.objects.on(FIRST).get(code=code, unit__level="province").unit_id
        communes = boundaries(FIRST).subtree(city)
        bodies = Body.objects.on(FIRST).filter(
            unit__in=communes, unit__level="commune", kind="peoples_committee"
        )
        places = sorted(set(bodies.values_list("unit_id", flat=True)))
        ward = Standing.objects.on(FIRST).filter(code=HOANKIEM, unit__in=places).first()
        for position in range(number):
            unit = ward.unit_id if ward and position % 2 == 0 else chance.choice(places)
            age = AGES[number_of_petitions % len(AGES)]
            way = WAYS[number_of_petitions % len(WAYS)]
            _play_petition(chance, way, unit, matters, age, by)
            number_of_petitions += 1
        if ward:
            _receive(chance, ward.unit, by)
            number_of_petitions += load_cases(lambda: person(chance), ward.unit, matters, by)
    record(by, "demo.petitions_made", None, count=number_of_petitions)
    return number_of_petitions


def _play_petition(chance, way, unit, matters, age, by):
    """One petition and the acts on it, `way` = (nature, acts), up to today; one that still waits
    was received `age` working days ago.
    """
    nature, acts = way
    standing = Standing.objects.on(today()).get(unit=unit)
    key, title, content = matter_of(chance, nature, standing.name)
    calendar = book().calendar
    on = calendar.before(today(), age)
    if acts and acts[-1] in LAST_ACTS:
        number_of_days = (today() - FIRST).days - 75
        on = calendar.on_or_after(FIRST + timedelta(days=chance.randrange(number_of_days)))
    unit = standing.unit
    petition, _secret = register_petition(
        by=by,
        nature=nature,
        channel=chance.choice(("counter", "post", "phone")),
        matter=matters[key],
        unit=unit,
        place=unit,
        title=title,
        content=content,
        received_on=on,
        persons=[person(chance) for _ in range(chance.choice((1, 1, 1, 2, 6)))],
        files=picture_of(chance, title),
    )
    is_competent = not {"forward", "guide"} & set(acts)
    for act in acts:
        on = calendar.on_or_after(
            on + timedelta(days=max(1, GAPS[act] + chance.choice((-1, 0, 1))))
        )
        if on > today():
            return
        fields = {
            "classify": {
                "eligible": "file" not in acts,
                "competent": is_competent,
                "fault": "unclear" if "file" in acts else "",
            },
            "decide": {"verdict": chance.choice(("founded", "partly", "unfounded"))},
            "forward": {"elsewhere": "Sở Xây dựng"},
            "guide": {"elsewhere": "Tòa án nhân dân khu vực"},
        }.get(act, {})
        text = TEXTS.get(act, "Theo hồ sơ.")
        petition = take_step(petition, act, by=by, on=on, text=text, **fields)
        if act == "answer":
            show_petition(petition, by=by, title=title, text=content)


def _book(day, by):
    """Places of a reception day that is still to come."""
    for number, (name, matter) in enumerate(BOOKED):
        phone = f"09000000{number:02}"
        book_place(day, by=by, name=name, phone=phone, matter=matter)


def _receive(chance, unit, by):
    """Reception days of one ward, with visits on those that were held."""
    for week in range(12):
        on = book().calendar.on_or_after(today() - timedelta(days=7 * (10 - week) + 1))
        day = _plan_day(unit, on, by)
        if on > today():
            _book(day, by)
        elif week == NOT_HELD:
            reason = "Dự kỳ họp Hội đồng nhân dân; đã báo và hẹn ngày khác"
            close_reception_day(day, by=by, was_held=False, reason=reason)
        else:
            _hold_day(chance, day, chance.randrange(1, 4), by)
    _receive_earlier(unit, by)


def _receive_earlier(unit, by):
    """Those of the years before, at the ward's predecessor up to the reform. They have chance of
    their own: nothing else is drawn another way.
    """
    chance = random.Random(20220111)
    predecessor = Standing.objects.on(FIRST_RECEPTION).get(code=HOANKIEM).unit
    calendar = book().calendar
    on = FIRST_RECEPTION
    while on < today() - timedelta(days=7 * 11):
        held_on = calendar.on_or_after(on)
        day = _plan_day(unit if held_on >= unit.since else predecessor, held_on, by)
        _hold_day(chance, day, chance.randrange(1, 3), by)
        on += timedelta(days=DAYS_BETWEEN)


def _plan_day(unit, on, by):
    return plan_reception_day(
        by=by,
        unit=unit,
        office="Chủ tịch UBND",
        on=on,
        form="periodic",
        room="Phòng tiếp công dân",
        hours="8 giờ – 11 giờ 30",
        places=8,
    )


def _hold_day(chance, day, visits, by):
    """A day that was held, with so many visits."""
    close_reception_day(day, by=by, was_held=True)
    for _ in range(visits):
        visitor = person(chance)
        record_visit(
            by=by,
            unit=day.unit,
            day=day,
            received_on=day.on,
            form="periodic",
            name=visitor["name"],
            address=visitor["address"],
            people=chance.choice((1, 1, 2, 5)),
            content=matter_of(chance, "feedback", "Phường Hoàn Kiếm")[2],
            nature="feedback",
            is_first=chance.random() < 0.7,
            guidance="Tiếp nhận, xem xét trả lời",
        )
