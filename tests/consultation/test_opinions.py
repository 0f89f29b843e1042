"""Opinions: how they come in, what they are tied to, how they are answered, what they count."""

import re
from collections import Counter
from datetime import date
from random import Random
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from danchu.consultation import actions
from danchu.consultation.models import Answer, Opinion
from danchu.consultation.numbered import numbers_in, spans_of
from danchu.consultation.said import tally_of
from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.journal.models import Entry
from danchu.kernel.days import Period, show_day
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from tests.consultation.conftest import GIVEN, REQUIRED
from tests.consultation.test_acts import UNTIL_OPEN
from tests.people.conftest import holder  # noqa: F401

CAME = date(2026, 3, 12)
ACCEPT = {"on": REQUIRED, "result": "accepted", "text": "Sửa lại đoạn 2.", "traced": "Đoạn 2"}
DECLINE = {"on": REQUIRED, "result": "declined", "text": "Trái quy hoạch đã duyệt."}
WHILE_OPEN = "2026-03-15"
FIGURES = {
    "consultation_people": "D02",
    "consultation_opinions": "D03",
    "consultation_accepted": "D04",
    "consultation_explained": "D05",
    "consultation_answered_share": "D06",
}


@pytest.fixture
def opened(begin):
    """A consultation that takes opinions, through the portal too."""
    return begin(*UNTIL_OPEN, ways=["meeting", "portal"])


@pytest.fixture
def say(system):
    """Write down an opinion at the desk."""

    def enter(consultation, **more):
        given = {"received_on": CAME, "way": "paper", "stance": "agree", "text": "", "people": 1}
        return actions.enter_opinion(by=system, consultation=consultation, **{**given, **more})

    return enter


@pytest.fixture
def send(opened, clock):
    """Send an opinion as anyone: (opinion, secret)."""

    def do(**more):
        clock.set(WHILE_OPEN)
        given = {"stance": "other", "text": "Giữ lại cây đa.", **more}
        return actions.send_opinion(opened, by=Actor.public(), **given)

    return do


def typed(consultation, **other):
    values = {"uid": uuid4(), "consultation": str(consultation.pk), "received_on": "12/03/2026"}
    values |= {
        "way": "front",
        "passage": "2",
        "stance": "disagree",
        "people": "3",
        "text": "Xin một mét.",
    }
    return {**values, **other}


@pytest.mark.parametrize("way", ["paper", "front", "phone", "meeting", "letter_box"])
def test_an_opinion_of_each_way_is_entered_at_the_desk_once(client, officials, opened, way):
    client.force_login(officials.clerk)
    form = typed(opened, way=way)
    for _again in range(2):
        assert client.post("/desk/opinions/new/", form).status_code == 302
    opinion = Opinion.objects.get()
    assert (opinion.way, opinion.passage, opinion.people, opinion.content.number) == (way, 2, 3, 1)
    page = client.get(f"/desk/opinions/{opinion.uid}/").content.decode()
    assert "Xin một mét." in page and "Mỗi hộ hiến hai mét đất." in page


def test_the_front_writes_opinions_down_and_lets_none_in(client, officials, opened, holder, send):  # noqa: F811
    sent, _secret = send()
    front = holder("front_clerk", officials.here, name="front").account
    client.force_login(front)
    assert client.post("/desk/opinions/new/", typed(opened)).status_code == 302
    assert client.post(f"/desk/opinions/{sent.uid}/admit/").status_code == 403
    client.force_login(officials.auditor)
    assert client.post("/desk/opinions/new/", typed(opened)).status_code == 403


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("received_on", "09/03/2026"),
        ("received_on", "31/03/2026"),
        ("passage", "3"),
        ("way", "portal"),
        ("stance", "maybe"),
        ("people", "100001"),
    ],
)
def test_a_wrong_opinion_is_refused_on_its_field(client, officials, opened, field, wrong):
    client.force_login(officials.clerk)
    page = client.post("/desk/opinions/new/", typed(opened, **{field: wrong}))
    assert (page.status_code, set(page.context["form"].errors)) == (400, {field})


def test_many_that_wait_are_let_in_or_hidden_together_and_each_author_reads_why(
    client, officials, opened, send
):
    sent = [send(text=f"Góp ý thứ {number}.") for number in range(1, 7)]
    here = f"/desk/consultations/{opened.uid}/moderate/"
    client.force_login(officials.clerk)
    page = client.get(f"/desk/consultations/{opened.uid}/").content.decode()
    assert 'value="1-6"' in page and "Duyệt nhiều ý kiến" in page
    form = {"numbers": "1, 3-4", "verdict": "admit", "reason": ""}
    assert client.post(here, form).status_code == 302
    hides = {"numbers": "2, 5", "verdict": "hide", "reason": ""}
    page = client.post(here, hides)
    assert (page.status_code, set(page.context["form"].errors)) == (400, {"reason"})
    page = client.post(here, {**hides, "numbers": "2, 3", "reason": "Nêu tên người khác"})
    assert set(page.context["form"].errors) == {"numbers"}  # one of them waits no more
    assert client.post(here, {**hides, "reason": "Nêu tên người khác"}).status_code == 302
    states = dict(opened.opinions.values_list("number", "state"))
    assert states == {
        1: "counted",
        2: "hidden",
        3: "counted",
        4: "counted",
        5: "hidden",
        6: "waiting",
    }
    for opinion, secret in sent[1::3]:
        page = client.post("/opinions/follow/", {"code": opinion.code, "secret": secret})
        assert "Nêu tên người khác" in page.content.decode()
    assert list(Entry.objects.filter(act="consultation.moderated").values_list("data", flat=True))


def test_texts_are_ticked_in_the_list_whose_bar_stays_at_hand(client, officials, opened, send):
    for number in range(1, 5):
        send(text=f"Góp ý thứ {number}.")
    uids = [str(uid) for uid in opened.opinions.order_by("number").values_list("uid", flat=True)]
    here = "/desk/opinions/batch/?state=waiting"
    client.force_login(officials.clerk)
    page = client.get("/desk/opinions/?state=waiting").content.decode()
    assert 'class="filters at-hand"' in page and page.count('form="batch"') == 4
    hide = {"uid": uids[:2], "act": "hide", "reason": ""}
    refused = client.post(here, hide)
    assert refused.status_code == 400 and set(refused.context["batch"].errors) == {"reason"}
    ticked = re.findall(r'form="batch"[^>]*checked', refused.content.decode())
    assert len(ticked) == 2, "what was ticked stays ticked"
    page = client.post(here, {**hide, "reason": "Nêu tên"}, follow=True).content.decode()
    assert "2 ý kiến" in page and page.count('form="batch"') == 2
    client.post(here, {"uid": uids[1:], "act": "admit"})
    states = opened.opinions.order_by("number").values_list("state", flat=True)
    assert list(states) == ["hidden", "hidden", "waiting", "waiting"], "one of them waits no more"
    client.post(here, {"uid": uids[2:], "act": "admit"})
    page = client.get("/desk/opinions/").content.decode()
    assert 'form="batch"' not in page and "at-hand" not in page, "nothing waits"
    assert client.post(here, {"act": "admit"}).status_code == 400


def test_who_only_reads_ticks_nothing(client, officials, opened, send):
    send()
    client.force_login(officials.auditor)
    assert 'form="batch"' not in client.get("/desk/opinions/?state=waiting").content.decode()
    uid = str(opened.opinions.get().uid)
    client.post("/desk/opinions/batch/", {"uid": [uid], "act": "admit"})
    assert opened.opinions.get().state == "waiting"


def test_only_who_asks_moderates_many_at_once(officials, opened, send, holder):  # noqa: F811
    send()
    front = Actor.of(holder("front_clerk", officials.here, name="front").account)
    with pytest.raises(Denied):
        actions.moderate_opinions(opened, by=front, numbers="1", verdict="admit")


def test_another_opinion_says_what(opened, say):
    with pytest.raises(Refused) as refusal:
        say(opened, stance="other")
    assert refusal.value.field == "text"


def test_nothing_is_said_before_the_begin_or_after_the_summary(begin, say):
    planned = begin("write")
    signed = begin(*UNTIL_OPEN, "close", "summarise")
    for consultation in (planned, signed):
        with pytest.raises(Refused):
            say(consultation)


def test_an_opinion_is_about_the_text_of_its_day(begin, say, system):
    consultation = begin(*UNTIL_OPEN)
    later = "Mở rộng đường thôn Đông.\nMỗi hộ hiến một mét đất.\nNhà nước đền bù."
    actions.write_content(
        consultation, by=system, on=date(2026, 3, 20), text=later, note="Theo ý kiến các hộ"
    )
    early, late = (say(consultation, received_on=date(2026, 3, day)) for day in (19, 20))
    assert (early.content.number, late.content.number) == (1, 2)
    with pytest.raises(Refused):
        say(consultation, passage=3)
    assert say(consultation, passage=3, received_on=date(2026, 3, 20)).passage == 3


def test_a_summary_waits_until_each_opinion_is_let_in_or_hidden_and_answered(
    opened, say, send, system, clock
):
    first, second = say(opened), say(opened, stance="disagree")
    sent, _secret = send()
    clock.set("2026-06-15")
    closed = actions.close_consultation(opened, by=system, on=REQUIRED)
    for step, words in (
        (None, "chờ duyệt"),
        (lambda: actions.hide_opinion(sent, by=system, reason="Xúc phạm"), "2 ý kiến chưa trả lời"),
        (
            lambda: actions.answer_opinions(closed, by=system, numbers="1", **ACCEPT),
            "1 ý kiến chưa trả lời",
        ),
    ):
        if step:
            step()
        with pytest.raises(Refused, match=words):
            actions.summarise_consultation(closed, by=system, **GIVEN["summarise"])
    actions.answer_opinion(second, by=system, **DECLINE)
    assert actions.summarise_consultation(closed, by=system, **GIVEN["summarise"]).summary
    first.refresh_from_db()
    with pytest.raises(Refused, match="Tổng hợp đã ký"):
        actions.hide_opinion(first, by=system, reason="Trùng")


def test_one_answer_serves_many_and_says_where_it_is_seen(client, officials, opened, say):
    for _each in range(5):
        say(opened)
    client.force_login(officials.clerk)
    address = f"/desk/consultations/{opened.uid}/answer/"
    page = client.get(f"/desk/consultations/{opened.uid}/").content.decode()
    assert 'value="1-5"' in page
    form = {"on": show_day(REQUIRED), "numbers": "1, 3-4", "result": "partly", "text": "Sửa."}
    page = client.post(address, form)
    assert (page.status_code, set(page.context["form"].errors)) == (400, {"traced"})
    assert client.post(address, {**form, "traced": "Đoạn 2"}).status_code == 302
    answer = Answer.objects.get()
    assert sorted(answer.opinions.values_list("number", flat=True)) == [1, 3, 4]
    assert client.post(address, {**form, "traced": "Đoạn 2", "numbers": "9"}).status_code == 400


def test_the_public_reads_what_was_said_answered_and_traced(client, opened, say, system):
    opinion = say(opened, text="Xin hiến một mét thôi.", passage=2)
    actions.answer_opinion(opinion, by=system, **ACCEPT)
    page = client.get(f"/opinions/{opinion.uid}/").content.decode()
    for words in (
        "Xin hiến một mét thôi.",
        "Mỗi hộ hiến hai mét đất.",
        "Sửa lại đoạn 2.",
        "Đoạn 2",
    ):
        assert words in page
    assert "Xin hiến một mét thôi." in client.get(f"/consultations/{opened.uid}/").content.decode()


def test_what_people_said_is_never_removed_or_rewritten(opened, say):
    say(opened, text="Không đồng ý.")
    for act in (Opinion.objects.all().delete, lambda: Opinion.objects.update(text="Đồng ý.")):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_anyone_says_something_without_an_account_and_follows_it_by_code(client, opened, clock):
    clock.set(WHILE_OPEN)
    address = f"/consultations/{opened.uid}/say/"
    assert "Mỗi hộ hiến hai mét đất." in client.get(f"{address}?passage=2").content.decode()
    form = {"uid": uuid4(), "passage": "2", "stance": "disagree", "text": "Giữ lại cây đa."}
    pages = [client.post(address, form) for _again in range(2)]
    opinion = Opinion.objects.get()
    assert all(opinion.code in page.content.decode() for page in pages)
    assert (opinion.state, opinion.people, opinion.way) == ("waiting", 0, "portal")
    assert client.get(f"/opinions/{opinion.uid}/").status_code == 404
    secret = pages[0].context["secret"]
    assert pages[1].context["secret"] == secret
    follow = {"code": opinion.code, "secret": secret}
    assert "Chờ duyệt" in client.post("/opinions/follow/", follow).content.decode()
    wrong = {"code": opinion.code, "secret": "BCFG-HJKM-NPQR-STVX"}
    assert client.post("/opinions/follow/", wrong).status_code == 400


def test_an_author_reads_why_an_opinion_was_hidden_and_the_answer_to_one_let_in(
    client, officials, send, system
):
    (hidden, one), (admitted, other) = send(), send()
    client.force_login(officials.clerk)
    assert client.post(f"/desk/opinions/{hidden.uid}/hide/", {"reason": ""}).status_code == 400
    assert client.post(f"/desk/opinions/{hidden.uid}/hide/", {"reason": "Nêu tên người khác"})
    assert client.post(f"/desk/opinions/{admitted.uid}/admit/").status_code == 302
    admitted.refresh_from_db()
    actions.answer_opinion(
        admitted, by=system, **{**ACCEPT, "on": date(2026, 3, 15), "text": "Giữ cây đa."}
    )
    client.logout()
    for row, secret, words in (
        (hidden, one, "Nêu tên người khác"),
        (admitted, other, "Giữ cây đa."),
    ):
        page = client.post("/opinions/follow/", {"code": row.code, "secret": secret})
        assert words in page.content.decode()
    assert client.get(f"/opinions/{hidden.uid}/").status_code == 404
    assert client.get(f"/opinions/{admitted.uid}/").status_code == 200


def test_others_reply_in_a_thread_that_counts_as_no_opinion(client, opened, say, clock, system):
    opinion = say(opened, text="Giữ lại cây đa.")
    clock.set(WHILE_OPEN)
    address = f"/consultations/{opened.uid}/say/?to={opinion.number}"
    assert "Giữ lại cây đa." in client.get(address).content.decode()
    assert client.post(address, {"uid": uuid4(), "text": "Tôi cũng nghĩ vậy."}).status_code == 200
    reply = Opinion.objects.get(parent=opinion)
    assert "Tôi cũng nghĩ vậy." not in client.get(f"/opinions/{opinion.uid}/").content.decode()
    actions.admit_opinion(reply, by=system)
    assert "Tôi cũng nghĩ vậy." in client.get(f"/opinions/{opinion.uid}/").content.decode()
    assert tally_of(opened).opinions == 1
    with pytest.raises(Refused):
        actions.answer_opinion(reply, by=system, **{**ACCEPT, "on": date(2026, 3, 15)})
    assert client.get(f"/consultations/{opened.uid}/say/?to={reply.number}").status_code == 404


@pytest.mark.parametrize(("ways", "day"), [(["meeting"], "2026-03-15"), (["portal"], "2026-03-31")])
def test_the_portal_takes_nothing_where_the_plan_or_the_day_does_not(
    client, begin, clock, ways, day
):
    consultation = begin(*UNTIL_OPEN, ways=ways)
    clock.set(day)
    form = {"uid": uuid4(), "passage": "0", "stance": "agree", "text": ""}
    assert client.post(f"/consultations/{consultation.uid}/say/", form).status_code == 400
    assert not Opinion.objects.exists()


def test_of_an_individual_decision_the_portal_shows_and_takes_nothing(client, begin, say, clock):
    consultation = begin("tell", *UNTIL_OPEN, matter=8, ways=["portal"])
    opinion = say(consultation, text="Tôi không vi phạm.")
    clock.set(WHILE_OPEN)
    for address in (f"/consultations/{consultation.uid}/say/", f"/opinions/{opinion.uid}/"):
        assert client.get(address).status_code == 404
    assert "Tôi không vi phạm." not in client.get("/opinions/").content.decode()


def test_one_source_sends_no_more_than_twenty_in_an_hour(client, opened, clock):
    clock.set(WHILE_OPEN)
    address = f"/consultations/{opened.uid}/say/"
    answers = [
        client.post(
            address, {"uid": uuid4(), "passage": "0", "stance": "agree", "text": f"Lần {n}"}
        ).status_code
        for n in range(21)
    ]
    assert answers == [200] * 20 + [429]


def test_ten_thousand_posts_of_one_source_change_no_share_and_no_people(opened, say, send, system):
    say(opened, people=3)
    say(opened, stance="disagree")
    before = tally_of(opened)
    one, _secret = send()
    fields = {
        field.name: getattr(one, field.name)
        for field in Opinion._meta.concrete_fields
        if field.name not in ("id", "uid", "number", "code", "sent_key", "state", "stance")
    }
    Opinion.objects.bulk_create(
        Opinion(**fields, uid=uuid4(), number=number, state="counted", stance="disagree")
        for number in range(10, 10_010)
    )
    after = tally_of(opened)
    assert after.opinions == before.opinions + 10_000
    assert (after.people, after.shares) == (before.people, before.shares)
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.create(
            **{**fields, "people": 1}, uid=uuid4(), number=20_000, stance="agree"
        )


def test_nobody_but_the_desk_writes_an_opinion_with_people(opened):
    with pytest.raises(Denied):
        actions.enter_opinion(
            by=Actor.public(),
            consultation=opened,
            received_on=CAME,
            way="paper",
            stance="agree",
            people=1000,
        )


@pytest.mark.parametrize("seed", range(3))
def test_the_figures_are_sums_over_opinions_of_consultations_that_ended(
    begin, say, system, seed, officials
):
    """A slow oracle: each opinion is added up one by one, as it was written down."""
    random = Random(seed)
    sums = Counter()
    for ends in (True, True, False):
        consultation = begin(*UNTIL_OPEN)
        for _each in range(random.randrange(1, 6)):
            people = random.randrange(4)
            opinion = say(consultation, people=people, stance=random.choice(["agree", "disagree"]))
            kind = random.choice(["accepted", "partly", "declined", ""])
            if kind:
                given = {**ACCEPT, "result": kind}
                actions.answer_opinion(opinion, by=system, **given)
            if ends:
                sums["D02"] += people
                sums["D03"] += 1
                sums["D04"] += kind in ("accepted", "partly")
                sums["D05"] += kind == "declined"
        if ends:
            actions.close_consultation(consultation, by=system, on=REQUIRED)
    period = Period(REQUIRED, date(2026, 4, 1))
    value = {
        code: figure(INDICATORS[key], officials.here.pk, period, REQUIRED).value
        for key, code in FIGURES.items()
    }
    share = value.pop("D06")
    assert value == {code: sums[code] for code in value}
    assert share == pytest.approx(100 * (sums["D04"] + sums["D05"]) / sums["D03"], abs=0.01)


def test_no_entry_of_the_journal_says_what_was_said(opened, say):
    say(opened, text="Xin một mét.")
    entry = Entry.objects.order_by("-pk").first()
    assert entry.act == "opinion.entered"
    assert "Xin một mét." not in str(entry.__dict__)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("1", {1}), ("1, 4-6", {1, 4, 5, 6}), ("2 – 3;9", {2, 3, 9}), ("7-7", {7})],
)
def test_numbers_are_read_as_people_type_them(text, numbers):
    assert numbers_in(text, "numbers") == numbers
    assert numbers_in(spans_of(numbers), "numbers") == numbers


@pytest.mark.parametrize("text", ["", "một", "1-", "1-999999", "-3", None])
def test_what_is_no_list_of_numbers_is_refused(text):
    with pytest.raises(Refused) as refusal:
        numbers_in(text, "numbers")
    assert refusal.value.field == "numbers"
