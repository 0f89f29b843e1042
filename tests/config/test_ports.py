"""Ports are reserved before anything listens on them, so that two servers never share one."""

import os
import socket
import subprocess
import sys

import pytest

from danchu.config import web
from danchu.config.web import HOST, reserve
from danchu.live.process import listening_socket
from tests.config.test_serve import free_port

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ports are held on Linux only")
SERVER = """
import os, sys
from danchu.config.live_processes import reserve_ports
from danchu.config.web import reserve
port = int(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
reserve(port) or sys.exit("taken")
reserve_ports(port)
print(port, os.environ["DANCHU_LIVE_PORT"], os.environ["DANCHU_INTAKE_PORT"], flush=True)
sys.stdin.read()
"""


@pytest.fixture
def port(monkeypatch):
    monkeypatch.setattr(web, "_reserved", [])
    return free_port()


def reserved_elsewhere(port):
    """Whether another process can reserve the port."""
    code = f"from danchu.config.web import reserve; print(reserve({port}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip() == "True"


def test_a_reserved_port_is_nobody_elses_and_is_free_when_its_holder_ends(port):
    assert reserve(port)
    assert not reserve(port) and not reserved_elsewhere(port)
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((HOST, port))
    web._reserved.pop().close()
    assert reserved_elsewhere(port)


def test_the_processes_of_the_holder_listen_there_and_get_every_connection(port):
    assert reserve(port)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, port), timeout=5)
    hubs = [listening_socket(HOST, port) for _hub in range(2)]
    for hub in hubs:
        hub.listen()
        hub.setblocking(False)
    accepted = 0
    for _time in range(12):
        with socket.create_connection((HOST, port), timeout=5):
            for hub in hubs:
                try:
                    hub.accept()[0].close()
                    accepted += 1
                except BlockingIOError:
                    continue
    assert accepted == 12
    assert not reserved_elsewhere(port)
    for hub in hubs:
        hub.close()
    # Connections that ended a moment ago keep nobody from the port.
    web._reserved.pop().close()
    assert reserve(port)


def test_a_port_that_another_program_uses_is_not_reserved(port):
    with socket.socket() as other:
        other.bind((HOST, port))
        assert not reserve(port)
        other.listen()
        assert not reserve(port)
    shared = listening_socket(HOST, port)
    shared.listen()
    assert not reserve(port)
    shared.close()


def test_servers_on_neighbouring_ports_that_start_together_share_none():
    first = free_port()
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", SERVER, str(first + number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "DANCHU_LIVE_PORT": "", "DANCHU_INTAKE_PORT": ""},
        )
        for number in (0, 1, 2)
    ]
    try:
        for process in processes:
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            process.stdin.write("\n")
            process.stdin.flush()
        ports = [number for process in processes for number in process.stdout.readline().split()]
        # One whose own port another has chosen already says so and ends.
        assert ports and len(ports) == len(set(ports)) and len(ports) % 3 == 0
    finally:
        for process in processes:
            process.communicate()
