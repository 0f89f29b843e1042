"""The hall over a real NATS JetStream: the same frames, also when NATS or a hub was away."""

import shutil
import subprocess

import pytest

from danchu.conference.models import Conference, Frame
from danchu.conference.writes.frames import drop_device, wake
from tests.live.conftest import free_port, wait_for
from tests.sizes import turn


def find_nats():
    return shutil.which("nats-server") or shutil.which("/usr/sbin/nats-server")


@pytest.fixture
def nats(tmp_path, monkeypatch):
    """Starts and kills a server: nats("start"), nats("kill")."""
    if not find_nats():
        pytest.skip("Không có nats-server: bỏ qua (apt-get install nats-server)")
    port, running = free_port(), []
    monkeypatch.setenv("DANCHU_BUS", f"nats://127.0.0.1:{port}")

    def do(what):
        if what == "start":
            command = [
                find_nats(),
                "-a",
                "127.0.0.1",
                "-p",
                str(port),
                "-js",
                "-sd",
                str(tmp_path / "nats"),
            ]
            running.append(
                subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            )
        else:
            running[-1].kill()
            running.pop().wait()

    do("start")
    yield do
    for process in running:
        process.kill()
        process.wait()


def say(hall, text):
    Conference.objects.filter(pk=hall.conference.pk).update(said=text)
    wake(hall.conference, "programme")


def hears(device, text, seconds=20):
    while (
        device.read(seconds=seconds)[-1][2].get("changes", {}).get("hall", {}).get("said") != text
    ):
        pass
    return True


def test_frames_come_by_nats_once_and_in_order(hall, nats):
    served = hall()
    device = served.device().listen()
    device.read()
    for text in ("Một", "Hai", "Ba"):
        say(served, text)
        assert hears(device, text)
    numbers = [number for number, event, _told in device.frames if event == "frame"]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    drop_device(f"dev{served.delegates[0].pk}")
    with pytest.raises(ConnectionError):
        device.read(100)


@turn(4, together=0)
def test_what_was_said_while_nats_was_away_is_heard_when_it_is_back(hall, nats):
    served = hall()
    device, other = served.device(0).listen(), served.device(1).listen()
    device.read()
    other.read()
    say(served, "Trước")
    assert hears(device, "Trước")
    nats("kill")
    say(served, "Trong lúc mất")
    wait_for(lambda: Frame.objects.filter(body__contains="Trong lúc mất").exists())
    drop_device(f"dev{served.delegates[1].pk}")
    nats("start")
    say(served, "Sau")
    assert hears(device, "Sau", 40)
    with pytest.raises(ConnectionError):
        other.read(100, seconds=40)
    numbers = [number for number, event, _told in device.frames if event == "frame"]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert any("Trong lúc mất" in str(told) for _n, _e, told in device.frames)
