"""Every page a case leads through at the desk, as it stands after an act too: it fits, axe
finds nothing, both widths and themes.
"""

import re

import pytest
from django.test import Client

from danchu.casework.actions import keep_answer_text
from danchu.casework.models import Petition, Visit
from tests.browser import inspect, look
from tests.desk.conftest import BY
from tests.desk.test_petitions import staff, typed  # noqa: F401
from tests.desk.test_played import desk_of  # noqa: F401
from tests.sizes import turn

pytestmark = pytest.mark.browser
HEARD = {
    "unit": "00004",
    "received_on": "02/03/2026",
    "form": "regular",
    "name": "Lê Văn Tám",
    "people": "12",
    "representatives": "3",
    "nature": "feedback",
    "content": "Hỏi đất",
    "is_owed": "on",
}


def filled(page, path, fields, press="main form.form button.primary"):
    page.goto(path)
    for name, value in fields.items():
        box = page.locator(f"main [name={name}]").first
        kind = box.evaluate("e => e.tagName + (e.type || '')")
        box.select_option(value) if kind.startswith("SELECT") else box.check() if kind.endswith(
            "checkbox"
        ) else box.fill(value)
    page.click(press)


@turn(4, together=2)
def test_the_receipt_the_list_of_what_may_be_the_same_and_the_file_of_many(staff, desk_of):
    page = desk_of(staff.handler)
    sent = {
        name: value for name, value in typed().items() if name not in ("uid", "channel", "stage")
    } | {"people": "40"}
    filled(page, "/desk/petitions/new/", sent)
    assert "Mã bí mật" in page.inner_text("main") or page.locator("dl.facts").count()
    look(page, page.url)
    filled(page, "/desk/petitions/new/", {**sent, "title": "Ngõ 5 ngập nước mưa"})
    assert Petition.objects.get().code in page.inner_text("main")
    look(page, page.url)
    inspect(page, f"/desk/petitions/{Petition.objects.get().uid}/")
    filled(page, "/desk/petitions/new/", {**sent, "received_on": "31/02/2026"})
    assert page.locator("p.error").count() == 1
    look(page, page.url)


@turn(4, together=1)
def test_the_pages_of_answer_texts_of_a_visit_and_of_days(staff, desk_of):
    page = desk_of(staff.handler)
    keep_answer_text(
        by=BY,
        unit=staff.ward,
        act="answer",
        title="Đã khơi thông",
        text="Đã khơi thông cống, mời ông/bà kiểm tra.",
    )
    filled(page, "/desk/reception/new/", HEARD)
    assert "đoàn đông người" in page.inner_text("main")
    shown = Visit.objects.get()
    for path in (
        "/desk/petitions/answers/",
        f"/desk/reception/{shown.uid}/",
        "/desk/reception/days/new/",
        f"/desk/petitions/new/?visit={shown.uid}",
        "/desk/reception/?owed=1",
        "/desk/reception/?nature=complaint",
    ):
        inspect(page, path)
    filled(
        page,
        "/desk/reception/days/new/",
        {
            "office": "Chủ tịch",
            "on": "02/07/2026",
            "form": "delegated",
            "delegate": "Phó Chủ tịch",
            "is_deputy": "1",
            "room": "P1",
        },
    )
    assert page.locator(".error, .note-error").count() > 0
    look(page, page.url)
    filled(
        page,
        "/desk/reception/new/",
        {**HEARD, "nature": "denunciation", "people": "1", "representatives": ""},
    )
    assert shown.pk != Visit.objects.latest("pk").pk and Visit.objects.latest("pk").sealed
    look(page, page.url)


@turn(4, together=0)
def test_the_vault_asked_granted_read_and_told(staff, desk_of):
    client = Client()
    client.force_login(staff.handler)
    client.post(
        "/desk/petitions/new/",
        typed(nature="denunciation", signers="", secret_text="Tôi ở cạnh nhà"),
    )
    vault = f"/desk/vault/{Petition.objects.get().sealed}/"
    one, other, third = desk_of(staff.handler), desk_of(staff.inspector), desk_of(staff.overseer)
    filled(one, vault, {"reason": "ngắn"}, "main form button")
    one.wait_for_selector("[role=alert]")  # the click does not wait for the answer
    assert (
        one.locator("[role=alert]").count() == 1
        and one.locator("[name=reason]").input_value() == "ngắn"
    )
    look(one, one.url)
    filled(one, vault, {"reason": "Cần mời làm việc với đoàn xác minh"}, "main form button")
    look(one, one.url)
    inspect(other, vault)
    other.goto(vault)
    other.locator(
        "main form[action$='/grant/'] button, main button:has-text('Cho phép')"
    ).first.click()
    look(other, other.url)
    one.goto(vault)
    look(one, one.url)
    one.locator("main form[action$='/read/'] button").click()
    assert re.search("Nguyễn Thị Mận", one.inner_text("main"))
    look(one, one.url)
    inspect(third, "/desk/notices/")
