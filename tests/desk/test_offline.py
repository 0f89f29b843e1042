"""A round written without a line, in a real browser: kept, found again after a reload and a
killed tab, sent exactly once.
"""

import hashlib
import io
import random
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image

from danchu.inspection import actions
from danchu.inspection.models import Finding, RoundSheet
from danchu.journal.models import Entry
from danchu.people.actions import appoint, create_account
from danchu.people.actor import Actor
from danchu.people.models import OfficeKind
from danchu.register.models import Attachment, Event
from tests.browser import assert_accessible, assert_fits
from tests.desk.conftest import BY
from tests.desk.line import Line
from tests.desk.test_rounds import board  # noqa: F401
from tests.inspection.pictures import jpeg, opened
from tests.sizes import turn

pytestmark = pytest.mark.browser
NEW = "/desk/rounds/new/"
OLD_STORE = (Path(__file__).parent / "assets" / "store_before_outbox.js").read_text()
# What the page of rounds did with the store before there was an outbox: one round that waits with
# its photo, one that is being written.
QUEUED_THEN = """async ([account, board, photo, hash]) => {
    const bytes = Uint8Array.from(photo);
    const round = (uid, state, order, title) => ({uid, account, state, order, noted: [], fields: {
        board, plan: "", project: "", held_on: "11/08/2025", participants: "", title, place: "",
        minutes: "Trước", latitude: "", longitude: "", accuracy: "", keeps_trace: false,
        apart: false}});
    const waits = crypto.randomUUID();
    await roundStore.put(round(waits, "queued", Date.now(), "Chờ từ trước"));
    await roundStore.addPhoto({uid: waits, hash, name: "IMG_1.JPG", size: bytes.length, number: 1,
        blob: new Blob([bytes], {type: "image/jpeg"})});
    await roundStore.put(round(crypto.randomUUID(), "draft", Date.now() + 1, "Đang viết"));
}"""
LEFT_THERE = """async () => (await roundStore.all()).length"""


@pytest.fixture
def line(site):
    made = Line(site)
    yield made
    made.close()


@pytest.fixture
def phone(chromium, line, client, officials, board):
    """A telephone in the hands of the member, with the page of rounds opened once and kept."""
    context = chromium.new_context(
        base_url=line.address,
        viewport={"width": 390, "height": 800},
        locale="vi-VN",
        reduced_motion="reduce",
    )
    held = Phone(context, line)
    held.log_in(client, officials.member)
    held.open()
    until(held.page, "navigator.serviceWorker.controller !== null")
    held.open()
    yield held
    context.close()


def until(page, expression):
    """Wait until it is so on the page; its policy lets Playwright's own way of waiting do
    nothing.
    """
    for _tenth in range(400):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(
        f"{expression}: {page.inner_text('#queue')} {page.inner_text('#line-state')}"
    )


class Phone:
    def __init__(self, context, line):
        self.context, self.line, self.page = context, line, None

    def log_in(self, client, account):
        client.force_login(account)
        self.context.clear_cookies()
        self.context.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": client.cookies["sessionid"].value,
                    "url": self.line.address,
                }
            ]
        )

    def open(self):
        self.page = self.page or self.context.new_page()
        self.page.goto(NEW)
        self.ready()

    def ready(self):
        self.page.wait_for_selector("html[data-rounds=ready]")

    def go_away(self):
        self.line.cut()
        self.context.set_offline(True)

    def come_back(self):
        self.line.mend()
        self.context.set_offline(False)

    def kill_tab(self):
        """The tab is gone without a word; a new one is opened."""
        self.page.close(run_before_unload=False)
        self.page = None
        self.open()

    def write(self, title, photos=(), noted="", **more):
        page = self.page
        page.fill("[name=title]", title)
        for name, value in {
            "held_on": "11/08/2025",
            "minutes": "Có mặt bốn người.",
            **more,
        }.items():
            page.fill(f"[name={name}]", value)
        if noted:
            page.fill("#noted-1-title", noted)
        if photos:
            page.set_input_files(
                "#photos",
                [
                    {"name": f"IMG_{n}.JPG", "mimeType": "image/jpeg", "buffer": one}
                    for n, one in enumerate(photos, 1)
                ],
            )
            until(page, f"document.querySelectorAll('#photo-rows li').length === {len(photos)}")

    def send(self):
        self.page.click("#send")
        until(self.page, "document.querySelector('[name=title]').value === ''")

    def rows(self, state, number=1):
        until(
            self.page,
            f"document.querySelectorAll('#queue-rows [data-state={state}]').length === {number}",
        )
        return self.page.locator(f"#queue-rows [data-state={state}]")


def noisy(seed, side=1400):
    """A photo that does not compress: several pieces long."""

    kept = io.BytesIO()
    Image.frombytes("RGB", (side, side), random.Random(seed).randbytes(side * side * 3)).save(
        kept, "JPEG", quality=70
    )
    return kept.getvalue()


def test_a_round_with_two_photos_is_written_without_a_line_and_sent_exactly_once(phone):
    phone.go_away()
    phone.page.reload()
    phone.ready()
    phone.write("Thu chi quỹ tổ 5", [jpeg(1, (800, 600)), jpeg(2, (800, 600))], noted="Thu sai mức")
    phone.send()
    phone.rows("queued")
    assert phone.page.is_visible("#line-state") and "Chưa có mạng" in phone.page.inner_text(
        "#line-state"
    )
    assert_fits(phone.page)
    phone.page.reload()  # once more without a line
    phone.ready()
    phone.rows("queued")
    assert not Event.objects.exists()
    phone.come_back()
    phone.rows("sent")
    assert phone.page.inner_text("#kept") == "", "it waits no longer"
    sheet = RoundSheet.objects.get()
    assert (
        Event.objects.count(),
        sheet.title,
        sheet.minutes,
        sheet.noted[0]["title"],
        Attachment.objects.filter(event=sheet.event).count(),
    ) == (1, "Thu chi quỹ tổ 5", "Có mặt bốn người.", "Thu sai mức", 2)
    assert all(
        0x0110 not in opened(one.paper.path.read_bytes()).getexif()
        for one in Attachment.objects.select_related("paper")
    )
    for _once in range(2):
        phone.page.evaluate("window.dispatchEvent(new Event('online'))")
        phone.open()
    phone.rows("sent")
    assert (
        Event.objects.count(),
        Attachment.objects.count(),
        Entry.objects.filter(act="round_sheet.written").count(),
    ) == (1, 2, 1)
    assert_accessible(phone.page)
    phone.page.click("#queue-rows [data-state=sent] a")
    phone.page.wait_for_selector("main :text('Thu sai mức')")


@turn(2, together=0)
def test_a_killed_tab_loses_nothing_that_was_typed_or_photographed(phone):
    phone.go_away()
    phone.write("Đường ngõ 5", [jpeg(3)], noted="Bê tông mỏng", place="Ngõ 5")
    until(phone.page, "document.getElementById('kept').textContent !== ''")
    phone.page.wait_for_timeout(500)
    phone.kill_tab()
    page = phone.page
    assert [page.input_value(f"[name={name}]") for name in ("title", "place", "minutes")] == [
        "Đường ngõ 5",
        "Ngõ 5",
        "Có mặt bốn người.",
    ]
    assert (
        page.input_value("#noted-1-title") == "Bê tông mỏng"
        and page.locator("#photo-rows li").count() == 1
    )
    phone.send()
    phone.kill_tab()
    phone.rows("queued")
    phone.come_back()
    phone.rows("sent")
    assert (Event.objects.get().title, Attachment.objects.count()) == ("Đường ngõ 5", 1)


@turn(4, together=3)
def test_a_photo_cut_off_on_the_way_goes_on_where_it_stopped_even_in_another_tab(phone):
    photo = noisy(1)
    assert len(photo) > 3 * 256 * 1024
    phone.write("Mặt đường", [photo])
    before = phone.line.sent
    phone.line.cut_after(600 * 1024)
    phone.send()
    phone.page.wait_for_selector("#line-state:not([hidden])")
    assert (Event.objects.count(), Attachment.objects.count()) == (1, 0)
    phone.line.mend()
    phone.line.cut_after(300 * 1024)
    phone.page.evaluate("window.dispatchEvent(new Event('online'))")
    until(phone.page, "document.getElementById('line-state').hidden === false")
    phone.line.mend()
    phone.kill_tab()
    phone.rows("sent")
    assert (
        Event.objects.count(),
        Attachment.objects.count(),
        RoundSheet.objects.get().photos.get().size,
    ) == (1, 1, len(photo))
    assert phone.line.sent - before < 2.2 * len(photo), "what had come was not sent again"
    assert opened(Attachment.objects.get().paper.path.read_bytes()).size == (1400, 1400)


@turn(2, together=0)
def test_rounds_are_sent_in_the_order_they_were_written(phone):
    phone.go_away()
    for n in range(3):
        phone.write(f"Cuộc {n}")
        phone.send()
    phone.rows("queued", 3)
    phone.come_back()
    phone.rows("sent", 3)
    assert list(Event.objects.order_by("pk").values_list("title", flat=True)) == [
        "Cuộc 0",
        "Cuộc 1",
        "Cuộc 2",
    ]


@turn(2, together=0)
def test_what_the_scripts_before_the_outbox_had_queued_is_sent_and_their_draft_goes_on(
    phone, officials
):
    page, photo = phone.page, jpeg(7)
    account, board = officials.member.pk, page.input_value("[name=board]")
    page.evaluate(OLD_STORE)
    page.evaluate(QUEUED_THEN, [account, board, list(photo), hashlib.sha256(photo).hexdigest()])
    phone.go_away()
    phone.kill_tab()
    phone.rows("queued")
    assert phone.page.input_value("[name=title]") == "Đang viết"
    phone.come_back()
    phone.rows("sent")
    assert (Event.objects.get().title, Attachment.objects.count()) == ("Chờ từ trước", 1)
    phone.page.evaluate(OLD_STORE)
    assert phone.page.evaluate(LEFT_THERE) == 0
    phone.kill_tab()
    phone.rows("sent")
    assert Event.objects.count() == 1


@turn(2, together=1)
def test_the_worker_sends_what_waits_while_no_page_of_rounds_is_open(phone):
    phone.go_away()
    phone.write("Gửi khi trang đã đóng", [jpeg(8)])
    phone.send()
    phone.rows("queued")
    workers = []
    session = phone.context.new_cdp_session(phone.page)
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: workers.extend(
            one["registrationId"]
            for one in event["registrations"]
            if one["scopeURL"].endswith("/desk/rounds/")
        ),
    )
    session.send("ServiceWorker.enable")
    phone.come_back()
    phone.page.goto("/style/")  # its scope is another
    session.send(
        "ServiceWorker.dispatchSyncEvent",
        {
            "origin": phone.line.address,
            "registrationId": workers[-1],
            "tag": "rounds",
            "lastChance": False,
        },
    )
    for _tenth in range(200):
        if Attachment.objects.exists():
            break
        phone.page.wait_for_timeout(100)
    assert (Event.objects.get().title, Attachment.objects.count()) == ("Gửi khi trang đã đóng", 1)


@turn(2)
def test_rounds_and_their_photos_are_saved_as_a_file_and_taken_in_once(phone, tmp_path):
    photo = jpeg(4)
    phone.go_away()
    phone.write("Đưa sang máy khác", [photo])
    phone.send()
    phone.rows("queued")
    downloads = []
    phone.page.once("download", lambda one: downloads.append(one))
    phone.page.click("#queue-file summary")
    phone.page.click("#queue-save")
    while not downloads:
        phone.page.wait_for_timeout(50)
    file = tmp_path / "kept.json"
    downloads[0].save_as(file)
    phone.page.evaluate("() => { window.confirm = () => true; }")
    phone.page.evaluate("indexedDB.deleteDatabase('danchu-outbox')")
    phone.come_back()
    for _twice in range(2):
        phone.kill_tab()
        phone.page.click("#queue-file summary")
        phone.page.set_input_files("#queue-take", file)
        phone.rows("sent")
    assert Event.objects.get().title == "Đưa sang máy khác"
    assert Attachment.objects.get().paper_id is not None


@turn(4, together=1)
def test_a_round_that_meets_another_is_shown_and_its_writer_decides(phone, board):
    plan = actions.plan_round(
        by=BY, board=board, span="quarter", title="Quỹ", planned_on=date(2025, 8, 11)
    )
    phone.open()
    phone.go_away()
    for title, planned in (("Theo kế hoạch", True), ("Cùng việc", False), ("Ba", False)):
        phone.write(title)
        if planned:
            phone.page.select_option("[name=plan]", str(plan.pk))
        phone.send()
    for title, more in (("Của người khác", {"plan": plan}), ("Cùng việc", {})):
        actions.write_round(
            uuid4(), by=BY, board=board, held_on=date(2025, 8, 11), title=title, **more
        )
    phone.come_back()
    told = phone.rows("conflict", 2)
    phone.rows("sent", 1)
    assert (
        "Kế hoạch này đã có cuộc giám sát" in told.nth(0).inner_text()
        and "Của người khác" in told.nth(0).inner_text()
    )
    assert_fits(phone.page)
    assert_accessible(phone.page)
    phone.page.get_by_role("button", name="Gửi không theo kế hoạch").click()
    phone.page.get_by_role("button", name="Là cuộc khác, vẫn gửi").click()
    phone.rows("sent", 3)
    assert Event.objects.count() == 5


@turn(2, together=0)
def test_what_the_desk_does_not_take_is_told_and_may_be_changed(phone):
    phone.write("Ngày sai", held_on="31/02/2025")
    phone.send()
    row = phone.rows("refused")
    assert "Ngày" in row.inner_text()
    row.get_by_role("button", name="Sửa lại").click()
    until(phone.page, "document.querySelector('[name=title]').value === 'Ngày sai'")
    phone.page.fill("[name=held_on]", "11/08/2025")
    phone.send()
    phone.rows("sent")
    assert Event.objects.get().held_on == date(2025, 8, 11)


@turn(2, together=0)
def test_without_a_session_nothing_is_lost_and_nobody_sends_for_another(
    phone, client, officials, board
):
    phone.go_away()
    phone.write("Của thành viên")
    phone.send()
    phone.context.clear_cookies()
    phone.come_back()
    until(phone.page, "document.getElementById('line-state').textContent.includes('đăng nhập')")
    assert not Event.objects.exists()
    phone.log_in(client, officials.boss)
    phone.open()
    until(phone.page, "document.getElementById('queue').textContent.includes('tài khoản khác')")
    assert not Event.objects.exists()
    assert "Của thành viên" not in phone.page.content()
    phone.log_in(client, officials.member)
    phone.open()
    phone.rows("sent")
    entry = Entry.objects.get(act="event.drafted")
    assert entry.actor == Actor.of(officials.member).key


@turn(2, together=1)
def test_the_point_is_told_only_when_it_is_asked_for(phone, line):
    phone.context.grant_permissions(["geolocation"], origin=line.address)
    phone.context.set_geolocation({"latitude": 21.028511, "longitude": 105.854167, "accuracy": 9})
    phone.write("Có tọa độ")
    assert phone.page.input_value("[name=latitude]") == ""
    phone.page.click("#point-ask")
    until(phone.page, "document.querySelector('[name=latitude]').value !== ''")
    phone.send()
    phone.rows("sent")
    sheet = RoundSheet.objects.get()
    assert (str(sheet.latitude), str(sheet.longitude), sheet.accuracy) == (
        "21.02851",
        "105.85417",
        9,
    )


@turn(2, together=1)
def test_more_lines_of_violations_come_by_a_button(phone):
    phone.write("Nhiều vụ")
    for n in range(4):
        if n >= phone.page.locator(".noted-line").count():
            phone.page.click("#noted-more")
        phone.page.fill(f"#noted-{n + 1}-title", f"Vụ {n}")
    assert_accessible(phone.page)
    phone.send()
    phone.rows("sent")
    assert [row["title"] for row in RoundSheet.objects.get().noted] == [f"Vụ {n}" for n in range(4)]
    assert not Finding.objects.exists(), "only the head enters them"


@turn(2, together=0)
def test_without_script_the_same_page_is_an_ordinary_form(
    page_without_script, client, site, officials, board
):
    client.force_login(officials.member)
    page = page_without_script
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    page.goto(NEW)
    assert not page.is_visible("#point-ask") and not page.is_visible("#noted-more")
    page.fill("[name=title]", "Không có tập lệnh")
    page.fill("[name=held_on]", "11/08/2025")
    page.set_input_files(
        "#photos", [{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg(4)}]
    )
    page.click("#send")
    assert page.url.endswith(f"/desk/rounds/{RoundSheet.objects.get().uid}/")
    assert Attachment.objects.count() == 1


def test_the_account_that_has_no_board_is_not_shown_the_page(client, officials):
    account = create_account(by=BY, email="khac@example.vn", name="khac")
    appoint(
        account,
        by=BY,
        office_kind=OfficeKind.objects.get(key="auditor"),
        unit=officials.ward,
        since=date(2025, 7, 1),
    )
    client.force_login(account)
    assert client.get(NEW).status_code == 403
