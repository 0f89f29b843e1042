"""The live processes under TLS: the same lines and answers, whole and in order, whatever the
other side does with its socket.
"""

import asyncio
import contextlib
import json
import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import uvloop
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from danchu.conference.models import Vote
from danchu.conference.writes.frames import publish
from danchu.live.listening import start_server
from danchu.live.process import listening_socket
from tests.live.conftest import free_port, make_poll, wait_for


@pytest.fixture
def certificate(tmp_path, monkeypatch):
    """A self-made certificate that the processes are told to use; what a client needs to
    believe it.
    """
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hall.example")]),
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hall.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = {
        "DANCHU_LIVE_CERT": made.public_bytes(serialization.Encoding.PEM),
        "DANCHU_LIVE_KEY": key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    }
    for variable, text in paths.items():
        (tmp_path / variable).write_bytes(text)
        monkeypatch.setenv(variable, str(tmp_path / variable))
    return ssl.create_default_context(cafile=str(tmp_path / "DANCHU_LIVE_CERT"))


def connect(port, context, buffer=0):
    line = socket.socket()
    if buffer:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    line.settimeout(20)
    line.connect(("127.0.0.1", port))
    return context.wrap_socket(line, server_hostname="hall.example")


@pytest.fixture
def sending(certificate):
    """A server on a loop of its own thread; `sending.ports`, `sending.held` the protocols of
    who came, `sending.do` runs there.
    """

    class Held(asyncio.Protocol):
        def connection_made(self, transport):
            self.transport, self.got, self.lost = transport, b"", False
            told.held.append(self)

        def data_received(self, data):
            self.got += data

        def connection_lost(self, _error):
            self.lost = True

    class Told:
        held, port = [], free_port()

        @staticmethod
        def do(work):
            async def run():
                return work()

            return asyncio.run_coroutine_threadsafe(run(), told.loop).result(10)

    told, ready = Told(), threading.Event()

    async def serve():
        told.loop, told.stopping = asyncio.get_running_loop(), asyncio.Event()
        server = await start_server(Held, listening_socket("127.0.0.1", told.port))
        ready.set()
        await told.stopping.wait()
        server.close()

    thread = threading.Thread(target=lambda: uvloop.run(serve()))
    thread.start()
    assert ready.wait(10)
    told.certificate = certificate
    yield told
    told.loop.call_soon_threadsafe(told.stopping.set)
    thread.join(10)


def test_what_is_written_to_a_slow_reader_comes_whole_and_in_order_and_then_the_end(sending):
    client = connect(sending.port, sending.certificate, buffer=4096)
    client.sendall(b"hello")
    held = wait_for(lambda: next((one for one in sending.held if one.got == b"hello"), None))
    pieces = [bytes([n]) * (7_000 + n) for n in range(200)]

    def send():
        for piece in pieces:
            held.transport.write(piece)
        unread = held.transport.get_write_buffer_size()
        held.transport.close()
        return unread

    assert sending.do(send) > 500_000, "what the socket does not take is kept, and counted"
    got = b""
    while more := client.recv(65536):
        got += more
    assert got == b"".join(pieces)
    wait_for(lambda: held.lost)


def test_a_large_message_comes_whole_though_openssl_holds_more_than_the_socket_tells_of(sending):
    client, sent = connect(sending.port, sending.certificate), bytes(range(256)) * 12_000
    client.sendall(sent)
    wait_for(lambda: any(one.got == sent for one in sending.held))


def test_who_shakes_no_hands_or_hangs_up_harms_nobody_and_is_forgotten(sending):
    for rubbish in (b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00\x01", b""):
        with (
            socket.create_connection(("127.0.0.1", sending.port), timeout=10) as line,
            contextlib.suppress(OSError),
        ):
            line.sendall(rubbish)
            line.shutdown(socket.SHUT_WR)
            line.recv(1000)
    rude = connect(sending.port, sending.certificate)
    rude.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # hangs up by a reset
    rude.close()
    connect(sending.port, sending.certificate).sendall(b"still here")
    there = wait_for(lambda: next((one for one in sending.held if one.got == b"still here"), None))
    wait_for(lambda: all(one.lost for one in sending.held if one is not there))


def test_an_aborted_line_ends_once_and_takes_nothing_more(sending):
    client = connect(sending.port, sending.certificate)
    client.sendall(b"x")
    held = wait_for(lambda: next((one for one in sending.held if one.got), None))

    def leave():
        held.transport.abort()
        held.transport.write(b"late")
        held.transport.close()
        held.transport.abort()
        return held.transport.is_closing()

    assert sending.do(leave)
    with contextlib.suppress(OSError):
        assert client.recv(100) == b""
    wait_for(lambda: held.lost)


def test_the_hall_is_heard_and_votes_are_taken_under_tls(hall, certificate):
    served = hall(kinds=("sequencer",))
    for kind in ("hub", "intake"):
        served.processes[kind] = served.launch_anew(kind, served.ports[kind])
    wait_for(
        lambda: (
            _is_there(served.ports["hub"], certificate)
            and _is_there(served.ports["intake"], certificate)
        )
    )
    poll, device = make_poll(served.conference), served.device(0)
    device.line = connect(served.ports["hub"], certificate)
    device.line.sendall(
        f"GET /hall/{served.conference.pk}/stream HTTP/1.1\r\nHost: x\r\nCookie: "
        f"{device.cookie()}\r\n\r\n".encode()
    )
    ((v, event, _state),) = device.read()
    assert event == "snapshot"
    numbers = [publish(served.conference, {"note": str(n)}) for n in range(5)]
    heard = [v]
    while heard[-1] < numbers[-1]:  # the sequencer speaks of the poll in between
        heard += [event[0] for event in device.read()]
    assert heard == list(range(v, numbers[-1] + 1)) and set(numbers) <= set(heard)
    with connect(served.ports["intake"], certificate) as line:
        for _ in range(2):  # on one connection, one answer after another
            body = f"poll={poll.pk}&choice=1"
            line.sendall(
                f"POST /hall/{served.conference.pk}/vote HTTP/1.1\r\nHost: x\r\nCookie: "
                f"{device.cookie()}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
            )
            told = b""
            while b"}" not in told:
                told += line.recv(4096)
            assert json.loads(told.partition(b"\r\n\r\n")[2])["choice"] == 1
    assert list(Vote.objects.filter(poll=poll).values_list("voter", "choice")) == [
        (served.delegates[0].pk, 1)
    ]


def _is_there(port, context):
    with contextlib.suppress(OSError):
        connect(port, context).close()
        return True
    time.sleep(0.05)
    return False
