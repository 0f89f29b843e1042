"""Forms of the desk without a line: kept, seen, changed, saved as a file, sent exactly once."""

import json
from datetime import date

import pytest

from danchu.desk.views import offline
from danchu.journal.models import Entry
from danchu.people.actor import Actor
from danchu.register.actions import draft_event
from danchu.register.models import Event, Statement
from tests.browser import assert_accessible, assert_fits
from tests.desk.line import Line
from tests.sizes import turn

KINDS = "/desk/records/new/"
DIALOGUE = f"{KINDS}?kind=dialogue"
TITLE = "[name=title]"
# A file that this page does not need: with it the worker is another version.
MORE = "look/js/folds.js"


@pytest.fixture
def line(site):
    line = Line(site)
    yield line
    line.close()


class Laptop:
    """The computer of a clerk, with the page of kinds opened once while there was a line."""

    def __init__(self, chromium, line):
        self.line = line
        self.context = chromium.new_context(
            base_url=line.address,
            viewport={"width": 390, "height": 800},
            locale="vi-VN",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        self.page = self.context.new_page()

    def log_in(self, client, account):
        client.force_login(account)
        cookie = client.cookies["sessionid"].value
        self.context.clear_cookies()
        self.context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.line.address}])

    def open(self, address):
        self.page.goto(address)
        self.until("document.getElementById('outbox')?.dataset.outbox === 'ready'")

    def until(self, expression):
        until_so(self.page, expression)

    def change_hands(self, client, account):
        """Log somebody else in while there is no line: an answer still on its way for the session
        that ends would take the new one's cookie from the browser.
        """
        self.go_away()
        self.log_in(client, account)
        self.come_back()

    def keep_all(self):
        self.open(KINDS)
        self.until("navigator.serviceWorker.controller !== null")
        self.open(KINDS)
        self.until_kept()

    def until_kept(self):
        kept = f"""caches.keys().then(async (names) => {{
            for (const name of names) {{
                const cache = await caches.open(name);
                if (await cache.match('{DIALOGUE}')) return true;
            }}
            return false;
        }})"""
        self.until(kept)

    def go_away(self):
        self.line.cut()
        self.context.set_offline(True)

    def come_back(self):
        self.line.mend()
        self.context.set_offline(False)

    def write(self, title, day="11/08/2025"):
        self.until("document.querySelector('form[data-offline]').dataset.ready === 'yes'")
        self.page.fill(TITLE, title)
        self.page.fill("[name=held_on]", day)
        self.page.fill("[name=body]", "")

    def send(self):
        self.page.click("form[data-offline] button[name=draft]")

    def rows(self, state, number=1):
        selector = f"#outbox-rows [data-state={state}]"
        self.until(f"document.querySelectorAll('{selector}').length === {number}")
        return self.page.locator(selector)


def until_so(page, expression):
    for _tenth in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{expression}: {page.url} {page.inner_text('main')[:600]}")


@pytest.fixture
def laptop(chromium, line, client, officials):
    laptop = Laptop(chromium, line)
    laptop.log_in(client, officials.clerk)
    yield laptop
    laptop.context.close()


@pytest.mark.browser
def test_two_events_are_recorded_without_a_line_and_each_is_sent_once(laptop):
    laptop.keep_all()
    laptop.go_away()
    laptop.open(DIALOGUE)
    laptop.write("Đối thoại ở tổ 5")
    laptop.send()
    laptop.rows("queued")
    assert laptop.page.input_value(TITLE) == "" and laptop.page.is_visible("#line-state")
    assert_fits(laptop.page)
    assert_accessible(laptop.page)
    laptop.open(DIALOGUE)  # the very copy that was kept: its uid is used already
    laptop.write("Đối thoại ở tổ 6")
    laptop.send()
    laptop.rows("queued", 2)
    assert not Event.objects.exists()
    laptop.come_back()
    laptop.rows("sent", 2)
    laptop.until("document.getElementById('outbox-said').textContent === ''")
    laptop.page.evaluate("window.dispatchEvent(new Event('online'))")
    laptop.open(KINDS)
    laptop.rows("sent", 2)
    titles = list(Event.objects.order_by("pk").values_list("title", flat=True))
    assert titles == ["Đối thoại ở tổ 5", "Đối thoại ở tổ 6"]
    assert Entry.objects.filter(act="event.drafted").count() == 2
    laptop.page.click("#outbox-rows [data-state=sent] a >> nth=0")
    laptop.page.wait_for_selector("main :text('Đối thoại ở tổ 5')")


@pytest.mark.browser
def test_on_a_line_that_falls_silent_the_next_form_opens_and_none_waits_for_the_one_before(laptop):
    laptop.keep_all()
    laptop.open(DIALOGUE)
    laptop.write("Đối thoại ở tổ 5")
    laptop.line.fall_silent()
    laptop.send()
    laptop.rows("queued")
    laptop.until(f"document.querySelector('{TITLE}').value === ''")
    assert "đã được giữ" not in laptop.page.inner_text("#outbox-said")  # no longer "Đang gửi…"
    laptop.open(DIALOGUE)
    laptop.write("Đối thoại ở tổ 6")
    laptop.send()
    laptop.rows("queued", 2)
    assert not Event.objects.exists()
    laptop.line.mend()
    laptop.rows("sent", 2)
    assert Entry.objects.filter(act="event.drafted").count() == 2


@pytest.mark.browser
def test_a_new_version_of_the_worker_loses_no_form_that_waits_and_no_page_that_is_kept(
    laptop, monkeypatch
):
    laptop.keep_all()
    laptop.go_away()
    laptop.open(DIALOGUE)
    laptop.write("Trước bản mới")
    laptop.send()
    laptop.rows("queued")
    former = laptop.page.evaluate("caches.keys()")
    monkeypatch.setattr(offline, "KEPT", (*offline.KEPT, MORE))
    laptop.line.mend()
    laptop.context.set_offline(False)
    laptop.page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    laptop.until(f"caches.keys().then((names) => !names.includes({json.dumps(former[0])}))")
    laptop.go_away()
    laptop.open(DIALOGUE)  # kept by the new version, which nobody visited this page with
    laptop.write("Sau bản mới")
    laptop.send()
    laptop.come_back()
    laptop.rows("sent", 2)
    titles = list(Event.objects.order_by("pk").values_list("title", flat=True))
    assert titles == ["Trước bản mới", "Sau bản mới"]
    assert Entry.objects.filter(act="event.drafted").count() == 2


@pytest.mark.browser
def test_a_draft_changed_here_without_a_line_and_elsewhere_is_told_with_both_versions(
    laptop, officials
):
    by = Actor.of(officials.clerk)
    event = draft_event(
        "dialogue", by=by, unit=officials.ward, held_on=date(2025, 8, 11), title="Lúc đầu"
    )
    page = laptop.page
    laptop.keep_all()
    page.goto(f"/desk/records/{event.uid}/edit/")
    page.fill(TITLE, "Gõ ở máy này")
    laptop.go_away()
    button = page.locator("main form .buttons .primary")
    button.click()
    laptop.rows("queued")
    assert page.input_value(TITLE) == "Gõ ở máy này" and page.is_visible("#line-state")
    page.reload()
    assert page.inner_text("h1") == "Chưa có mạng"
    Event.objects.filter(pk=event.pk).update(title="Lưu ở máy khác")
    laptop.come_back()
    page.reload()
    laptop.rows("refused")
    assert page.input_value(TITLE) == "Gõ ở máy này", "what was typed is on the page again"
    button.click()
    told = page.locator("main [role=alert]").first
    told.wait_for()
    assert "đang lưu là “Lưu ở máy khác”; ông/bà gõ “Gõ ở máy này”" in told.inner_text()
    event.refresh_from_db()
    assert event.title == "Lưu ở máy khác"
    button.click()
    page.wait_for_url(f"**/desk/records/{event.uid}/")
    event.refresh_from_db()
    assert event.title == "Gõ ở máy này"


@pytest.mark.browser
def test_an_edit_typed_without_a_line_outlives_its_tab_and_is_sent_when_the_line_is_back(
    laptop, officials
):
    by = Actor.of(officials.clerk)
    event = draft_event(
        "dialogue", by=by, unit=officials.ward, held_on=date(2025, 8, 11), title="Lúc đầu"
    )
    address = f"/desk/records/{event.uid}/edit/"
    laptop.open(address)
    laptop.until("document.querySelector('form[data-offline]').dataset.ready === 'yes'")
    laptop.go_away()
    laptop.page.fill(TITLE, "Gõ khi mất mạng")
    laptop.until("document.forms.length && DeskForms.queue.all().then((all) => all.length === 1)")
    laptop.page.close()  # nothing was sent, and the tab is gone with its history
    laptop.come_back()
    laptop.page = laptop.context.new_page()
    laptop.open("/desk/")
    laptop.rows("draft").get_by_role("link").click()
    laptop.until("document.querySelector('form[data-offline]')?.dataset.ready === 'yes'")
    assert laptop.page.input_value(TITLE) == "Gõ khi mất mạng"
    laptop.go_away()
    laptop.page.click("main form .buttons .primary")
    laptop.until("document.getElementById('outbox-said').textContent !== ''")
    assert laptop.page.input_value(TITLE) == "Gõ khi mất mạng"
    laptop.come_back()
    laptop.page.wait_for_url(f"**/desk/records/{event.uid}/")
    event.refresh_from_db()
    assert event.title == "Gõ khi mất mạng"
    assert Entry.objects.filter(act="event.edited").count() == 1
    laptop.open("/desk/")
    assert laptop.page.locator("#outbox-rows li").count() == 0


@pytest.mark.browser
def test_the_form_that_was_opened_first_of_all_opens_without_a_line(laptop):
    """Not through the page of kinds: the worker came after this page."""
    laptop.open(DIALOGUE)
    laptop.until_kept()
    laptop.go_away()
    laptop.page.reload()
    laptop.write("Đối thoại ở tổ 7")
    laptop.send()
    laptop.rows("queued")


@turn(2, together=1)
@pytest.mark.browser
def test_what_the_desk_refuses_is_shown_on_its_fields_and_sent_again_it_is_one(laptop):
    laptop.keep_all()
    laptop.go_away()
    laptop.open(DIALOGUE)
    laptop.write("Ngày sai", day="31/02/2025")
    laptop.send()
    laptop.rows("queued")
    laptop.come_back()
    row = laptop.rows("refused")
    assert "Ngày" in row.inner_text()
    row.locator("a").click()
    laptop.until(f"document.querySelector('{TITLE}').value === 'Ngày sai'")  # of the next page
    laptop.until("document.querySelector('form[data-offline]').dataset.ready === 'yes'")
    laptop.send()  # with a line the page says it
    laptop.page.wait_for_selector("[name=held_on][aria-invalid=true]")
    assert laptop.page.input_value(TITLE) == "Ngày sai"
    laptop.page.fill("[name=held_on]", "11/08/2025")
    laptop.send()
    laptop.page.wait_for_url("**/desk/records/*-*/")
    assert Event.objects.get().held_on == date(2025, 8, 11)


@pytest.mark.browser
@turn(2)
def test_what_was_not_sent_is_saved_as_a_file_and_taken_in_once(laptop, tmp_path):
    laptop.keep_all()
    laptop.go_away()
    laptop.open(DIALOGUE)
    laptop.write("Chưa gửi được")
    laptop.send()
    laptop.rows("queued")
    downloads = []
    laptop.page.once("download", lambda one: downloads.append(one))
    laptop.page.click("#outbox-waiting summary")
    laptop.page.click("#outbox-save")
    while not downloads:
        laptop.page.wait_for_timeout(50)
    file = tmp_path / "kept.json"
    downloads[0].save_as(file)
    assert "Chưa gửi được" in file.read_text() and "csrf" not in file.read_text()
    laptop.page.evaluate("() => { window.confirm = () => true; }")
    laptop.page.click("#outbox-rows button")
    laptop.rows("queued", 0)
    laptop.come_back()
    for _twice in range(2):
        laptop.open(KINDS)
        laptop.page.click("#outbox-file summary")
        laptop.page.set_input_files("#outbox-take", file)
        laptop.rows("sent")
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"format": "else"}))
    laptop.page.set_input_files("#outbox-take", other)
    laptop.until("document.getElementById('outbox-said').textContent.includes('không phải')")
    assert Event.objects.get().title == "Chưa gửi được"


@pytest.mark.browser
@turn(2)
def test_another_account_on_the_device_sees_and_sends_nothing_of_the_first(
    laptop, client, officials
):
    laptop.keep_all()
    laptop.go_away()
    laptop.open(DIALOGUE)
    laptop.write("Của người trước")
    laptop.send()
    laptop.rows("queued")
    laptop.change_hands(client, officials.chair)
    laptop.open(KINDS)
    laptop.until("document.getElementById('outbox-rows').textContent.includes('tài khoản khác')")
    assert "Của người trước" not in laptop.page.inner_text("main") and not Event.objects.exists()
    kept = f"""caches.keys().then(async (names) => {{
        for (const name of names) {{
            if (await (await caches.open(name)).match('{DIALOGUE}')) return true;
        }}
        return false;
    }})"""
    laptop.until(f"({kept}).then((is) => !is || true)")
    laptop.change_hands(client, officials.clerk)
    laptop.open(KINDS)
    laptop.rows("sent")
    assert Event.objects.get().title == "Của người trước"


@pytest.mark.browser
@turn(2)
def test_with_a_line_the_page_goes_on_as_an_ordinary_form(laptop):
    laptop.open(DIALOGUE)
    laptop.write("Có mạng")
    laptop.send()
    laptop.page.wait_for_url("**/desk/records/*-*/")
    assert laptop.page.locator("text=Đã lưu bản nháp").count() == 1
    laptop.open(DIALOGUE)
    assert laptop.page.locator("#outbox-rows li").count() == 0
    assert Event.objects.get().title == "Có mạng"


def test_the_outbox_reads_the_address_or_what_is_wrong(client, officials):
    client.force_login(officials.clerk)
    page = client.get(DIALOGUE)
    assert page["X-Own-Page"] == str(officials.clerk.pk)
    uid = page.context["form"]["uid"].value()
    typed = {"uid": uid, "held_on": "31/02/2025", "title": "A", "unit": "", "draft": "1"}
    wrong = client.post(DIALOGUE, typed, headers={"X-Outbox": "1"})
    assert wrong.status_code == 400 and "Ngày tổ chức:" in wrong.json()["message"]
    client.logout()
    ended = client.post(DIALOGUE, typed, headers={"X-Outbox": "1"})
    assert ended.status_code == 401 and ended.json()["message"]


@pytest.mark.parametrize("name", ["records", "statements", "obligations", "commitments"])
def test_the_worker_of_each_form_keeps_its_page_for_its_holder_alone(client, name, db):
    script = client.get(f"/desk/{name}/worker.js").content.decode()
    options = json.loads(script.partition("const OFFLINE = ")[2].partition(";\n")[0])
    assert options["page"] == f"/desk/{name}/new/" and options["holder"] == "X-Own-Page"
    assert options["queue"] == "forms" and options["line"] == "/desk/line/"
    assert not Statement.objects.exists()
