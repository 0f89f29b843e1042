"""A round from the spot to the register: written once however often it is sent, photos piece by
piece, confirmed with what was noted.
"""

import hashlib
from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.inspection import actions
from danchu.inspection.input.rounds import Conflict
from danchu.inspection.models import Finding, RoundPhoto, RoundSheet
from danchu.inspection.photos.uploads import bytes_received
from danchu.journal.models import Entry
from danchu.kernel.days import Period
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from danchu.register.actions import correct_event, discard_draft, withdraw_event
from danchu.register.models import Event
from tests.inspection.conftest import FOUND
from tests.inspection.pictures import jpeg, png
from tests.people.conftest import NOW
from tests.planted import check_each_field
from tests.sizes import long, size

NOTED = [
    {"title": "Thu quỹ sai mức", "detail": "Thu vượt 2.000.000 đồng", "place": "Tổ 5"},
    {"title": "", "detail": " ", "place": ""},
    {"title": "Thiếu chứng từ"},
]


@pytest.fixture(autouse=True)
def papers(tmp_path, settings):
    settings.PAPERS_ROOT = tmp_path


@pytest.fixture
def written(bodies, system):
    def make(uid=None, by=system, photos=(), **more):
        given = {
            "board": bodies[0],
            "held_on": FOUND,
            "title": "Thu chi quỹ tổ 5",
            "place": "Nhà văn hóa",
            "participants": 4,
            "minutes": "Có mặt bốn người.",
            "noted": NOTED,
        }
        return actions.write_round(
            uid or uuid4(), by=by, photos=[promise(one) for one in photos], **{**given, **more}
        )

    return make


def promise(content):
    return hashlib.sha256(content).hexdigest(), "IMG_1.JPG", len(content)


def send(sheet, content, by, piece=50):
    """All of it, as a device does; how many pieces it took."""
    sent_hash, came, number = hashlib.sha256(content).hexdigest(), 0, 0
    while True:
        came, done = actions.receive_photo(
            sheet, sent_hash, came, content[came : came + piece], by=by
        )
        number += 1
        if done:
            return number


def test_a_round_is_a_draft_of_the_register_and_counts_when_it_is_confirmed(
    written, system, country
):
    sheet, asked = (
        written(point=("21.0285", "105.8542", "12")),
        (country.province.pk, Period.year(2025), NOW),
    )
    event = Event.objects.get()
    assert (event.uid, event.kind, event.form, event.state, event.participants, event.body_id) == (
        sheet.uid,
        "inspection_round",
        "",
        "draft",
        4,
        sheet.board_id,
    )
    assert (str(sheet.latitude), str(sheet.longitude), sheet.accuracy, len(sheet.noted)) == (
        "21.02850",
        "105.85420",
        12,
        2,
    )
    assert [
        figure(INDICATORS[key], *asked).value for key in ("pib_supervisions", "pib_violations")
    ] == [0, 0]
    actions.confirm_round(sheet, by=system)
    assert [
        figure(INDICATORS[key], *asked).value
        for key in ("pib_supervisions", "pib_violations", "investment_rounds")
    ] == [1, 2, 0]
    assert [
        (it.title, it.round_id, it.found_on, it.place) for it in Finding.objects.order_by("pk")
    ] == [("Thu quỹ sai mức", event.pk, FOUND, "Tổ 5"), ("Thiếu chứng từ", event.pk, FOUND, "")]
    for act in (actions.confirm_round, actions.discard_round):
        with pytest.raises(Refused):
            act(sheet, by=system)
    assert Finding.objects.count() == 2


def test_what_is_sent_again_is_there_once(written):
    uid = uuid4()
    first, again = written(uid), written(uid)
    assert (
        first.pk,
        Event.objects.count(),
        RoundSheet.objects.count(),
        Entry.objects.filter(act="round_sheet.written").count(),
    ) == (again.pk, 1, 1, 1)
    with pytest.raises(Conflict) as conflict:
        written(uid, title="Khác")
    assert (conflict.value.kind, conflict.value.other.pk) == ("changed", first.pk)


def test_who_did_not_write_it_does_not_send_under_its_uid(written, holder, country):
    uid, other = uuid4(), Actor.of(holder("inspection_member", country.here).account, NOW)
    written(uid)
    with pytest.raises(Refused, match="đã được dùng"):
        written(uid, by=other)


def test_a_draft_thrown_away_does_not_come_back_by_itself(written, system):
    uids = [uuid4(), uuid4()]
    actions.discard_round(written(uids[0]), by=system)
    written(uids[1])
    discard_draft(Event.objects.get(), by=system)  # by the general way of the register
    for uid in uids:
        with pytest.raises(Conflict) as conflict:
            written(uid)
        assert conflict.value.kind == "discarded"
    assert (
        Event.objects.count(),
        RoundSheet.objects.count(),
        RoundSheet.objects.kept().count(),
    ) == (0, 2, 0)


def test_a_plan_has_one_round_and_is_free_again_when_its_draft_is_thrown_away(
    written, bodies, system
):
    plan = actions.plan_round(
        by=system, board=bodies[0], span="quarter", title="Quỹ", planned_on=date(2025, 8, 11)
    )
    first = written(plan=plan)
    with pytest.raises(Conflict) as conflict:
        written(plan=plan, title="Khác")
    assert (conflict.value.kind, conflict.value.other.pk) == ("plan", first.pk)
    actions.discard_round(first, by=system)
    assert written(plan=plan, title="Khác").plan == plan
    actions.cancel_plan(
        other := actions.plan_round(
            by=system, board=bodies[0], span="year", title="x", planned_on=NOW
        ),
        by=system,
        on=NOW,
        reason="Thôi",
    )
    with pytest.raises(Refused):
        written(plan=other, title="Khác nữa")


def test_two_who_write_the_same_round_are_told_and_may_say_that_it_is_another(written):
    written(title="Thu chi quỹ tổ 5")
    with pytest.raises(Conflict) as conflict:
        written(title="thu chi quy To 5")
    assert conflict.value.kind == "alike"
    written(title="thu chi quy To 5", apart=True)
    written(title="thu chi quy To 5", held_on=date(2025, 8, 12))
    assert Event.objects.count() == 3


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"held_on": None}, "held_on"),
        ({"held_on": date(2999, 1, 1)}, "held_on"),
        ({"participants": -1}, "participants"),
        ({"participants": True}, "participants"),
        ({"minutes": "x" * 20_001}, "minutes"),
        ({"noted": [{"detail": "x"}]}, "noted"),
        ({"noted": [{"title": "x" * 181}]}, "noted"),
        ({"noted": [{"title": str(n)} for n in range(21)]}, "noted"),
        ({"noted": ["x"]}, "noted"),
        ({"point": ("91", "0", "1")}, "point"),
        ({"point": ("x", "0", "1")}, "point"),
        ({"point": ("NaN", "0", "1")}, "point"),
        ({"point": ("1", "2")}, "point"),
        ({"board": None}, "board"),
    ],
)
def test_a_round_that_cannot_be_is_refused_by_field_and_nothing_is_written(written, more, field):
    with pytest.raises(Refused) as refusal:
        written(**more)
    assert (refusal.value.field, Event.objects.count(), RoundSheet.objects.count()) == (field, 0, 0)


@pytest.mark.parametrize(
    "photo",
    [
        ("x", "a", 1),
        ("0" * 64, "a", 0),
        ("0" * 64, "a", True),
        ("0" * 64, "a", 10**9),
        (None, "a", 1),
    ],
)
def test_a_photo_that_cannot_be_promised_is_refused(bodies, system, photo):
    with pytest.raises(Refused) as refusal:
        actions.write_round(
            uuid4(), by=system, board=bodies[0], held_on=FOUND, title="x", photos=[photo]
        )
    assert refusal.value.field == "photos"


@pytest.mark.digested
def test_photos_arrive_piece_by_piece_are_checked_and_kept_without_their_metadata(written, system):
    photos = [jpeg(1), png(2)]
    sheet = written(photos=photos)
    assert [send(sheet, one, system) > 1 for one in photos] == [True, True]
    check_each_field("round_photo")
    attached = list(sheet.event.attachments.select_related("paper").order_by("pk"))
    assert [one.name for one in attached] == ["anh-01.jpg", "anh-02.png"]
    assert all(b"Tr\xe1\xba\xa7n" not in one.paper.path.read_bytes() for one in attached)
    assert [(one.paper_id is not None, bytes_received(one)) for one in sheet.photos.all()] == [
        (True, 0),
        (True, 0),
    ]
    assert actions.receive_photo(sheet, promise(photos[0])[0], 0, b"again", by=system) == (
        len(photos[0]),
        True,
    ), "told that it is there"
    assert sheet.event.attachments.count() == 2


def test_bytes_that_do_not_fit_are_not_taken_and_the_answer_says_where_to_go_on(written, system):
    content = jpeg(3)
    sheet, sent = written(photos=[content]), promise(content)[0]
    assert actions.receive_photo(sheet, sent, 0, content[:100], by=system) == (100, False)
    for offset, chunk in (
        (0, content[:100]),
        (200, content[200:300]),
        (50, content[50:]),
        (100, b""),
        (100, content[100:] + b"x"),
    ):
        assert actions.receive_photo(sheet, sent, offset, chunk, by=system) == (100, False)
    assert actions.receive_photo(sheet, sent, 100, content[100:], by=system) == (len(content), True)


def test_a_photo_spoilt_on_the_way_is_refused_and_begins_anew(written, system):
    content = jpeg(4)
    sheet, sent = written(photos=[content]), promise(content)[0]
    with pytest.raises(Refused, match="không còn nguyên vẹn"):
        actions.receive_photo(sheet, sent, 0, content[:-1] + b"x", by=system)
    assert (
        sheet.photos.get().paper,
        bytes_received(sheet.photos.get()),
        sheet.event.attachments.count(),
    ) == (None, 0, 0)
    send(sheet, content, system)
    assert sheet.event.attachments.count() == 1


def test_a_photo_may_come_after_the_round_was_confirmed_and_even_corrected(written, system):
    late, later = jpeg(5), jpeg(6)
    sheet = written(photos=[late, later])
    actions.confirm_round(sheet, by=system)
    send(sheet, late, system)
    corrected = correct_event(sheet.event, by=system, reason="Thiếu người dự", participants=5)
    send(sheet, later, system)
    assert (corrected.attachments.count(), sheet.event.attachments.count()) == (2, 1)


def test_what_was_not_promised_and_what_was_thrown_away_takes_no_photo(written, system):
    content = jpeg(7)
    sheet = written(photos=[content])
    with pytest.raises(Refused):
        send(sheet, jpeg(8), system)
    actions.receive_photo(sheet, promise(content)[0], 0, content[:50], by=system)
    actions.discard_round(sheet, by=system)
    assert bytes_received(sheet.photos.get()) == 0
    with pytest.raises(Refused, match="bị bỏ"):
        send(sheet, content, system)


def test_a_photo_that_will_not_come_is_awaited_no_longer(written, system):
    content = jpeg(9)
    sheet = written(photos=[content])
    actions.drop_photo(sheet, promise(content)[0], by=system)
    assert not RoundPhoto.objects.exists()
    with pytest.raises(Refused):
        actions.drop_photo(sheet, promise(content)[0], by=system)


def test_a_draft_may_be_changed_and_a_confirmed_round_not(written, system):
    sheet = written()
    changed = actions.edit_round(
        sheet,
        by=system,
        held_on=FOUND,
        title="Quỹ",
        place="UBND",
        participants=9,
        minutes="Sửa",
        noted=[{"title": "Một vụ"}],
    )
    assert (
        changed.title,
        changed.event.title,
        changed.event.participants,
        changed.noted[0]["title"],
    ) == ("Quỹ", "Quỹ", 9, "Một vụ")
    actions.confirm_round(sheet, by=system)
    with pytest.raises(Refused):
        actions.edit_round(sheet, by=system, held_on=FOUND, title="Khác")
    assert [it.title for it in Finding.objects.all()] == ["Một vụ"]


def test_a_project_is_supervised_by_its_rounds_as_they_stand_now(bodies, system, country):
    project = actions.register_project(
        by=system,
        unit=country.here,
        name="Đường ngõ 5",
        owner="UBND",
        capital="public",
        begun_on=FOUND,
    )
    board = actions.found_board(
        project, by=system, name="Ban GSĐT", on=FOUND, until=date(2027, 1, 1)
    ).board
    project.refresh_from_db()
    sheet = actions.write_round(
        uuid4(),
        by=system,
        board=board,
        held_on=date(2025, 12, 20),
        title="Mặt đường",
        project=project,
    )
    assert (sheet.event.form, counts(country, 2025)) == ("investment", (0, 0, 0))
    actions.confirm_round(sheet, by=system)
    sheet.event.refresh_from_db()
    assert counts(country, 2025) == (1, 1, 0)
    moved = correct_event(
        correct_event(sheet.event, by=system, reason="Nhầm", participants=3),
        by=system,
        reason="Nhầm ngày",
        held_on=date(2026, 1, 9),
    )
    assert (counts(country, 2025), counts(country, 2026)) == ((0, 0, 0), (1, 1, 0))
    withdraw_event(moved, by=system, reason="Không có")
    assert counts(country, 2026) == (0, 0, 0)


def counts(country, year):
    asked = country.province.pk, Period.year(year), NOW
    return tuple(
        figure(INDICATORS[key], *asked).value
        for key in ("investment_projects", "investment_rounds", "pib_supervisions")
    )


# Who may do each act at the own commune and nowhere else, written out apart from office_kinds.toml.
WRITES, CONFIRMS = (
    {"inspection_member", "inspection_head", "committee_chair", "operator"},
    {"inspection_head", "committee_chair", "operator"},
)
BY_OFFICE = {
    "write": WRITES,
    "photo": WRITES,
    "drop": WRITES,
    "edit": WRITES,
    "discard": WRITES,
    "confirm": CONFIRMS,
}


def test_each_act_on_a_round_is_done_by_whom_the_table_names(
    written, country, system, otherwise_done
):
    content = jpeg(10)
    sheet, sent = written(photos=[content]), promise(content)[0]
    acts = {
        "write": lambda by: written(by=by, title="Cuộc mới"),
        "photo": lambda by: actions.receive_photo(sheet, sent, 0, content[:10], by=by),
        "drop": lambda by: actions.drop_photo(sheet, sent, by=by),
        "edit": lambda by: actions.edit_round(sheet, by=by, held_on=FOUND, title="x"),
        "discard": lambda by: actions.discard_round(sheet, by=by),
        "confirm": lambda by: actions.confirm_round(sheet, by=by),
    }
    assert otherwise_done(acts, BY_OFFICE) == []


@long
@settings(
    max_examples=size(12, 100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 900), st.integers(0, 400)), max_size=25),
    st.booleans(),
)
def test_whatever_pieces_come_in_whatever_order_the_photos_are_whole_or_not_there(
    written, system, pieces, finishes
):
    photos = [jpeg(11), png(12)]
    with transaction.atomic():
        sheet = written(uuid4(), photos=photos, apart=True)
        for which, offset, length in pieces:
            actions.receive_photo(
                sheet,
                promise(photos[which])[0],
                offset,
                photos[which][offset : offset + length],
                by=system,
            )
        if finishes:
            for content in photos:
                came, done = actions.receive_photo(sheet, promise(content)[0], -1, b"", by=system)
                if not done:
                    assert actions.receive_photo(
                        sheet, promise(content)[0], came, content[came:], by=system
                    ) == (len(content), True)
            assert sheet.event.attachments.count() == 2
        else:
            assert sheet.event.attachments.count() == sheet.photos.exclude(paper=None).count()
        transaction.set_rollback(True)
