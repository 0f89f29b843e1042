"""How a ward begins, by pages alone: an empty database, the first administrator, those whom they
invite by letters, each with a second factor.
"""

import re
from types import SimpleNamespace

import pytest
from django.core.cache import cache

from danchu.people.models import Account
from tests.codes import code_now
from tests.journeys.visitor import Visitor
from tests.staff.test_set_up import PASSWORD, printed_address

WARD = "Phường Hoàn Kiếm"
PEOPLE = {
    "operator": ("Bùi Thanh Sơn", "quantri@hoankiem.example"),
    "chair": ("Trần Văn Bình", "chutich@hoankiem.example"),
    "front": ("Đỗ Minh Châu", "mattran@hoankiem.example"),
    "head": ("Lê Thị Hòa", "thanhtra@hoankiem.example"),
    "leads": ("Trần Văn Trưởng", "totruong@hoankiem.example"),
    "clerk": ("Nguyễn Thị Hạnh", "vanphong@hoankiem.example"),
}
LETTER_CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}")


@pytest.fixture
def installed(country_database, db, clock, settings, tmp_path):
    """An installed database in which nobody has an account: `installed(day, grounds)`."""

    def begin(day, grounds, stations):
        clock.set(day)
        settings.PAPERS_ROOT = tmp_path / "papers"
        settings.VAULT_ROOT = tmp_path / "vault"
        assert not Account.objects.exists()
        return SimpleNamespace(clock=clock, stations=stations, grounds=grounds)

    return begin


@pytest.fixture
def enrol(django_capture_on_commit_callbacks):
    """Bind a telephone as the second factor, from the page to which the product leads."""

    def bind(visitor, email):
        secret = visitor.answer.context["form"].secret
        with django_capture_on_commit_callbacks(execute=True):
            _type_code(visitor, "Bật", secret)
        visitor.open("/accounts/login/")
        if visitor.path.startswith("/accounts/login"):
            # Within the transaction of a test the library ends the session as well.
            visitor.press("Đăng nhập", {"Địa chỉ thư điện tử": email, "Mật khẩu": PASSWORD})
            _type_code(visitor, "Đăng nhập", secret)

    return bind


def _type_code(visitor, button, secret):
    """Type the code of the moment, and the next one where that ended on the way."""
    for _try in range(3):
        path = visitor.path
        visitor.press(button, {"Mã xác thực": code_now(secret)})
        cache.clear()  # the code may be used again
        if visitor.path != path:
            return
    raise AssertionError(visitor.faults())


def set_up(ward, enrol):
    """The first administrator, at the desk."""
    visitor = Visitor().open(printed_address())
    visitor.press("Bắt đầu thiết lập")
    ward.stations.stop(visitor, "begin")
    name, email = PEOPLE["operator"]
    visitor.press(
        "Lập người quản trị đầu tiên",
        {
            "Tên bản cài đặt": "Dân chủ ở cơ sở phường Hoàn Kiếm",
            "Nơi sử dụng": WARD,
            "Họ và tên người quản trị": name,
            "Địa chỉ thư điện tử": email,
            "Mật khẩu mới": PASSWORD,
            "Nhập lại mật khẩu mới": PASSWORD,
        },
    )
    visitor.follow("Đã in, bật xác thực hai lớp")
    enrol(visitor, email)
    visitor.open("/desk/")
    assert visitor.says("Còn thiếu để vận hành")
    ward.stations.stop(visitor, "missing")
    return visitor


def _invited(ward, giver, key, office, place):
    """Invite somebody by a letter that is printed; their code."""
    name, email = PEOPLE[key]
    giver.open("/desk/").follow("Người và chức trách").follow("Giấy mời").follow("Mời người")
    giver.press(
        "Ghi",
        {
            "Họ và tên": name,
            "Địa chỉ thư điện tử": email,
            "Chức trách": office,
            "Nơi": place,
            "Căn cứ": ward.grounds,
            "Gửi giấy mời": "In giấy mời, trao tận tay",
        },
    )
    giver.press("In giấy mời")
    return LETTER_CODE.search(giver.text)[0]


def join(ward, enrol, giver, key, office, place=WARD):
    """Somebody invited takes the office in a browser of their own."""
    code = _invited(ward, giver, key, office, place)
    name, email = PEOPLE[key]
    visitor = (
        Visitor().open("/").follow("Đăng nhập").follow("Nhận chức trách bằng mã trên giấy mời")
    )
    visitor.press("Tiếp tục", {"Mã trên giấy mời": code.lower()})
    assert visitor.says(name) and visitor.says(office)
    visitor.press(
        "Nhận chức trách",
        {"Mật khẩu mới": PASSWORD, "Nhập lại mật khẩu mới": PASSWORD},
    )
    if not visitor.path.startswith("/desk/"):
        visitor.follow("Bật")
        enrol(visitor, email)
        visitor.open("/desk/")
    assert visitor.says("Bàn làm việc") and visitor.says(office), (visitor.path, visitor.text)
    return visitor


def found_village(chair, name, since, document, issued):
    """The chair writes down a neighbourhood of the ward."""
    chair.follow("Thôn, tổ dân phố").follow("Lập")
    chair.press(
        "Ghi",
        {
            "Xã, phường, đặc khu": WARD,
            "Loại": "Tổ dân phố",
            "Tên": name,
            "Từ ngày": since,
            "Số văn bản": document,
            "Ngày ban hành": issued,
        },
    )
    assert chair.says(name)
