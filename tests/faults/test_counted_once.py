"""A thing is counted once: by its record or by a statement on paper, by its round or by a file of
its own; and what is withdrawn or moved takes its own along.
"""

from datetime import date, timedelta
from io import BytesIO

import pytest

from danchu.casework.actions import (
    hand_over_petition,
    register_petition,
    split_petition,
    take_step,
    turn_into_denunciation,
)
from danchu.casework.models import Matter, Petition
from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS, parts
from danchu.inspection import actions as boards
from danchu.inspection.models import Finding
from danchu.kernel.days import Period, today
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from danchu.register.actions import (
    attach_paper,
    confirm_event,
    confirm_statement,
    correct_event,
    correct_statement,
    discard_draft,
    draft_event,
    draft_statement,
    edit_draft,
    withdraw_event,
    withdraw_statement,
)
from danchu.register.file_statements import statable_flows
from danchu.register.models import Statement
from danchu.units.actions import open_body
from tests.casework.conftest import PERSON, keys_apart, law, registered  # noqa: F401
from tests.inspection.conftest import bodies  # noqa: F401
from tests.people.conftest import NOW, REFORM, country, system  # noqa: F401
from tests.site.conftest import PDF

BY, PUBLIC = Actor.system("test"), Actor.public()
DAY = date(2025, 9, 9)
MONTH = Period(date(2025, 9, 1), date(2025, 10, 1))
RECEIVED = {"received_on": DAY}


@pytest.fixture(scope="module", autouse=True)
def _law_loaded_once(law_loaded):
    pass


def stated(body, key, amount=10, period=MONTH, is_apart=True):
    statement = draft_statement(
        by=BY,
        body=body,
        indicator=key,
        since=period.since,
        until=period.until,
        amount=amount,
        is_apart=is_apart,
    )
    attach_paper(statement, BytesIO(PDF + key.encode()), "a.pdf", by=BY)
    return confirm_statement(statement, by=BY)


def value(country, key):
    return figure(INDICATORS[key], country.province.pk, MONTH, NOW).value


def petition_keys():
    return [
        key
        for key, flow in statable_flows().items()
        if any(part.source.key == "petition" for part in parts(flow)[1:])
    ]


@pytest.mark.case("FI5")
def test_a_petition_is_refused_where_a_statement_of_any_of_its_indicators_counts(
    law, registered, country
):
    assert {"petitions_received", "petitions_received.complaint", "petitions_eligible"} <= set(
        petition_keys()
    )
    for key in petition_keys():
        nature = key.partition(".")[2] or "complaint"
        secret = {"secret_text": "x"} if nature == "denunciation" else {}
        statement = stated(law, key)
        with pytest.raises(Refused, match="đã có số liệu báo cáo bằng giấy"):
            registered(nature, **RECEIVED, **secret)
        assert value(country, key) == 10, key
        withdraw_statement(statement, by=BY, reason="Thử số khác")
    stated(law, "petitions_received.feedback")
    assert registered("complaint", **RECEIVED), "a book of feedback says nothing of complaints"


@pytest.mark.case("FI5")
def test_a_statement_of_any_indicator_is_refused_where_a_petition_counts_or_may_come_to(
    law, registered
):
    registered("complaint", **RECEIVED)
    for key in petition_keys():
        if key.partition(".")[2] in ("", "complaint"):
            with pytest.raises(Refused, match="1 hồ sơ"):
                stated(law, key)
    assert stated(law, "petitions_received.feedback")
    assert stated(law, "petitions_received", period=Period(date(2025, 8, 1), date(2025, 9, 1)))


def test_a_part_is_compared_with_the_records_that_give_the_whole(law, registered):
    key = "petitions_received.feedback"
    whole = stated(law, key, amount=10, is_apart=False)  # no record: the whole is not known yet
    withdraw_statement(whole, by=BY, reason="Thử số khác")
    for _time in range(2):
        registered("complaint", **RECEIVED)
    with pytest.raises(Refused) as refusal:
        stated(law, key, amount=1, is_apart=False)
    assert refusal.value.field == "amount"
    assert "là 2, mà các phần là 1 + 2 (hồ sơ)" in refusal.value.message
    assert "Sổ giấy riêng" in refusal.value.message
    nothing = stated(law, key, amount=0, is_apart=False)
    with pytest.raises(Refused, match="là 2, mà các phần là 7"):
        correct_statement(nothing, by=BY, reason="Gõ nhầm", amount=7)
    assert correct_statement(nothing, by=BY, reason="Sổ giấy", amount=7, is_apart=True).amount == 7
    before = Period(date(2025, 8, 1), date(2025, 9, 1))
    assert stated(law, key, amount=9, period=before, is_apart=False), "another month"


@pytest.mark.case("FI5")
def test_a_petition_is_asked_about_beside_a_stated_part(law, registered, country, system):
    """The part says that it is in the records, whose whole it exceeds with the petition."""
    key = "petitions_received.denunciation"
    part = stated(law, key, amount=1, is_apart=False)
    with pytest.raises(Refused, match="một phần của") as refusal:
        registered("complaint", **RECEIVED)
    assert refusal.value.field == "received_on"
    assert "1" not in refusal.value.message.replace("01/09/2025", ""), "no count of denunciations"
    assert not Petition.objects.exists()
    committee = open_body(
        country.next_door, by=system, kind="peoples_committee", name="UBND Láng", since=REFORM
    )
    apart = stated(committee, key, amount=1, is_apart=False)
    petition = registered("complaint", received_on=date(2025, 8, 9))
    petition = take_step(
        petition, "classify", by=system, on=date(2025, 8, 11), eligible=True, competent=False
    )
    with pytest.raises(Refused, match="một phần của"):
        hand_over_petition(petition, by=system, to=country.next_door, on=DAY)
    for statement in (part, apart):
        correct_statement(statement, by=BY, reason="Sổ riêng", is_apart=True)
    assert registered("complaint", **RECEIVED)
    hand_over_petition(petition, by=system, to=country.next_door, on=DAY)
    assert Petition.objects.count() == 3


@pytest.mark.case("FI5")
def test_every_way_in_which_a_petition_comes_in_asks_for_statements(
    law, registered, country, system
):
    committee = open_body(
        country.next_door, by=system, kind="peoples_committee", name="UBND Láng", since=REFORM
    )
    petition = registered("complaint", received_on=date(2025, 8, 9))
    stated(committee, "petitions_resolved")
    petition = take_step(
        petition, "classify", by=system, on=date(2025, 8, 11), eligible=True, competent=False
    )
    with pytest.raises(Refused) as refusal:
        hand_over_petition(petition, by=system, to=country.next_door, on=DAY)
    assert refusal.value.field == "to"
    feedback = registered("feedback", **RECEIVED)
    matter = Matter.objects.get(key="land_use")
    stated(law, "petitions_received.complaint")
    with pytest.raises(Refused) as refusal:
        split_petition(
            feedback, by=system, nature="complaint", matter=matter, title="Khác", content="Khác"
        )
    assert refusal.value.field == "nature"
    with pytest.raises(Refused):
        take_step(
            feedback,
            "classify",
            by=system,
            on=DAY,
            eligible=True,
            competent=True,
            nature="complaint",
        )
    stated(law, "petitions_received.denunciation")
    with pytest.raises(Refused):
        turn_into_denunciation(feedback, by=system, title="Thu sai", content="Thu sai quỹ.")
    assert Petition.objects.filter(received_on=DAY).count() == 1


@pytest.mark.case("FI5")
def test_the_public_is_asked_too_and_a_statement_cannot_say_today(law, country):
    yesterday = today() - timedelta(days=1)
    for until in (today() + timedelta(days=1), today() + timedelta(days=9)):
        with pytest.raises(Refused, match="Kỳ chưa kết thúc"):
            stated(law, "petitions_received", period=Period(yesterday, until))
    statement = stated(law, "petitions_received", period=Period(yesterday, today()))
    # As it may have been confirmed by an earlier version.
    Statement.objects.filter(pk=statement.pk).update(state="withdrawn")
    later = Statement.objects.get(pk=statement.pk)
    later.pk, later.uid, later.state = None, "0e2c2c52-64a5-4a06-a7d0-0f0a3b9d7a10", "confirmed"
    later.until = today() + timedelta(days=1)
    later.save(force_insert=True)
    with pytest.raises(Refused, match="đã chốt số liệu của hôm nay"):
        register_petition(
            by=PUBLIC,
            nature="feedback",
            channel="portal",
            matter=Matter.objects.get(key="land_use"),
            place=country.here,
            title="Đèn hỏng",
            content="Đèn ngõ 5 hỏng.",
            persons=[PERSON],
        )
    assert not Petition.objects.exists()


def violation_of(board, **more):
    return boards.record_finding(
        by=BY, board=board, **{"found_on": DAY, "title": "Thu sai", **more}
    )


@pytest.mark.case("FI5")
def test_a_violation_and_a_statement_never_both_count(bodies, country, system):
    board, committee = bodies
    keys = (
        "pib_violations",
        "pib_violations_recommended",
        "pib_violations_resolved",
    )
    for key in keys:
        statement = stated(board, key)
        with pytest.raises(Refused) as refusal:
            violation_of(board)
        assert refusal.value.field == "found_on"
        assert value(country, key) == 10
        withdraw_statement(statement, by=BY, reason="Thử số khác")
    other = open_body(
        country.here, by=system, kind="pib_agency", name="Ban ở cơ quan", since=REFORM
    )
    stated(other, "pib_violations")
    violation = violation_of(board)
    assert value(country, "pib_violations") == 11, "each board keeps its own book"
    for key in keys:
        with pytest.raises(Refused, match="1 hồ sơ"):
            stated(board, key)
    stated(board, "pib_money", amount=1000)
    with pytest.raises(Refused) as refusal:
        boards.resolve_finding(violation, by=BY, on=DAY, outcome="Đã trả", money=500)
    assert refusal.value.field == "on"
    boards.resolve_finding(violation, by=BY, on=DAY, outcome="Đã trả lại tại chỗ")
    assert value(country, "pib_money") == 1000


@pytest.mark.case("FI5")
def test_what_an_earlier_version_took_beside_a_violation_does_not_grow(bodies, country):
    """A statement that should not stand there: the violation may not come to count beside it."""
    board, committee = bodies
    violation = violation_of(board)
    statement = stated(board, "pib_violations_recommended", period=Period(REFORM, DAY))
    Statement.objects.filter(pk=statement.pk).update(state="withdrawn")
    beside = Statement.objects.get(pk=statement.pk)
    beside.pk, beside.uid, beside.state = None, "0e2c2c52-64a5-4a06-a7d0-0f0a3b9d7a11", "confirmed"
    beside.since, beside.until = MONTH.since, MONTH.until
    beside.save(force_insert=True)
    recommendation = boards.draft_recommendation(
        by=BY,
        board=board,
        answerer=committee,
        title="Thu sai",
        finding="Thu sai quỹ.",
        found_on=DAY,
        violation=violation,
    )
    recommendation = boards.confirm_recommendation(recommendation, by=BY)
    with pytest.raises(Refused) as refusal:
        boards.send_recommendation(recommendation, by=BY, sent_on=DAY, received_on=DAY)
    assert refusal.value.field == "sent_on"
    assert not Finding.objects.get().is_recommended


def held_round(board, on=DAY, **numbers):
    draft = draft_event(
        "inspection_round",
        by=BY,
        unit=board.unit,
        body=board,
        held_on=on,
        title="Giám sát quỹ",
        **numbers,
    )
    return confirm_event(draft, by=BY)


@pytest.mark.case("FI6")
@pytest.mark.parametrize("numbers", [{"findings": 2}, {"recommended": 1}, {"money": 500}])
def test_a_round_that_says_its_number_takes_no_files(bodies, country, numbers):
    held = held_round(bodies[0], **numbers)
    before = value(country, "pib_violations")
    for _ in range(2):
        with pytest.raises(Refused, match="mỗi vụ chỉ đếm một lần"):
            violation_of(bodies[0], round=held)
    assert value(country, "pib_violations") == before
    held = correct_event(held, by=BY, reason="Ghi từng vụ", **dict.fromkeys(numbers, 0))
    for _ in range(2):
        violation_of(bodies[0], round=held)
    assert value(country, "pib_violations") == 2


@pytest.mark.case("FI6")
def test_a_round_with_files_says_no_number(bodies, country):
    held = held_round(bodies[0])
    violation_of(bodies[0], round=held)
    for name in ("findings", "recommended", "money"):
        with pytest.raises(Refused, match="có hồ sơ riêng") as refusal:
            correct_event(held, by=BY, reason="Ghi số", **{name: 2})
        assert refusal.value.field == name
    corrected = correct_event(held, by=BY, reason="Tên", title="Giám sát quỹ thôn")
    with pytest.raises(Refused, match="có hồ sơ riêng"):
        correct_event(corrected, by=BY, reason="Ghi số", findings=2)
    draft = draft_event(
        "inspection_round", by=BY, unit=bodies[0].unit, body=bodies[0], held_on=DAY, title="Cuộc 2"
    )
    violation_of(bodies[0], round=draft)
    with pytest.raises(Refused):
        edit_draft(draft, by=BY, findings=1)
    assert value(country, "pib_violations") == 2


@pytest.mark.case("FI7")
def test_the_violations_of_a_withdrawn_round_go_with_it(bodies, country):
    held = held_round(bodies[0])
    violation_of(bodies[0], round=held)
    violation_of(bodies[0], round=held, found_on=date(2025, 9, 12))
    held = correct_event(held, by=BY, reason="Tên", title="Khác")
    assert (value(country, "pib_supervisions"), value(country, "pib_violations")) == (1, 2)
    withdraw_event(held, by=BY, reason="Không có cuộc này")
    assert (value(country, "pib_supervisions"), value(country, "pib_violations")) == (0, 0)
    assert {finding.reason for finding in Finding.objects.all()} == {
        "Cuộc giám sát đã rút: Không có cuộc này"
    }
    with pytest.raises(Refused, match="đã rút"):
        violation_of(bodies[0], round=held)


@pytest.mark.case("FI7")
def test_a_round_is_not_withdrawn_while_something_of_it_stands(bodies, country):
    board, committee = bodies
    held = held_round(board)
    violation = violation_of(board, round=held)
    boards.resolve_finding(violation, by=BY, on=DAY, outcome="Đã trả lại")
    with pytest.raises(Refused, match="đã kiến nghị hoặc đã giải quyết"):
        withdraw_event(held, by=BY, reason="Không có cuộc này")
    assert (value(country, "pib_supervisions"), value(country, "pib_violations")) == (1, 1)
    other = held_round(board)
    boards.draft_recommendation(
        by=BY,
        board=board,
        answerer=committee,
        title="Thu sai",
        finding="Thu sai quỹ.",
        found_on=DAY,
        round=other,
    )
    with pytest.raises(Refused):
        withdraw_event(other, by=BY, reason="Không có cuộc này")


@pytest.mark.case("FI7", "TR1")
@pytest.mark.digested
def test_a_draft_round_is_discarded_whose_violations_were_withdrawn(bodies):
    """They stay readable without it, and an entry of the journal proves that they changed."""
    board, _committee = bodies
    draft = draft_event(
        "inspection_round", by=BY, unit=board.unit, body=board, held_on=DAY, title="Cuộc 1"
    )
    violation = violation_of(board, round=draft)
    boards.withdraw_finding(violation, by=BY, on=DAY, reason="Nhầm")
    discard_draft(draft, by=BY)
    assert Finding.objects.get().round_id is None


@pytest.mark.case("FI7")
def test_the_violations_of_a_round_move_with_its_day(bodies, country):
    board, _committee = bodies
    held = held_round(board)
    violation_of(board, round=held)
    later = violation_of(board, round=held, found_on=date(2025, 9, 20))
    moved = correct_event(held, by=BY, reason="Nhầm ngày", held_on=date(2025, 8, 12))
    assert (value(country, "pib_supervisions"), value(country, "pib_violations")) == (0, 1)
    assert {finding.found_on for finding in Finding.objects.all()} == {
        date(2025, 8, 12),
        later.found_on,
    }
    assert {finding.round_id for finding in Finding.objects.all()} == {moved.pk}
    boards.resolve_finding(Finding.objects.first(), by=BY, on=date(2025, 8, 13), outcome="Đã trả")
    with pytest.raises(Refused) as refusal:
        correct_event(moved, by=BY, reason="Nhầm ngày", held_on=DAY)
    assert refusal.value.field == "held_on"
    with pytest.raises(Refused) as refusal:
        correct_event(moved, by=BY, reason="Nơi khác", unit=country.next_door, body=None)
    assert refusal.value.field == "unit"
