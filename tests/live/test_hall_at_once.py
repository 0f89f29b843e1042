"""The hall played in browsers at once: two delegates, a room's desk, the chair and the
projector, over the hall's real processes.
"""

import pytest

from danchu.conference.models import Poll, RoomCount, Vote
from tests.live.conftest import wait_for
from tests.live.pages import full, pages  # noqa: F401
from tests.sizes import turn

pytestmark = pytest.mark.browser


@turn(4, together=0)
def test_a_vote_by_devices_and_hands_is_opened_counted_declared_and_seen_by_all(full):
    poll = Poll.objects.create(
        uid="0b0f6a1e-52f1-4a07-8d36-0c43a4a3c9f2",
        conference=full.conference,
        title="Thông qua nghị quyết hội nghị?",
        options=["Tán thành", "Không tán thành"],
        kind="opinion",
        secrecy="named",
        franchise="both",
        electorate="hall",
        on_roll=False,
        state="drafted",
        made_by="kiểm thử",
        made_at=full.full.at,
    )
    one, other = full.enter(full.delegate(0)), full.enter(full.delegate(3))
    room = full.enter(full.browser(full.pass_for("room", full.full.ward), width=820), "room/")
    chair = full.enter(full.browser(full.pass_for("chair"), width=1280), "chair/")
    screen = full.enter(full.browser(full.pass_for("projector"), width=1280), "screen/")

    chair.keyboard.press("n")
    chair.keyboard.press("Enter")
    for page in (one, other, room):
        page.wait_for_selector(f".item-title >> text={full.full.next.title}")

    chair.click("#polls button >> text=Mở biểu quyết")
    for page in (one, other):
        page.click(".tile >> text=Tán thành >> nth=0") if page is one else page.click(
            ".tile >> text=Không tán thành"
        )
        page.click("text=Gửi phiếu")
        page.wait_for_selector(".receipt >> text=Đã ghi nhận")
    screen.wait_for_selector(".scene-poll >> text=Thông qua nghị quyết hội nghị?")
    room.wait_for_selector(".poll >> text=Đếm tay trong phòng")
    room.context.set_offline(True)
    room.fill(".poll input[name=count-0]", "50")
    room.fill(".poll input[name=count-1]", "6")
    room.click("text=Gửi số tay")
    room.wait_for_selector("#waits >> text=1 mục chờ gửi")
    assert not RoomCount.objects.exists()
    room.context.set_offline(False)
    room.wait_for_selector(".is-counted >> text=50, 6", timeout=20_000)
    wait_for(lambda: "58" in screen.inner_text(".scene-poll .turnout"))

    chair.keyboard.press("b")
    chair.keyboard.press("Enter")
    chair.click("text=Công bố kết quả")
    screen.wait_for_selector(".scene-result .verdict >> text=Đã có kết quả")
    for page in (one, other):
        page.wait_for_selector(".result >> text=Thông qua nghị quyết hội nghị?")
        assert (
            " ".join(page.inner_text(".result .bars tbody").split())
            == "Tán thành 51 88% Không tán thành 7 12%"
        )
        wait_for(
            lambda page=page: (
                "Kết quả biểu quyết" in page.evaluate("document.getElementById('ear').textContent")
            )
        )
    poll.refresh_from_db()
    assert (
        poll.state == "declared"
        and poll.result["counts"] == [51, 7]
        and Vote.objects.filter(poll=poll).count() == 2
    )

    one.click("text=Xin phát biểu")
    one.wait_for_selector("text=Đang chờ, thứ")
    for _turn in range(4):
        before = chair.inner_text("#floor .speaking-name")
        chair.keyboard.press("g")
        wait_for(lambda before=before: chair.inner_text("#floor .speaking-name") != before)
        if one.is_visible(".turn"):
            break
    one.wait_for_selector(".turn >> text=Mời ông/bà phát biểu")
    screen.keyboard.press("5")
    screen.wait_for_selector(f".scene-floor >> text={chair.inner_text('#floor .speaking-name')}")
    for page in (one, other, chair, screen):
        assert page.problems == []
