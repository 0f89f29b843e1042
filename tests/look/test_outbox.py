"""The outbox of a device, by the example of docs/develop/scripts.md: kept, sent in order, tried
again ever more seldom, and what was refused stays and is told.
"""

import json
import re

import pytest

from tests.architecture.sources import ROOT

pytestmark = pytest.mark.browser

# The form, and a server that all windows of the device share: `away` says that there is no line.
PAGE = """() => {
    document.body.innerHTML =
        `<form id="chairs" action="/chairs/"
           data-queued="waits" data-sent="sent" data-refused="no:">
           <input name="room"><button>Send</button></form><ol id="chairs-kept"></ol>`;
    window.fetch = async (address, options) => {
        localStorage.tries = Number(localStorage.tries || 0) + 1;
        if (localStorage.away) throw new TypeError("no line");
        const sent = JSON.parse(options.body);
        localStorage.taken = JSON.stringify([...JSON.parse(localStorage.taken || "[]"), sent]);
        const fault = sent.room === "cellar" ? { message: "no such room" } : {};
        return new Response(JSON.stringify(fault), { status: fault.message ? 400 : 200 });
    };
}"""


def example():
    """The script of the documentation."""
    text = (ROOT / "docs/develop/scripts.md").read_text(encoding="utf-8")
    return re.search(r"```js\n(// Chairs.*?)```", text, re.S)[1]


def taken(page):
    """What has reached the server."""
    return json.loads(page.evaluate("localStorage.taken || '[]'"))


def go_away(page):
    page.evaluate("() => { localStorage.away = 1; }")


def opened(page):
    page.goto("/")
    page.evaluate(PAGE)
    page.add_script_tag(url="/static/look/js/outbox.js")
    return page


@pytest.fixture
def chairs(browser_page):
    """The page with its form, its script not begun."""
    return opened(browser_page)


def enter(page, *rooms):
    for room in rooms:
        page.fill("[name=room]", room)
        page.click("#chairs button")
        page.wait_for_selector(f"#chairs-kept >> text={room}")


def kept(page):
    return page.locator("#chairs-kept li").all_inner_texts()


def test_what_was_entered_without_a_line_is_sent_once_and_in_order(chairs):
    go_away(chairs)
    chairs.evaluate(example())
    enter(chairs, "hall", "attic")
    assert [text.strip() for text in kept(chairs)] == ["hall: waits", "attic: waits"]
    opened(chairs).evaluate(example())
    enter(chairs, "yard")
    chairs.evaluate("delete localStorage.away && window.dispatchEvent(new Event('online'))")
    chairs.wait_for_selector("text=yard: sent")
    assert [one["room"] for one in taken(chairs)] == ["hall", "attic", "yard"]
    assert len({one["uid"] for one in taken(chairs)}) == 3
    opened(chairs).evaluate(example())
    chairs.wait_for_selector("text=yard: sent")
    assert len(taken(chairs)) == 3


def test_an_answer_that_never_comes_is_given_up_and_asked_for_again_longer_for_more(chairs):
    chairs.evaluate("""() => {
        const answers = window.fetch;
        window.patience = [];
        AbortSignal.timeout = (time) => {
            patience.push(time);
            const late = new AbortController();
            setTimeout(() => late.abort(), 100);
            return late.signal;
        };
        window.fetch = (address, options) => patience.length > 1
            ? answers(address, options)
            : new Promise((_answer, fail) => {
                  options.signal.addEventListener("abort", () => fail(new TypeError("late")));
              });
    }""")
    chairs.evaluate(example())
    enter(chairs, "hall")
    chairs.wait_for_selector("text=hall: sent")
    assert len(taken(chairs)) == 1
    shorter, longer = chairs.evaluate("""async () => {
        window.patience = [];
        const photo = new FormData();
        photo.append("photo", new Blob([new Uint8Array(4000000)]));
        window.fetch = async () => new Response("{}");
        await Outbox.ask("/chairs/", {});
        await Outbox.ask("/chairs/", { method: "POST", body: photo });
        return window.patience;
    }""")
    assert (shorter, longer) == (30_000, 1_030_000)


def test_what_is_refused_stays_with_its_reason_and_stops_nothing(chairs):
    chairs.evaluate(example())
    enter(chairs, "cellar", "hall")
    chairs.wait_for_selector("text=hall: sent")
    assert [text.strip() for text in kept(chairs)] == ["cellar: no: no such room", "hall: sent"]
    opened(chairs).evaluate(example())
    chairs.wait_for_selector("text=no such room")
    assert len(taken(chairs)) == 2


def test_a_server_that_is_away_is_asked_ever_more_seldom(chairs):
    chairs.clock.install()
    go_away(chairs)
    chairs.evaluate(example())
    enter(chairs, "hall")
    tries = []
    for _second in range(120):
        chairs.clock.run_for(1000)
        chairs.evaluate("Outbox.queue('chairs', {}).all().then(() => 0)")  # what was begun is done
        tries.append(chairs.evaluate("Number(localStorage.tries)"))
    first, second = tries[59], tries[119] - tries[59]
    assert 5 <= first <= 9 and 2 <= second <= 4


def test_two_windows_never_share_a_place_in_the_queue(chairs):
    other = chairs.context.new_page()
    opened(other)
    put = """() => { const queue = Outbox.queue('chairs', {}); window.done =
        Promise.all(Array.from({length: 20}, () => queue.enqueue({fields: {}}))); }"""
    for page in (chairs, other):
        page.evaluate(put)
    for page in (chairs, other):
        page.evaluate("window.done.then(() => 0)")
    orders = chairs.evaluate("Outbox.queue('chairs', {}).all().then(all => all.map(e => e.order))")
    assert orders == list(range(1, 41))


def test_only_one_window_sends(chairs):
    """A second window that begins while the first is sending waits, and finds nothing to send."""
    other = chairs.context.new_page()
    opened(other)
    chairs.evaluate("Outbox.queue('chairs', {}).enqueue({fields: {room: 'hall'}}).then(() => 0)")
    for page in (chairs, other):
        page.evaluate(example())
    for page in (chairs, other):
        page.wait_for_selector("text=hall: sent")
    assert len(taken(chairs)) == 1
