"""Network addresses as they are counted by limits."""

import re
from ipaddress import IPv6Address, IPv6Network, ip_address

# What one subscriber is given at least (RFC 6177): whoever has one address has 2^64 of them.
SUBSCRIBER_BITS = 64
_WITH_PORT = re.compile(r"\[(.+)\](?::\d+)?|([\d.]+):\d+")


def client_of(forwarded: str, peer: str, proxies: int) -> str:
    """The counted address of whoever asks: of the addresses that so many proxies of our own passed
    on in the header `forwarded` the one that the first of them saw, else that of the connection.
    """
    passed = addresses_in(forwarded)
    return counted_address(passed[-proxies] if 0 < proxies <= len(passed) else peer)


def addresses_in(forwarded: str) -> list[str]:
    """The addresses in a header X-Forwarded-For, the farthest first."""
    return [part.strip() for part in forwarded.split(",") if part.strip()]


def counted_address(address: str) -> str:
    """The address, of version 6 the network of 64 bits in which it lies; an address of version 4
    that is written as one of version 6 as it is (RFC 4291, 2.5.5.2). A port behind it, as some
    proxies write, is left out. Other texts unchanged.
    """
    with_port = _WITH_PORT.fullmatch(address)
    try:
        client = ip_address((with_port[1] or with_port[2] if with_port else address).split("%")[0])
    except ValueError:
        return address
    if not isinstance(client, IPv6Address):
        return str(client)
    if client.ipv4_mapped:
        return str(client.ipv4_mapped)
    return str(IPv6Network((client, SUBSCRIBER_BITS), strict=False))
