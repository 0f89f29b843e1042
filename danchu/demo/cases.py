"""Illustrative special cases of one ward: a second complaint, letters signed by many, delegated and
refused receptions.
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
from danchu.law.book import book

DELEGATE = "Văn phòng HĐND và UBND phường"
SIGNED = (
    (
        "road",
        "Đề nghị làm rãnh thoát nước ngõ",
        "Các hộ trong ngõ đề nghị làm rãnh thoát nước, mưa là ngập.",
        7,
        7,
    ),
    (
        "contributions",
        "Đề nghị công khai quỹ sửa nhà văn hóa",
        "Các hộ đề nghị công khai thu, chi quỹ sửa nhà văn hóa.",
        12,
        46,
    ),
)
# (days ago, reason, nature, content, body that had handled it, guidance, number of people)
REFUSED = (
    (
        20,
        "answered",
        "feedback",
        "Hỏi lại việc đèn đường đã được trả lời.",
        "UBND phường, văn bản trả lời",
        "",
        1,
    ),
    (
        9,
        "answered",
        "feedback",
        "Hỏi lại việc rác ở đầu ngõ, không có tình tiết mới.",
        "UBND phường, văn bản trả lời",
        "",
        2,
    ),
    (
        6,
        "no_authority",
        "complaint",
        "Khiếu nại thay người khác, không có giấy ủy quyền.",
        "",
        "Hướng dẫn làm giấy ủy quyền rồi đến lại",
        1,
    ),
)


SECOND_STEPS = (
    ("classify", {"eligible": True, "competent": True}),
    ("accept", {}),
    ("verify", {}),
    ("hold_dialogue", {}),
)
SECOND_VERDICTS = ("unfounded", "partly", "founded")
AFTER = (("send", {}), ("publish", {}), ("close", {}))
DAYS_OF_ACCEPTED = 12  # between the first decision and the acceptance of the second complaint
DAYS_OF_SECOND = 60  # between the first decision and the closing of the second complaint


def load_cases(person, unit, matters, by):
    """Load them at one ward. Returns how many petitions. `person()` invents a person, a dict."""
    _delegated_receptions(person, unit, by)
    _refused_receptions(person, unit, by)
    return _signed_letters(person, unit, matters, by) + _second_complaints(
        person, unit, matters, by
    )


def _second_complaints(person, unit, matters, by):
    """Second complaints, within their time limit and at the level above: one against a late
    decision, under way, and earlier ones that are resolved.
    """
    firsts = list(
        Petition.objects.filter(unit=unit, nature="complaint", resolved_on__isnull=False).order_by(
            "resolved_on", "pk"
        )
    )
    earlier = [one for one in firsts if one.resolved_on <= today() - timedelta(days=DAYS_OF_SECOND)]
    above, _body = superior_of(unit.pk, today())
    resolved = earlier[-len(SECOND_VERDICTS) :]
    for first, verdict in zip(resolved, SECOND_VERDICTS, strict=False):
        petition = _complain_again(first, above, person, matters, by)
        _take_steps(petition, by, *SECOND_STEPS, ("decide", {"verdict": verdict}), *AFTER, days=5)
    since = today() - timedelta(days=DAYS_OF_ACCEPTED)
    others = [one for one in firsts if one not in resolved]
    latest = ([one for one in others if one.resolved_on <= since] or others)[-1:]
    for first in latest:
        _take_steps(_complain_again(first, above, person, matters, by), by, *SECOND_STEPS[:2])
    return len(resolved) + len(latest)


def _complain_again(first, above, person, matters, by):
    """The second complaint against the decision on the first."""
    petition, _secret = register_petition(
        by=by,
        nature="complaint",
        channel="counter",
        matter=matters[first.matter_id],
        unit=above,
        place=first.unit,
        title=f"{first.title} (lần hai)"[:180],
        stage=Stage.SECOND,
        follows=first,
        content="Không đồng ý với quyết định giải quyết lần đầu.",
        received_on=min(first.resolved_on + timedelta(days=9), today()),
        known_on=first.resolved_on,
        persons=[person()],
    )
    return petition


def _signed_letters(person, unit, matters, by):
    """Letters with a list of signers, two of them marked as representatives."""
    for position, (key, title, content, signers, people) in enumerate(SIGNED):
        persons = [{**person(), "is_representative": number < 2} for number in range(signers)]
        petition, _secret = register_petition(
            by=by,
            nature="feedback",
            channel="counter",
            matter=matters[key],
            unit=unit,
            place=unit,
            title=title,
            content=content,
            received_on=today() - timedelta(days=30 - 12 * position),
            persons=persons,
            people=people,
        )
        _take_steps(
            petition,
            by,
            ("classify", {"eligible": True, "competent": True, "people": people}),
            ("accept", {}),
        )
    return len(SIGNED)


def _take_steps(petition, by, *acts, days=1):
    """Take the steps, so many `days` from one to the next, up to today; each is (act, fields)."""
    for number, (act, fields) in enumerate(acts, 1):
        if (on := petition.received_on + timedelta(days=days * number)) <= today():
            petition = take_step(petition, act, by=by, on=on, text="Theo hồ sơ.", **fields)


def _delegated_receptions(person, unit, by):
    """Reception days that the chair has delegated to an office; one was not held."""
    for week in (9, 7, 5, 3, -1):
        on = book().calendar.on_or_after(today() - timedelta(days=7 * week + 3))
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
            visitor = person()
            record_visit(
                by=by,
                unit=unit,
                day=day,
                received_on=on,
                form="delegated",
                name=visitor["name"],
                address=visitor["address"],
                people=people,
                nature="feedback",
                is_first=people == 1,
                content="Hỏi kết quả việc đã phản ánh.",
                guidance="Đã giải thích, hẹn trả lời bằng văn bản",
            )


def _refused_receptions(person, unit, by):
    """Receptions refused on grounds of the decree; the notice of the first is issued, the others
    are still due.
    """
    for position, (days, reason, nature, content, body, guidance_text, people) in enumerate(
        REFUSED
    ):
        on = today() - timedelta(days=days)
        visitor = person()
        if reason_on(reason, on, nature) is None:  # the decree was not in force yet
            continue
        refusal = refuse_reception(
            by=by,
            unit=unit,
            reason=reason,
            received_on=on,
            form="regular",
            nature=nature,
            name=visitor["name"],
            address=visitor["address"],
            people=people,
            content=content,
            handled_before=body,
            guidance=guidance_text,
        )
        if position == 0:
            issue_refusal(refusal, by=by, on=on + timedelta(days=2), number="15/TB-UBND")
