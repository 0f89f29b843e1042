"""Invitations are sent: once each, to the right person, with a code that is stored nowhere."""

import re
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from danchu.conference.access.codes import personal_code
from danchu.conference.actions import (
    conferences,
    delegates,
    inviting,
    passes,
    points,
    registration,
)
from danchu.conference.models import Delegate
from danchu.conference.writes.letters import with_letters
from danchu.conference.writes.seats import write_delegates
from danchu.journal.models import Entry
from danchu.kernel.refusals import Denied, Refused
from danchu.notices.actions import tell_people
from danchu.notices.adapters import NotSent
from danchu.notices.models import Notice
from danchu.notices.sending import send_waiting
from danchu.people.actor import Actor
from tests.casework.test_two_at_once import together
from tests.conference.conftest import STARTS
from tests.sizes import long, size

DOOR = "https://vidu.vn/h/"


class Kept:
    """An adapter that records what was sent to whom."""

    sent = []

    def send(self, channel, target, letter):
        if target == "0900000000":
            raise NotSent("hỏng")
        self.sent.append((channel, target, letter))


@pytest.fixture(autouse=True)
def sent(settings):
    """All letters that are sent in a test."""
    settings.NOTICE_ADAPTERS = dict.fromkeys(("email", "sms", "zalo"), f"{__name__}.Kept")
    Kept.sent = []
    return Kept.sent


@pytest.fixture
def invite(convened, system):
    """Add a delegate with a contact."""
    return lambda contact="a@vidu.vn", name="Lê Tám", **more: delegates.add_delegate(
        convened, by=system, name=name, contact=contact, **more
    )


def letter(delegate):
    return with_letters(Delegate.objects.all()).get(pk=delegate.pk).letter


def code(delegate):
    return personal_code(delegate.uid, Delegate.objects.get(pk=delegate.pk).pass_in.issue)


def tables_with(pattern):
    """The tables of which a row contains the words, in any column."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT 1 FROM "{table}" AS it WHERE it::text ~* %s LIMIT 1', [pattern])
            found += [table] if cursor.fetchone() else []
    return found


def go(conference, by, **more):
    return inviting.send_invitations(conference, by=by, entry_url=DOOR, **more)


def test_each_who_comes_and_has_an_address_is_written_once_with_his_own_code(
    convened, invite, system, sent
):
    point = convened.points.order_by("position").first()
    first, second, silent, absent = (
        invite(point=point),
        invite("0912 345 678"),
        invite(""),
        invite("c@vidu.vn"),
    )
    registration.cancel_registration(absent, by=system)
    assert go(convened, system) == 2 and go(convened, system) == 0
    assert [letter(it) for it in (first, silent, absent)] == ["waiting", "none", "unsent"]
    assert send_waiting(by=system) == (2, 0) and go(convened, system) == 0
    by_mail, by_sms = sent
    assert by_mail[:2] == ("email", "a@vidu.vn") and by_sms[:2] == ("sms", "0912345678")
    for part in (
        "Hội nghị quán triệt Luật",
        "08:00 ngày 20/03/2026",
        "Điểm cầu 1",
        f"{DOOR}{code(first)}/",
        f"mã {code(first)}",
    ):
        assert part in by_mail[2].text
    assert code(second) in by_sms[2].text and by_mail[2].title.startswith(
        "Giấy mời: Hội nghị quán triệt Luật"
    )
    assert letter(first) == "sent"
    told = Entry.objects.filter(act="conference.invitations_sent").order_by("number").first()
    assert told.data == {"number": 2} and "Lê Tám" not in str(
        list(Entry.objects.values_list("data", flat=True))
    )


def test_an_invitation_by_telephone_goes_by_the_channel_of_the_settings(
    convened, invite, system, sent, settings
):
    settings.NOTICE_PHONE_CHANNEL = "zalo"
    invite("0912345678")
    go(convened, system)
    send_waiting(by=system)
    assert sent[0][0] == "zalo"


def test_no_code_rests_in_the_database_or_in_a_log(convened, invite, system, settings, caplog):
    settings.NOTICE_ADAPTERS = {
        "email": "danchu.notices.adapters.Console",
        "sms": "danchu.notices.adapters.Email",
    }
    one, two = invite(), invite("0912345678")
    for step in (lambda: go(convened, system), lambda: send_waiting(by=system)):
        step()
        assert tables_with(f"{code(one)}|{code(two)}") == [] and tables_with(
            "trân trọng kính mời"
        ) == ["notices_notice"]
    assert (
        "trân trọng kính mời" in caplog.text
        and code(one) not in caplog.text
        and "Lê Tám" not in caplog.text
    )
    assert code(two) in mail.outbox[0].body and mail.outbox[0].subject.startswith("Giấy mời")


def test_another_code_another_address_or_another_point_is_sent_again_and_what_waited_is_not(
    convened, invite, system, sent
):
    one = invite()
    go(convened, system)
    passes.renew_pass(one.pass_in, by=system)
    assert letter(one) == "unsent" and go(convened, system) == 1
    assert (
        send_waiting(by=system) == (1, 0)
        and code(one) in sent[0][2].text
        and personal_code(one.uid, 1) not in sent[0][2].text
    )
    delegates.edit_delegate(one, by=system, name="Lê Tám", contact="b@vidu.vn", point=None)
    assert go(convened, system) == 1
    delegates.edit_delegate(
        one, by=system, name="Lê Tám", contact="b@vidu.vn", point=convened.points.first()
    )
    assert send_waiting(by=system) == (0, 0) and len(sent) == 1 and go(convened, system) == 1
    delegates.edit_delegate(
        one, by=system, name="Lê Tám Chín", contact="b@vidu.vn", point=convened.points.first()
    )
    assert send_waiting(by=system) == (1, 0) and sent[1][1] == "b@vidu.vn"
    assert not Notice.objects.exclude(target="").exists()


def test_who_cancels_while_it_waits_is_not_written_and_who_comes_back_is(
    convened, invite, system, sent
):
    one = invite()
    go(convened, system)
    registration.cancel_registration(one, by=system)
    assert send_waiting(by=system) == (0, 0) and not sent
    assert Notice.objects.get().state == "failed" and go(convened, system) == 0
    registration.reinstate_delegate(one, by=system)
    assert go(convened, system) == 1 and send_waiting(by=system) == (1, 0)


def test_one_that_was_sent_is_sent_again_when_asked_for_by_name(convened, invite, system, sent):
    one, silent = invite(), invite("")
    again = lambda it: inviting.send_invitation_again(it, by=system, entry_url=DOOR)  # noqa: E731
    assert again(one) == one
    with pytest.raises(Refused, match="đang chờ gửi"):
        again(one)
    send_waiting(by=system)
    assert again(one) == one and send_waiting(by=system) == (1, 0) and len(sent) == 2
    with pytest.raises(Refused, match="Chưa có số điện thoại"):
        again(silent)
    registration.cancel_registration(one, by=system)
    with pytest.raises(Refused, match="người sẽ dự"):
        again(one)


def test_nobody_is_invited_to_what_is_not_convened_or_over(conference, system):
    with pytest.raises(Refused, match="Hãy triệu tập"):
        go(conference, system)
    conferences.cancel_conference(conference, by=system, reason="Bão")
    with pytest.raises(Refused, match="Không tổ chức"):
        go(conference, system)
    with pytest.raises(Denied):
        tell_people([], by=Actor.public())


def test_everybody_hears_that_the_conference_moved_and_whose_invitation_waits_is_invited_anew(
    convened, invite, system, sent
):
    told, waits, never = invite("a@vidu.vn"), invite("b@vidu.vn"), invite("c@vidu.vn")
    go(convened, system, delegates=Delegate.objects.filter(pk=told.pk))
    send_waiting(by=system)
    go(convened, system, delegates=Delegate.objects.filter(pk=waits.pk))
    conferences.edit_conference(convened, by=system, title="Hội nghị")
    conferences.edit_conference(convened, by=system, starts_at=STARTS + timedelta(hours=6))
    del sent[:]
    assert send_waiting(by=system) == (3, 0)
    texts = {target: letter.text for _channel, target, letter in sent}
    assert (
        "đổi giờ" in texts["a@vidu.vn"]
        and "Mã trên giấy mời" in texts["a@vidu.vn"]
        and "đổi giờ" in texts["c@vidu.vn"]
        and "giấy mời" not in texts["c@vidu.vn"]
        and "kính mời" in texts["b@vidu.vn"]
        and all("14:00" in text for text in texts.values())
    )
    assert code(told) not in texts["a@vidu.vn"] and letter(never) == "unsent"


def test_who_was_invited_hears_that_it_is_called_off_and_nothing_else_is_sent(
    convened, invite, system, sent
):
    told, waits, gone = invite("a@vidu.vn"), invite("b@vidu.vn"), invite("c@vidu.vn")
    go(convened, system, delegates=Delegate.objects.filter(pk__in=[told.pk, gone.pk]))
    send_waiting(by=system)
    registration.cancel_registration(gone, by=system)
    go(convened, system, delegates=Delegate.objects.filter(pk=waits.pk))
    conferences.edit_conference(convened, by=system, starts_at=STARTS + timedelta(hours=6))
    conferences.cancel_conference(convened, by=system, reason="Bão")
    del sent[:]
    assert send_waiting(by=system) == (1, 0)
    assert (
        sent[0][1] == "a@vidu.vn"
        and "không tổ chức" in sent[0][2].text
        and sent[0][2].title.startswith("Không tổ chức")
    )
    assert not Notice.objects.filter(state="waiting").exists()


@pytest.mark.case("FA22")
def test_who_registered_himself_hears_that_it_moved_and_that_it_is_off(convened, system, sent):
    convened = conferences.edit_conference(convened, by=system, capacity=3)
    rows = [
        registration.register_delegate(
            convened, by=system, code="", name=f"Người {number}", contact=f"091200000{number}"
        )[0]
        for number in range(7)
    ]
    assert [row.state for row in rows] == ["registered"] * 3 + ["waiting"] * 4
    registration.cancel_registration(rows[6], by=system)
    conferences.edit_conference(convened, by=system, starts_at=STARTS + timedelta(hours=6))
    assert send_waiting(by=system) == (6, 0)
    texts = {target: letter.text for _channel, target, letter in sent}
    assert all("14:00" in text and "giấy mời" not in text for text in texts.values())
    assert "đang chờ có chỗ" in texts["0912000005"] and "đang chờ" not in texts["0912000000"]
    del sent[:]
    conferences.cancel_conference(convened, by=system, reason="Bão")
    assert send_waiting(by=system) == (6, 0)
    assert {target for _channel, target, _letter in sent} == set(texts)
    assert all("không tổ chức" in letter.text for _channel, _target, letter in sent)


@pytest.mark.case("FA22")
def test_who_counts_on_coming_hears_that_the_room_is_another_one(convened, system, sent):
    point, other = convened.points.order_by("pk")[:2]
    for number, at in enumerate((point, point, other)):
        registration.register_delegate(
            convened,
            by=system,
            code="",
            name=f"Người {number}",
            contact=f"a{number}@vn.vn",
            point=at,
        )
    points.edit_point(point, by=system, technician="Lê Chín")
    assert send_waiting(by=system) == (0, 0), "nothing that they must know"
    points.edit_point(point, by=system, room="Phòng 305")
    assert send_waiting(by=system) == (2, 0)
    assert {target for _channel, target, _letter in sent} == {"a0@vn.vn", "a1@vn.vn"}
    assert all("Phòng 305" in letter.text and "Đổi phòng" in letter.title for *_, letter in sent)


@pytest.mark.case("FA22")
def test_nobody_hears_that_a_conference_is_off_of_which_nobody_was_told(conference, system, sent):
    delegates.add_delegate(conference, by=system, name="Lê Tám", contact="a@vidu.vn")
    conferences.cancel_conference(conference, by=system, reason="Bão")
    assert send_waiting(by=system) == (0, 0) and not sent


def test_what_cannot_be_sent_is_tried_and_then_told_and_sent_anew_when_pressed(
    convened, invite, system
):
    one = invite("0900000000")
    go(convened, system)
    for _ in range(5):
        assert send_waiting(by=system) == (0, 1)
    assert letter(one) == "failed" and go(convened, system) == 1 and letter(one) == "waiting"


def many(conference, number, system):
    rows = [
        Delegate(uid=uuid4(), name=f"Đại biểu {n}", search=f"dai bieu {n}", contact=f"09{n:08}")
        for n in range(number)
    ]
    write_delegates(conference, rows, system)


@pytest.mark.parametrize("number", [1, 3])
def test_many_cost_as_many_questions_as_one(convened, system, number):
    many(convened, number, system)
    with CaptureQueriesContext(connection) as asked:
        assert go(convened, system) == number
    assert len(asked) == 18, "\n".join(it["sql"][:150] for it in asked)


def statistics_from_before(*tables):
    """The statistics of an ANALYZE that ran before the rows were committed: pages, but no row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_class SET reltuples = 0, relpages = pg_relation_size(oid) / 8192 "
            "WHERE relname = ANY(%s)",
            [list(tables)],
        )


@long
def test_thousands_are_queued_in_seconds_whatever_statistics_say(convened, system):
    number = size(5_000, 20_000)
    many(convened, number, system)
    statistics_from_before("conference_delegate", "conference_pass", "notices_notice")
    began = time.perf_counter()
    assert go(convened, system) == number
    took = time.perf_counter() - began
    print(f"{number} invitations queued in {took:.1f} s")
    assert took < 60
    queued = Notice.objects.filter(subject_kind="invitation").values_list("subject", flat=True)
    assert len(set(queued)) == number


def test_an_act_that_dies_half_way_leaves_nothing_behind(convened, invite, system):
    one = invite()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        go(convened, system)
        raise ZeroDivisionError
    assert letter(one) == "unsent" and not Notice.objects.exists() and go(convened, system) == 1


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_write_to_each_delegate_once(convened, invite, system, at):
    for n in range(5):
        invite(f"a{n}@vidu.vn")
    officers = [at("commune_clerk", name=f"Công chức {n}") for n in range(2)]
    assert together(*[lambda by=by: go(convened, by) for by in officers]) == [None, None]
    assert Notice.objects.filter(subject_kind="invitation").count() == 5
    together(*[lambda: send_waiting(by=system) for _ in range(2)])
    assert sorted(target for _channel, target, _letter in Kept.sent) == [
        f"a{n}@vidu.vn" for n in range(5)
    ]


def test_what_waits_names_nobody_and_has_no_code(convened, invite, system):
    invite()
    go(convened, system)
    text = Notice.objects.get().text
    assert "Lê Tám" not in text and not re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", text)
