"""What one client may take of a live process: time for a request, and lines of the public."""

from collections import Counter
from types import SimpleNamespace

import pytest

from danchu.conference.access.tokens import PUBLIC
from danchu.live.http import HEAD_SECONDS, IDLE_SECONDS, HttpConnection, close_idle
from danchu.live.hub import ADDRESSES, FEWEST_OF_ADDRESS, PUBLIC_PERCENT, Hub


class Transport:
    """A transport that notes its end."""

    def __init__(self):
        self.is_open = True

    def abort(self):
        self.is_open = False

    def is_closing(self):
        return not self.is_open

    def get_extra_info(self, name):
        return ("192.0.2.7", 4711) if name == "peername" else None


@pytest.fixture
def server():
    """What a connection asks of its server; `second` is the time of its clock."""
    server = SimpleNamespace(waiting=set(), second=0.0, proxies=0)
    server.now = lambda: server.second
    return server


@pytest.fixture
def connection(server):
    line = HttpConnection(server)
    line.connection_made(Transport())
    return line


@pytest.mark.case("SE-M8")
def test_a_request_sent_a_byte_at_a_time_ends_with_the_time_for_a_head(server, connection):
    connection.data_received(b"G")
    for byte in (b"E", b"T", b" ", b"/"):
        server.second += 2
        connection.data_received(byte)
        close_idle(server)
    assert connection.transport.is_open and server.second < HEAD_SECONDS
    server.second = HEAD_SECONDS + 1
    connection.data_received(b"a")
    close_idle(server)
    assert not connection.transport.is_open


def test_a_line_that_sends_nothing_is_kept_for_a_minute(server, connection):
    server.second = IDLE_SECONDS - 1
    close_idle(server)
    assert connection.transport.is_open
    server.second = IDLE_SECONDS + 1
    close_idle(server)
    assert not connection.transport.is_open


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "192.0.2.7"),
        (0, "203.0.113.9", "192.0.2.7"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.7"),
    ],
)
def test_only_trusted_proxies_are_believed(server, connection, proxies, forwarded, address):
    server.proxies = proxies
    request = SimpleNamespace(headers={"x-forwarded-for": forwarded} if forwarded else {})
    assert connection.address_of(request) == address


@pytest.fixture
def hub():
    """The counts of a hub with a thousand descriptors."""
    return SimpleNamespace(
        open=0, most_open=1000, public_open=0, of_public=Counter(), of_pass=Counter()
    )


def _fill(hub, token, addresses):
    """How many of these addresses are let in, one after another."""
    number = 0
    for address in addresses:
        if Hub.has_room(hub, token, address):
            number += 1
            hub.open += 1
            hub.public_open += 1
            hub.of_public[address] += 1
    return number


@pytest.mark.case("SE-M8")
def test_one_address_does_not_take_all_lines(hub):
    public = SimpleNamespace(role=PUBLIC, pass_in=0)
    most = max(FEWEST_OF_ADDRESS, 1000 // ADDRESSES)
    assert _fill(hub, public, ["192.0.2.1"] * 800) == most
    assert Hub.has_room(hub, public, "192.0.2.2")


@pytest.mark.case("SE-M8")
def test_the_public_leaves_lines_to_passes(hub):
    public = SimpleNamespace(role=PUBLIC, pass_in=0)
    assert _fill(hub, public, [f"192.0.2.{n % 250}" for n in range(2000)]) == 10 * PUBLIC_PERCENT
    assert Hub.has_room(hub, SimpleNamespace(role="delegate", pass_in=5), "192.0.2.1")
