"""Illustrative conventions of the villages of a ward: one in each step of its life."""

from danchu.decision import actions as decisions
from danchu.demo.meetings import (
    A_DAY,
    pass_matter,
    people,
    recognise,
    reject_matter,
    roll_of,
    send,
)
from danchu.units.names import name_of
from danchu.village import actions

TEXTS = (
    """Điều 1. Mỗi hộ giữ sạch trước cửa nhà mình, chiều thứ bảy cùng quét ngõ.
Điều 2. Cưới hỏi, việc tang tiết kiệm; không đặt loa ra đường sau 22 giờ.
Điều 3. Quỹ của tổ thu, chi theo mức các hộ đã bàn, công khai mỗi quý tại nhà văn hóa.
Điều 4. Mâu thuẫn giữa các hộ thì đưa ra Tổ hòa giải trước.""",
    """Điều 1. Xe máy để sát tường bên số chẵn, chừa lối đi rộng một mét rưỡi.
Điều 2. Chó ra ngõ phải có dây và rọ mõm; chủ tự dọn nếu chó phóng uế.
Điều 3. Sửa nhà thì báo tổ trưởng trước ba ngày, không để vật liệu ngoài ngõ qua đêm.
Điều 4. Hộ cho thuê nhà nhắc người thuê cùng giữ quy ước này.""",
    """Điều 1. Rác để ra điểm tập kết từ 18 giờ đến 20 giờ, đã phân loại.
Điều 2. Bếp than không đốt trong ngõ; hàng quán dọn xong trước 23 giờ.
Điều 3. Mỗi hộ có một bình chữa cháy và một lối thoát thứ hai.
Điều 4. Nhà có việc hiếu thì hộ liền kề cử người giúp, không thu phúng viếng theo suất.""",
)
MORE = "\nĐiều 5. Không đốt rác, vàng mã trong ngõ; đốt ở lò của nhà văn hóa."
TRIMMED = "Phụ lục đặt mức phạt tiền trái pháp luật."
OLD_COPY = "Bản niêm yết vẫn còn phụ lục đã bỏ."
FINES = "Điều 2 cho tổ dân phố giữ chó của hộ vi phạm: hạn chế quyền tài sản trái luật."
LENT_OUT = "Điều 3 buộc hộ cho thuê nhà nộp quỹ gấp đôi, chờ tổ họp bỏ."
REFUSED = "Chưa lấy ý kiến Ban công tác Mặt trận; Điều 4 trùng với quy định của pháp luật."
GIVEN_UP = "Các hộ muốn bàn chung với quy ước của hai tổ liền kề, soạn lại trong năm tới."


def play_conventions(ward, villages):
    """Conventions of the villages, of which there may be fewer than are named here."""
    plays = (
        *(_drafted, _revised_twice, _replaced, _posted, _adopted, _not_adopted),
        *(_refused, _suspended, _annulled, _put, _withdrawn),
    )
    for play, village in zip(plays, villages, strict=False):
        play(ward, roll_of(village, ward))


def _draft(ward, village, ago, text=TEXTS[0], proposer="head", **more):
    return actions.draft_convention(
        by=ward.by,
        unit=village,
        title=f"Quy ước {name_of(village.pk, ward.day(ago))}",
        drafters=people(ward, 3),
        text=text,
        proposed_on=ward.day(ago),
        **{"proposer": proposer, **more},
    )


def _hung(ward, village, ago, text=TEXTS[0], **more):
    """Drafted, and posted so many days ago."""
    convention = _draft(ward, village, ago + 12, text, **more)
    return actions.post_convention(convention, by=ward.by, on=ward.day(ago))


def _before_households(ward, village, ago, text=TEXTS[0], more=""):
    """Put before the households so many days ago, after it hung for as long as the law asks."""
    convention = _hung(ward, village, ago + 32, text)
    if more:
        convention = actions.revise_convention(convention, by=ward.by, text=text + more)
    return actions.put_convention(convention, by=ward.by, on=ward.day(ago))


def _voted(ward, village, ago, text=TEXTS[0], more="", vote=pass_matter):
    """Put, and voted on so many days ago; the convention as it stands then."""
    convention = _before_households(ward, village, ago + 8, text, more)
    vote(ward, convention.decision, ward.day(ago))
    convention.refresh_from_db()
    return convention


def _filed(ward, convention, number):
    """The file of what the households adopted."""
    on = convention.decision.settled_on + A_DAY
    return actions.file_convention(convention, by=ward.by, on=on, number=number)


def _in_force(ward, village, ago, document, text=TEXTS[0], more=""):
    convention = _filed(ward, _voted(ward, village, ago, text, more), "02/TTr-TDP")
    recognise(ward, convention.decision, document)
    convention.refresh_from_db()
    on = convention.in_force_on + A_DAY
    return actions.forward_convention(convention, by=ward.by, on=on)


def _drafted(ward, village):
    _draft(ward, village, 6, TEXTS[1], proposer="households", asking=7)


def _revised_twice(ward, village):
    """In force; suspended twice, each time carried out again ten days later."""
    convention = _in_force(ward, village, 90, "47/QĐ-UBND", more=MORE)
    for ago, reason, number in ((60, TRIMMED, "61"), (40, OLD_COPY, "72")):
        convention = _suspend(ward, convention, ago, reason, f"{number}/QĐ-UBND")
        convention = actions.resume_convention(
            convention,
            by=ward.by,
            on=ward.day(ago - 11),
            document=f"{number}b/QĐ-UBND",
            reason="Đã sửa và niêm yết lại.",
        )


def _suspend(ward, convention, ago, reason, document):
    convention = actions.flag_convention(
        convention, by=ward.by, on=ward.day(ago), flagged="suspend"
    )
    return actions.suspend_convention(
        convention, by=ward.by, on=ward.day(ago - 1), document=document, reason=reason
    )


def _replaced(ward, village):
    """One in force, and the amended one that took its place."""
    _in_force(ward, village, 170, "29/QĐ-UBND", TEXTS[2])
    _in_force(ward, village, 36, "76/QĐ-UBND", TEXTS[2], MORE)


def _posted(ward, village):
    _hung(ward, village, 10)


def _adopted(ward, village):
    """The households adopted it two days ago; its file is not sent yet."""
    _voted(ward, village, 2, TEXTS[2])


def _not_adopted(ward, village):
    _voted(ward, village, 68, TEXTS[1], vote=reject_matter)


def _refused(ward, village):
    convention = _filed(ward, _voted(ward, village, 58, TEXTS[2]), "01/TTr-TDP")
    decision = send(ward, convention.decision)
    decisions.refuse_decision(
        decision,
        by=ward.by,
        on=decision.settled_on + 6 * A_DAY,
        document="74/UBND-VP",
        reason=REFUSED,
    )


def _suspended(ward, village):
    convention = _in_force(ward, village, 108, "42/QĐ-UBND", TEXTS[1])
    _suspend(ward, convention, 5, LENT_OUT, "88/QĐ-UBND")


def _annulled(ward, village):
    convention = _in_force(ward, village, 120, "38/QĐ-UBND", TEXTS[1])
    convention = actions.flag_convention(convention, by=ward.by, on=ward.day(3), flagged="annul")
    actions.annul_convention(convention, by=ward.by, document="91/QĐ-UBND", reason=FINES)


def _put(ward, village):
    """Put before the households, who meet the day after tomorrow."""
    convention = _before_households(ward, village, 4)
    decisions.announce_meeting(
        convention.decision,
        by=ward.by,
        on=ward.day(1),
        planned_on=ward.day(-2),
        papers_on=ward.day(1),
    )


def _withdrawn(ward, village):
    convention = _hung(ward, village, 75, TEXTS[1])
    actions.withdraw_convention(convention, by=ward.by, reason=GIVEN_UP)
