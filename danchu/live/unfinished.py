"""The connections of a live process that have not finished a request: limited in number, so that
whoever opens many and sends no request does not take the descriptors of all others.
"""

from ipaddress import ip_address

from danchu.kernel.networks import counted_address

LOOPBACK = counted_address("::1")
# A connection that is younger is not closed in favour of a new one: its request is on the way.
GRACE_SECONDS = 2


class Unfinished:
    """At most `most` connections, of which at most `most_of_address` come from one address (0: any
    number). Above, the one that has waited longest is closed, or the new one where none has waited
    for GRACE_SECONDS. Iterates over the connections, the oldest first.
    """

    def __init__(self, most, most_of_address, now):
        self.most = most
        self.most_of_address = most_of_address
        self.now = now
        self._since = {}  # {connection: (seconds, address)}, the oldest first
        self._of_address = {}  # {address: {connection: None}}, the oldest first

    def __len__(self):
        return len(self._since)

    def __iter__(self):
        return iter(self._since)

    def add(self, client, address=""):
        """A connection begins to wait for a request. `address` is "" where it may stand for many
        people: a proxy, this machine.
        """
        self.discard(client)
        self._since[client] = self.now(), address
        if self.most_of_address and address:
            same = self._of_address.setdefault(address, {})
            same[client] = None
            if len(same) > self.most_of_address:
                return self._close_one(same, client)
        if len(self._since) > self.most:
            self._close_one(self._since, client)
        return None

    def discard(self, client):
        """A connection waits no longer."""
        _since, address = self._since.pop(client, (0, ""))
        same = self._of_address.get(address, {})
        same.pop(client, None)
        if address and not same:
            self._of_address.pop(address, None)

    def _close_one(self, clients, newcomer):
        oldest = next((client for client in clients if not client.busy), newcomer)
        if self.now() - self._since[oldest][0] < GRACE_SECONDS:
            oldest = newcomer
        self.discard(oldest)
        oldest.transport.abort()


def address_of_one(peer):
    """The address of a peer ((address, port) or None) by which connections are counted; "" for this
    machine, on which a proxy may stand.
    """
    address = counted_address(peer[0]) if peer else ""
    try:
        return "" if ip_address(address).is_loopback else address
    except ValueError:  # an IPv6 network of one subscriber, or none
        return "" if address == LOOPBACK else address
