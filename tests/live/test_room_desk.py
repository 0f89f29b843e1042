"""A room's desk: with a line, without one, with a page loaded anew without one, and without
script.
"""

import pytest

from danchu.conference.models import (
    Attendance,
    FloorRequest,
    HeadCount,
    Question,
    RoomCount,
    RoomEntry,
)
from tests.browser import inspect
from tests.live.conftest import wait_for
from tests.live.pages import full, pages  # noqa: F401
from tests.sizes import turn

pytestmark = pytest.mark.browser

# As the script of a room wrote before there was an outbox: one entry answered, one not yet, and one
# of another room.
KEPT_THEN = """([place, other]) => new Promise((done, fail) => {
    const request = indexedDB.open("hall-room", 1);
    request.onupgradeneeded = () =>
        request.result.createObjectStore("entries", { keyPath: ["place", "number"] });
    request.onsuccess = () => {
        const transaction = request.result.transaction("entries", "readwrite");
        const made_at = new Date().toISOString();
        const heads = (place, number, count, more) => transaction.objectStore("entries").add({
            place, number, uid: crypto.randomUUID(), act: "heads", content: {count}, made_at,
            said: "Số người: " + count, ...more});
        heads(place, 6, 87, {outcome: "late", told: "trước", ok: false});
        heads(place, 7, 88);
        heads(other, 1, 5);
        transaction.oncomplete = () => { request.result.close(); done(); };
        transaction.onabort = () => fail(transaction.error);
    };
})"""


@pytest.fixture
def desk(full):
    full.room = full.pass_for("room", full.full.city)
    return full.enter(full.browser(full.room), "room/")


def heads(full):
    return list(
        HeadCount.objects.filter(point=full.full.city)
        .order_by("pk")
        .values_list("count", flat=True)
    )[1:]


def with_worker(page):
    wait_for(
        lambda: page.evaluate(
            "navigator.serviceWorker.getRegistration().then(one => Boolean(one && one.active))"
        )
    )
    page.reload()
    page.wait_for_selector("#line[data-line=live]")


def test_what_a_room_enters_is_taken_in_and_told_back(full, desk):
    poll = full.full.poll(franchise="both", kind="opinion")
    full.full.tell()
    desk.fill("#count", "110")
    desk.click("[data-step='1']")
    desk.click("text=Ghi số người")
    desk.wait_for_selector(".is-counted >> text=Đã ghi 111 người trong phòng")
    desk.click(f"[data-delegate='{full.served.delegates[0].pk}'] button")
    desk.wait_for_selector("text=Đã ghi đại biểu đến")
    desk.fill("#speaker", "Bà Trần Thị Sáu")
    desk.click("text=Đăng ký phát biểu")
    desk.fill("#text", "Bao giờ xong nhà văn hóa?")
    desk.click("text=Gửi câu hỏi")
    desk.wait_for_selector(".poll >> text=Đếm tay trong phòng")
    for place, number in enumerate((90, 10, 20)):
        desk.fill(f".poll input[name=count-{place}]", str(number))
    desk.wait_for_selector(".sum.is-wrong >> text=Cộng 120 trên 111")
    desk.fill(".poll input[name=count-2]", "5")
    desk.click("text=Gửi số tay")
    wait_for(lambda: RoomCount.objects.filter(poll=poll).exists())
    assert RoomCount.objects.get(poll=poll).counts == [90, 10, 5] and heads(full) == [111]
    assert FloorRequest.objects.get(speaker="Bà Trần Thị Sáu").state == "waiting"
    assert Question.objects.get(text__startswith="Bao giờ xong").point == full.full.city
    assert Attendance.objects.get(delegate=full.served.delegates[0]).how == "room"
    assert desk.problems == []


@turn(2, together=0)
def test_a_room_without_a_line_goes_on_and_delivers_in_order_once_it_returns(full, desk):
    with_worker(desk)
    desk.context.set_offline(True)
    for number in ("101", "102", "103"):
        desk.fill("#count", number)
        desk.click("text=Ghi số người")
    desk.wait_for_selector("#waits >> text=3 mục chờ gửi")
    desk.reload()
    desk.wait_for_selector("#waits >> text=3 mục chờ gửi")
    desk.fill("#count", "104")
    desk.click("text=Ghi số người")
    desk.wait_for_selector("#waits >> text=4 mục chờ gửi")
    assert heads(full) == []
    desk.context.set_offline(False)
    desk.wait_for_selector("#waits", state="hidden", timeout=20_000)
    assert heads(full) == [101, 102, 103, 104]
    assert list(RoomEntry.objects.order_by("number").values_list("number", "outcome")) == [
        (n, "counted") for n in (1, 2, 3, 4)
    ]
    assert desk.locator(".is-counted").count() == 4


@turn(2, together=0)
def test_what_the_script_before_the_outbox_had_kept_is_delivered_with_its_numbers(full, desk):  # noqa: F811
    desk.goto(full.path)  # no page of a room holds the database
    desk.evaluate(KEPT_THEN, [f"{full.conference.pk}-{full.full.city.pk}", f"{'9' * 8}-0-0"])
    full.enter(desk, "room/")
    wait_for(lambda: heads(full) == [88])
    desk.wait_for_selector(".is-counted >> text=Đã ghi 88")
    assert "trước" in desk.inner_text("#sent .is-late")
    desk.fill("#count", "89")
    desk.click("text=Ghi số người")
    wait_for(lambda: heads(full) == [88, 89])
    assert list(RoomEntry.objects.order_by("number").values_list("number", flat=True)) == [7, 8]


@turn(2, together=1)
def test_an_answer_that_is_lost_doubles_nothing(full, desk):
    desk.evaluate("""() => { const plain = window.fetch; let lost = 0;
        window.fetch = async (...given) => {
            const answer = await plain(...given);
            if (!lost++) throw new TypeError("lost");
            return answer;
        }; }""")
    desk.fill("#count", "99")
    desk.click("text=Ghi số người")
    desk.wait_for_selector("#waits >> text=1 mục chờ gửi")
    wait_for(lambda: heads(full) == [99])
    desk.wait_for_selector(".is-counted >> text=Đã ghi 99", timeout=20_000)
    assert heads(full) == [99] and RoomEntry.objects.count() == 1


@turn(2, together=1)
def test_the_copy_kept_for_one_room_is_shown_to_nobody_else(full, desk):
    with_worker(desk)
    other = full.pass_for("room", full.full.ward)
    context = desk.context
    context.clear_cookies()
    name = f"hall-{full.conference.pk}"
    context.add_cookies(
        [
            {
                "name": name,
                "value": full.token(other),
                "url": full.address,
                "httpOnly": True,
                "sameSite": "Lax",
            }
        ]
    )
    page = context.new_page()
    page.goto(full.path)  # leads to its own desk
    page.wait_for_selector("h2 >> text=Điểm cầu phường Hoàn Kiếm")
    context.clear_cookies()
    full.enter(page)  # now somebody without a pass
    wait_for(
        lambda: page.evaluate("""async () => { for (const name of await caches.keys())
        if (await (await caches.open(name)).match(location.pathname + 'room/')) return false;
        return true; }""")
    )
    context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
        page.goto(full.path + "room/")


@turn(2, together=0)
def test_a_room_without_script_enters_by_forms(full):
    page = full.browser(full.pass_for("room", full.full.city), java_script_enabled=False)
    page.goto(full.path + "room/")
    page.fill("#count", "77")
    page.click("text=Ghi số người")
    assert "Đã ghi 77 người trong phòng" in page.inner_text(".messages") and heads(full) == [77]
    page.fill("#count", "nhiều")
    page.click("text=Ghi số người")
    assert "phải là số nguyên" in page.inner_text(".messages")


def test_a_desk_is_its_rooms_alone_and_nothing_unreadable_is_taken(full, client):
    name = f"hall-{full.conference.pk}"
    address = full.path + "room/entries/"
    for held in (full.pass_for("chair"), full.served.delegates[0].pass_in):
        client.cookies[name] = full.token(held)
        assert client.post(address, "{}", content_type="application/json").status_code == 403
    client.cookies[name] = full.token(full.pass_for("room", full.full.city))
    for wrong in (
        "",
        "[]",
        "{}",
        '{"desk": 1}',
        '{"desk":"a","sent_at":"hôm nay","entries":[]}',
        '{"desk":"a","sent_at":"2026-03-01T00:00:00Z","entries":[{"uid":"x"}]}',
    ):
        answer = client.post(address, wrong, content_type="application/json")
        assert answer.status_code == 400 and answer.json()["message"], wrong
    assert RoomEntry.objects.count() == 0


@turn(2, together=1)
def test_the_desk_fits_is_accessible_and_silent(full):
    full.full.poll(franchise="rooms")
    inspect(full.browser(full.pass_for("room", full.full.city)), full.path + "room/")
