"""Network addresses as they are counted by limits."""

from ipaddress import IPv6Address, IPv6Network, ip_address

# What one subscriber is given at least (RFC 6177): whoever has one address has 2^64 of them.
SUBSCRIBER_BITS = 64


def counted_address(address: str) -> str:
    """The address, of version 6 the network of 64 bits in which it lies; an address of version 4
    that is written as one of version 6 as it is (RFC 4291, 2.5.5.2). Other texts unchanged.
    """
    try:
        client = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(client, IPv6Address):
        return str(client)
    if client.ipv4_mapped:
        return str(client.ipv4_mapped)
    return str(IPv6Network((client, SUBSCRIBER_BITS), strict=False))
