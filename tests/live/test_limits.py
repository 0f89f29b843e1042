"""What one client may take of a live process: time for a request, and lines of the public."""

from collections import Counter
from functools import partial
from types import SimpleNamespace

import pytest

from danchu.conference.access.tokens import PUBLIC
from danchu.live.http import HEAD_SECONDS, IDLE_SECONDS, HttpConnection, close_idle
from danchu.live.hub import ADDRESSES, FEWEST_OF_ADDRESS, PUBLIC_PERCENT, Hub
from danchu.live.subscriber import Subscriber
from danchu.live.unfinished import GRACE_SECONDS, Unfinished, address_of_one


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
    server = SimpleNamespace(second=0.0, proxies=0)
    server.now = lambda: server.second
    server.waiting = Unfinished(1000, 0, server.now)
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


HEAD = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST /hall/7/vote HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n"
CHUNKS = b"POST /hall/7/vote HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"


class Answering(HttpConnection):
    """A connection that answers each request at once."""

    def answer(self, request):
        self.transport.write = lambda _data: None
        self.reply(request, 200)


@pytest.mark.case("SE-M8")
@pytest.mark.parametrize(
    ("first", "slow"),
    [
        (POST, b"a"),  # a body
        (CHUNKS, b"1\r\na\r\n"),  # chunk after chunk
        (b"", b"\r\n"),  # empty lines before a request
        (b"GET / HTTP/1.1\r\n", b"X: y\r\n"),  # field after field
        (HEAD, b"G"),  # the second request of a line
        (HEAD + HEAD, b"G"),  # and one behind two that came together
    ],
)
def test_whatever_is_sent_slowly_ends_with_the_time_for_a_head(server, first, slow):
    line = Answering(server)
    line.connection_made(Transport())
    line.transport.write = lambda _data: None
    if first:
        line.data_received(first)
    begun = server.second
    parts = [slow[:1], slow[1:2]] * 20 if slow == b"\r\n" else [slow] * 40
    if slow == b"G":
        parts = [b"GET / HTTP/1.1\r\nX: "[n : n + 1] or b"y" for n in range(40)]
    for part in parts:
        server.second += 2
        if line.transport.is_open:
            line.data_received(part)
        close_idle(server)
    assert not line.transport.is_open and server.second > begun + HEAD_SECONDS


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


class Line(Subscriber):
    """A line of which no refusal is written."""

    def reply(self, request, status, body=b"", headers=()):
        assert status == 403


@pytest.mark.case("SE-M8")
@pytest.mark.parametrize(
    "peers",
    [
        [(f"2001:db8:1:2::{number:x}", 4711, 0, 0) for number in range(800)],
        [("::ffff:192.0.2.1", 4711, 0, 0), ("192.0.2.1", 4711)] * 400,
        [None] * 800,
    ],
)
def test_one_subscriber_does_not_take_all_lines_by_many_addresses(hub, server, peers):
    hub.halls = {7: SimpleNamespace(is_loaded=False, joining=[])}
    hub.waiting = server.waiting
    server.has_room, server.join = partial(Hub.has_room, hub), partial(Hub.join, hub)
    server.origins, server.revoked = (), ()
    request = SimpleNamespace(
        path="/hall/7/stream",
        method="GET",
        headers={},
        query="",
        token=lambda conference: SimpleNamespace(
            role=PUBLIC, pass_in=0, device="", conference=conference
        ),
        allowed_origin=lambda _origins: "",
    )
    number = 0
    for peer in peers:
        line = Line(server)
        line.transport = SimpleNamespace(get_extra_info=lambda _name, peer=peer: peer)
        line.answer(request)
        number += line.hall is not None
    assert number == max(FEWEST_OF_ADDRESS, 1000 // ADDRESSES)


@pytest.mark.case("SE-M8")
def test_the_public_leaves_lines_to_passes(hub):
    public = SimpleNamespace(role=PUBLIC, pass_in=0)
    assert _fill(hub, public, [f"192.0.2.{n % 250}" for n in range(2000)]) == 10 * PUBLIC_PERCENT
    assert Hub.has_room(hub, SimpleNamespace(role="delegate", pass_in=5), "192.0.2.1")


class Client:
    """A connection as far as Unfinished knows it."""

    def __init__(self):
        self.busy = False
        self.transport = Transport()


def _is_open(clients):
    return [client.transport.is_open for client in clients]


@pytest.mark.case("SE-M8")
def test_who_sends_no_request_makes_way_for_who_comes_after(server):
    unfinished = Unfinished(3, 0, server.now)
    slow = [Client() for _one in range(3)]
    for client in slow:
        unfinished.add(client)
    server.second = GRACE_SECONDS
    slow[0].busy = True  # waits for its answer
    for client in (honest := [Client(), Client()]):
        unfinished.add(client)
        unfinished.discard(client)  # its request has come
    assert _is_open(slow) == [True, False, True] and all(_is_open(honest))
    assert len(unfinished) == 2


def test_in_a_rush_the_latest_is_closed_and_not_who_is_about_to_send(server):
    unfinished = Unfinished(2, 0, server.now)
    rush = [Client() for _one in range(4)]
    for client in rush:
        unfinished.add(client)
    assert _is_open(rush) == [True, True, False, False] and list(unfinished) == rush[:2]


@pytest.mark.case("SE-M8")
def test_heads_that_are_never_finished_are_few_for_each_address(server):
    unfinished = Unfinished(100, 2, server.now)
    one, other = ([Client() for _one in range(5)] for _address in range(2))
    for clients, address in ((one, "192.0.2.1"), (other, "192.0.2.2")):
        for client in clients:
            unfinished.add(client, address)
    assert _is_open(one) == _is_open(other) == [True, True, False, False, False]
    for client in one[:2]:
        unfinished.discard(client)
    unfinished.add(late := Client(), "192.0.2.1")
    assert late.transport.is_open and len(unfinished) == 3


@pytest.mark.parametrize(
    ("peer", "address"),
    [
        (("192.0.2.7", 1), "192.0.2.7"),
        (("127.0.0.1", 1), ""),
        (("::1", 1, 0, 0), ""),
        (("::ffff:127.0.0.1", 1, 0, 0), ""),
        (("2001:db8::1", 1, 0, 0), "2001:db8::/64"),
        (None, ""),
    ],
)
def test_this_machine_is_not_counted_as_one_address(peer, address):
    assert address_of_one(peer) == address
