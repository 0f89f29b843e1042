"""From an empty installation, by pages alone, to people who hold an office and record something."""

import io
import logging
import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from danchu.config.quiet import NoCodes
from danchu.config.setup_checks import installation_is_set_up
from danchu.journal.models import Entry
from danchu.kernel.refusals import Denied, Refused
from danchu.notices.letters import letters_for
from danchu.notices.models import Notice
from danchu.people.actor import Actor
from danchu.people.models import Account, Holding
from danchu.register.models import Event
from danchu.staff import actions
from danchu.staff.codes import mail_code
from danchu.staff.models import Installation, SetUpAddress
from danchu.staff.set_up import missing_things
from danchu.units.find import unit_from
from danchu.units.names import name_of
from tests.codes import code_now
from tests.markup import tight

PASSWORD = "mot-cau-dai-de-nho"
CODE = re.compile(r"<code>([0-9A-Z-]{19,24})</code>")
BEGIN = {
    "title": "Dân chủ ở cơ sở Hà Nội",
    "place": "Thành phố Hà Nội",
    "name": "Bùi Thanh Sơn",
    "email": "quantri@hanoi.example",
    "password": PASSWORD,
    "again": PASSWORD,
}


def printed_address():
    """The path that `danchu setup` prints."""
    out = io.StringIO()
    call_command("setup", stdout=out)
    return re.search(r"https?://[^/]+(/\S+)", out.getvalue())[1]


def entered():
    """A browser that opened the address."""
    client = Client()
    path = printed_address()
    assert client.get(path).status_code == 200
    assert client.post(path).url == "/accounts/setup/"
    return client


@pytest.fixture
def empty(country_database, db, clock):
    """An installed database in which nobody has an account, on a day of its map."""
    clock.set("2026-03-03")
    assert not Account.objects.exists()


def keys():
    return [thing.key for thing in missing_things()]


@pytest.fixture
def enrol(django_capture_on_commit_callbacks):
    """Set up the second factor by its page, right after the account was opened, and log in with it:
    in the transaction of a test the library ends the session too, because it tells of the factor
    only after the request.
    """

    def set_up(client, email):
        page = client.get("/accounts/2fa/totp/activate/")
        assert page.status_code == 200, page.url
        secret = page.context["form"].secret
        code = code_now(secret)
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302
        cache.clear()  # the code may be used again
        client.post("/accounts/login/", {"login": email, "password": PASSWORD})
        answer = client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)})
        assert (answer.status_code, answer.url) == (302, "/desk/")

    return set_up


def invite(client, **more):
    """Invite somebody by the page; the address of the invitation."""
    values = {
        "uid": str(uuid4()),
        "name": "Trần Văn Bình",
        "email": "binh@hanoi.example",
        "office_kind": "committee_chair",
        "unit": "Thành phố Hà Nội",
        "since": "01/03/2026",
        "last": "",
        "grounds": "Nghị quyết 1/NQ-HĐND",
        "channel": "letter",
        **more,
    }
    answer = client.post("/desk/account-invitations/new/", values)
    assert answer.status_code == 302, tight(answer.content.decode())[-3000:]
    return answer.url


def join(code, email):
    """A new browser in which the invited person takes the office."""
    client = Client()
    offer = client.post("/accounts/join/", {"code": code.lower()})
    assert offer.status_code == 200 and email in offer.content.decode()
    answer = client.post(
        "/accounts/join/", {"code": code, "take": "1", "password": PASSWORD, "again": PASSWORD}
    )
    assert (answer.status_code, answer.url) == (302, "/desk/")
    return client


def test_from_an_empty_database_to_a_second_person_who_records_something(empty, enrol, settings):
    assert keys() == ["begin"]
    client = entered()
    page = client.post("/accounts/setup/", BEGIN)
    assert page.status_code == 200 and CODE.search(page.content.decode())
    assert client.get("/desk/").url == "/accounts/2fa/"  # without it, no right of an operator
    enrol(client, BEGIN["email"])
    home = client.get("/desk/").content.decode()
    assert "Còn thiếu để vận hành" in home and "Chưa chọn nơi cất bản sao lưu" in home
    assert keys() == ["mail", "sms", "backup", "head", "bodies"]
    assert [trouble.what for trouble in installation_is_set_up()] == [
        thing.what for thing in missing_things()
    ]

    # The head of the city, by a printed letter.
    letter = client.post(f"{invite(client)}letter/").content.decode()
    chair = join(CODE.search(letter)[1], "binh@hanoi.example")
    assert "head" not in keys()
    assert chair.get("/desk/").url == "/accounts/2fa/"
    enrol(chair, "binh@hanoi.example")

    # A clerk of a ward, by mail: the chair gives what they hold.
    settings.NOTICE_ADAPTERS = {"email": f"{__name__}.Postman"}
    invite(
        chair,
        name="Nguyễn Thị Hạnh",
        email="hanh@hanoi.example",
        office_kind="commune_clerk",
        unit="Phường Hoàn Kiếm",
        channel="mail",
    )
    notice = Notice.objects.get(target="hanh@hanoi.example")
    text = letters_for([notice])[notice.pk].text
    clerk = join(re.search(r"/join/([0-9A-Z-]+)/", text)[1], "hanh@hanoi.example")
    assert clerk.get("/desk/").url == "/accounts/2fa/"
    enrol(clerk, "hanh@hanoi.example")
    assert clerk.get("/desk/").status_code == 200
    answer = clerk.post(
        "/desk/records/new/?kind=dialogue",
        {
            "uid": str(uuid4()),
            "held_on": "02/03/2026",
            "unit": "Phường Hoàn Kiếm",
            "title": "Đối thoại với nhân dân",
            "participants": "120",
            "form": "periodic",
        },
    )
    assert answer.status_code == 302, tight(answer.content.decode())[-2000:]
    event = Event.objects.get()
    assert event.state == "draft" and event.unit == unit_from("00070@2026-03-03")
    author = Entry.objects.filter(act="event.drafted").latest("number").actor
    assert author == f"account:{Account.objects.get(email='hanh@hanoi.example').pk}"


def test_the_address_opens_once_for_half_an_hour_and_for_one_browser(empty, clock):
    path = printed_address()
    other = Client()
    assert other.get("/accounts/setup/").status_code == 403
    first = Client()
    assert first.post(path).status_code == 302
    assert other.post(path).status_code == 403
    assert first.get("/accounts/setup/").status_code == 200
    assert other.post("/accounts/setup/", BEGIN).status_code == 403
    clock.forward(minutes=31)
    assert first.post("/accounts/setup/", BEGIN).status_code == 403
    late = printed_address()
    clock.forward(minutes=30)
    assert Client().post(late).status_code == 403
    assert not Account.objects.exists()


def test_a_new_address_replaces_the_earlier_one_and_none_is_stored_or_logged(empty):
    old, new = printed_address(), printed_address()
    assert Client().post(old).status_code == 403
    secret = new.rstrip("/").rpartition("/")[2]
    assert secret not in str(list(SetUpAddress.objects.values()))
    assert not any(secret in str(entry.data) for entry in Entry.objects.all())
    line = logging.LogRecord("django.request", 40, "", 1, f"Bad: {new}", None, None)
    NoCodes().filter(line)
    assert secret not in line.getMessage()
    assert Client().post(new).status_code == 302


def test_served_into_a_log_the_address_is_not_printed(empty):
    out = io.StringIO()
    call_command("setup", when_empty=True, stdout=out)
    assert "danchu setup" in out.getvalue() and "http" not in out.getvalue()
    assert not SetUpAddress.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"place": "Hàng Bạc Hàng Bạc"}, "Không"),
        ({"place": "An Bình"}, "Có nhiều nơi"),
        ({"password": "ngan", "again": "ngan"}, "quá ngắn"),
        ({"again": "khac"}, "không giống nhau"),
        ({"email": "khong phai"}, "không đúng dạng"),
        ({"title": " "}, "Trường này"),
    ],
)
def test_what_is_wrong_is_told_on_the_page_and_stays_typed(empty, wrong, says):
    client = entered()
    page = client.post("/accounts/setup/", {**BEGIN, **wrong})
    assert page.status_code == 400
    assert says in page.content.decode() or says == "Trường này"
    assert not Account.objects.exists() and not Installation.objects.exists()
    assert client.post("/accounts/setup/", BEGIN).status_code == 200


def test_an_installation_for_a_former_ward_is_for_the_ward_that_it_became(empty):
    assert entered().post("/accounts/setup/", {**BEGIN, "place": "Hàng Bạc"}).status_code == 200
    assert name_of(Installation.objects.get().place_id, date(2026, 3, 3)) == "Phường Hoàn Kiếm"


def test_pressed_twice_there_is_one_operator_and_the_page_is_closed_for_good(empty):
    client = entered()
    assert client.post("/accounts/setup/", BEGIN).status_code == 200
    again = client.post("/accounts/setup/", {**BEGIN, "email": "hai@hanoi.example"})
    assert (again.status_code, again.url) == (302, "/accounts/login/")
    assert Holding.objects.get().account == Account.objects.get()
    with pytest.raises(CommandError, match="đã có tài khoản"):
        printed_address()
    with pytest.raises(Refused):
        actions.open_set_up(by=Actor.system("thử"))


def test_pressed_twice_the_page_with_the_printed_code_is_shown_again(empty, clock):
    client = entered()
    token = re.search(
        r'name="once" value="([^"]+)"', client.get("/accounts/setup/").content.decode()
    )
    sending = {**BEGIN, "once": token[1]}
    cookies = client.cookies.copy()
    code = CODE.search(client.post("/accounts/setup/", sending).content.decode())[1]

    def press(**more):
        """A press with the cookies from before the first was answered."""
        second = Client()
        second.cookies = cookies.copy()
        return second.post("/accounts/setup/", {**sending, **more})

    again = press()
    assert again.status_code == 200 and CODE.search(again.content.decode())[1] == code
    assert "no-store" in again.headers["Cache-Control"]
    assert Holding.objects.get().account == Account.objects.get()
    for other in ({"password": "khac-di-mot-chut"}, {"once": str(uuid4())}, {"once": ""}):
        assert press(**other).url == "/accounts/login/", other
    clock.forward(seconds=601)
    assert press().url == "/accounts/login/"


def test_only_the_system_opens_the_set_up(empty):
    for by in (Actor.public(), Actor("account:1", "Ai", 1)):
        with pytest.raises(Denied):
            actions.open_set_up(by=by)
    for secret in ("", "x", "\0"):
        with pytest.raises(Denied):
            actions.enter_set_up(secret, by=Actor.public())
    with pytest.raises(Denied):
        actions.begin_installation(
            by=Actor.public(),
            browser="",
            title="A",
            place=unit_from("01@2026-03-03"),
            name="Ai Đó",
            email="a@b.vn",
            password=PASSWORD,
        )


class Postman:
    """An adapter of notices that keeps what it is given."""

    letters = []

    def send(self, channel, target, letter):
        self.letters.append((target, letter.text))


@pytest.fixture
def operator(empty, enrol):
    client = entered()
    client.post("/accounts/setup/", BEGIN)
    enrol(client, BEGIN["email"])
    return client


def test_mail_is_tried_by_a_letter_whose_code_comes_back(operator, settings):
    page = operator.post("/desk/setup/mail/")
    assert page.status_code == 400 and "DANCHU_EMAIL_SERVER" in page.content.decode()
    settings.NOTICE_ADAPTERS = {"email": f"{__name__}.Postman"}
    assert operator.post("/desk/setup/mail/").status_code == 302
    target, text = Postman.letters[-1]
    code = mail_code(Installation.objects.get().mail_tried_at)
    assert target == "quantri@hanoi.example" and code in text
    assert operator.post("/desk/setup/mail-code/", {"code": "BCFGHJ"}).status_code == 400
    assert "mail" in keys()
    assert operator.post("/desk/setup/mail-code/", {"code": f" {code.lower()}"}).status_code == 302
    assert "mail" not in keys()


def test_a_place_for_backups_is_tried_by_writing(operator, tmp_path, settings, monkeypatch):
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()
    wrong = [
        "",
        "saoluu",
        "/khong/co/noi/nay",
        str(settings.VAR / "saoluu"),
        "/tmp/a\0b",
        "x" * 500,
    ]
    for folder in wrong:
        answer = operator.post("/desk/setup/backup/", {"folder": folder})
        assert answer.status_code == 400, folder
        assert "No such file" not in answer.content.decode()
    assert operator.post("/desk/setup/backup/", {"folder": str(tmp_path)}).status_code == 302
    assert list(tmp_path.iterdir()) == [settings.VAR]
    assert "backup" not in keys()
    written = []
    monkeypatch.setattr("danchu.config.management.commands.backup.backup", fake_backup(written))
    call_command("backup", stdout=io.StringIO())
    assert written == [str(tmp_path / "danchu-2026-03-03.tar")]


def fake_backup(written):
    """Notes where a backup would be written."""

    def backup(target, progress):
        written.append(target)
        return {"rows": {}, "parts": {"a": {"size": 0}}, "journal": (0, ""), "missing_papers": []}

    return backup


def test_without_a_chosen_folder_a_backup_needs_its_file(empty):
    with pytest.raises(CommandError, match="Chưa chọn"):
        call_command("backup")


def test_the_set_up_of_the_desk_is_for_operators_of_the_whole_country(operator):
    chair = join(
        CODE.search(operator.post(f"{invite(operator)}letter/").content.decode())[1],
        "binh@hanoi.example",
    )
    account = Account.objects.get(email="binh@hanoi.example")
    by = Actor.of(account, date(2026, 3, 3))
    for act in (
        lambda: actions.describe_installation(by=by, title="A", place=unit_from("01@2026-03-03")),
        lambda: actions.choose_backup_folder(by=by, folder="/tmp"),
        lambda: actions.try_mail(by=by),
        lambda: actions.confirm_mail(by=by, code="x"),
        lambda: actions.print_code(by=by),
    ):
        with pytest.raises(Denied):
            act()
    assert chair.get("/desk/setup/").status_code in (302, 403)


def test_an_operator_invites_at_the_place_of_the_installation_first(operator):
    form = operator.get("/desk/account-invitations/new/").context["form"]
    place = Installation.objects.get().place
    assert form["unit"].value() == name_of(place.pk, date(2026, 3, 3))


def test_a_letter_is_sent_only_in_ways_that_work_here(operator, settings):
    def offered():
        form = operator.get("/desk/account-invitations/new/").context["form"]
        return [value for value, _words in form.fields["channel"].choices], form["channel"].value()

    assert offered() == (["letter"], "letter")
    settings.NOTICE_ADAPTERS = {"email": f"{__name__}.Postman"}
    assert offered() == (["mail", "letter"], "mail")


def test_an_operator_begins_at_the_place_of_the_installation_on_every_page(operator):
    place = Installation.objects.get().place
    page = operator.get("/desk/bodies/usual/")
    assert name_of(place.pk, date(2026, 3, 3)) == page.context["place"]
    assert "Lập các tổ chức đã chọn" in page.content.decode()
    form = operator.get("/desk/rights/").context["form"]
    assert form["unit"].value() == name_of(place.pk, date(2026, 3, 3))


def test_where_nobody_can_be_told_no_question_asks_how(operator, settings):
    asked = "Báo tin cho tôi bằng"
    assert asked not in Client().get("/petitions/send/fault/").content.decode()
    settings.NOTICE_ADAPTERS = {"email": f"{__name__}.Postman"}
    assert asked in Client().get("/petitions/send/fault/").content.decode()
