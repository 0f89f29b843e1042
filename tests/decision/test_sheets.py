"""Sheets that come back: printed with a code, typed or sent later, once, with a photo; ballots with
a stub, of which one is handed to each household.
"""

import io
import random
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from danchu.decision import actions
from danchu.decision.input.household_numbers import read_numbers
from danchu.decision.lives import State
from danchu.decision.models import DecisionSheet, RollEntry, SheetKind
from danchu.decision.papers.sheets import BALLOTS, paper_of
from danchu.decision.sheet_codes import read_code, sheet_code
from danchu.kernel.refusals import Denied, Refused
from tests.decision import played
from tests.decision.played import fallen_short, latest, propose, write_roll
from tests.decision.test_votes import refused_field

COUNTS = dict(zip(("issued", "returned", "yes", "no"), (9, 9, 6, 3), strict=True))
ZEROS = dict.fromkeys(("other", "blank", "unreadable", "double", "foreign", "late"), 0)
NEW_ROLL, NEW_COUNT = "/desk/roll-sheets/new/", "/desk/count-sheets/new/"


@pytest.fixture
def roll(officials):
    return write_roll(officials.village, 9)


@pytest.fixture
def meeting(officials, system, roll):
    return played.meet(propose(officials.village, system), system, 0)


@pytest.fixture
def balloting(officials, system, roll):
    return played.ballots_out(fallen_short(officials.village, system, 2), system)


def photo():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "JPEG")
    file.seek(0)
    file.name = "to-dem.jpg"
    return file


def code_of(decision, kind):
    return sheet_code(decision, latest(decision).number, kind)


def send(client, path, **typed):
    """As the outbox of a telephone sends it."""
    return client.post(path, {"uid": str(uuid4()), **typed}, headers={"X-Outbox": "1"})


def test_numbers_are_read_as_a_slow_reader_reads_them():
    drawn = random.Random(5)
    for _case in range(200):
        parts, expected = [], set()
        for _part in range(drawn.randint(1, 5)):
            first = drawn.randint(1, 60)
            last = first + drawn.choice((0, 0, 3))
            parts.append(f"{first}-{last}" if last > first else f"{first}")
            expected |= set(range(first, last + 1))
        typed = drawn.choice((", ", " ", "\n", "; ")).join(parts)
        assert read_numbers(typed) == sorted(expected), typed
    for wrong in ("", "0", "5-3", "một", "1 - - 2", "100000"):
        with pytest.raises(Refused):
            read_numbers(wrong)


def test_a_mistyped_digit_of_a_code_is_no_code(meeting):
    code = sheet_code(meeting, 1, SheetKind.ATTENDANCE)
    assert read_code(code.replace("-", " ")) == (meeting.pk, 1, SheetKind.ATTENDANCE)
    for place, letter in enumerate(code):
        for other in "0123456789" if letter.isdigit() else "":
            typed = code[:place] + other + code[place + 1 :]
            assert other == letter or read_code(typed) is None, typed


def test_the_ballot_carries_no_code_and_its_stub_names_the_household(client, officials, balloting):
    ballot = paper_of(balloting, latest(balloting), "ballot")
    assert ballot.number_line == "" and ballot.stub == ()
    client.force_login(officials.clerk)
    path = f"/desk/decisions/{balloting.uid}/votes/2/{BALLOTS}.pdf"
    assert path in client.get(f"/desk/decisions/{balloting.uid}/").content.decode()
    pdf = client.get(path).content
    assert pdf[:5] == b"%PDF-" and pdf.count(b"/Type /Page\n") == 9


def test_lists_and_the_sheet_of_the_count_carry_their_codes(meeting, balloting):
    for decision, kind, sheet in (
        (meeting, "list", SheetKind.ATTENDANCE),
        (balloting, "list", SheetKind.ISSUED),
        (balloting, "tally", SheetKind.COUNT),
    ):
        paper = paper_of(decision, latest(decision), kind)
        assert paper.number_line.endswith(code_of(decision, sheet))


def test_a_household_is_handed_one_ballot_whatever_two_clerks_write(officials, system, balloting):
    entry = latest(balloting).entries.first()
    before = entry.issued_at
    actions.hand_out_ballots(balloting, by=officials.by["clerk"], entries=[entry.pk, entry.pk])
    entry.refresh_from_db()
    assert entry.issued_at == before
    for more in ({"present_at": before}, {"is_online": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RollEntry.objects.filter(pk=entry.pk).update(**more)


def test_a_count_says_as_many_ballots_as_households_were_handed_one(officials, system, balloting):
    entry = played.entries_of(balloting)[0]
    actions.take_back_ballot(balloting, by=system, entry=entry)
    assert refused_field(actions.count_ballots, balloting, by=system, **COUNTS, **ZEROS) == "issued"
    counts = {**COUNTS, "issued": 8, "returned": 8, "no": 2}
    assert actions.count_ballots(balloting, by=system, **counts, **ZEROS).state == State.BALLOTING


def test_an_attendance_list_sent_by_a_telephone_is_written_once(client, officials, meeting):
    client.force_login(officials.clerk)
    uid, code = str(uuid4()), code_of(meeting, SheetKind.ATTENDANCE)
    for _again in range(2):
        answer = send(client, NEW_ROLL, uid=uid, code=code, households="1-5, 7")
        assert answer.status_code == 200 and "roll-sheets" in answer.json()["url"]
    assert latest(meeting).attending == 6
    send(client, NEW_ROLL, code=code, households="5-8")
    assert latest(meeting).attending == 8
    first, second = DecisionSheet.objects.order_by("pk")
    assert (first.added, first.known, second.added, second.known) == (6, 0, 2, 2)
    assert NEW_ROLL in client.get(f"/desk/decisions/{meeting.uid}/").content.decode()


def test_a_list_that_arrives_too_late_is_refused_with_the_step_and_changes_nothing(
    client, officials, system, meeting
):
    code = code_of(meeting, SheetKind.ATTENDANCE)
    actions.close_short_meeting(meeting, by=system)
    client.force_login(officials.clerk)
    answer = send(client, NEW_ROLL, code=code, households="1-5")
    assert answer.status_code == 400 and "được phát phiếu" in answer.json()["message"]
    decision = played.ballots_out(meeting, system)
    answer = send(client, NEW_ROLL, code=code, households="1-5")
    assert answer.status_code == 400 and "lần biểu quyết khác" in answer.json()["message"]
    assert not DecisionSheet.objects.filter(decision=decision).exists()


@pytest.mark.parametrize("households", ["10", "1-10", "x", ""])
def test_households_that_the_frozen_roll_does_not_have_are_refused(
    client, officials, meeting, households
):
    client.force_login(officials.clerk)
    code = code_of(meeting, SheetKind.ATTENDANCE)
    answer = send(client, NEW_ROLL, code=code, households=households)
    assert answer.status_code == 400 and latest(meeting).attending == 0


def test_ballots_written_from_the_list_count_as_handed_out(officials, system, roll):
    decision = fallen_short(officials.village, system, 2)
    decision = played.ballots_out(decision, system)
    for entry in played.entries_of(decision)[:4]:
        actions.take_back_ballot(decision, by=system, entry=entry)
    code = code_of(decision, SheetKind.ISSUED)
    sheet = actions.enter_roll_sheet(by=system, code=code, households="1-3")
    assert (sheet.added, sheet.kind) == (3, SheetKind.ISSUED)
    assert latest(decision).entries.filter(issued_at__isnull=False).count() == 8


def test_consents_are_collected_on_paper_and_count_on_the_day_they_are_handed_in(
    client, officials, system
):
    write_roll(officials.village, 21)
    decision = propose(officials.village, system, proposer="initiative", is_collecting=True)
    assert decision.state == State.COLLECTING
    here = f"/desk/decisions/{decision.uid}/"
    client.force_login(officials.clerk)
    path = f"{here}votes/0/consents.pdf"
    assert path in client.get(here).content.decode()
    assert client.get(path).content[:5] == b"%PDF-"
    assert client.get(f"/decisions/{decision.uid}/").status_code == 404
    code = sheet_code(decision, 0, SheetKind.CONSENTS)
    lines = "1 28/11/2025\n2 01/12/2025"
    assert send(client, NEW_ROLL, code=code, households=lines).status_code == 200
    assert refused_field(actions.submit_initiative, decision, by=system, on=played.MEETS) == "on"
    sheet = actions.enter_roll_sheet(by=system, code=code, households="2 01/12/2025\n3 02/12/2025")
    assert (sheet.added, sheet.known) == (1, 1)
    submitted = actions.submit_initiative(decision, by=system, on=played.MEETS)
    assert (submitted.state, submitted.consents_alive) == (State.PROPOSED, 3)
    with pytest.raises(Refused):
        propose(officials.village, system, is_collecting=True)


def test_two_people_send_their_counts_with_photos_that_neither_sees_before_the_result(
    client, officials, balloting
):
    code = code_of(balloting, SheetKind.COUNT)
    typed = {name: str(number) for name, number in (COUNTS | ZEROS).items()}
    client.force_login(officials.clerk)
    answer = send(client, NEW_COUNT, code=code, photo=photo(), **typed)
    assert answer.status_code == 200
    mine = DecisionSheet.objects.counts().get()
    photo_of_mine = f"/desk/decision-photos/{mine.uid}/"
    assert client.get(photo_of_mine).status_code == 200
    client.force_login(officials.front)
    assert client.get(photo_of_mine).status_code == 404
    assert "6" not in client.get(f"/desk/count-sheets/{mine.uid}/").context["record"].paper_name
    send(client, NEW_COUNT, code=code, **{**typed, "yes": "5", "no": "4"})
    other = DecisionSheet.objects.counts().order_by("pk").last()
    page = client.get(f"/desk/count-sheets/{other.uid}/").content.decode()
    assert "chưa khớp" in page
    send(client, NEW_COUNT, code=code, photo=photo(), **typed)
    balloting.refresh_from_db()
    assert (balloting.state, balloting.yes) == (State.PASSED, 6)
    assert client.get(photo_of_mine).status_code == 200


def test_a_photo_is_kept_once_and_never_exchanged(client, officials, system, meeting):
    code = code_of(meeting, SheetKind.ATTENDANCE)
    sheet = actions.enter_roll_sheet(by=system, code=code, households="1")
    here = f"/desk/roll-sheets/{sheet.uid}/"
    client.force_login(officials.clerk)
    assert client.post(f"{here}photograph/", {"photo": photo()}).status_code == 302
    assert client.post(f"{here}photograph/", {"photo": photo()}).status_code == 400
    with pytest.raises(Exception, match="never removed"), transaction.atomic():
        DecisionSheet.objects.filter(pk=sheet.pk).update(paper=None)


def test_who_may_not_write_enters_no_sheet(client, officials, balloting, meeting):
    codes = {kind: code_of(balloting, kind) for kind in (SheetKind.ISSUED, SheetKind.COUNT)}
    with pytest.raises(Denied):
        actions.enter_roll_sheet(
            by=officials.by["front"], code=codes[SheetKind.ISSUED], households="1"
        )
    with pytest.raises(Denied):
        actions.enter_count_sheet(
            by=officials.by["auditor"], code=codes[SheetKind.COUNT], **COUNTS, **ZEROS
        )
    sheet = actions.enter_roll_sheet(
        by=officials.by["clerk"], code=codes[SheetKind.ISSUED], households="1"
    )
    with pytest.raises(Denied):
        actions.photograph_sheet(sheet, by=officials.by["auditor"], photo=photo())
    client.force_login(officials.auditor)
    assert client.get(NEW_ROLL).status_code == client.get(NEW_COUNT).status_code == 403
    wrong = refused_field(
        actions.enter_roll_sheet, by=officials.by["clerk"], code="1-1-1-00", households="1"
    )
    assert wrong == "code"
