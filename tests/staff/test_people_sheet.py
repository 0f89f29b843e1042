"""The people of a place from one table: every wrong cell is named, what was confirmed is written,
once, and their letters are printed together.
"""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.desk.views import printed_letters
from danchu.kernel.days import today
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.staff.actions import import_people
from danchu.staff.input.people_list import read_people
from danchu.staff.models import Invitation
from danchu.units.find import unit_from
from tests.bodies.test_sheets import workbook
from tests.sizes import one_in
from tests.staff.test_set_up import (  # noqa: F401
    BEGIN,
    CODE,
    empty,
    enrol,
    invite,
    join,
    operator,
)

HEAD = (
    "Họ và tên",
    "Thư điện tử",
    "Điện thoại",
    "Chức trách",
    "Mã đơn vị",
    "Nơi",
    "Từ ngày",
    "Đến hết ngày",
    "Căn cứ",
)
GROUNDS = "12/QĐ-UBND"
CLERK = "Công chức văn phòng Ủy ban nhân dân"
ROW = (
    "Nguyễn Thị Hạnh",
    "Hanh@hoankiem.example",
    "",
    CLERK,
    "00070",
    "Phường Hoàn Kiếm",
    "01/03/2026",
    "31/12/2027",
    GROUNDS,
)


def row(**more):
    names = ("name", "email", "phone", "office", "code", "place", "since", "last", "grounds")
    return tuple({**dict(zip(names, ROW, strict=True)), **more}[name] for name in names)


@pytest.fixture
def by(operator):  # noqa: F811
    from danchu.people.models import Account

    return Actor.of(Account.objects.get(email=BEGIN["email"]))


@pytest.fixture
def chair(operator):  # noqa: F811
    """The chair of the city, who gives what lies below; the second factor is set up apart."""
    from danchu.people.models import Account

    letter = operator.post(f"{invite(operator)}letter/").content.decode()
    join(CODE.search(letter)[1], "binh@hanoi.example")
    account = Account.objects.get(email="binh@hanoi.example")
    return Actor.of(account, second_factor=True)


def outcome_of(*rows, by):
    return read_people(workbook(HEAD, *rows), "a.xlsx", by)


@one_in(3)
@pytest.mark.parametrize(
    ("wrong", "column", "says"),
    [
        ({"name": "A"}, "Họ và tên", "từ 2 đến 120"),
        ({"email": "khong phai"}, "Thư điện tử", "không đúng dạng"),
        ({"email": ""}, "Thư điện tử", "hoặc số điện thoại"),
        ({"phone": "12"}, "Điện thoại", "8 đến 15"),
        ({"office": "Giám đốc"}, "Chức trách", "Hãy ghi một trong"),
        ({"office": "Chủ tịch Ủy ban nhân dân"}, "Chức trách", "chỉ người ấy mời được"),
        ({"code": "99999"}, "Mã đơn vị", ""),
        ({"place": "Phường Ba Đình"}, "", ""),
        ({"since": "31/02/2026"}, "Từ ngày", "Không có ngày"),
        ({"since": ""}, "Từ ngày", "Hãy ghi ngày"),
        ({"last": "01/02/2026"}, "Đến hết ngày", "sau ngày bắt đầu"),
        ({"grounds": " "}, "Căn cứ", "Hãy ghi số quyết định"),
    ],
)
def test_every_wrong_cell_is_named_with_what_to_change(chair, by, wrong, column, says):
    bad = row(**{"email": "hai@hoankiem.example", **wrong})
    rows = (bad,) if "Chủ tịch" in wrong.get("office", "") else (ROW, bad)
    outcome = outcome_of(*rows, by=by if len(rows) == 1 else chair)
    assert outcome.problem_count >= 1, outcome
    assert {problem.row for problem in outcome.problems} == {len(rows) + 1}
    if column:
        assert column in {problem.column for problem in outcome.problems}
    assert any(says in problem.message for problem in outcome.problems), outcome.problems


def test_all_wrong_cells_of_a_row_are_told_at_once(chair):
    wrong = row(name="A", email="x", phone="1", office="?", since="?", grounds="")
    columns = {problem.column for problem in outcome_of(wrong, by=chair).problems}
    assert {"Họ và tên", "Chức trách", "Từ ngày", "Căn cứ"} <= columns
    assert {"Thư điện tử", "Điện thoại"} & columns


def test_the_same_person_twice_and_who_is_invited_already(chair):
    outcome = outcome_of(ROW, ROW, by=chair)
    assert [problem.row for problem in outcome.problems] == [3]
    assert "Trùng với dòng 2" in outcome.problems[0].message
    file = workbook(HEAD, ROW)
    assert import_people(file, "a.xlsx", by=chair, token=outcome_of(ROW, by=chair).token) == 1
    again = outcome_of(ROW, row(email="HAI@hoankiem.example"), by=chair)
    assert (len(again.new), again.same, again.problem_count) == (1, 1, 0)


def test_two_first_chairs_in_one_file_are_told_before_anything_is_written(by):
    city = row(office="Chủ tịch Ủy ban nhân dân", code="01", place="", email="a@hanoi.example")
    ward = row(office="Chủ tịch Ủy ban nhân dân", email="b@hanoi.example")
    outcome = outcome_of(city, ward, by=by)
    assert [problem.row for problem in outcome.problems] == [3]
    assert "Dòng 2" in outcome.problems[0].message
    assert outcome_of(ward, by=by).problem_count == 0


def test_what_is_confirmed_is_written_and_nothing_else(chair, clock):
    file = workbook(HEAD, ROW, row(email="", phone=912345678, name="Trần Văn Nam"))
    token = read_people(file, "a.xlsx", chair).token
    file.seek(0)
    with pytest.raises(Refused, match="đã thay đổi"):
        import_people(file, "a.xlsx", by=chair, token="x")
    assert not Invitation.objects.filter(office_kind="commune_clerk").exists()
    file.seek(0)
    assert import_people(file, "a.xlsx", by=chair, token=token) == 2
    hanh, nam = Invitation.objects.filter(office_kind="commune_clerk").order_by("pk")
    ward = unit_from("00070@2026-03-03")
    assert (hanh.email, hanh.unit, hanh.channel) == ("hanh@hoankiem.example", ward, "letter")
    assert (hanh.since.isoformat(), hanh.until.isoformat()) == ("2026-03-01", "2028-01-01")
    assert (nam.email, nam.phone, nam.name) == ("", "0912345678", "Trần Văn Nam")
    assert hanh.grounds == GROUNDS and hanh.valid_until.date() > today() + timedelta(days=10)
    with pytest.raises(Denied):
        import_people(file, "a.xlsx", by=Actor.public(), token=token)


def test_by_pages_the_letters_of_all_are_printed_together_and_taken(operator, monkeypatch):  # noqa: F811
    front = "Cán bộ Ủy ban Mặt trận Tổ quốc Việt Nam"
    file = workbook(HEAD, row(office=front), row(office=front, email="", phone="0912345678"))
    upload = SimpleUploadedFile("người.xlsx", file.read())
    seen = operator.post("/desk/account-invitations/import/", {"file": upload})
    page = operator.get(seen.url).content.decode()
    assert "Những người sẽ được mời" in page and "Nguyễn Thị Hạnh: Cán bộ" in page
    token = re.search(r'name="token" value="([0-9a-f]+)"', page)[1]
    answer = operator.post(seen.url, {"token": token})
    assert answer.url == "/desk/account-invitations/letters/"
    page = operator.get(answer.url).content.decode()
    uids = re.findall(r'name="invitation"\s+value="([0-9a-f-]+)"', page)
    assert len(uids) == 2
    for most, is_cut in ((2, False), (1, True)):
        with monkeypatch.context() as patch:
            patch.setattr(printed_letters, "MOST", most)
            page = operator.get(answer.url).content.decode()
        assert (f"Mỗi lần in nhiều nhất {most} giấy mời" in page) == is_cut
    assert operator.post(answer.url, {}).status_code == 400
    letters = operator.post(answer.url, {"invitation": uids}).content.decode()
    codes = CODE.findall(letters)
    assert len(set(codes)) == 2
    join(next(c for c in codes if taken_by_mail(c)), "hanh@hoankiem.example")


def taken_by_mail(code):
    from danchu.staff.codes import stored_digest

    return Invitation.objects.filter(digest=stored_digest(code)).exclude(email="").exists()


def test_letters_are_printed_by_who_may_give_their_office(operator):  # noqa: F811
    from danchu.staff.actions import print_letters

    invite(operator)
    with pytest.raises(Denied):
        print_letters(Invitation.objects.all(), by=Actor.public())
    with pytest.raises(Refused, match="ít nhất một"):
        print_letters([], by=Actor.system("thử"))


def test_from_a_table_a_chair_may_invite_to_each_office_that_they_may_give_by_hand(chair):
    office = "Công chức tiếp công dân, xử lý đơn"
    outcome = outcome_of(row(office=office), by=chair)
    assert (outcome.problems, len(outcome.new)) == ((), 1)
    import_people(workbook(HEAD, row(office=office)), "a.xlsx", by=chair, token=outcome.token)
    assert Invitation.objects.get(email="hanh@hoankiem.example").office_kind_id == (
        "petition_officer"
    )
