"""Places at reception days are booked without an account: never more than there are, by nobody
twice, told when the day changes, one visit from each, and forgotten afterwards.
"""

import re
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from danchu.casework import tasks
from danchu.casework.access.rate_limits import MOST
from danchu.casework.actions import (
    book_place,
    cancel_booking,
    change_booking,
    change_reception_day,
    close_reception_day,
    forget_bookings,
    note_absence,
    note_arrival,
    plan_reception_day,
    receive_visitor,
    seal_visit,
)
from danchu.casework.models import Booking, Visit
from danchu.casework.writes.bookings import forget_person
from danchu.desk import inbox
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Denied, Refused
from danchu.notices.models import Notice
from danchu.people.actor import Actor
from danchu.people.models import Account
from danchu.units.models import Standing

PUBLIC = Actor.public()
WHO = {"name": "Trần Thị Bưởi", "phone": "0912345678", "matter": "Hỏi về hè phố ngõ 5"}


@pytest.fixture
def planned(law, system, country):
    def make(in_days=10, **more):
        given = {
            "unit": country.here,
            "office": "Chủ tịch UBND",
            "on": today() + timedelta(days=in_days),
            "form": "periodic",
            "room": "Phòng tiếp công dân",
            "hours": "8 giờ",
            "places": 2,
            **more,
        }
        return plan_reception_day(by=system, **given)

    return make


def booked(day, number=0, **more):
    who = {**WHO, "phone": f"09123456{number:02}", **more}
    return book_place(day, by=PUBLIC, **who)


@pytest.fixture
def at_hand(planned, system):
    """A booking on its day: planned for today, until the day itself."""
    day = planned(in_days=0, book_before=0)
    return booked(day)[0]


def test_no_more_are_booked_than_there_are_places_and_a_place_given_back_is_free(planned):
    day = planned()
    (first, secret), (second, _secret) = booked(day, 1), booked(day, 2)
    assert (first.place, second.place) == (1, 2)
    with pytest.raises(Refused) as refusal:
        booked(day, 3)
    assert refusal.value.field == "day" and "hết chỗ" in str(refusal.value)
    cancel_booking(first, by=PUBLIC, secret=secret)
    assert booked(day, 3)[0].place == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_book_the_last_places_at_once_only_as_many_get_one(planned):
    day, ended = planned(places=3), []

    def run(number):
        try:
            booked(day, number)
            ended.append("booked")
        except Refused as refusal:
            ended.append(refusal.field)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["booked"] * 3 + ["day"] * 5
    assert sorted(day.bookings.values_list("place", flat=True)) == [1, 2, 3]


def test_the_database_gives_one_place_to_one_booking_whatever_writes_it(planned):
    day = planned()
    first, second = booked(day, 1)[0], booked(day, 2)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=second.pk).update(place=first.place)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, "name"),
        ({"phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"phone": "", "email": "x"}, "email"),
        ({"notify_by": "email"}, "email"),
        ({"matter": ""}, "matter"),
        ({"matter": "a" * 201}, "matter"),
    ],
)
def test_what_is_missing_is_refused_by_field(planned, more, field):
    with pytest.raises(Refused) as refusal:
        book_place(planned(), by=PUBLIC, **{**WHO, **more})
    assert field in {one.field for one in refusal.value.every} and not Booking.objects.exists()


def test_a_day_is_booked_until_the_office_says_and_not_where_it_offers_no_place(planned):
    for day in (planned(in_days=2, book_before=3), planned(places=0), planned(in_days=11)):
        if day.on == today() + timedelta(days=11):
            day = close_reception_day(day, by=Actor.system("test"), was_held=False, reason="Họp")
        with pytest.raises(Refused) as refusal:
            booked(day)
        assert refusal.value.field == "day"
    assert booked(planned(in_days=3, book_before=3))[0].place == 1


@pytest.mark.case("FA21")
def test_nobody_books_a_day_twice(planned):
    day = planned()
    first = {**WHO, "phone": "0912345601", "email": "an@vidu.vn"}
    book_place(day, by=PUBLIC, **first)
    for way, typed in (("phone", "+84 912.345.601"), ("email", "AN@Vidu.VN")):
        with pytest.raises(Refused) as refusal:
            book_place(day, by=PUBLIC, **{**first, "phone": "", "email": "", way: typed})
        assert refusal.value.field == way


def test_a_booking_is_changed_and_cancelled_by_its_secret_only(planned, at):
    day, other = planned(), planned(in_days=20, places=1)
    booking, secret = booked(day)
    for act in (
        lambda: change_booking(booking, by=PUBLIC, day=other, secret="SAI"),
        lambda: cancel_booking(booking, by=PUBLIC, secret=""),
        lambda: cancel_booking(booking, by=at("front_clerk")),
    ):
        with pytest.raises(Denied):
            act()
    changed = change_booking(booking, by=PUBLIC, day=other, secret=secret)
    assert (changed.day_id, changed.on, changed.place) == (other.pk, other.on, 1)
    with pytest.raises(Refused):
        change_booking(booked(day, 1)[0], by=at("petition_officer"), day=other)
    cancelled = cancel_booking(changed, by=PUBLIC, secret=secret)
    assert (cancelled.state, cancelled.place, cancelled.name) == ("cancelled", None, "")
    with pytest.raises(Refused):
        cancel_booking(cancelled, by=PUBLIC, secret=secret)


def test_who_booked_is_told_once_when_the_day_moves_and_when_it_is_called_off(planned, system):
    day = planned()
    booking, _secret = booked(day, 1, email="buoi@vidu.vn", notify_by="email")
    booked(day, 2)
    same = {"room": day.room, "hours": day.hours}
    change_reception_day(day, by=system, on=day.on, places=5, **same)
    assert not Notice.objects.filter(text__contains=booking.code).exists()
    moved = change_reception_day(day, by=system, on=day.on + timedelta(days=1), places=5, **same)
    notice = Notice.objects.get(text__contains=booking.code)
    assert notice.target == "buoi@vidu.vn" and show_day(moved.on) in notice.text
    assert "Bưởi" not in notice.text
    assert set(day.bookings.values_list("on", flat=True)) == {moved.on}
    close_reception_day(moved, by=system, was_held=False, reason="Lũ")
    assert Notice.objects.filter(text__contains=booking.code).count() == 2
    close_reception_day(moved, by=system, was_held=False, reason="Lũ lớn")
    assert Notice.objects.filter(text__contains=booking.code).count() == 2


def test_places_that_are_taken_are_not_taken_away(planned, system):
    day = planned()
    booked(day, 1), booked(day, 2)
    same = {"room": day.room, "hours": day.hours, "on": day.on}
    with pytest.raises(Refused) as refusal:
        change_reception_day(day, by=system, places=1, **same)
    assert refusal.value.field == "places"
    with pytest.raises(Refused) as refusal:
        change_reception_day(day, by=system, places=2, **{**same, "on": today() - timedelta(1)})
    assert refusal.value.field == "on"


def visit_of(booking, by, **more):
    line = {
        "unit": booking.unit,
        "received_on": booking.on,
        "form": "periodic",
        "name": booking.name,
        "content": booking.matter,
        "nature": "feedback",
        **more,
    }
    return receive_visitor(by=by, booking=booking, **line)


def test_a_visit_begins_from_a_booking_once_and_each_knows_the_other(at_hand, system):
    note_absence(at_hand, by=system)
    note_arrival(at_hand, by=system)
    visit = visit_of(at_hand, system)
    at_hand.refresh_from_db()
    assert (at_hand.state, at_hand.visit, visit.booking, visit.day) == (
        "came",
        visit,
        at_hand,
        at_hand.day,
    )
    for again in (lambda: visit_of(at_hand, system), lambda: note_absence(at_hand, by=system)):
        with pytest.raises(Refused):
            again()
    assert Visit.objects.count() == 1


def test_a_visit_is_of_the_place_and_the_day_that_were_booked(at_hand, system, country):
    for more in ({"unit": country.next_door}, {"received_on": today() - timedelta(days=1)}):
        with pytest.raises(Refused) as refusal:
            visit_of(at_hand, system, **more)
        assert refusal.value.field == "received_on"
    visit = visit_of(at_hand, system, form="ad_hoc")
    assert (visit.booking, visit.day) == (at_hand, None), "it was not received on that day's list"


def test_a_booking_that_is_sent_again_is_one_booking(planned):
    day, once = planned(), uuid4()
    booked(day, 1, once=once)
    with pytest.raises(Refused) as refusal:
        booked(day, 1, once=once)
    assert refusal.value.field == "once" and Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"places": -1}, "places"),
        ({"places": True}, "places"),
        ({"places": "2"}, "places"),
        ({"book_before": 10_000}, "book_before"),
        ({"room": ""}, "room"),
        ({"hours": "8" * 41}, "room"),
    ],
)
def test_a_day_offers_a_number_of_places_somewhere(planned, changes, field):
    with pytest.raises(Refused) as refusal:
        planned(**changes)
    assert refusal.value.field == field


def test_a_day_is_not_moved_onto_another_of_the_same_office(planned, system):
    day, other = planned(in_days=10), planned(in_days=11)
    values = {"on": other.on, "hours": day.hours, "room": day.room}
    with pytest.raises(Refused, match="đã có") as refusal:
        change_reception_day(day, by=system, **values)
    assert refusal.value.field == "on"


def test_nobody_came_before_the_day(planned, system):
    booking, _secret = booked(planned())
    for act in (note_arrival, note_absence, lambda one, by: visit_of(one, by)):
        with pytest.raises(Refused):
            act(booking, by=system)


def test_who_denounces_stays_in_no_booking(at_hand, system):
    visit_of(at_hand, system, nature="denunciation", content="Có việc thu sai")
    at_hand.refresh_from_db()
    assert (at_hand.name, at_hand.phone, at_hand.matter) == ("", "", "")


def test_a_visit_that_turns_out_to_denounce_takes_the_person_out_of_its_booking(at_hand, system):
    visit = visit_of(at_hand, system)
    seal_visit(visit, by=system, content="Có việc thu sai")
    at_hand.refresh_from_db()
    assert at_hand.name == "" and at_hand.forgotten_at


def test_who_booked_is_forgotten_thirty_days_after_the_day_and_not_before(planned, system):
    booking, _secret = booked(planned())
    assert forget_bookings(by=system, on=booking.on + timedelta(days=30)) == 0
    assert forget_bookings(by=system, on=booking.on + timedelta(days=31)) == 1
    booking.refresh_from_db()
    assert (booking.name, booking.phone, booking.matter, booking.place) == ("", "", "", 1)
    assert forget_bookings(by=system, on=booking.on + timedelta(days=31)) == 0
    with pytest.raises(Denied):
        forget_bookings(by=PUBLIC)


def test_only_who_keeps_the_book_writes_of_bookings(planned, at, offices):
    booking, _secret = booked(planned())
    may = {office for office in offices if _may(booking, at(office))}
    assert may == {"commune_clerk", "petition_officer", "committee_chair"}


def _may(booking, by):
    """Whether the actor is refused for the day only; the right is asked first."""
    answers = set()
    day = booking.day
    for act in (
        lambda: note_arrival(booking, by=by),
        lambda: note_absence(booking, by=by),
        lambda: visit_of(booking, by),
        lambda: change_reception_day(day, by=by, on=day.on, room="", hours=""),
        lambda: change_booking(booking, by=by, day=day),
    ):
        with pytest.raises((Denied, Refused)) as fault:
            act()
        answers.add(fault.type)
    assert len(answers) == 1
    return answers == {Refused}


def typed(**more):
    return {**WHO, "uid": str(uuid4()), "website": "", "email": "", "notify_by": "", **more}


def secret_in(page):
    return re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", page)[0]


def test_from_the_page_of_ones_own_place_to_a_visit_in_the_register(
    planned, at, client, country, settings
):
    settings.DEMO = True
    Standing.objects.filter(unit=country.here).update(code="00008")
    day, later = planned(in_days=0, book_before=0), planned(in_days=9)
    client.cookies["place"] = str(day.unit_id)
    page = client.get("/reception/").content.decode()
    address = f"/reception/days/{day.uid}/"
    assert address in page and f"/reception/days/{later.uid}/" in page
    page = client.get(address).content.decode()
    assert "/petitions/send/denunciation/" in page
    sent = typed()
    page = client.post(address, sent).content.decode()
    booking, secret = Booking.objects.get(), secret_in(page)
    assert booking.code in page and secret == secret_in(client.post(address, sent).content.decode())
    known = {"code": booking.code, "secret": secret}
    page = client.post("/reception/bookings/", known).content.decode()
    assert WHO["matter"] in page and WHO["name"] not in page and WHO["phone"] not in page
    for act, target in (({"act": "change", "day": later.uid}, later), ({"act": "x"}, later)):
        answer = client.post("/reception/bookings/", {**known, **act})
        assert Booking.objects.get().day == target
    assert answer.status_code == 400
    client.post("/reception/bookings/", {**known, "act": "change", "day": day.uid})
    client.force_login(Account.objects.get(pk=at("commune_clerk").account_id))
    page = client.get("/desk/bookings/").content.decode()
    assert booking.code in page and WHO["name"] in page
    page = client.get(f"/desk/bookings/{booking.uid}/").content.decode()
    begin = f"/desk/reception/new/?booking={booking.uid}"
    assert begin in page
    form = client.get(begin).context["form"]
    first = {name: field.initial for name, field in form.fields.items()} | form.initial
    sent = {name: value or "" for name, value in first.items()}
    refused = client.post(begin, {**sent, "booking": uuid4()})
    assert refused.status_code == 400 and not Visit.objects.exists()
    assert "booking" in refused.context["form"].errors
    answer = client.post(begin, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    visit = Visit.objects.get()
    assert (visit.name, visit.content, visit.booking) == (WHO["name"], WHO["matter"], booking)
    assert booking.code in client.get(answer.url).content.decode()


def test_a_wrong_secret_and_too_many_of_them_show_nothing(planned, client, settings):
    booking, secret = booked(planned())
    settings.RATE_TIMES = 1
    wrong = {"code": booking.code, "secret": "BCFG-HJKM-NPQR-STVX"}
    for _time in range(MOST["follow"]):
        answer = client.post("/reception/bookings/", wrong)
        assert answer.status_code == 400 and WHO["matter"] not in answer.content.decode()
    assert client.post("/reception/bookings/", wrong).status_code == 429
    right = {"code": booking.code.lower(), "secret": secret}
    assert client.post("/reception/bookings/", right).status_code == 200


def test_who_calls_gets_a_place_at_the_desk_with_codes_of_their_own(planned, at, client, settings):
    settings.DEMO = True
    full, day = planned(places=1), planned(in_days=12)
    booked(full)
    client.force_login(Account.objects.get(pk=at("commune_clerk").account_id))
    address = f"/desk/bookings/new/?day={day.uid}"
    form = client.get(address).context["form"]
    assert form.initial["day"] == str(day.uid)
    assert [uid for uid, _words in form.fields["day"].choices] == [str(day.uid)]
    sent = {"uid": uuid4(), "day": day.uid, "notify_by": "", "email": "", **WHO}
    assert client.post(address, {**sent, "phone": ""}).status_code == 400
    assert client.post(address, {**sent, "day": full.uid}).status_code == 400
    page = client.post(address, sent).content.decode()
    booking, secret = Booking.objects.get(day=day), secret_in(page)
    assert booking.code in page and secret_in(client.post(address, sent).content.decode()) == secret
    known = {"code": booking.code, "secret": secret}
    assert WHO["matter"] in client.post("/reception/bookings/", known).content.decode()
    assert (
        f'href="tel:{WHO["phone"]}"'
        in client.get(f"/desk/bookings/{booking.uid}/").content.decode()
    )


def test_the_desk_gives_another_day_and_who_wants_notices_is_told(planned, at, client, settings):
    settings.DEMO = True
    day, later = planned(), planned(in_days=20, places=1)
    told, _secret = booked(day, 1, email="buoi@vidu.vn", notify_by="email")
    called, _secret = booked(day, 2)
    client.force_login(Account.objects.get(pk=at("commune_clerk").account_id))
    answer = client.post(f"/desk/bookings/{told.uid}/change/", {"day": later.uid}, follow=True)
    assert show_day(later.on) in answer.content.decode()
    notice = Notice.objects.get(text__contains=told.code)
    assert notice.target == "buoi@vidu.vn" and show_day(later.on) in notice.text
    assert client.post(f"/desk/bookings/{called.uid}/change/", {"day": later.uid}).status_code in (
        302,
        400,
    )
    called.refresh_from_db()
    assert called.day == day  # the only place of the other day is taken


def test_who_moves_their_own_booking_is_not_told_what_they_did(planned):
    booking, secret = booked(planned(), 1, email="buoi@vidu.vn", notify_by="email")
    change_booking(booking, by=PUBLIC, day=planned(in_days=20), secret=secret)
    assert not Notice.objects.exists()


def waiting(by):
    return {item.title for group in inbox.for_me(by) for item in group.items}


def test_a_booking_waits_at_the_desk_on_its_day_and_a_called_off_one_to_be_phoned(
    planned, at, at_hand, system, client, settings
):
    settings.DEMO = True
    clerk = at("commune_clerk")
    day = planned()
    booking, _secret = booked(day, 7)
    assert waiting(clerk) == {at_hand.code}
    assert waiting(at("front_clerk")) == set()
    note_arrival(at_hand, by=clerk)
    assert waiting(clerk) == set()
    close_reception_day(day, by=system, was_held=False, reason="Lũ")
    assert waiting(clerk) == {booking.code}
    client.force_login(Account.objects.get(pk=clerk.account_id))
    page = client.get(f"/desk/bookings/{booking.uid}/").content.decode()
    assert "hãy gọi" in page and "Lũ" in page
    change_booking(booking, by=clerk, day=planned(in_days=20))
    assert waiting(clerk) == set()


def test_a_called_off_booking_does_not_wait_for_ever(planned, system, at, clock):
    day = planned()
    booked(day, 7)
    close_reception_day(day, by=system, was_held=False, reason="Lũ")
    clock.set(day.on + timedelta(days=1))
    assert waiting(at("commune_clerk")) == set()


def test_who_booked_long_ago_is_forgotten_by_the_clock(planned, clock):
    booking, _secret = booked(planned())
    clock.set(booking.on + timedelta(days=31))
    tasks.forget_old_bookings(0)
    booking.refresh_from_db()
    assert booking.forgotten_at and booking.name == ""
    before = booking.forgotten_at
    forget_person(booking)
    assert booking.forgotten_at == before, "once"
