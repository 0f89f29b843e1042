"""The mail of a working day: how much waits, once, to who wants it, without a word of what."""

from datetime import UTC, date, datetime

import pytest
from django.core import mail

from danchu.desk import tasks
from danchu.desk.digests import digest_of, write_digests
from danchu.kernel import days
from danchu.kernel.refusals import Denied
from danchu.notices.actions import queue_digests, tell_holders, want_digest
from danchu.notices.models import Notice
from danchu.notices.sending import send_all
from danchu.people.actor import Actor
from danchu.register.actions import draft_event
from tests.desk.conftest import BY

MONDAY, SUNDAY = date(2026, 3, 16), date(2026, 3, 15)
SECRET = "Ông Trần Văn Kín"


@pytest.fixture
def drafts(officials):
    for number in range(3):
        draft_event(
            "dialogue",
            by=BY,
            unit=officials.ward,
            held_on=date(2026, 3, 3),
            title=f"Đối thoại với {SECRET} lần {number}",
        )


def texts():
    rows = Notice.objects.filter(channel="email").order_by("pk")
    return {row.target: row.text for row in rows}


def test_the_chair_reads_how_much_waits_and_never_what(officials, drafts):
    assert write_digests(by=BY, on=MONDAY) == len(texts())
    text = texts()[officials.chair.email]
    assert "3 việc chờ ông/bà" in text and "/desk/" in text
    assert SECRET not in str(texts()) and "Đối thoại" not in str(texts())
    assert officials.neighbour.email not in texts()


def test_who_has_nothing_waiting_gets_nothing(officials):
    assert digest_of(officials.clerk, MONDAY) == ""
    assert write_digests(by=BY, on=MONDAY) == 0


def test_notices_that_were_not_read_count(officials):
    told = tell_holders("confirm", "dialogue", officials.ward, "Việc mới", by=BY)
    assert told
    assert "1 thông báo chưa đọc" in digest_of(officials.chair, MONDAY)


def test_a_day_has_one_mail_however_often_the_job_runs(officials, drafts, monkeypatch):
    monkeypatch.setattr("danchu.desk.digests.BATCH", 1)
    assert write_digests(by=BY, on=MONDAY) > 0
    assert write_digests(by=BY, on=MONDAY) == 0
    assert write_digests(by=BY, on=date(2026, 3, 17)) > 0


@pytest.mark.case("FA4")
@pytest.mark.parametrize("batch", [1, 50])
def test_one_desk_that_cannot_be_counted_keeps_no_other_mail_back(
    officials, drafts, monkeypatch, batch
):
    monkeypatch.setattr("danchu.desk.digests.BATCH", batch)

    def fails_for_one(account, on):
        if account == officials.chair:
            raise RuntimeError
        return "1 việc"

    monkeypatch.setattr("danchu.desk.digests.digest_of", fails_for_one)
    with pytest.raises(RuntimeError):  # the job says so, and is tried again
        write_digests(by=BY, on=MONDAY)
    first = texts()
    assert len(first) > 3 and officials.chair.email not in first
    monkeypatch.setattr("danchu.desk.digests.digest_of", lambda account, on: "2 việc")
    write_digests(by=BY, on=MONDAY)
    assert texts() == first | {officials.chair.email: "2 việc"}


def test_days_off_and_the_night_have_no_mail(officials, drafts, monkeypatch):
    assert write_digests(by=BY, on=SUNDAY) == 0
    for instant, is_written in (
        (datetime(2026, 3, 15, 23, 30, tzinfo=UTC), False),  # 06:30 on Monday in Vietnam
        (datetime(2026, 3, 16, 0, 30, tzinfo=UTC), True),
    ):
        monkeypatch.setattr(days, "read_clock", lambda instant=instant: instant)
        tasks.write_daily(0)
        assert bool(texts()) == is_written


def test_who_does_not_want_the_mail_says_so_on_the_page_of_notices(client, officials, drafts):
    client.force_login(officials.chair)
    assert "Thôi nhận thư" in client.get("/desk/notices/").content.decode()
    answer = client.post("/desk/notices/", {"wanted": "no"}, follow=True)
    assert "Nhận thư hằng ngày" in answer.content.decode()
    write_digests(by=BY, on=MONDAY)
    assert officials.chair.email not in texts()
    client.post("/desk/notices/", {"wanted": "yes"})
    write_digests(by=BY, on=date(2026, 3, 17))
    assert officials.chair.email in texts()


def test_nobody_writes_to_others_or_for_the_public(officials):
    for actor in (Actor.of(officials.head), Actor.public()):
        with pytest.raises(Denied):
            queue_digests({officials.chair.pk: "x"}, by=actor, on=MONDAY)
    with pytest.raises(Denied):
        want_digest(False, by=Actor.public())


def test_the_mail_that_arrives_has_its_subject_and_forgets_the_address(officials, drafts, settings):
    settings.NOTICE_ADAPTERS = {
        **settings.NOTICE_ADAPTERS,
        "email": "danchu.notices.adapters.Email",
    }
    number = write_digests(by=BY, on=MONDAY)
    send_all(by=BY)
    assert len(mail.outbox) == number
    assert {message.subject for message in mail.outbox} == {"Dân Chủ: việc ở bàn làm việc"}
    assert [officials.chair.email] in [message.to for message in mail.outbox]
    assert not Notice.objects.filter(channel="email").exclude(target="").exists()
