"""Illustrative cases of one ward beside the common ones: a complaint made again, letters signed
by many, delegated and refused receptions.
"""

from datetime import timedelta

from danchu.casework.actions import (
    close_reception_day,
    issue_refusal,
    plan_reception_day,
    record_visit,
    refuse_reception,
    register_petition,
    take_step,
)
from danchu.casework.models import Petition
from danchu.casework.natures import Stage
from danchu.casework.rules.refusals import reason_on
from danchu.casework.rules.routing import superior_of
from danchu.kernel.days import today

DELEGATE = "Văn phòng HĐND và UBND phường"
SIGNED = (
    (
        "road",
        "Đề nghị làm rãnh thoát nước ngõ",
        "Các hộ trong ngõ đề nghị làm rãnh thoát nước, mưa là ngập (nội dung minh họa).",
        7,
        7,
    ),
    (
        "contributions",
        "Đề nghị công khai quỹ sửa nhà văn hóa",
        "Các hộ đề nghị công khai thu, chi quỹ sửa nhà văn hóa (nội dung minh họa).",
        12,
        46,
    ),
)
# (days ago, reason, nature, what was said, body that handled it, what was explained, people)
REFUSED = (
    (
        20,
        "answered",
        "feedback",
        "Hỏi lại việc đèn đường đã được trả lời (nội dung minh họa).",
        "UBND phường, văn bản trả lời (minh họa)",
        "",
        1,
    ),
    (
        9,
        "answered",
        "feedback",
        "Hỏi lại việc rác ở đầu ngõ, không có tình tiết mới (nội dung minh họa).",
        "UBND phường, văn bản trả lời (minh họa)",
        "",
        2,
    ),
    (
        6,
        "no_authority",
        "complaint",
        "Khiếu nại thay người khác, không có giấy ủy quyền (nội dung minh họa).",
        "",
        "Hướng dẫn làm giấy ủy quyền rồi đến lại",
        1,
    ),
)


def load_cases(person, unit, matters, by):
    """Play them at one ward; how many petitions. `person()` invents somebody."""
    _delegated(person, unit, by)
    _refused(person, unit, by)
    return _signed(person, unit, matters, by) + _again(person, unit, matters, by)


def _again(person, unit, matters, by):
    """The complaint decided last is made again, within its time, at the level above."""
    first = (
        Petition.objects.filter(unit=unit, nature="complaint", resolved_on__isnull=False)
        .order_by("resolved_on", "pk")
        .last()
    )
    if first is None:
        return 0
    above, _body = superior_of(unit.pk, today())
    made, _secret = register_petition(
        by=by,
        nature="complaint",
        channel="counter",
        matter=matters[first.matter_id],
        unit=above,
        place=unit,
        title=f"{first.title} (lần hai)"[:180],
        stage=Stage.SECOND,
        follows=first,
        content="Không đồng ý với quyết định giải quyết lần đầu (nội dung minh họa).",
        received_on=min(first.resolved_on + timedelta(days=9), today()),
        known_on=first.resolved_on,
        persons=[person()],
    )
    _on(made, by, ("classify", {"eligible": True, "competent": True}), ("accept", {}))
    return 1


def _signed(person, unit, matters, by):
    """Letters with a list of who signed; of a large group those who speak for it are marked."""
    for at, (key, title, content, signers, people) in enumerate(SIGNED):
        persons = [{**person(), "is_representative": number < 2} for number in range(signers)]
        made, _secret = register_petition(
            by=by,
            nature="feedback",
            channel="counter",
            matter=matters[key],
            unit=unit,
            place=unit,
            title=title,
            content=content,
            received_on=today() - timedelta(days=30 - 12 * at),
            persons=persons,
            people=people,
        )
        _on(
            made,
            by,
            ("classify", {"eligible": True, "competent": True, "people": people}),
            ("accept", {}),
        )
    return len(SIGNED)


def _on(made, by, *acts):
    """Take the steps one day after the other, as far as the days until today allow."""
    for days, (act, given) in enumerate(acts, 1):
        if (on := made.received_on + timedelta(days=days)) <= today():
            made = take_step(made, act, by=by, on=on, text="Nội dung minh họa.", **given)


def _delegated(person, unit, by):
    """Days on which an office of the committee receives in place of the chair, as the law lets;
    one was not held.
    """
    for week in (9, 7, 5, 3, -1):
        on = today() - timedelta(days=7 * week + 3)
        day = plan_reception_day(
            by=by,
            unit=unit,
            office="Chủ tịch UBND",
            on=on,
            form="delegated",
            delegate=DELEGATE,
            room="Phòng tiếp công dân",
            hours="14 giờ – 16 giờ 30",
        )
        if on > today():
            continue
        close_reception_day(
            day,
            by=by,
            was_held=week != 5,
            reason="" if week != 5 else "Mất điện cả buổi chiều; đã báo hẹn ngày khác",
        )
        for people in (1, 3)[: 0 if week == 5 else 2]:
            known = person()
            record_visit(
                by=by,
                unit=unit,
                day=day,
                received_on=on,
                form="delegated",
                name=known["name"],
                address=known["address"],
                people=people,
                nature="feedback",
                is_first=people == 1,
                content="Hỏi kết quả việc đã phản ánh (nội dung minh họa).",
                guidance="Đã giải thích, hẹn trả lời bằng văn bản",
            )


def _refused(person, unit, by):
    """Receptions refused on grounds of the decree; the first notice is issued, the second is
    still due.
    """
    for at, (days, reason, nature, content, body, explained, people) in enumerate(REFUSED):
        on = today() - timedelta(days=days)
        known = person()
        if reason_on(reason, on, nature) is None:  # the decree was not in force yet
            continue
        made = refuse_reception(
            by=by,
            unit=unit,
            reason=reason,
            received_on=on,
            form="regular",
            nature=nature,
            name=known["name"],
            address=known["address"],
            people=people,
            content=content,
            handled_before=body,
            guidance=explained,
        )
        if at == 0:
            issue_refusal(made, by=by, on=on + timedelta(days=2), number="15/TB-UBND (minh họa)")
