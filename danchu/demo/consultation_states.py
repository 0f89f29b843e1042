"""Consultations of the ward: one in each step of its life; the one that is open has three hundred
opinions, forty of them on paper, votes on questions and on what people stated, and some that wait.
"""

from datetime import timedelta

from danchu.consultation import actions
from danchu.demo.consultation_texts import (
    ADVERTISED,
    ENDINGS,
    LATER_ROAD,
    NAMES,
    NAMING,
    NOT_ASKED,
    QUESTIONS,
    ROAD,
    STATED,
    WAITS,
    WALKING,
    WASTE,
)
from danchu.demo.meetings import own_villages
from danchu.kernel.days import today
from danchu.people.actor import Actor

STANCES = ("agree", "disagree", "other")
WAYS = ("paper", "front", "meeting", "phone", "letter_box")
AGES = (*("30_44", "45_59", "from_60") * 3, "under_30", "")
VILLAGES = 12
OPINIONS, ON_PAPER, WAITING, KEYS = 300, 40, 3, 24


def play_consultations(ward):
    """Returns how many were planned."""
    _open(ward)
    published = _ended(ward, NAMES, 150, 40)
    published = actions.summarise_consultation(
        published, by=ward.by, on=ward.day(104), summary=NAMES.summary
    )
    published = actions.publish_summary(published, by=ward.by, on=ward.day(101))
    _overruled(ward, published)
    _ended(ward, WASTE, 45, 12)
    _signed(ward)
    _planned(ward, "Quy chế thực hiện dân chủ của phường, sửa đổi", 4)
    cancelled = _planned(ward, "Đổi giờ họp chợ phiên cuối tuần", 72)
    actions.cancel_consultation(cancelled, by=ward.by, reason=NOT_ASKED)
    return 6


def _signed(ward):
    """One whose summary was signed yesterday, and is published next."""
    signed = _ended(ward, WALKING, 38, 25)
    actions.summarise_consultation(signed, by=ward.by, on=ward.day(1), summary=WALKING.summary)


def _overruled(ward, published):
    """The city decided otherwise than most people said, and explained it in time."""
    published = actions.overrule_opinions(
        published,
        by=ward.by,
        on=ward.day(92),
        overruled_by="Hội đồng nhân dân thành phố, nghị quyết về đặt tên đường, phố",
    )
    actions.explain_decision(
        published,
        by=ward.by,
        on=ward.day(80),
        explained_by="Văn phòng Ủy ban nhân dân thành phố, công văn giải trình",
        explanation="Tên được nhiều người chọn đã đặt cho một tuyến phố khác của thành phố.",
    )


def _planned(ward, title, ago, **more):
    return actions.plan_consultation(
        by=ward.by,
        unit=ward.unit,
        planned_on=ward.day(ago),
        title=title,
        plan="Họp từng tổ dân phố, phát phiếu đến hộ, nhận ý kiến qua cổng và hòm thư.",
        ways=["meeting", "ballot", "front", "letter_box", "portal"],
        responsible="Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường",
        illustrative=True,
        **{"matter": 5, "groups": "Các hộ của phường", **more},
    )


def _begun(ward, topic, ago, until):
    consultation = _planned(ward, topic.title, ago + 6, matter=topic.matter, groups=topic.groups)
    on = ward.day(ago)
    actions.send_plan(
        consultation, by=ward.by, council_on=ward.day(ago + 5), front_on=ward.day(ago + 5)
    )
    consultation = actions.write_content(consultation, by=ward.by, on=on, text=topic.content)
    return actions.open_consultation(
        consultation, by=ward.by, on=on, until=on + timedelta(days=until)
    )


def _enter(ward, consultation, topic, number, days, papers=0):
    """Write down so many opinions on days so long ago, the first ones on numbered papers."""
    # The last villages are not reached yet.
    villages = own_villages(ward, VILLAGES)[:-3] or [None]
    for place in range(number):
        passage = ward.chance.choice(tuple(topic.words))
        words = ward.chance.choice(topic.words[passage])
        way = "paper" if place < papers else ward.chance.choice(WAYS)
        is_known = way != "letter_box"
        actions.enter_opinion(
            by=ward.by,
            consultation=consultation,
            received_on=ward.day(ward.chance.choice(days)),
            way=way,
            stance=ward.chance.choice(STANCES),
            text=f"{words}{ward.chance.choice(ENDINGS)}.",
            passage=passage,
            people=1 if is_known else 0,
            paper=f"Đ-{place + 1}" if place < papers else "",
            village=ward.chance.choice(villages) if is_known else None,
            sex=ward.chance.choice(("female", "male", "")) if is_known else "",
            age=ward.chance.choice(AGES) if is_known else "",
            illustrative=True,
        )


def _open(ward):
    """The one that is open: said, voted, partly answered, with something to let in."""
    consultation = _begun(ward, ROAD, 12, 25)
    actions.write_content(
        consultation,
        by=ward.by,
        on=ward.day(5),
        text=LATER_ROAD,
        note="Thu hẹp mặt đường theo ý kiến các hộ",
    )
    _enter(ward, consultation, ROAD, OPINIONS, range(1, 12), ON_PAPER)
    for place, (result, text, traced) in enumerate(ROAD.answers):
        first = 1 + 60 * place
        actions.answer_opinions(
            consultation,
            by=ward.by,
            on=today(),
            numbers=f"{first}-{first + 59}",
            result=result,
            text=text,
            traced=traced,
        )
    for place in range(WAITING):
        text = f"Xin gửi thêm ý kiến về đoạn đường trước cổng trường, lần {place + 1}."
        actions.send_opinion(consultation, by=Actor.public(), stance="other", text=text)
    hidden, _secret = actions.send_opinion(
        consultation, by=Actor.public(), stance="other", text=ADVERTISED
    )
    actions.hide_opinion(hidden, by=ward.by, reason="Quảng cáo, không phải ý kiến về con đường.")
    for question in QUESTIONS:
        actions.ask_question(consultation, by=ward.by, text=question)
    keys = actions.hand_out_keys(consultation, by=ward.by, number=KEYS)
    stated = actions.state_something(consultation, by=Actor.public(), key=keys[0], text=STATED)
    actions.admit_proposition(stated, by=ward.by)
    named = actions.state_something(consultation, by=Actor.public(), key=keys[1], text=NAMING)
    actions.hide_proposition(named, by=ward.by, reason="Nêu đích danh một gia đình.")
    actions.state_something(consultation, by=Actor.public(), key=keys[2], text=WAITS)
    numbers = range(1, len(QUESTIONS) + 2)
    for key in keys[:-3]:
        choices = {number: ward.chance.choice((1, 1, 0, -1)) for number in numbers}
        actions.cast_votes(consultation, by=Actor.public(), key=key, choices=choices)
    actions.count_asked(
        consultation, by=ward.by, female=4100, male=3900, under_30=2300, from_60=900
    )


def _ended(ward, topic, ago, number):
    """One that was closed on its last day, each opinion answered."""
    consultation = _begun(ward, topic, ago, 30)
    _enter(ward, consultation, topic, number, range(ago - 27, ago))
    on, parts = ward.day(ago - 30), len(topic.answers)
    for place, (result, text, traced) in enumerate(topic.answers):
        consultation = actions.answer_opinions(
            consultation,
            by=ward.by,
            on=on,
            numbers=", ".join(map(str, range(1 + place, number + 1, parts))),
            result=result,
            text=text,
            traced=traced,
        )
    return actions.close_consultation(consultation, by=ward.by, on=on)
