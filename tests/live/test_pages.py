"""The hall's pages in real browsers, with the hall's real processes behind them."""

import gzip

import pytest

from danchu.conference.models import Conference, FloorRequest, HallState, Question, Upvote, Vote
from danchu.conference.writes.frames import wake
from danchu.live.hub import HEARTBEAT
from danchu.live.sequencer import sequence
from danchu.live.views.hall_page import state_of
from tests.browser import inspect
from tests.live.conftest import make_poll, wait_for
from tests.live.pages import full, pages  # noqa: F401
from tests.sizes import long, part, turn

pytestmark = pytest.mark.browser


SLOTS = """() => [...document.querySelectorAll("#hall *")].flatMap((node) => {
    const { text, show, with: part, attributes, key } = node.dataset;
    if (!text && !show && !part && !attributes && !key) return [];
    const values = [...node.attributes].map(({ name, value }) => `${name}=${value}`);
    return [`${values.sort().join(" ")} ${text ? node.textContent.trim() : ""}`];
}).filter((slot) => !slot.includes("clock") && !slot.startsWith("aria-disabled"))"""


BOUND = ["", "screen/", "screen/?view=result", "speaker/", "room/"]


@long
@pytest.mark.parametrize("path", part(BOUND, 3, "bound"))
def test_to_bind_the_state_a_page_was_sent_with_changes_nothing_on_it(full, path):
    full.full.poll(may_change=True)
    full.full.poll(secrecy="secret", kind="binding")
    Vote.objects.create(poll=full.full.poll(), voter=full.served.delegates[4], choice=2)
    for process in ("sequencer", "hub"):
        full.served.kill(process)
    room = full.pass_for("room", point=full.served.delegates[4].point)
    page = full.browser(room) if path == "room/" else full.delegate(4)
    sequence(full.conference)
    page.goto(full.path + path)
    sent = page.evaluate(SLOTS)
    _number, state = state_of(full.conference)
    page.evaluate("state => { Hall.state = state; Hall.render(); }", state)
    assert page.evaluate(SLOTS) == sent
    assert len(sent) > 5


@turn(2, together=0)
def test_a_page_after_frames_reads_as_a_page_loaded_anew(full):
    page = full.enter(full.delegate(0))
    full.full.poll()
    Conference.objects.filter(pk=full.conference.pk).update(said="Nghỉ giải lao 15 phút")
    FloorRequest.objects.filter(pk=full.full.speaking.pk).update(
        state="done", ended_at=full.full.at
    )
    Question.objects.filter(state="submitted").update(state="shown")
    full.full.tell()
    page.wait_for_selector("text=Nghỉ giải lao 15 phút")
    page.wait_for_selector(".poll >> text=Chương trình hành động")
    page.wait_for_selector("text=danh mục việc phải lấy ý kiến")
    wait_for(lambda: page.evaluate("document.querySelectorAll('.speaking[hidden]').length === 1"))
    wait_for(
        lambda: "1 đại biểu" in " ".join(page.inner_text("#hall").split())
    )  # who is there is told seconds after coming
    wait_for(
        lambda: (
            HallState.objects.get(conference=full.conference).v
            == int(page.get_attribute("#hall", "data-v"))
        )
    )
    anew = full.browser(full.served.delegates[0].pass_in, java_script_enabled=False)
    anew.goto(full.path)

    def read(one):
        lines = [" ".join(line.split()) for line in one.inner_text("#hall").splitlines()]
        return [line for line in lines if line and ":" not in line and "/ 25" not in line]

    assert read(page) == read(anew)
    assert page.problems == []


@turn(2, together=1)
def test_a_vote_is_shown_as_recorded_only_after_it_is_and_stays_so(full):
    poll = full.full.poll()
    full.full.tell()
    page = full.enter(full.delegate(0))
    page.click("text=Gửi phiếu")
    page.wait_for_selector("text=Hãy chọn một phương án")
    page.click(".tile >> text=Không tán thành")
    full.served.kill("intake")
    page.click("text=Gửi phiếu")
    page.wait_for_selector("text=Chưa gửi được")
    assert not page.is_visible(".receipt") and not Vote.objects.filter(poll=poll).exists()
    page.reload()
    full.served.start("intake")
    page.wait_for_selector(".receipt >> text=Không tán thành", timeout=20_000)
    assert list(Vote.objects.filter(poll=poll).values_list("voter", "choice")) == [
        (full.served.delegates[0].pk, 1)
    ]
    page.reload()
    page.wait_for_selector(".receipt >> text=Không tán thành")
    assert not page.is_visible(".vote")


@turn(2, together=0)
def test_where_the_intake_cannot_be_reached_the_site_takes_what_is_sent(full):
    poll = full.full.poll()
    full.full.tell()
    full.served.kill("intake")
    page = full.enter(full.delegate(0))
    page.click(".tile >> text=Không biểu quyết")
    page.click("text=Gửi phiếu")
    page.wait_for_selector(".receipt >> text=Không biểu quyết", timeout=20_000)
    assert Vote.objects.get(poll=poll).choice == 2


@turn(2, together=0)
def test_a_hand_a_wish_and_a_question_are_taken(full):
    page = full.enter(full.delegate(0))
    page.click("text=Xin phát biểu")
    page.wait_for_selector("text=Đang chờ, thứ")
    assert (
        FloorRequest.objects.filter(delegate=full.served.delegates[0], state="waiting").count() == 1
    )
    page.click("text=Rút")
    page.wait_for_selector("button >> text=Xin phát biểu")
    wanted = page.locator(".asked", has_text="kế hoạch sử dụng đất")
    wanted.locator("button").click()
    wait_for(lambda: Upvote.objects.filter(delegate=full.served.delegates[0]).count() == 1)
    wait_for(
        lambda: page.evaluate(
            "[...document.querySelectorAll('.want-count b')].some(one => one.textContent === '6')"
        )
    )
    page.click("text=Đặt câu hỏi")
    page.fill("#ask-text", "Khi nào có <b>kết quả</b>?")
    page.click("text=Gửi câu hỏi")
    page.wait_for_selector(".my-asked >> text=Khi nào có <b>kết quả</b>?")
    assert page.input_value("#ask-text") == ""
    assert Question.objects.filter(delegate=full.served.delegates[0]).count() == 1
    assert page.problems == []


@turn(2, together=1)
def test_the_turn_to_speak_is_told_to_the_one_who_waits(full):
    page = full.enter(full.delegate(2))
    FloorRequest.objects.filter(pk=full.full.speaking.pk).update(
        state="done", ended_at=full.full.at
    )
    FloorRequest.objects.filter(delegate=full.served.delegates[2]).update(
        state="speaking", began_at=full.full.at
    )
    wake(full.conference, "floor")
    page.wait_for_selector(".turn >> text=Mời ông/bà phát biểu")
    wait_for(
        lambda: page.evaluate(
            "document.getElementById('ear').textContent.includes('Mời ông/bà phát biểu')"
        )
    )


@turn(2, together=1)
def test_everything_works_without_script_by_reloading(full):
    poll = full.full.poll()
    full.full.tell()
    wait_for(lambda: f"poll:{poll.pk}" in HallState.objects.get(conference=full.conference).state)
    page = full.delegate(0, java_script_enabled=False)
    page.goto(full.path)
    assert page.locator("noscript meta[http-equiv=refresh]").get_attribute("content") == "25"
    page.click(".tile >> text=Tán thành >> nth=0")
    page.click("text=Gửi phiếu")
    assert (
        "Đã ghi nhận phiếu" in page.inner_text(".receipt")
        and Vote.objects.get(poll=poll).choice == 0
    )
    page.click("text=Xin phát biểu")
    wait_for(
        lambda: FloorRequest.objects.filter(
            delegate=full.served.delegates[0], state="waiting"
        ).exists()
    )
    page.click("text=Đặt câu hỏi")
    assert page.locator("meta[http-equiv=refresh]").count() == 0  # what is typed is not lost
    page.click("text=Gửi câu hỏi")
    assert "Hãy viết câu hỏi" in page.inner_text("main")
    page.fill("textarea", "Khi nào có kết quả?")
    page.click("text=Gửi câu hỏi")
    assert "Khi nào có kết quả?" in page.inner_text(".my-asked")
    page.goto(full.path + "?still")
    assert page.locator("meta[http-equiv=refresh]").count() == 0


@turn(2, together=0)
def test_what_people_write_is_never_markup_or_script(full):
    bad = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>'
    for model, field in ((Question, "text"), (Conference, "said"), (Conference, "title")):
        model.objects.update(**{field: bad})
    full.full.poll(title=bad)
    page = full.enter(full.delegate(0))
    full.full.tell()
    page.wait_for_selector(".poll")
    for path in ("", "screen/", "speaker/"):
        full.enter(page, path)
        assert (
            page.evaluate("window.broken") is None and page.locator("main img[src=x]").count() == 0
        )
        assert "<img src=x" in page.inner_text("body")


def test_who_has_no_pass_listens_and_has_no_vote(full):
    full.full.poll()
    full.full.tell()
    page = full.enter(full.browser())
    page.wait_for_selector(".poll >> text=đã bỏ phiếu")
    assert page.locator("form[data-act]").count() == 0
    Conference.objects.filter(pk=full.conference.pk).update(said="Mời các đại biểu vào chỗ")
    wake(full.conference, "programme")
    page.wait_for_selector("text=Mời các đại biểu vào chỗ")


@turn(2, together=1)
def test_without_the_long_line_the_page_asks_every_few_seconds(full):
    page = full.delegate(0)
    page.add_init_script(
        "window.EventSource = class extends EventSource { constructor() { "
        "super('/no-such-line/'); } }"
    )
    page.add_init_script(
        "for (const name of ['setTimeout', 'setInterval']) { const plain = window[name]; "
        "window[name] = (act, after, ...more) => plain(act, after / 20, ...more); }"
    )
    page.goto(full.path)
    page.wait_for_selector("#line[data-line=slow]")
    Conference.objects.filter(pk=full.conference.pk).update(said="Tin qua đường chậm")
    wake(full.conference, "programme")
    wait_for(lambda: HallState.objects.get(conference=full.conference).state["hall"]["said"])
    page.wait_for_selector("text=Tin qua đường chậm")


@turn(2, together=0)
def test_a_first_visit_fits_a_slow_line(full):
    page, came = full.delegate(0), []
    page.on("response", lambda answer: came.append(answer))
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {effectiveType: '2g', "
        "saveData: false}})"
    )
    full.enter(page)
    bodies = {answer.url: answer.body() for answer in came if not answer.url.endswith("/stream")}
    scripts = [body for url, body in bodies.items() if url.endswith(".js")]
    assert sum(len(gzip.compress(body)) for body in scripts) < 11_600
    sizes = {url: len(body) for url, body in bodies.items()}
    assert sum(sizes.values()) < 90_000, sizes  # before compression; a third of it on the line


PAGES = [
    "",
    "ask/",
    "screen/",
    "screen/?view=questions",
    "screen/?view=result",
    "screen/?view=floor",
    "screen/?view=entry",
    "speaker/",
]


@long
@pytest.mark.parametrize("path", part(PAGES, 4, "pages of a hall"))
def test_each_page_fits_is_accessible_and_silent(full, path):
    full.full.poll()
    full.full.tell()
    inspect(full.delegate(0), full.path + path)


@turn(2, together=0)
def test_two_polls_one_secret_has_a_code_that_the_device_keeps(full):
    poll = make_poll(full.conference, secrecy="secret")
    full.full.tell()
    page = full.enter(full.delegate(0))
    page.click(".tile >> text=Đồng ý >> nth=0")
    page.click("text=Gửi phiếu")
    page.wait_for_selector(".receipt code")
    code = page.inner_text(".receipt code")
    assert len(code) == 16 and "Đồng ý" not in page.inner_text(".receipt")
    poll.state = "closed"
    poll.closed_at = full.full.at
    poll.opened_at = full.full.ago(5)
    poll.save()
    wake(full.conference, "polls")
    page.wait_for_selector(".result >> text=Đã đóng, đang kiểm phiếu")
    page.reload()
    page.wait_for_selector(f".result code >> text={code}")


@turn(2, together=1)
def test_a_sign_of_life_of_the_hub_is_heard_by_the_page_and_a_silent_line_is_opened_anew(full):
    page = full.delegate(0)
    page.add_init_script("""window.opened = []; window.EventSource = class extends EventTarget {
        static OPEN = 1;
        constructor(url) {
            super();
            this.readyState = 1;
            window.opened.push(this);
            const data = '{"v":1,"state":{}}';
            const snapshot = new MessageEvent('snapshot', {data});
            setTimeout(() => this.dispatchEvent(snapshot), 10);
        }
        close() {} };
        window.later = 0;
        const plain = Date.now;
        Date.now = () => plain() + window.later;
        const each = window.setInterval;
        window.setInterval = (act, after) => each(act, after / 50);""")
    page.goto(full.path)
    page.wait_for_selector("#line[data-line=live]")
    event = HEARTBEAT.decode().split("\n")[0].removeprefix("event: ")
    assert HEARTBEAT.endswith(b"data:\n\n")  # without data no event is dispatched
    for _ in range(3):
        page.evaluate(
            "event => { window.later += 60000; window.opened[0].dispatchEvent(new "
            "MessageEvent(event, {data: ''})); }",
            event,
        )
        page.wait_for_timeout(300)
    assert page.evaluate("window.opened.length") == 1
    page.evaluate("window.later += 80000")
    wait_for(lambda: page.evaluate("window.opened.length") > 1)
