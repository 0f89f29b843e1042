"""From hand to hand: routed by place and matter on the map of the day, handed over, succeeded
after a merger; the trail and the clocks stay.
"""

from datetime import date
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command

from danchu.casework.access.codes import possible_codes, read_code
from danchu.casework.actions import (
    add_signers,
    claim_petition,
    hand_over_petition,
    record_visit,
    register_petition,
    release_petition,
    split_petition,
    succeed_petitions,
    take_in_feedback,
    take_step,
    turn_into_denunciation,
)
from danchu.casework.input.form_token import earlier_submission
from danchu.casework.input.signers import listed_signers
from danchu.casework.models import Matter, Petition
from danchu.casework.rules.routing import handler_of
from danchu.casework.writes.clocks import clocks_of
from danchu.journal.models import Entry
from danchu.kernel.codes import matches
from danchu.kernel.days import today
from danchu.kernel.refusals import Denied, Refused
from danchu.notices.actions import tell_person
from danchu.notices.models import Notice
from danchu.papers.models import Paper
from danchu.people.actor import Actor
from danchu.vault.actions import ask_opening
from danchu.vault.contents import decrypt_words
from tests.casework.conftest import PERSON, RECEIVED
from tests.people.conftest import NOW
from tests.site.conftest import PDF

OLD = date(2025, 6, 20)


def test_a_matter_goes_to_the_level_that_answers_it_on_the_map_of_the_day(law, country):
    land, clearance = (Matter.objects.get(key=key) for key in ("land_use", "land_clearance"))
    assert handler_of(land, country.village, NOW) == (country.here, law)
    assert handler_of(clearance, country.village, NOW)[0] == country.province
    assert handler_of(land, country.old_whole, NOW)[0] == country.here, "it went wholly there"
    assert handler_of(land, country.old_whole, OLD)[0] == country.old_whole
    with pytest.raises(Refused) as refusal:
        handler_of(land, country.old_cut, NOW)
    assert refusal.value.field == "place"


def test_the_public_sends_only_today_and_by_an_open_channel(law, country):
    given = {
        "nature": "feedback",
        "matter": Matter.objects.get(key="road"),
        "place": country.village,
        "title": "Ổ gà",
        "content": "Ổ gà to",
    }
    for more in ({"channel": "counter"}, {"channel": "portal", "received_on": RECEIVED}):
        with pytest.raises(Denied):
            register_petition(by=Actor.public(), **given, **more)
    made, _secret = register_petition(by=Actor.public(), **given, channel="portal")
    assert (made.unit, made.body, made.received_on) == (country.here, law, today())


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "a" * 181}, "title"),
        ({"content": ""}, "content"),
        ({"content": "a" * 20_001}, "content"),
        ({"nature": "x"}, "nature"),
        ({"channel": "x"}, "channel"),
        ({"received_on": date(2001, 1, 1)}, "received_on"),
        ({"received_on": date(2999, 1, 1)}, "received_on"),
        ({"persons": [PERSON | {"phone": "abc"}]}, "phone"),
        ({"persons": [PERSON | {"email": "x"}]}, "email"),
        ({"persons": [PERSON | {"notify_by": "zalo", "phone": ""}]}, "phone"),
        ({"persons": [PERSON | {"identity": "12-3"}]}, "identity"),
        ({"persons": [PERSON | {"name": "a" * 121}]}, "name"),
        ({"persons": [PERSON] * 20_001}, "signers"),
        ({"channel": "handed_over"}, "came_from"),
        ({"secret_text": "a" * 20_001}, "secret_text"),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_nothing_is_written(registered, more, field):
    with pytest.raises(Refused) as refusal:
        registered(**{"nature": "feedback", **more})
    assert refusal.value.field == field
    assert not Petition.objects.exists()


def test_a_petition_sent_twice_is_one(registered):
    token = uuid4()
    first, secret = registered("feedback", whole=True, once=token)
    with pytest.raises(Refused) as refusal:
        registered("feedback", once=token)
    assert refusal.value.field == "once"
    assert (
        earlier_submission(token) == (first, secret)
        and earlier_submission(uuid4()) is None
        and earlier_submission("") is None
    )
    assert str(token) not in str(Petition.objects.values().get())


def test_a_petition_of_many_is_one_case_of_many(registered):
    it = registered("complaint", persons=[PERSON | {"name": f"Người {n}"} for n in range(12)])
    assert (it.people, it.petitioners.count(), it.petitioners.first().name) == (12, 12, "Người 0")
    assert [one.is_representative for one in it.petitioners.all()] == [True] + [False] * 11


@pytest.mark.parametrize(
    ("people", "speaking", "lawful"),
    [
        (4, 4, True),
        (5, 2, True),
        (10, 2, True),
        (10, 3, False),
        (11, 5, True),
        (11, 6, False),
        (500, 5, True),
    ],
)
def test_a_group_speaks_through_as_many_as_the_law_lets(registered, people, speaking, lawful):
    persons = [
        PERSON | {"name": f"Người {n}", "is_representative": n < speaking}
        for n in range(min(people, 12))
    ]
    if not lawful:
        with pytest.raises(Refused, match="đại diện"):
            registered("complaint", persons=persons, people=people)
        return
    it = registered("complaint", persons=persons, people=people)
    assert (it.people, it.petitioners.filter(is_representative=True).count()) == (
        people,
        speaking if people >= 5 else 0,
    )


LIST = "STT;Họ và tên;Địa chỉ;Số giấy tờ;Đại diện\n" + "".join(
    f"{n};Người {n};Số {n};{10**11 + n};{'x' if n < 3 else ''}\n" for n in range(40)
)


def test_a_list_of_signers_is_read_whole_or_told_where_it_is_wrong(registered, system):
    it = registered("complaint")
    people = listed_signers(BytesIO(LIST.encode()), "ky.csv")
    it, number = add_signers(it, by=system, persons=people)
    assert (
        number,
        it.people,
        it.petitioners.count(),
        it.petitioners.filter(is_representative=True).count(),
    ) == (40, 41, 41, 3)
    assert add_signers(it, by=system, persons=people)[1] == 0
    for bad, told in (
        (b"", "khong"),
        (b"a;b\n1;2", "cột"),
        (b"Ho ten;Ho va ten\nA;B", "một lần"),
        (LIST.replace("Người 7;", ";").encode(), "Dòng 9"),
        (LIST.replace(str(10**11 + 30), "1-2").encode(), "Dòng 32"),
    ):
        with pytest.raises(Refused) as refusal:
            listed_signers(BytesIO(bad), "ky.csv")
        assert told == "khong" or told in refusal.value.message
        assert refusal.value.field in ("signers_file", "file")
    with pytest.raises(Refused):
        add_signers(registered("denunciation"), by=system, persons=people)
    with pytest.raises(Denied):
        add_signers(it, by=Actor.public(), persons=people)


def test_the_same_sender_and_a_like_title_are_shown_before_entry(registered, country):
    a = registered("complaint")
    b = registered(
        "feedback", title="lan dat cong o ngo 5", persons=[PERSON | {"name": "Người khác"}]
    )
    c = registered("feedback", title="Loa phường quá to", persons=[PERSON | {"name": "Ai đó"}])
    found = lambda title, key, nature="complaint": [  # noqa: E731
        p.pk for p in Petition.objects.alike(title, key, country.here, nature)
    ]
    assert found("Lấn đất công tại ngõ 5", "") == [b.pk, a.pk] or found(
        "Lấn đất công tại ngõ 5", ""
    ) == [a.pk, b.pk]
    assert found("Chuyện hoàn toàn khác", a.sender_key) == [a.pk]
    assert found("Chuyện hoàn toàn khác", a.sender_key, "denunciation") == []
    assert c.pk not in found("Lấn đất công tại ngõ 5", "")


def test_several_contents_are_split_and_each_runs_by_its_own_law(registered, system):
    it = registered("complaint")
    piece, _secret = split_petition(
        it,
        by=system,
        nature="feedback",
        matter=it.matter,
        title="Đề nghị lắp đèn",
        content="Ngõ tối",
    )
    assert (piece.split_from_id, piece.received_on, piece.petitioners.get().name) == (
        it.pk,
        RECEIVED,
        PERSON["name"],
    )
    assert {owed.rule.key for owed in clocks_of(piece)} == {"feedback.answer"}
    with pytest.raises(Refused):
        split_petition(
            registered("denunciation"),
            by=system,
            nature="feedback",
            matter=it.matter,
            title="a",
            content="b",
        )


def test_what_was_sent_is_told_again_only_for_a_short_while(clock, law, country, system):
    clock.set("2026-03-02")
    token, given = (
        uuid4(),
        {
            "nature": "feedback",
            "channel": "portal",
            "matter": Matter.objects.get(key="road"),
            "place": country.village,
            "title": "Ổ gà",
            "content": "Ổ gà to",
        },
    )
    sent = register_petition(by=Actor.public(), once=token, **given)
    clock.forward(minutes=29)
    assert earlier_submission(token) == sent
    clock.forward(minutes=2)
    assert earlier_submission(token) is None


def test_a_letter_that_also_denounces_leaves_nothing_that_says_who(registered, system, tmp_path):
    whole = "Tôi bị thu hồi đất sai. Ông trưởng thôn còn thu tiền không có biên lai."
    it = registered(
        "complaint",
        title="Đất và thu tiền",
        content=whole,
        files=[(BytesIO(PDF), "don-cua-man.pdf")],
    )
    with pytest.raises(Refused) as refusal:
        split_petition(
            it,
            by=system,
            nature="denunciation",
            matter=it.matter,
            title="Thu tiền",
            content="Trưởng thôn thu tiền",
        )
    assert refusal.value.field == "rest_title"
    with pytest.raises(Refused) as refusal:
        split_petition(
            it,
            by=system,
            nature="denunciation",
            matter=it.matter,
            title="Thu tiền",
            content="Bà Nguyễn Thị Mận tố cáo",
            rest_title="Đất",
            rest_content="Bị thu hồi đất sai",
        )
    assert refusal.value.field == "content"
    grave, secret = split_petition(
        it,
        by=system,
        nature="denunciation",
        matter=it.matter,
        title="Thu tiền",
        content="Trưởng thôn thu tiền",
        rest_title="Đất",
        rest_content="Bị thu hồi đất sai",
    )
    it.refresh_from_db()
    assert (
        grave.split_from,
        grave.same_as,
        it.pieces.count(),
        grave.petitioners.count(),
        it.petitioners.count(),
    ) == (None, None, 0, 0, 1)
    assert (it.title, it.content, it.papers.count(), it.steps.count()) == (
        "Đất",
        "Bị thu hồi đất sai",
        0,
        1,
    )
    assert matches(secret, grave.secret) and grave.sealed.files.count() == 1
    assert (
        not Paper.objects.exists()
        and "biên lai" in decrypt_words(grave.sealed)["text"]
        and it.code in decrypt_words(grave.sealed)["text"]
    )
    assert it.code not in " ".join(str(entry.data) for entry in Entry.objects.all())
    second, _secret = split_petition(
        grave,
        by=system,
        nature="denunciation",
        matter=it.matter,
        title="Đánh người",
        content="Trưởng thôn đánh người",
    )
    assert (second.sealed, second.split_from, second.is_named) == (grave.sealed, grave, True)


def test_two_of_one_matter_are_tied_but_never_a_denouncer_to_a_name(registered):
    first = registered("complaint")
    assert registered("feedback", same_as=first).same_as == first
    with pytest.raises(Refused) as refusal:
        registered("denunciation", same_as=first)
    assert refusal.value.field == "same_as"


def test_what_turns_out_to_denounce_is_sealed_and_gets_its_clock(registered, system):
    it, secret = registered("feedback", whole=True, files=[(BytesIO(PDF), "a.pdf")])
    kept = Paper.objects.get().path
    visit = record_visit(
        by=system,
        unit=it.unit,
        received_on=RECEIVED,
        form="regular",
        name=PERSON["name"],
        content="Hỏi",
        nature="feedback",
        petition=it,
        note=f"Bà {PERSON['name']} sẽ quay lại",
    )
    tell_person("sms", PERSON["phone"], f"Đơn {it.code}: Mới tiếp nhận", by=system)
    with pytest.raises(Refused) as refusal:
        turn_into_denunciation(it, by=system, title="Bà Nguyễn Thị Mận tố cáo", content="x")
    assert refusal.value.field == "title"
    turned = turn_into_denunciation(it, by=system, title="Thu tiền", content="Cán bộ thu tiền")
    assert (turned.nature, turned.code[:3], turned.petitioners.count(), turned.sender_key) == (
        "denunciation",
        "TC-",
        0,
        "",
    )
    assert [(owed.rule.key, owed.state) for owed in clocks_of(turned)] == [
        ("feedback.answer", "excused"),
        ("denunciation.process", "open"),
    ]
    with pytest.raises(Refused):
        turn_into_denunciation(turned, by=system, title="a", content="b")
    visit.refresh_from_db()
    assert (visit.name, visit.note, visit.nature, visit.who) == (
        "",
        "",
        "denunciation",
        f"N{visit.code}",
    )
    assert (turned.papers.count(), Paper.objects.count(), turned.sealed.files.count()) == (0, 0, 1)
    assert not Notice.objects.exclude(target="").exists()
    assert matches(secret, turned.secret) and "TC-" + it.code.removeprefix(
        "PA-"
    ) == turned.code in possible_codes(it.code)
    assert kept.exists()  # until the transaction ends: see test_papers_forgotten


def test_a_petition_handed_over_is_received_anew_and_keeps_its_trail(registered, system, country):
    it = take_step(
        registered("feedback"), "classify", by=system, on=RECEIVED, eligible=True, competent=False
    )
    made = hand_over_petition(
        it, by=system, to=country.next_door, on=date(2026, 3, 4), text="Chuyển UBND phường Láng"
    )
    it.refresh_from_db()
    assert (it.state, it.in_time, it.handed_to, it.elsewhere) == ("forwarded", True, made, "Láng")
    assert (made.unit, made.state, made.received_on, made.secret, made.channel) == (
        country.next_door,
        "received",
        date(2026, 3, 4),
        it.secret,
        "handed_over",
    )
    assert [owed.due_on for owed in clocks_of(made)] == [date(2026, 3, 18)]
    with pytest.raises(Refused):
        hand_over_petition(made, by=system, to=country.next_door, on=date(2026, 3, 4))


def test_a_denunciation_handed_over_takes_its_sealed_identity_along(
    registered, system, country, at
):
    petition = registered("denunciation")
    petition = take_step(
        petition, "classify", by=system, on=RECEIVED, eligible=True, competent=False
    )
    forwarded = hand_over_petition(petition, by=system, to=country.next_door, on=RECEIVED)
    assert (forwarded.sealed_id, forwarded.nature) == (petition.sealed_id, "denunciation")
    forwarded.sealed.refresh_from_db()
    assert forwarded.sealed.unit_id == country.next_door.pk
    assert not forwarded.petitioners.exists() and PERSON["name"] not in forwarded.content
    why = "Cần mời người tố cáo làm việc"
    with pytest.raises(Denied):
        ask_opening(forwarded.sealed, by=at("petition_officer"), reason=why)
    assert ask_opening(forwarded.sealed, by=at("petition_officer", "next_door"), reason=why).pk


def test_feedback_that_was_classified_is_taken_in_by_the_one_step_that_is_left(registered, system):
    petition = take_step(
        registered("feedback"), "classify", by=system, on=RECEIVED, eligible=True, competent=True
    )
    petition = take_in_feedback(petition, by=system, on=RECEIVED)
    assert petition.state == "accepted"
    acts = petition.steps.order_by("number").values_list("act", flat=True)
    assert list(acts) == ["register", "classify", "accept"]
    theirs = take_step(
        registered("feedback"), "classify", by=system, on=RECEIVED, eligible=True, competent=False
    )
    with pytest.raises(Refused):
        take_in_feedback(theirs, by=system, on=RECEIVED)


def test_open_petitions_of_a_merged_unit_go_to_the_successor_by_one_act(
    registered, system, country
):
    whole = registered(
        "complaint", unit=country.old_whole, place=country.old_whole, received_on=OLD
    )
    cut = registered("complaint", unit=country.old_cut, place=country.old_cut, received_on=OLD)
    told = registered("complaint", unit=country.old_cut, place=country.next_door, received_on=OLD)
    grave = registered(
        "denunciation", unit=country.old_whole, place=country.old_whole, received_on=OLD
    )
    done = take_step(
        registered("feedback", unit=country.old_whole, received_on=OLD),
        "withdraw",
        by=system,
        on=OLD,
        text="Thôi",
    )
    due = clocks_of(whole).get().due_on
    said = StringIO()
    call_command("petitions", "orphans", stdout=said)
    call_command("petitions", "succeed", stdout=said)
    assert (
        "không còn: 4." in said.getvalue()
        and "Đã chuyển 3 đơn" in said.getvalue()
        and f"{cut.code}: nơi này được chia" in said.getvalue()
    )
    for it in (whole, cut, told, grave, done):
        it.refresh_from_db()
    assert [it.unit for it in (whole, cut, told, grave, done)] == [
        country.here,
        country.old_cut,
        country.next_door,
        country.here,
        country.old_whole,
    ]
    assert (clocks_of(whole).get().unit_id, clocks_of(whole).get().due_on) == (country.here.pk, due)
    assert (grave.sealed.unit, whole.steps.last().act) == (country.here, "succeed")
    assert succeed_petitions(by=system) == (0, [cut.code])
    with pytest.raises(Denied):
        succeed_petitions(by=Actor.public())


def test_two_clerks_cannot_take_one_case_unknowingly(registered, at):
    it, one, other, chair = (
        registered("feedback"),
        at("petition_officer"),
        at("commune_clerk"),
        at("committee_chair"),
    )
    claim_petition(it, by=one)
    with pytest.raises(Refused, match="petition_officer"):
        claim_petition(it, by=other)
    with pytest.raises(Refused, match="đang do"):
        take_step(it, "classify", by=other, on=RECEIVED, eligible=True, competent=True)
    with pytest.raises(Refused):
        release_petition(it, by=other)
    claim_petition(it, by=other, take_over=True)
    it = take_step(it, "classify", by=other, on=RECEIVED, eligible=True, competent=True)
    release_petition(it, by=other)
    assert take_step(it, "accept", by=chair, on=RECEIVED).state == "accepted"
    with pytest.raises(Denied):
        claim_petition(it, by=at("petition_officer", "next_door"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pa-1geg-h2yj", "PA-1GEG-H2YJ"),
        ("PA 1GEG H2YJ", "PA-1GEG-H2YJ"),
        ("kn1ilo0000", "KN-1110-0000"),
        ("rac ton dong", ""),
        ("", ""),
        ("PA-1GEG-H2Y", ""),
        ("\x00" * 90, ""),
    ],
)
def test_a_code_is_read_as_people_type_it_and_words_are_not_taken_for_one(text, code):
    assert read_code(text) == code
