"""A long export of a hot-line is taken in while its sender does something else: to the end, also
after a kill, each call once.
"""

from types import SimpleNamespace

import pytest
from procrastinate.exceptions import JobAborted

from danchu.casework import tasks
from danchu.casework.actions import calls
from danchu.casework.input import call_run
from danchu.casework.models import Call, CallRun, Petition
from danchu.casework.writes.call_runs import end_run, file_of
from danchu.jobs.queue import BACK_OFF, queue
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.people.models import Holding
from tests.desk.test_hotlines import confirm, line, send
from tests.desk.test_petitions import staff  # noqa: F401

pytestmark = pytest.mark.usefixtures("law_loaded")


@pytest.fixture
def run(client, staff, monkeypatch):  # noqa: F811
    """Seven calls that were confirmed, of which two at a time are taken in."""
    monkeypatch.setattr(calls, "MOST_CALLS", 3)
    monkeypatch.setattr(call_run, "PIECE", 2)
    deferred = []
    monkeypatch.setattr(
        "danchu.casework.writes.call_runs.defer",
        lambda task, lock, run: deferred.append((task.name, run)),
    )
    client.force_login(staff.handler)
    answer = confirm(client, send(client, *(line(f"HN-{n}") for n in range(7))))
    row = CallRun.objects.get()
    assert answer.redirect_chain[-1][0] == f"/desk/petitions/hotlines/runs/{row.uid}/"
    assert deferred == [("calls.take_in", row.pk)]
    assert (row.total, row.taken, Petition.objects.count()) == (7, 0, 0)
    assert file_of(row.uid).exists()
    return row


def numbers():
    return sorted(Call.objects.values_list("number", flat=True))


def test_all_calls_become_petitions_and_the_page_says_how_many(client, run):
    pieces = []
    call_run.run_calls(run.pk, lambda: pieces.append(CallRun.objects.get().taken))
    run.refresh_from_db()
    assert pieces == [2, 4, 6, 7]
    assert (run.state, run.taken, run.fault) == ("done", 7, "")
    assert numbers() == [f"HN-{n}" for n in range(7)]
    assert not file_of(run.uid).exists()
    page = client.get(f"/desk/petitions/hotlines/runs/{run.uid}/").content.decode()
    assert "7 trong 7" in page and "refresh" not in page


def test_a_run_that_died_in_a_piece_goes_on_behind_the_piece_before(run, monkeypatch):
    take_in, number = calls._take_in, []

    def die(*arguments):
        number.append(1)
        if len(number) == 4:
            raise SystemExit
        take_in(*arguments)

    monkeypatch.setattr(calls, "_take_in", die)
    with pytest.raises(SystemExit):
        call_run.run_calls(run.pk)
    assert numbers() == ["HN-0", "HN-1"]
    monkeypatch.setattr(calls, "_take_in", take_in)
    call_run.run_calls(run.pk)
    call_run.run_calls(run.pk)
    run.refresh_from_db()
    assert (run.state, run.taken) == ("done", 7)
    assert numbers() == [f"HN-{n}" for n in range(7)]


def test_what_is_refused_on_the_way_ends_the_run_and_keeps_what_came_in(client, run, monkeypatch):
    take_in = calls._take_in

    def refuse(row, *more):
        if row.number == "HN-3":
            raise Refused("Nơi này đã khép sổ.")
        take_in(row, *more)

    monkeypatch.setattr(calls, "_take_in", refuse)
    call_run.run_calls(run.pk)
    run.refresh_from_db()
    assert (run.state, run.taken, numbers()) == ("failed", 2, ["HN-0", "HN-1"])
    page = client.get(f"/desk/petitions/hotlines/runs/{run.uid}/").content.decode()
    assert "HN-3" in page and "khép sổ" in page and "Gửi lại tệp" in page


def test_who_lost_the_right_meanwhile_takes_nothing_in(run, staff):  # noqa: F811
    Holding.objects.filter(account=staff.handler).update(until=run.asked_at.date())
    call_run.run_calls(run.pk)
    run.refresh_from_db()
    assert (run.state, Petition.objects.count()) == ("failed", 0)


def test_a_piece_is_taken_in_by_who_may(run, staff):  # noqa: F811
    with pytest.raises(Denied):
        calls.take_in_piece(run, [], by=Actor.of(staff.inspector))


def test_a_file_that_is_gone_is_said(run):
    file_of(run.uid).unlink()
    call_run.run_calls(run.pk)
    run.refresh_from_db()
    assert run.state == "failed" and "hãy gửi lại" in run.fault


def test_only_who_sent_it_sees_how_far_it_is(client, run, staff):  # noqa: F811
    client.force_login(staff.second)
    assert client.get(f"/desk/petitions/hotlines/runs/{run.uid}/").status_code == 404


def attempt(number=0, is_stopped=False):
    """The context of a job as the queue gives it to its task."""
    return SimpleNamespace(job=SimpleNamespace(attempts=number), should_abort=lambda: is_stopped)


def test_an_attempt_that_is_stopped_leaves_the_rest_to_the_next(run):
    with pytest.raises(JobAborted):
        tasks.take_in_calls(attempt(is_stopped=True), run.pk)
    assert numbers() == ["HN-0", "HN-1"]
    tasks.take_in_calls(attempt(1), run.pk)
    assert numbers() == [f"HN-{n}" for n in range(7)]


def test_only_what_fails_at_the_last_attempt_is_said_to_have_failed(run, monkeypatch):
    def fail(*arguments):
        raise RuntimeError

    monkeypatch.setattr(calls, "_take_in", fail)
    states = []
    for number in (BACK_OFF.most - 1, BACK_OFF.most):
        with pytest.raises(RuntimeError):
            tasks.take_in_calls(attempt(number), run.pk)
        run.refresh_from_db()
        states.append((run.is_under_way, "gửi lại" in run.fault))
    assert states == [(True, False), (False, True)]


def test_a_run_that_ended_takes_no_more_in(run, staff):  # noqa: F811
    rows = call_run._rows(run, Actor.of(staff.handler))
    end_run(run, "Người gửi đã ngừng.")
    ended = calls.take_in_piece(run, rows, by=Actor.of(staff.handler))
    assert (ended.state, ended.taken, numbers()) == ("failed", 0, [])


def test_a_run_and_a_call_are_named_by_their_numbers(run):
    call_run.run_calls(run.pk)
    assert str(run) == f"ihanoi {run.uid}"
    assert str(Call.objects.get(number="HN-3")) == "ihanoi HN-3"


def test_the_job_is_declared():
    assert queue.tasks["calls.take_in"] is tasks.take_in_calls
