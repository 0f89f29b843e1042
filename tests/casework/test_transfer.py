"""From hand to hand: routed by place and matter on the map of the day, handed over, succeeded after a merger; the trail and the clocks stay."""

from datetime import date

import pytest

from danchu.casework.actions import (
    claim_petition,
    hand_over_petition,
    register_petition,
    release_petition,
    split_petition,
    succeed_petitions,
    take_step,
    turn_into_denunciation,
)
from danchu.casework.codes import read_code
from danchu.casework.models import Matter, Petition
from danchu.casework.routing import handler_of
from danchu.casework.running import clocks_of
from danchu.kernel.days import today
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from tests.casework.conftest import PERSON, RECEIVED
from tests.people.conftest import NOW

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
    given = {"nature": "feedback", "matter": Matter.objects.get(key="road"), "place": country.village, "title": "Ổ gà", "content": "Ổ gà to"}
    for more in ({"channel": "counter"}, {"channel": "portal", "received_on": RECEIVED}):
        with pytest.raises(Denied):
            register_petition(by=Actor.public(), **given, **more)
    made, _secret = register_petition(by=Actor.public(), **given, channel="portal")
    assert (made.unit, made.body, made.received_on) == (country.here, law, today())


@pytest.mark.parametrize(("more", "field"), [
    ({"title": " "}, "title"), ({"title": "a" * 181}, "title"), ({"content": ""}, "content"), ({"content": "a" * 20_001}, "content"),
    ({"nature": "x"}, "nature"), ({"channel": "x"}, "channel"), ({"received_on": date(2001, 1, 1)}, "received_on"), ({"received_on": date(2999, 1, 1)}, "received_on"),
    ({"persons": [PERSON | {"phone": "abc"}]}, "phone"), ({"persons": [PERSON | {"email": "x"}]}, "email"), ({"persons": [PERSON | {"notify_by": "zalo", "phone": ""}]}, "phone"),
    ({"persons": [PERSON | {"identity": "12-3"}]}, "identity"), ({"persons": [PERSON | {"name": "a" * 121}]}, "name"), ({"persons": [PERSON] * 2001}, "signers"),
])  # fmt: skip
def test_what_cannot_be_is_refused_by_field_and_nothing_is_written(registered, more, field):
    with pytest.raises(Refused) as refusal:
        registered(**{"nature": "feedback", **more})
    assert refusal.value.field == field
    assert not Petition.objects.exists()


def test_a_petition_sent_twice_is_one(registered):
    first = registered("feedback")
    with pytest.raises(Refused) as refusal:
        registered("feedback", uid=first.uid)
    assert refusal.value.field == "uid"


def test_a_petition_of_many_is_one_case_of_many(registered):
    it = registered("complaint", persons=[PERSON | {"name": f"Người {n}"} for n in range(12)])
    assert (it.people, it.petitioners.count(), it.petitioners.first().name) == (12, 12, "Người 0")


def test_the_same_sender_and_a_like_title_are_shown_before_entry(registered, country):
    a = registered("complaint")
    b = registered("feedback", title="lan dat cong o ngo 5", persons=[PERSON | {"name": "Người khác"}])
    c = registered("feedback", title="Loa phường quá to", persons=[PERSON | {"name": "Ai đó"}])
    found = lambda title, key, nature="complaint": [p.pk for p in Petition.objects.alike(title, key, country.here, nature)]  # noqa: E731
    assert found("Lấn đất công tại ngõ 5", "") == [b.pk, a.pk] or found("Lấn đất công tại ngõ 5", "") == [a.pk, b.pk]
    assert found("Chuyện hoàn toàn khác", a.sender_key) == [a.pk]
    assert found("Chuyện hoàn toàn khác", a.sender_key, "denunciation") == []
    assert c.pk not in found("Lấn đất công tại ngõ 5", "")


def test_several_contents_are_split_and_each_runs_by_its_own_law(registered, system):
    it = registered("complaint")
    piece, _secret = split_petition(it, by=system, nature="feedback", matter=it.matter, title="Đề nghị lắp đèn", content="Ngõ tối")
    assert (piece.split_from_id, piece.received_on, piece.petitioners.get().name) == (it.pk, RECEIVED, PERSON["name"])
    assert {owed.rule.key for owed in clocks_of(piece)} == {"feedback.answer"}
    grave, _secret = split_petition(it, by=system, nature="denunciation", matter=it.matter, title="Thu tiền", content="Cán bộ thu tiền")
    assert grave.sealed_id and not grave.petitioners.exists()
    with pytest.raises(Refused):
        split_petition(grave, by=system, nature="feedback", matter=it.matter, title="a", content="b")


def test_what_turns_out_to_denounce_is_sealed_and_gets_its_clock(registered, system):
    it, secret = registered("feedback", whole=True)
    turned = turn_into_denunciation(it, by=system, title="Thu tiền", content="Cán bộ thu tiền")
    assert (turned.nature, turned.code[:3], turned.petitioners.count(), turned.sender_key) == ("denunciation", "TC-", 0, "")
    assert [(owed.rule.key, owed.state) for owed in clocks_of(turned)] == [("feedback.answer", "excused"), ("denunciation.process", "open")]
    with pytest.raises(Refused):
        turn_into_denunciation(turned, by=system, title="a", content="b")


def test_a_petition_handed_over_is_received_anew_and_keeps_its_trail(registered, system, country):
    it = take_step(registered("feedback"), "classify", by=system, on=RECEIVED, eligible=True, competent=False)
    made = hand_over_petition(it, by=system, to=country.next_door, on=date(2026, 3, 4), text="Chuyển UBND phường Láng")
    it.refresh_from_db()
    assert (it.state, it.in_time, it.handed_to, it.elsewhere) == ("forwarded", True, made, "Láng")
    assert (made.unit, made.state, made.received_on, made.secret, made.channel) == (country.next_door, "received", date(2026, 3, 4), it.secret, "handed_over")
    assert [owed.due_on for owed in clocks_of(made)] == [date(2026, 3, 16)]
    with pytest.raises(Refused):
        hand_over_petition(made, by=system, to=country.next_door, on=date(2026, 3, 4))


def test_open_petitions_of_a_merged_unit_go_to_the_successor_by_one_act(registered, system, country):
    whole = registered("complaint", unit=country.old_whole, place=country.old_whole, received_on=OLD)
    cut = registered("complaint", unit=country.old_cut, place=country.old_cut, received_on=OLD)
    told = registered("complaint", unit=country.old_cut, place=country.next_door, received_on=OLD)
    grave = registered("denunciation", unit=country.old_whole, place=country.old_whole, received_on=OLD)
    done = take_step(registered("feedback", unit=country.old_whole, received_on=OLD), "withdraw", by=system, on=OLD, text="Thôi")
    due = clocks_of(whole).get().due_on
    assert succeed_petitions(by=system) == (3, [cut.code])
    for it in (whole, cut, told, grave, done):
        it.refresh_from_db()
    assert [it.unit for it in (whole, cut, told, grave, done)] == [country.here, country.old_cut, country.next_door, country.here, country.old_whole]
    assert (clocks_of(whole).get().unit_id, clocks_of(whole).get().due_on) == (country.here.pk, due)
    assert (grave.sealed.unit, whole.steps.last().act) == (country.here, "succeed")
    assert succeed_petitions(by=system) == (0, [cut.code])
    with pytest.raises(Denied):
        succeed_petitions(by=Actor.public())


def test_two_clerks_cannot_take_one_case_unknowingly(registered, at):
    it, one, other, chair = registered("feedback"), at("petition_officer"), at("commune_clerk"), at("committee_chair")
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


@pytest.mark.parametrize(("text", "code"), [
    ("pa-1geg-h2yj", "PA-1GEG-H2YJ"), ("PA 1GEG H2YJ", "PA-1GEG-H2YJ"), ("kn1ilo0000", "KN-1110-0000"), ("rac ton dong", ""), ("", ""), ("PA-1GEG-H2Y", ""), ("\x00" * 90, ""),
])  # fmt: skip
def test_a_code_is_read_as_people_type_it_and_words_are_not_taken_for_one(text, code):
    assert read_code(text) == code
