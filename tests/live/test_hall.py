"""The hall served by its real processes: frames, votes, questions, lines, and what becomes of
them when one is killed.
"""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
import uvloop
from django.db import connection

from danchu.conference.access.tokens import write_token
from danchu.conference.models import (
    Conference,
    Frame,
    HallState,
    Line,
    Question,
    RevokedDevice,
    Upvote,
    Vote,
)
from danchu.conference.queries.presence import present_at, present_now
from danchu.conference.writes.frames import drop_device, publish, wake
from danchu.live import hall as hub_hall
from danchu.live import sequencer
from danchu.live.subscriber import MOST_UNREAD, Subscriber
from danchu.live.unfinished import Unfinished
from tests.live.conftest import answers, free_port, make_poll, post, wait_for


def say(hall, text):
    Conference.objects.filter(pk=hall.conference.pk).update(said=text)
    wake(hall.conference, "programme")


def kept(pk):
    return dict(Vote.objects.filter(poll=pk).values_list("voter_id", "choice"))


def test_a_newcomer_gets_the_whole_state_and_a_returner_exactly_what_he_missed(hall):
    served = hall()
    first = served.device(0).listen()
    ((number, event, told),) = first.read()
    assert event == "snapshot" and told["v"] == number
    wait_for(lambda: HallState.objects.filter(conference=served.conference, v__gte=1).exists())
    say(served, "Một")
    while first.read()[-1][2].get("changes", {}).get("hall", {}).get("said") != "Một":
        pass
    seen = first.frames[-1][0]
    first.close()
    for text in ("Hai", "Ba"):
        say(served, text)
        wait_for(lambda text=text: Frame.objects.filter(body__contains=f'"said":"{text}"').exists())
    back = served.device(0).listen(seen=seen)
    missed = back.read(Frame.objects.filter(v__gt=seen).count())
    assert [event for _n, event, _t in missed] == ["frame"] * len(missed)
    assert [n for n, _e, _t in missed] == list(range(seen + 1, seen + 1 + len(missed)))
    late = served.device(1).listen()
    ((_number, event, told),) = late.read()
    assert event == "snapshot" and told["state"]["hall"]["said"] == "Ba"
    state = HallState.objects.get(conference=served.conference)
    assert told == {"v": state.v, "state": state.state} or told["v"] <= state.v


def test_a_vote_is_told_only_when_it_stands_and_a_repeat_is_told_the_choice_that_stands(hall):
    served = hall()
    poll = make_poll(served.conference)
    one, other = served.device(0), served.device(1)
    assert one.post("vote", poll=poll.pk, choice=1) == (
        201,
        {"status": "new", "choice": 1, "code": ""},
    )
    assert one.post("vote", poll=poll.pk, choice=0) == (
        200,
        {"status": "kept", "choice": 1, "code": ""},
    )
    assert other.post("vote", poll=poll.pk, choice=0)[0] == 201
    assert kept(poll.pk) == {served.delegates[0].pk: 1, served.delegates[1].pk: 0}
    for wrong in (
        {"poll": poll.pk, "choice": 2},
        {"poll": poll.pk},
        {"poll": "x", "choice": 0},
        {"poll": poll.pk, "choice": -1},
    ):
        assert served.device(2).post("vote", **wrong)[0] == 400
    assert served.device(2).post("vote", poll=10**17, choice=0)[0] == 404
    assert len(kept(poll.pk)) == 2


def test_where_it_is_allowed_a_choice_is_changed_until_the_poll_closes(hall):
    served = hall()
    poll = make_poll(served.conference, may_change=True)
    device = served.device()
    assert [device.post("vote", poll=poll.pk, choice=choice)[1]["status"] for choice in (0, 1)] == [
        "new",
        "changed",
    ]
    poll.state = "closed"
    poll.save()
    assert device.post("vote", poll=poll.pk, choice=0) == (
        200,
        {"status": "kept", "choice": 1, "code": ""},
    )
    assert served.device(1).post("vote", poll=poll.pk, choice=0) == (
        409,
        {"status": "closed", "choice": None, "code": ""},
    )


def test_a_secret_vote_is_sealed_at_once_and_has_a_code(hall):
    served = hall()
    poll = make_poll(served.conference, secrecy="secret")
    status, told = served.device(0).post("vote", poll=poll.pk, choice=1)
    assert (status, told["choice"], len(told["code"])) == (201, 1, 16)
    assert served.device(0).post("vote", poll=poll.pk, choice=0)[1] == {**told, "status": "kept"}
    (vote,) = Vote.objects.filter(poll=poll)
    assert vote.choice is None and len(bytes(vote.sealed)) == 46


def test_who_is_not_on_the_roll_does_not_vote(hall):
    served = hall()
    poll = make_poll(served.conference, kind="binding", on_roll=True)
    assert served.device(0).post("vote", poll=poll.pk, choice=0)[0] == 403
    assert kept(poll.pk) == {}


def test_a_token_of_another_hall_a_changed_one_and_a_revoked_one_open_nothing(hall):
    served = hall()
    poll, delegate = make_poll(served.conference), served.delegates[0]
    good = served.device(0)
    assert good.post("vote", poll=poll.pk, choice=0)[0] == 201
    for token in (
        good.token[:-1] + ("A" if good.token[-1] != "A" else "B"),
        good.token.replace(f".{delegate.pk}.", f".{delegate.pk + 1}.", 1),
        "",
        "a.b",
        write_token(served.conference.pk + 1, delegate.pass_in.pk, "delegate", delegate.pk, "x"),
        write_token(
            served.conference.pk, delegate.pass_in.pk, "delegate", delegate.pk, "x", seconds=-1
        ),
        write_token(served.conference.pk, 0, "public", 0, "x"),
    ):
        bad = served.device(1)
        bad.token = token
        assert bad.post("vote", poll=poll.pk, choice=0)[0] == 403
    line = good.listen()
    line.read()
    RevokedDevice.objects.create(device=f"dev{delegate.pk}", conference=served.conference)
    drop_device(f"dev{delegate.pk}")
    with pytest.raises(ConnectionError):
        line.read(100)
    # The processes hear of a revoked device by a message each.
    wait_for(lambda: good.post("vote", poll=poll.pk, choice=0)[0] == 403)


def test_questions_and_wishes_are_taken_once_and_a_flood_is_held_back(hall):
    served = hall()
    uid = uuid4()
    assert [
        served.device(0).post("question", uid=uid, text="Bao giờ xong đường?")[0] for _ in range(2)
    ] == [201, 201]
    assert Question.objects.count() == 1
    told = [served.device(1).post("question", uid=uuid4(), text=f"Câu {n}")[0] for n in range(8)]
    assert 429 in told and told.count(201) <= 4
    question = Question.objects.get(uid=uid)
    assert served.device(2).post("upvote", question=question.pk)[0] == 409
    Question.objects.filter(pk=question.pk).update(state="shown")
    assert [served.device(2).post("upvote", question=question.pk)[0] for _ in range(2)] == [
        201,
        201,
    ]
    assert Upvote.objects.count() == 1
    for wrong in ("", "x" * 1001, "\0"):
        assert served.device(2).post("question", uid=uuid4(), text=wrong)[0] == 400
    uid = uuid4()
    assert served.device(0).post("question", uid=uid, text="Bao giờ\0 xong?")[0] == 201
    assert Question.objects.get(uid=uid).text == "Bao giờ xong?"


def test_a_hand_waits_once_and_is_lowered(hall):
    served = hall()
    device = served.device()
    assert [device.post("hand", uid=uuid4(), kind="speak")[0] for _ in range(2)] == [201, 201]
    assert [device.post("unhand")[1]["status"] for _ in range(2)] == ["lowered", "none"]


def test_counts_reach_the_hall_within_moments(hall):
    served = hall()
    poll = make_poll(served.conference)
    listener = served.device(2).listen()
    listener.read()
    began = time.monotonic()
    served.device(0).post("vote", poll=poll.pk, choice=1)
    while True:
        told = listener.read()[-1][2]
        told = told.get("changes") or told["state"]
        if told.get(f"poll:{poll.pk}", {}).get("counts") == [0, 1]:
            break
    assert time.monotonic() - began < 5


def test_who_was_on_the_line_when_can_be_told_afterwards(hall):
    served = hall()
    before = datetime.now(UTC)
    device = served.device(0).listen()
    device.read()
    twice = served.device(0).listen()
    twice.read()
    wait_for(lambda: Line.objects.count() == 2)
    during = datetime.now(UTC)
    assert present_now(served.conference)["online"] == 1
    device.close(), twice.close()
    wait_for(lambda: Line.objects.filter(closed_at=None).count() == 0)
    assert [
        present_at(served.conference, at)["online"]
        for at in (before, during, datetime.now(UTC) + timedelta(seconds=1))
    ] == [0, 1, 0]


def test_a_killed_hub_leaves_no_ghosts_and_its_devices_come_back_without_loss(hall):
    served = hall()
    device = served.device(0).listen()
    device.read()
    say(served, "Trước")
    while device.read()[-1][2].get("changes", {}).get("hall", {}).get("said") != "Trước":
        pass
    wait_for(lambda: Line.objects.count() == 1)
    served.kill("hub")
    say(served, "Trong lúc mất")
    wait_for(lambda: Frame.objects.filter(body__contains="Trong lúc mất").exists())
    served.start("hub")
    seen = device.frames[-1][0]
    back = served.device(0).listen(seen=seen)
    ((number, event, told),) = back.read()
    # The fresh hub has no ring: it gives the whole state, never less.
    assert (
        event == "snapshot" and number > seen and told["state"]["hall"]["said"] == "Trong lúc mất"
    )
    assert present_at(served.conference, datetime.now(UTC) + timedelta(minutes=1))["online"] == 0


@pytest.mark.parametrize("secrecy", ["named", "secret"])
def test_no_vote_that_was_acknowledged_is_lost_when_the_intake_is_killed(hall, secrecy):
    served = hall(delegates=120)
    poll, told = make_poll(served.conference, secrecy=secrecy), {}

    def cast(place):
        if place == 40:
            served.kill("intake")
        with contextlib.suppress(OSError, IndexError):
            told[place] = served.device(place).post("vote", poll=poll.pk, choice=place % 2)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(cast, range(120)))
    acknowledged = {
        served.delegates[place].pk for place, (status, _t) in told.items() if status == 201
    }
    assert acknowledged and acknowledged <= set(kept(poll.pk))
    served.start("intake")
    for place in range(120):
        status, answer = served.device(place).post("vote", poll=poll.pk, choice=place % 2)
        assert status in (200, 201) and answer["choice"] == place % 2
    assert len(kept(poll.pk)) == 120


def end_sessions_of_halls():
    """Ends the sessions of the live processes of this database; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE "
            "application_name = 'danchu-live' AND datname = current_database()"
        )
        return cursor.fetchone()[0]


def test_a_device_revoked_while_the_processes_could_not_hear_is_shut_out_when_they_can(hall):
    served = hall()
    poll, device = make_poll(served.conference), served.device(0)
    line = device.listen()
    line.read()
    # Nothing is sent: the message was lost with the sessions that listened.
    RevokedDevice.objects.create(
        device=f"dev{served.delegates[0].pk}", conference=served.conference
    )
    assert end_sessions_of_halls() > 1
    with pytest.raises(ConnectionError):
        line.read(100)
    wait_for(lambda: device.post("vote", poll=poll.pk, choice=0)[0] == 403)


def test_while_the_database_is_away_votes_wait_and_none_is_acknowledged_falsely(hall):
    served = hall(delegates=4)
    poll = make_poll(served.conference)
    assert served.device(0).post("vote", poll=poll.pk, choice=1)[0] == 201
    ended = 0
    for place in (1, 2, 3):
        ended += end_sessions_of_halls()
        assert served.device(place).post("vote", poll=poll.pk, choice=1)[0] in (200, 201)
    assert ended and len(kept(poll.pk)) == 4


def test_a_killed_sequencer_is_replaced_and_numbers_go_on(hall):
    served = hall()
    device = served.device(0).listen()
    device.read()
    say(served, "Một")
    while device.read()[-1][2].get("changes", {}).get("hall", {}).get("said") != "Một":
        pass
    served.kill("sequencer")
    say(served, "Hai")
    served.start("sequencer")
    while device.read(seconds=20)[-1][2].get("changes", {}).get("hall", {}).get("said") != "Hai":
        pass
    numbers = [number for number, event, _t in device.frames if event == "frame"]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_a_sequencer_whose_sessions_the_database_ends_goes_on(hall):
    served = hall()
    device = served.device(0).listen()
    device.read()
    say(served, "Một")
    while device.read()[-1][2].get("changes", {}).get("hall", {}).get("said") != "Một":
        pass
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname "
            "= current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] > 2
    say(served, "Hai")
    while device.read(seconds=20)[-1][2].get("changes", {}).get("hall", {}).get("said") != "Hai":
        pass
    assert served.processes["sequencer"].poll() is None


def test_garbage_ten_megabytes_and_half_a_request_harm_nobody(hall):
    served = hall()
    listener = served.device(0).listen()
    listener.read()
    for port in served.ports.values():
        for rubbish in (
            b"\x00\xff" * 500,
            b"GET / HTTP/9.9\r\n\r\n",
            b"POST /hall/1/vote HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
            b"GET " + b"a" * 100_000,
        ):
            with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
                line.sendall(rubbish)
                line.shutdown(socket.SHUT_WR)
                line.recv(1000)
        with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
            head = (
                f"POST /hall/{served.conference.pk}/question HTTP/1.1\r\nHost: "
                f"x\r\nContent-Length: 10000000\r\n\r\n"
            ).encode()
            with pytest.raises(OSError):
                line.sendall(head + b"x" * 10_000_000)
                line.recv(10) and line.sendall(b"x" * 10_000_000)
                line.sendall(b"x" * 10_000_000)
    assert all(answers(port) for port in served.ports.values())
    say(served, "Vẫn chạy")
    while listener.read()[-1][2].get("changes", {}).get("hall", {}).get("said") != "Vẫn chạy":
        pass
    assert served.said() == ""


def test_who_does_not_read_is_let_go_and_the_others_hear_everything(hall):
    served = hall(delegates=6)
    readers, deaf = [served.device(n).listen() for n in range(5)], served.device(5).listen()
    for reader in readers:
        reader.read()
    deaf.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    served.kill("sequencer")
    last = 0
    for n in range(60):
        last = publish(served.conference, {"note": f"{n} " + "x" * 100_000})
        for reader in readers:
            while reader.read()[-1][0] < last:
                pass
    wait_for(
        lambda: (
            Line.objects.filter(pass_in=served.delegates[5].pass_in)
            .exclude(closed_at=None)
            .exists()
        )
    )


def test_a_second_hub_hears_the_same(hall):
    served = hall()
    port = free_port()
    second = served.launch("hub", port)
    try:
        wait_for(lambda: answers(port))
        one, other = served.device(0).listen(), served.device(1).listen(port=port)
        one.read(), other.read()
        say(served, "Cùng nghe")
        for device in (one, other):
            while (
                device.read()[-1][2].get("changes", {}).get("hall", {}).get("said") != "Cùng nghe"
            ):
                pass
        assert one.frames[-1][2]["v"] == other.frames[-1][2]["v"]
    finally:
        second.send_signal(signal.SIGTERM)
        second.wait(10)


def test_what_is_asked_elsewhere_is_not_there(hall):
    served = hall()
    cookie = served.device(0).cookie()
    for path, method, expected in (
        ("/hall/x/vote", "POST", 404),
        ("/", "GET", 404),
        (f"/hall/{served.conference.pk}/vote", "GET", 405),
        (f"/hall/{served.conference.pk}/drop", "POST", 404),
    ):
        assert post(served.ports["intake"], path, cookie, {}, method)[0] == expected
    assert post(served.ports["hub"], f"/hall/{served.conference.pk}/stream", cookie, {})[0] == 405
    assert (
        post(served.ports["hub"], f"/hall/{served.conference.pk}/stream", "", {}, "GET")[0] == 403
    )


def test_a_hall_that_was_closed_before_anything_was_told_is_told_as_it_is(hall):
    served = hall(
        state="closed",
        opened_at=datetime.now(UTC) - timedelta(hours=1),
        closed_at=datetime.now(UTC),
    )
    wait_for(lambda: HallState.objects.filter(conference=served.conference, v__gte=1).exists())
    ((_number, event, told),) = served.device(0).listen().read()
    assert (event, told["state"]["hall"]["state"]) == ("snapshot", "closed")


def test_a_token_of_a_pass_that_is_no_more_does_not_stop_the_notes_of_who_comes(hall):
    served = hall()
    stray = served.device(0)
    stray.token = write_token(served.conference.pk, 10**9, "delegate", 10**9, "x")
    stray.listen().read()
    served.device(1).listen().read()
    wait_for(lambda: Line.objects.count() == 1)
    assert Line.objects.get().pass_in_id == served.delegates[1].pass_in.pk and served.said() == ""


def test_many_halls_are_read_at_once_on_one_connection(hall):
    served = hall()
    unknown = [served.device(0) for _ in range(30)]
    for number, device in enumerate(unknown, 10**6):
        device.line = socket.create_connection(("127.0.0.1", served.ports["hub"]), timeout=10)
        token = write_token(number, 0, "public", 0, f"x{number}")
        device.line.sendall(
            f"GET /hall/{number}/stream HTTP/1.1\r\nHost: x\r\nCookie: "
            f"hall-{number}={token}\r\n\r\n".encode()
        )
    assert [device.read()[0][1] for device in unknown] == ["snapshot"] * 30
    assert served.said() == ""


def test_what_is_wrong_with_one_hall_does_not_silence_the_others(monkeypatch, caplog):
    told = []

    def sequence(conference, parts, carry):
        if conference.pk == 1:
            raise KeyError("gone")
        told.append(conference.pk)

    monkeypatch.setattr(sequencer, "sequence", sequence)
    for pk in (1, 2):
        sequencer._publish_parts(Conference(pk=pk), ("polls",), None)
    assert told == [2] and "hall 1" in caplog.text


def test_a_hub_gives_way_to_those_who_wait_for_an_answer_as_much_as_it_is_told():
    program = "; ".join(
        [
            "import os",
            "from danchu.live import process",
            "process.lower_priority()",
            "print(os.nice(0))",
        ]
    )
    for told, much in (({}, 1), ({"DANCHU_HUB_NICE": "0"}, 0), ({"DANCHU_HUB_NICE": "2"}, 2)):
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, **told},
            capture_output=True,
            text=True,
            check=True,
            start_new_session=True,
        )
        assert int(done.stdout) == os.nice(0) + much


def test_a_line_that_ends_between_two_slices_takes_no_frame_from_who_comes_after_it(monkeypatch):
    monkeypatch.setattr(hub_hall, "SLICE", 1)

    class Transport:
        def __init__(self):
            self.got, self.closed, self.then = [], False, lambda: None

        def is_closing(self):
            return self.closed

        def get_write_buffer_size(self):
            return 0

        def send(self, data):
            if self.closed:
                raise RuntimeError("the handler is closed")  # as uvloop does
            self.got.append(data)
            self.then()
            return len(data)

    async def broadcast():
        hall = hub_hall.Hall(1)
        lines = [_line() for _ in range(3)]
        for one in lines:
            one.transport = Transport()
            one._send = one.transport.send
        hall.subscribers = _InOrder(lines)

        def leaves():
            lines[1].transport.closed = True

        lines[0].transport.then = leaves
        assert hall.enqueue(1, '{"v":1,"changes":{"said":"x"}}')
        await hall.pumping
        return [len(line.transport.got) for line in lines]

    with ThreadPoolExecutor(
        1
    ) as apart:  # asyncio.run leaves its thread without a loop, and browsers live in this one
        assert apart.submit(asyncio.run, broadcast()).result() == [1, 0, 1]


def test_frames_that_came_while_one_was_told_go_out_together_each_with_its_number_and_none_twice():
    async def broadcast(frames, newcomer_at):
        hall, got = hub_hall.Hall(1), []
        hall.subscribers = [SimpleNamespace(push=got.append)]
        for v, body in enumerate(frames, 1):
            assert hall.enqueue(v, body)
        await asyncio.sleep(0)
        before = hall.backlog(
            newcomer_at
        )  # who comes in the midst has what the others were told, no more
        await hall.pumping
        return hall, got, before

    many = [json.dumps({"v": v, "changes": {"said": v, f"k{v % 3}": v}}) for v in range(1, 41)]
    with ThreadPoolExecutor(1) as apart:
        hall, got, before = apart.submit(asyncio.run, broadcast(many, 0)).result()
        _large, large, _before = apart.submit(
            asyncio.run,
            broadcast(
                [json.dumps({"v": v, "changes": {"said": "x" * 12_000}}) for v in range(1, 6)], 0
            ),
        ).result()
    whole = b"".join(f"id: {v}\ndata: {body}\n\n".encode() for v, body in enumerate(many, 1))
    assert b"".join(got) == whole and len(got) == 1 and before == whole
    assert (
        hall.last == 40
        and hall.state == {"said": 40, "k0": 39, "k1": 40, "k2": 38}
        and [v for v, _frame in hall.ring] == list(range(1, 41))
    )
    assert len(large) == 5, "large frames are not made into one that no line could hold"


def _line():
    waiting = Unfinished(9, 0, time.monotonic)
    server = SimpleNamespace(
        now=time.monotonic, waiting=waiting, proxies=0, leave=lambda _line: None
    )
    return Subscriber(server)


def test_frames_given_straight_to_a_socket_come_whole_and_in_order_where_the_device_reads_slowly():
    frames = [f"id: {v}\ndata: {'x' * 3000}\n\n".encode() for v in range(60)]

    async def send():
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8192)
        held, loop, got = _line(), asyncio.get_running_loop(), b""
        await loop.connect_accepted_socket(lambda: held, ours)
        held.start_streaming()
        held.push(frames[0])
        assert held.transport.get_write_buffer_size() == 0, (
            "the first goes to the kernel without a turn of the loop"
        )
        for frame in frames[1:]:
            held.push(frame)
        assert held.transport.get_write_buffer_size() > 0
        theirs.setblocking(False)
        while len(got) < sum(map(len, frames)):
            got += await asyncio.wait_for(loop.sock_recv(theirs, 1000), 5)
        theirs.close()
        return got

    with ThreadPoolExecutor(1) as apart:
        assert apart.submit(uvloop.run, send()).result() == b"".join(frames)


def test_a_device_that_hung_up_or_reads_nothing_is_let_go_and_the_next_has_its_frame():
    async def send():
        pairs = [socket.socketpair() for _ in range(3)]
        held, loop = [_line() for _ in pairs], asyncio.get_running_loop()
        for one, (ours, _theirs) in zip(held, pairs, strict=True):
            await loop.connect_accepted_socket(lambda one=one: one, ours)
            one.start_streaming()
        pairs[0][1].close()
        held[1].transport.write(b"x" * (2 * MOST_UNREAD))
        for one in held:
            one.push(b"data: a frame\n\n")
        return [one.transport.is_closing() for one in held], pairs[2][1].recv(100)

    with ThreadPoolExecutor(1) as apart:
        assert apart.submit(uvloop.run, send()).result() == (
            [True, True, False],
            b"data: a frame\n\n",
        )


class _InOrder(list):
    """Lines in a known order, where the hub keeps a set."""
