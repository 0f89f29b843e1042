"""The desks of the chair and of the moderators, by mouse, by keyboard, without script, and two
devices at once.
"""

import pytest

from danchu.conference.models import Conference, FloorRequest, Poll, ProgrammeItem, Question
from tests.browser import inspect
from tests.live.conftest import wait_for
from tests.live.pages import full, pages  # noqa: F401
from tests.sizes import long, part, turn

pytestmark = pytest.mark.browser


@pytest.fixture
def chair(full):
    return full.enter(full.browser(full.pass_for("chair"), width=1280), "chair/")


@pytest.fixture
def moderator(full):
    return full.enter(full.browser(full.pass_for("moderator"), width=1280), "questions/")


def state(row):
    row.refresh_from_db()
    return row.state


@turn(2, together=0)
def test_the_chair_goes_through_the_programme_and_the_hall_follows(full, chair):
    delegate = full.enter(full.delegate(0))
    chair.keyboard.press("n")
    assert full.full.next.title in chair.evaluate("document.activeElement.textContent")
    chair.keyboard.press("Enter")
    delegate.wait_for_selector(f".item-title >> text={full.full.next.title}")
    wait_for(lambda: full.full.next.title in chair.inner_text("#now .item-title"))
    assert (state(full.full.current), state(full.full.next)) == ("done", "current")
    chair.fill("#say-text", "Nghỉ giải lao 10 phút")
    chair.click("form[data-clears] button")
    delegate.wait_for_selector(".said >> text=Nghỉ giải lao 10 phút")
    wait_for(lambda: chair.input_value("#say-text") == "")
    assert chair.problems == []


@turn(2, together=1)
@pytest.mark.case("FA18")
def test_what_the_chair_typed_under_an_old_token_is_not_lost(full, chair):
    chair.fill("#say-text", "Nghỉ giải lao 10 phút")
    chair.evaluate(
        "document.querySelectorAll('[name=csrfmiddlewaretoken]')"
        ".forEach(one => one.value = 'a'.repeat(64))"
    )
    chair.click("form[data-clears] button")
    chair.wait_for_selector("text=Những gì đã gõ còn nguyên")
    chair.click("main form button")
    chair.wait_for_selector(".said >> text=Nghỉ giải lao 10 phút")


@turn(2, together=0)
def test_two_devices_of_the_chair_do_nothing_twice_and_the_slower_is_told(full, chair):
    slow = full.browser(full.pass_for("chair"), width=1280, java_script_enabled=False)
    slow.goto(full.path + "chair/")
    chair.keyboard.press("g")
    wait_for(lambda: state(full.full.speaking) == "done")
    slow.click("text=Mời >> nth=0")
    assert "Một thiết bị khác vừa điều hành" in slow.inner_text("[role=alert]")
    assert (
        FloorRequest.objects.filter(state="speaking").count() == 1
        and FloorRequest.objects.filter(state="done").count() == 1
    )
    slow.goto(full.path + "chair/")
    chair.keyboard.press("+")
    wait_for(lambda: FloorRequest.objects.get(state="speaking").seconds == 240)
    slow.click("text=Thêm 1 phút")
    assert "hiện là 240 giây" in slow.inner_text("[role=alert]")
    chair.wait_for_selector("text=Vũ Thị Mai")  # her point of order comes first


@turn(2, together=1)
def test_a_poll_is_opened_closed_and_declared_from_the_desk(full, chair):
    poll = Poll.objects.create(
        uid="7f1c9a52-0b0d-4ad4-9be5-2f3f0e5d1a11",
        conference=full.conference,
        title="Thông qua nghị quyết?",
        options=["Có", "Không"],
        kind="opinion",
        secrecy="named",
        electorate="hall",
        on_roll=False,
        state="drafted",
        made_by="kiểm thử",
        made_at=full.full.at,
    )
    chair.reload()
    chair.wait_for_selector("#line[data-line=live]")
    chair.click("text=Mở biểu quyết")
    wait_for(lambda: state(poll) == "open")
    delegate = full.enter(full.delegate(0))
    delegate.click(".tile >> text=Có >> nth=0")
    delegate.click("text=Gửi phiếu")
    delegate.wait_for_selector(".receipt")
    wait_for(lambda: "1 đã bỏ phiếu" in " ".join(chair.inner_text("#polls .is-open").split()))
    chair.keyboard.press("b")
    chair.keyboard.press("Enter")
    wait_for(lambda: state(poll) == "closed")
    chair.click("text=Công bố kết quả")
    delegate.wait_for_selector(".result .verdict >> text=Đã có kết quả")
    assert state(poll) == "declared"


@turn(2, together=0)
def test_what_the_chair_types_stays_when_it_is_refused_and_when_the_hall_moves_on(full, chair):
    chair.click("text=Không mời >> nth=0")
    chair.fill("#floor input[name=reason]", "Không có trong phòng")
    Conference.objects.filter(pk=full.conference.pk).update(said="Tin mới")
    full.full.tell()
    chair.wait_for_selector("#said-now >> text=Tin mới")
    assert chair.input_value("#floor input[name=reason]") == "Không có trong phòng"
    plain = full.browser(full.pass_for("chair"), java_script_enabled=False)
    plain.goto(full.path + "chair/")
    plain.evaluate("document.getElementById('say-text').removeAttribute('maxlength')")
    plain.fill("#say-text", "x" * 301)
    plain.click("form[data-clears] button")
    assert (
        "Dài quá 300 ký tự" in plain.inner_text("[role=alert]")
        and plain.input_value("#say-text") == "x" * 301
    )


@turn(2, together=1)
def test_questions_are_screened_by_keyboard_alone(full, moderator):
    asked = Question.objects.get(state="submitted")
    delegate = full.enter(full.delegate(0))
    moderator.keyboard.press("j")
    moderator.keyboard.press("d")
    delegate.wait_for_selector(f".asked >> text={asked.text}")
    assert state(asked) == "shown"
    moderator.wait_for_selector("#waiting >> text=Không còn câu nào")
    other = Question.objects.get(text__startswith="Kinh phí")
    moderator.focus(f"#question-{other.pk}")
    moderator.keyboard.press("r")
    moderator.keyboard.type("Theo Nghị định mới.")
    moderator.keyboard.press("Tab")
    moderator.keyboard.press("Enter")
    delegate.wait_for_selector("text=Theo Nghị định mới.")
    assert state(other) == "answered"


@turn(2, together=0)
def test_a_question_is_refused_with_a_reason_for_its_asker_and_grouped_with_its_like(
    full, moderator
):
    asked = Question.objects.get(state="submitted")
    moderator.focus(f"#question-{asked.pk}")
    moderator.keyboard.press("x")
    moderator.keyboard.press("Enter")
    moderator.wait_for_selector("[role=alert] >> text=Hãy ghi lý do")
    assert state(asked) == "submitted"
    moderator.focus(f"#question-{asked.pk}")
    moderator.keyboard.press("x")
    moderator.keyboard.type("Ngoài phạm vi hội nghị")
    moderator.keyboard.press("Enter")
    wait_for(lambda: state(asked) == "refused")
    delegate = full.enter(full.delegate(5))
    assert "Không đưa lên: Ngoài phạm vi hội nghị" in delegate.inner_text(".my-asked")
    one, into = (
        Question.objects.get(text__startswith="Bao giờ"),
        Question.objects.get(text__startswith="Kinh phí"),
    )
    moderator.focus(f"#question-{one.pk}")
    moderator.keyboard.press("g")
    moderator.select_option(f"#into-{one.pk}", str(into.pk))
    moderator.click(f"#question-{one.pk} button >> text=Gộp")
    wait_for(lambda: state(one) == "grouped")


@turn(2, together=1)
def test_the_desks_are_for_those_who_lead(full):
    for held in (None, full.served.delegates[0].pass_in, full.pass_for("projector")):
        page = full.browser(held)
        for path in ("chair/", "questions/"):
            assert page.goto(full.path + path).status == 403
    assert ProgrammeItem.objects.filter(state="current").count() == 1


DESKS = [("chair", "chair/"), ("moderator", "questions/")]


@long
@pytest.mark.parametrize(("role", "path"), part(DESKS, 2, "desks of a hall"))
def test_each_desk_fits_is_accessible_and_silent(full, role, path):
    full.full.poll()
    inspect(full.browser(full.pass_for(role)), full.path + path)
