"""Illustrative petitions and visits of invented persons, by the real acts, from a fixed seed."""

import random
from datetime import date, timedelta

from django.db import transaction

from danchu.casework.actions import (
    close_reception_day,
    plan_reception_day,
    record_visit,
    register_petition,
    show_petition,
    take_step,
)
from danchu.casework.models import Matter, Petition
from danchu.demo.cases import load_cases
from danchu.journal.actions import record
from danchu.kernel.days import today
from danchu.kernel.refusals import require
from danchu.units.maps import boundaries
from danchu.units.models import Body, Standing, Unit

CITIES = (("01", 44), ("79", 16))
FIRST = date(2025, 8, 4)
HOANKIEM = "00070"
FAMILY_NAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi")
GIVEN_NAMES = (
    "Văn Minh",
    "Thị Lan",
    "Văn Hùng",
    "Thị Mai",
    "Quốc Tuấn",
    "Thị Hoa",
    "Đức Long",
    "Thu Hằng",
)
FEEDBACK = (
    (
        "environment",
        "Rác tồn đọng ở đầu ngõ",
        "Rác ở đầu ngõ ba ngày chưa được thu gom (nội dung minh họa).",
    ),
    ("road", "Đèn đường hỏng", "Hai cột đèn của ngõ không sáng từ đầu tháng (nội dung minh họa)."),
    (
        "road",
        "Nắp cống bị vỡ",
        "Nắp cống trước nhà văn hóa bị vỡ, dễ gây tai nạn (nội dung minh họa).",
    ),
    (
        "construction",
        "Đổ vật liệu lấn vỉa hè",
        "Vật liệu xây dựng chiếm hết vỉa hè (nội dung minh họa).",
    ),
    (
        "procedure",
        "Chờ lâu ở bộ phận một cửa",
        "Chờ hơn hai giờ chưa được gọi số (nội dung minh họa).",
    ),
    (
        "contributions",
        "Chưa công khai quỹ đóng góp",
        "Tổ dân phố chưa niêm yết thu chi quỹ năm nay (nội dung minh họa).",
    ),
)
COMPLAINTS = (
    (
        "land_use",
        "Khiếu nại quyết định xử phạt về đất",
        "Không đồng ý với quyết định xử phạt vì ranh giới thửa đất xác định sai (nội "
        "dung minh họa).",
    ),
    (
        "social_policy",
        "Khiếu nại việc xét hộ được hỗ trợ",
        "Gia đình đủ điều kiện nhưng không có tên trong danh sách (nội dung minh họa).",
    ),
)
DENUNCIATION = (
    "official_conduct",
    "Thu tiền không có biên lai",
    "Người của tổ thu tiền không giao biên lai (nội dung minh họa).",
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
    "answer": "Đã kiểm tra và khắc phục (nội dung minh họa).",
    "decide": "Nội dung đã được xác minh (nội dung minh họa).",
}


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
            _play_petition(chance, WAYS[number_of_petitions % len(WAYS)], unit, matters, by)
            number_of_petitions += 1
        if ward:
            _receive(chance, ward.unit, by)
            number_of_petitions += load_cases(lambda: _person(chance), ward.unit, matters, by)
    record(by, "demo.petitions_made", None, count=number_of_petitions)
    return number_of_petitions


def _person(chance):
    name = f"{chance.choice(FAMILY_NAMES)} {chance.choice(GIVEN_NAMES)}"
    return {
        "name": name,
        "address": f"số {chance.randrange(1, 90)} ngõ {chance.randrange(1, 40)} (minh họa)",
        "phone": f"09{chance.randrange(10**7, 10**8)}",
    }


def _play_petition(chance, way, unit, matters, by):
    """One petition and the acts on it, `way` = (nature, acts), up to today."""
    nature, acts = way
    key, title, content = (
        DENUNCIATION
        if nature == "denunciation"
        else chance.choice(COMPLAINTS if nature == "complaint" else FEEDBACK)
    )
    on = min(
        FIRST + timedelta(days=chance.randrange(460)),
        today() - timedelta(days=chance.choice((3, 12, 40))),
    )
    unit = Unit.objects.get(pk=unit)
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
        persons=[_person(chance) for _ in range(chance.choice((1, 1, 1, 2, 6)))],
    )
    is_competent = not {"forward", "guide"} & set(acts)
    for act in acts:
        on += timedelta(days=max(1, GAPS[act] + chance.choice((-1, 0, 0, 2))))
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
        petition = take_step(
            petition, act, by=by, on=on, text=TEXTS.get(act, "Nội dung minh họa."), **fields
        )
        if act == "answer":
            show_petition(petition, by=by, title=title, text=content)


def _receive(chance, unit, by):
    """Reception days of one ward, with visits on those that were held."""
    for week in range(12):
        on = today() - timedelta(days=7 * (10 - week) + 1)
        day = plan_reception_day(
            by=by,
            unit=unit,
            office="Chủ tịch UBND",
            on=on,
            form="periodic",
            room="Phòng tiếp công dân",
            hours="8 giờ – 11 giờ 30",
        )
        if on > today():
            continue
        if week == 4:
            close_reception_day(
                day,
                by=by,
                was_held=False,
                reason="Dự kỳ họp Hội đồng nhân dân; đã báo và hẹn ngày khác",
            )
            continue
        close_reception_day(day, by=by, was_held=True)
        for _ in range(chance.randrange(1, 4)):
            person = _person(chance)
            record_visit(
                by=by,
                unit=unit,
                day=day,
                received_on=on,
                form="periodic",
                name=person["name"],
                address=person["address"],
                people=chance.choice((1, 1, 2, 5)),
                content=chance.choice(FEEDBACK)[2],
                nature="feedback",
                is_first=chance.random() < 0.7,
                guidance="Tiếp nhận, xem xét trả lời",
            )
