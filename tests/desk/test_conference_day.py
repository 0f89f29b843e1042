"""A conference's day in a browser: somebody registers with the shared code, comes in on his
telephone, and is checked in at the door.
"""

import re
from datetime import timedelta

import pytest

from danchu.conference.actions.conferences import convene_conference
from danchu.conference.actions.points import add_point
from danchu.conference.actions.programme import add_item
from danchu.conference.actions.running import open_conference
from danchu.conference.models import Attendance, Delegate
from danchu.kernel.days import now, show_instant
from tests.browser import inspect, look
from tests.desk.conftest import BY, PASSWORD
from tests.desk.test_conferences import drafted, law  # noqa: F401
from tests.sizes import turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(client, officials):
    client.force_login(officials.clerk)
    found = drafted(
        client, entry="link", capacity="50", starts_at=show_instant(now() - timedelta(minutes=5))
    )
    add_item(found, by=BY, title="Báo cáo kết quả", speaker="Chủ tịch UBND phường")
    add_point(
        found,
        by=BY,
        unit=officials.ward,
        name="Điểm cầu phường",
        room="Hội trường tầng 2",
        expected=40,
        capacity=40,
    )
    return open_conference(convene_conference(found, by=BY), by=BY)


@turn(4, together=0)
@pytest.mark.browser
def test_from_the_poster_to_the_roll(browser_page, officials, made):
    page, here = browser_page, f"/conferences/{made.pk}/"
    for path in ("/conferences/", here, f"{here}register/", "/h/"):
        inspect(page, path)
    page.goto(here)
    page.click("text=Đăng ký dự")
    for name, value in (
        ("code", made.entry_code.lower()),
        ("name", "Nguyễn Thị Bưởi"),
        ("contact", "0912345678"),
    ):
        page.fill(f"[name={name}]", value)
    page.select_option("[name=point]", label="Điểm cầu phường (còn 40 chỗ)")
    page.click("main button:has-text('Đăng ký')")
    page.wait_for_selector("text=Mã riêng của ông")
    code = page.inner_text(".code-shown")
    assert re.fullmatch("[0-9A-Z]{5}-[0-9A-Z]{5}", code) and code not in page.url
    look(page, page.url)
    page.click("text=Vào hội nghị trên máy này")
    page.wait_for_url(f"**/hall/{made.pk}/")
    row = Delegate.objects.select_related("pass_in", "point").get()
    assert row.pass_in.device and row.point.taken == 1
    page.goto("/accounts/login/")
    page.fill("[name=login]", officials.clerk.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/desk/")
    page.goto(f"/desk/conferences/{made.pk}/checkin/")
    page.fill("[name=code]", f"http://example.vn/h/{code}/")
    page.press("[name=code]", "Enter")
    page.wait_for_selector("text=Nguyễn Thị Bưởi: đã đến")
    look(page, page.url)
    assert Attendance.objects.get().how == "qr" and code not in page.url
