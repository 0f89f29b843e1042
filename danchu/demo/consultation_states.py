"""Consultations of the ward: one in each step of its life; the one that is open has three hundred
opinions, forty of them on paper, votes on questions and on what people stated, and some that wait.
"""

from datetime import timedelta

from danchu.consultation import actions
from danchu.kernel.days import today
from danchu.people.actor import Actor

CONTENT = """Mở rộng đường liên tổ từ nhà văn hóa đến trường tiểu học, mặt đường rộng năm mét.
Mỗi hộ hai bên đường hiến dải đất rộng nửa mét, phường xây lại tường rào.
Thi công ban ngày, từ tháng sau lễ Vu Lan, xong trước Tết.
Giữ hàng cây cũ bên phía nhà văn hóa."""
LATER = CONTENT.replace("năm mét", "bốn mét rưỡi")
TOPICS = {
    1: ("Đường rộng năm mét là hợp lý", "Chỉ nên rộng bốn mét, ngõ đông trẻ nhỏ", "Nên có vỉa hè"),
    2: ("Xin đo lại đất trước khi hiến", "Đề nghị đền bù tường rào", "Gia đình đồng ý hiến đất"),
    3: ("Xin làm ban đêm ít để trẻ ngủ", "Nên làm từng đoạn cho dễ đi", "Làm nhanh trước Tết"),
    4: ("Phải giữ hàng cây", "Cây sát đường dễ đổ, nên trồng cây khác", "Giữ cây, nắn đường"),
    0: ("Ủng hộ chủ trương", "Nên hỏi thêm các hộ ở xa", "Công khai kinh phí cho dân biết"),
}
ENDINGS = ("", ", vì người già đi lại nhiều", ", như tổ dân phố đã bàn", ", mong phường xem xét")
STANCES = ("agree", "disagree", "other")
WAYS = ("paper", "front", "meeting", "phone", "letter_box")
QUESTIONS = ("Ông (bà) có đồng ý mở rộng đường không?", "Có nên giữ hàng cây cũ không?")
STATED = "Nên cấm xe tải vào giờ học sinh tan trường."
NAMING = "Nhà ông Tám số 14 phải lùi tường trước mọi nhà khác."
WAITS = "Nên làm gờ giảm tốc ở hai đầu đoạn qua trường."
ADVERTISED = "Nhận thi công sân, tường rào trọn gói, giá rẻ, gọi là có mặt."
NOT_ASKED = "Ban quản lý chợ giữ giờ họp như cũ, nên không còn việc gì để hỏi dân."
ANSWERS = (
    ("accepted", "Phường sửa theo ý kiến này.", "Đoạn 1"),
    ("partly", "Phường tiếp thu một phần, phần còn lại vượt kinh phí.", "Đoạn 2"),
    ("declined", "Trái quy hoạch giao thông đã duyệt.", ""),
)
OPINIONS, ON_PAPER, WAITING, KEYS = 300, 40, 3, 24


def play_consultations(ward):
    """Returns how many were planned."""
    _open(ward)
    published = _ended(ward, "Đặt tên hai tuyến phố mới", 150, 40)
    published = actions.summarise_consultation(
        published, by=ward.by, on=ward.day(104), summary=_summary(40)
    )
    published = actions.publish_summary(published, by=ward.by, on=ward.day(101))
    _overruled(ward, published)
    _ended(ward, "Điểm tập kết rác của phường", 45, 12)
    _signed(ward)
    _planned(ward, "Quy chế thực hiện dân chủ của phường, sửa đổi", 4)
    cancelled = _planned(ward, "Đổi giờ họp chợ phiên cuối tuần", 72)
    actions.cancel_consultation(cancelled, by=ward.by, reason=NOT_ASKED)
    return 6


def _signed(ward):
    """One whose summary was signed yesterday, and is published next."""
    signed = _ended(ward, "Tuyến phố đi bộ tối thứ sáu", 38, 25)
    actions.summarise_consultation(signed, by=ward.by, on=ward.day(1), summary=_summary(25))


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
        groups="Hộ hai bên đường\nPhụ huynh học sinh\nNgười cao tuổi",
        illustrative=True,
        **{"matter": 5, **more},
    )


def _begun(ward, title, ago, until, **more):
    consultation = _planned(ward, title, ago + 6, **more)
    on = ward.day(ago)
    actions.send_plan(
        consultation, by=ward.by, council_on=ward.day(ago + 5), front_on=ward.day(ago + 5)
    )
    consultation = actions.write_content(consultation, by=ward.by, on=on, text=CONTENT)
    return actions.open_consultation(
        consultation, by=ward.by, on=on, until=on + timedelta(days=until)
    )


def _said(ward, consultation, number, first_ago, papers=0):
    """Write down so many opinions, the first ones on numbered papers."""
    for place in range(number):
        passage = ward.chance.choice(tuple(TOPICS))
        words = ward.chance.choice(TOPICS[passage])
        way = "paper" if place < papers else ward.chance.choice(WAYS)
        actions.enter_opinion(
            by=ward.by,
            consultation=consultation,
            received_on=ward.day(ward.chance.randrange(1, first_ago)),
            way=way,
            stance=ward.chance.choice(STANCES),
            text=f"{words}{ward.chance.choice(ENDINGS)}.",
            passage=passage,
            people=0 if way == "letter_box" else 1,
            paper=f"Đ-{place + 1}" if place < papers else "",
            sex=ward.chance.choice(("female", "male", "")),
            age=ward.chance.choice(("30_44", "45_59", "from_60", "")),
            illustrative=True,
        )


def _open(ward):
    """The one that is open: said, voted, partly answered, with something to let in."""
    consultation = _begun(ward, "Mở rộng đường liên tổ dân phố", 12, 25, matter=3)
    actions.write_content(
        consultation,
        by=ward.by,
        on=ward.day(5),
        text=LATER,
        note="Thu hẹp mặt đường theo ý kiến các hộ",
    )
    _said(ward, consultation, OPINIONS, 12, ON_PAPER)
    for place, (result, text, traced) in enumerate(ANSWERS):
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


def _ended(ward, title, ago, number):
    """One that was closed on its last day, each opinion answered."""
    consultation = _begun(ward, title, ago, 30)
    for _each in range(number):
        actions.enter_opinion(
            by=ward.by,
            consultation=consultation,
            received_on=ward.day(ago - ward.chance.randrange(1, 28)),
            way=ward.chance.choice(WAYS),
            stance=ward.chance.choice(STANCES),
            text=f"{ward.chance.choice(TOPICS[0])}{ward.chance.choice(ENDINGS)}.",
            people=1,
            illustrative=True,
        )
    result, text, traced = ANSWERS[1]
    consultation = actions.answer_opinions(
        consultation,
        by=ward.by,
        on=ward.day(ago - 30),
        numbers=f"1-{number}",
        result=result,
        text=text,
        traced=traced,
    )
    return actions.close_consultation(consultation, by=ward.by, on=ward.day(ago - 30))


def _summary(number):
    return (
        f"Đã hỏi các hộ của phường; {number} ý kiến, đều được trả lời. Tiếp thu một phần về tên "
        "gọi; không tiếp thu phần vượt kinh phí, vì năm nay chưa bố trí được."
    )
