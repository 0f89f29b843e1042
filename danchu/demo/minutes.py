"""Illustrative minutes of dialogues and promises in every state, played through the real acts, from
a fixed seed.

The minutes mark exactly as many opinions as their dialogue says it had, so every figure of the demo
stays what it was.
"""

import random
from datetime import date, timedelta

from django.db import transaction

from danchu.journal.actions import record
from danchu.kernel.days import today
from danchu.kernel.refusals import require
from danchu.minutes import actions
from danchu.minutes.input.blocks import Mark, Promise, Written
from danchu.minutes.models import Commitment, Minutes
from danchu.register.models import Event
from danchu.units.maps import boundaries
from danchu.units.models import Body, Standing

CITIES = (("01", 16), ("79", 6))
FIRST = date(2025, 7, 1)
HOANKIEM = "00070"
FEWEST = 3
MOST = 12
OPINIONS = (
    "Đề nghị phường sửa đoạn vỉa hè bị lún trước nhà văn hóa.",
    "Đèn ở ngõ tắt từ đầu tháng, đi lại buổi tối không an toàn.",
    "Rác ở điểm tập kết thường thu muộn, mong đổi giờ thu.",
    "Cống thoát nước bị tắc, mưa lớn là ngập.",
    "Đề nghị công khai thu chi quỹ do Nhân dân đóng góp.",
    "Bộ phận một cửa nên có ghế chờ và nước uống.",
    "Mong lắp gờ giảm tốc trước cổng trường.",
    "Nhà văn hóa mở cửa muộn, người cao tuổi không vào sinh hoạt được.",
    "Đề nghị xử lý việc để vật liệu lấn lòng đường.",
)
PROMISES = (
    (
        "Sửa xong đoạn vỉa hè bị lún",
        "Phường sẽ sửa xong đoạn vỉa hè bị lún và mời tổ dân phố nghiệm thu.",
    ),
    ("Thay toàn bộ đèn hỏng trong ngõ", "Phường nhận thay toàn bộ đèn hỏng trong ngõ."),
    ("Nạo vét cống, hết ngập khi mưa", "Phường sẽ nạo vét cống trước mùa mưa."),
    (
        "Niêm yết thu chi quỹ tại nhà văn hóa",
        "Các tổ dân phố sẽ niêm yết thu chi quỹ tại nhà văn hóa.",
    ),
)
# How far each promise goes, in turn: most are kept, some wait, are disputed, put off or overdue,
# one was written down wrongly.
WAYS = (
    ("fulfil", "confirm"),
    ("fulfil", "confirm"),
    ("fulfil",),
    ("postpone", "fulfil", "confirm"),
    (),
    ("fulfil", "dispute"),
    ("fulfil", "confirm"),
    ("postpone",),
    ("fulfil", "dispute", "fulfil", "confirm"),
    ("withdraw",),
)


@transaction.atomic
def load_minutes(*, by):
    """Make them once; how many minutes."""
    require(by.may("draft", "minutes", None))
    if Minutes.objects.exists():
        return 0
    chance = random.Random(20261)
    made = 0
    for code, number in CITIES:
        for event in _dialogues(chance, code, number):
            made += 1
            _play(chance, event, made, by)
    made += _draft(by)
    record(by, "demo.minutes_made", None, count=made)
    return made


def _dialogues(chance, code, number):
    """Dialogues of communes of the city with few enough opinions to be read, those of Hoàn Kiếm
    first.
    """
    city = Standing.objects.on(FIRST).get(code=code, unit__level="province").unit_id
    rows = Event.objects.counted().filter(
        kind="dialogue",
        illustrative=True,
        held_on__gte=FIRST,
        unit__in=boundaries(FIRST).subtree(city),
        opinions__gte=FEWEST,
        opinions__lte=MOST,
    )
    rows = list(rows.select_related("unit", "body").order_by("pk"))
    here = (
        Standing.objects.on(FIRST)
        .filter(code=HOANKIEM, unit__level="commune")
        .values_list("unit", flat=True)
    )
    first = [event for event in rows if event.unit_id in here]
    others = [event for event in rows if event.unit_id not in here]
    return [*first, *chance.sample(others, min(number, len(others)))]


def _play(chance, event, number, by):
    """The minutes of one dialogue, approved, and its promise as far as its way and the days
    until today allow.
    """
    front = (
        Body.objects.on(event.held_on).filter(unit=event.unit_id, kind="fatherland_front").first()
    )
    title, promised = PROMISES[number % len(PROMISES)]
    due = event.held_on + timedelta(days=chance.choice((45, 60, 90)))
    promise = Promise(
        f"{title} (minh họa)",
        event.body,
        "Chủ tịch Ủy ban nhân dân",
        due,
        "đủ thời gian bố trí kinh phí và thi công",
        front,
        "Cử tri tổ dân phố số 5",
    )
    blocks = _opinions(event, number)
    said = f"{promised} (nội dung minh họa)"
    blocks += [
        Written("II. Trả lời và kết luận", is_heading=True),
        Written(
            said,
            "Chủ tịch Ủy ban nhân dân",
            "Chủ tịch Ủy ban nhân dân",
            marks=(Mark("commitment", 0, len(promised), promise=promise),),
        ),
        Written(
            "Kết luận: giao công chức chuyên môn theo dõi và báo cáo tại kỳ đối thoại sau.",
            marks=(Mark("decision"),),
        ),
    ]
    it = actions.draft_minutes(
        by=by,
        unit=event.unit,
        held_on=event.held_on,
        body=event.body,
        event=event,
        title=event.title[:200],
        number=f"{number:02d}/BB-UBND",
        hours="8 giờ – 11 giờ",
        place="Hội trường Ủy ban nhân dân",
        chair="Chủ tịch Ủy ban nhân dân",
        secretary="Công chức văn phòng",
        attendance=f"{event.participants} người dự; đại diện Ủy ban Mặt trận Tổ quốc",
        blocks=blocks,
        illustrative=True,
    )
    actions.approve_minutes(it, by=by, is_public=True)
    _follow(chance, Commitment.objects.get(origin_uid=it.uid), WAYS[number % len(WAYS)], by)


def _opinions(event, number):
    """What the people said, one paragraph an opinion."""
    blocks = [Written("I. Ý kiến của Nhân dân", is_heading=True)]
    for at in range(event.opinions):
        accepted = at < event.opinions_accepted
        text = f"{OPINIONS[(number + at) % len(OPINIONS)]} (nội dung minh họa)"
        blocks.append(
            Written(
                text,
                f"Ông (bà) {at + 1}",
                f"Cử tri tổ dân phố số {at % 9 + 1}",
                marks=(Mark("opinion", is_accepted=accepted),),
            )
        )
    return blocks


def _follow(chance, it, acts, by):
    on = it.made_on
    for act in acts:
        on += timedelta(days=chance.randrange(12, 30))
        if on > today():
            return
        if act == "fulfil":
            it = actions.fulfil_commitment(
                it,
                by=by,
                on=on,
                text="Đã làm xong, có biên bản nghiệm thu với tổ dân phố (nội dung minh họa).",
            )
        elif act == "postpone":
            it = actions.postpone_commitment(
                it,
                by=by,
                on=on,
                due_on=max(it.due_on, on) + timedelta(days=30),
                reason="Mưa kéo dài, chưa thi công được (minh họa)",
            )
        elif act == "confirm":
            it = actions.confirm_commitment(
                it, by=by, on=on, text="Mặt trận đã đến xem (nội dung minh họa)."
            )
        elif act == "dispute":
            it = actions.dispute_commitment(
                it, by=by, on=on, text="Còn một đoạn chưa làm (nội dung minh họa)."
            )
        else:
            actions.withdraw_commitment(it, by=by, on=on, reason="Ghi hai lần (minh họa)")


def _draft(by):
    """One draft at Hoàn Kiếm for who tries the editor."""
    standing = (
        Standing.objects.on(FIRST)
        .filter(code=HOANKIEM, unit__level="commune")
        .select_related("unit")
        .first()
    )
    if standing is None:
        return 0
    blocks = [
        Written(f"{text} (nội dung minh họa)", "", f"Cử tri tổ dân phố số {at}")
        for at, text in enumerate(OPINIONS[:4], 1)
    ]
    actions.draft_minutes(
        by=by,
        unit=standing.unit,
        held_on=today() - timedelta(days=5),
        title="Biên bản tiếp xúc cử tri (minh họa)",
        blocks=blocks,
        illustrative=True,
    )
    return 1
