"""The desks of a hall without their script: a form that is sent twice does one thing, and a list
that is cut says so.
"""

import re
from uuid import uuid4

import pytest

from danchu.conference.actions.passes import issue_pass
from danchu.conference.models import FloorRequest, Question
from danchu.conference.writes.batches import ask_question
from danchu.kernel.days import now
from danchu.live.views import moderating
from tests.conference.conftest import (  # noqa: F401
    _law_loaded_once,
    committee,
    conference,
    convened,
    country,
    delegates,
    holder,
    in_march,
    offices,
    person,
    running,
    system,
)


@pytest.fixture
def desk(client, running, system):  # noqa: F811
    """Enters the hall with a pass of the role: desk(role) is the address of the hall."""

    def enter(role):
        _pass, code = issue_pass(running, by=system, role=role)
        assert client.post("/h/", {"code": code}).status_code == 302
        return f"/hall/{running.pk}/"

    return enter


def token_of(answer):
    (token,) = set(re.findall(r'name="once" value="([^"]+)"', answer.content.decode()))
    return token


@pytest.mark.case("FA20")
def test_a_speaker_who_is_added_twice_waits_once(client, running, desk):  # noqa: F811
    here = desk("chair")
    point = running.points.first()
    fields = {"point": point.pk, "speaker": "Bà Năm", "once": token_of(client.get(f"{here}chair/"))}
    for _time in range(2):
        answer = client.post(f"{here}chair/guest/", fields, follow=True)
        assert answer.redirect_chain == [(f"{here}chair/", 302)]
    assert "đã được gửi trước đó" in answer.content.decode()
    assert [row.speaker for row in FloorRequest.objects.all()] == ["Bà Năm"]
    # The page that follows has another token: the same name may wait again, and so may another.
    again = {**fields, "once": token_of(answer)}
    assert again["once"] != fields["once"]
    client.post(f"{here}chair/guest/", again)
    client.post(f"{here}chair/guest/", {**fields, "speaker": "Ông Sáu"})
    assert FloorRequest.objects.count() == 3


@pytest.mark.case("FA20")
def test_a_form_of_the_chair_that_was_refused_may_be_sent_again(client, running, desk):  # noqa: F811
    here = desk("chair")
    token = token_of(client.get(f"{here}chair/"))
    bad = client.post(f"{here}chair/guest/", {"point": "0", "speaker": "Bà Năm", "once": token})
    assert bad.status_code == 400 and token_of(bad) == token
    fields = {"point": running.points.first().pk, "speaker": "Bà Năm", "once": token}
    assert client.post(f"{here}chair/guest/", fields).status_code == 302
    assert FloorRequest.objects.count() == 1


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_question_of_a_room_without_a_name_is_screened_as_any_other(client, running, desk):  # noqa: F811
    """A room may send a question and nobody's name; the desk of the moderators showed nothing."""
    point = running.points.first()
    fields = {"conference": running, "point": point, "asked_at": now()}
    Question.objects.create(uid=uuid4(), text="Bao giờ sửa cống?", **fields)
    page = client.get(f"{desk('moderator')}questions/")
    assert page.status_code == 200
    assert f"Người hỏi không ghi tên · {point.name}" in text_of(page)


def test_the_moderators_see_how_many_questions_they_do_not_see(
    client,
    running,
    desk,
    delegates,
    monkeypatch,  # noqa: F811
):
    monkeypatch.setattr(moderating, "MOST_SHOWN", 2)
    for delegate in delegates(running, 3):
        ask_question(running, delegate, uuid4(), f"Câu của {delegate.name}")
    here = f"{desk('moderator')}questions/"
    page = client.get(here)
    text = text_of(page)
    assert "Chờ duyệt : 3" in text.replace("Chờ duyệt:", "Chờ duyệt :")
    assert "Đang hiện 2 trong tất cả 3." in text
    (more,) = re.findall(r'href="(\?most=\d+)"', page.content.decode())
    whole = client.get(here + more)
    assert "Đang hiện" not in text_of(whole)
    assert all(f"Câu của Đại biểu {n}" in text_of(whole) for n in range(3))
    # An act on the longer page comes back to it.
    (address,) = set(
        re.findall(r'action="(/hall/\d+/questions/show/[^"]*)"', whole.content.decode())
    )
    question = Question.objects.latest("pk")
    fields = {"question": question.pk, "once": token_of(whole)}
    assert client.post(address, fields).url == here + more
