"""Which IP addresses are hosts on the public internet."""

import ipaddress

# IPv6 prefixes that carry an IPv4 address which a gateway would reach: NAT64 (RFC 6052, RFC 8215),
# 6to4, Teredo, IPv4-compatible.
_CARRIERS = tuple(
    ipaddress.ip_network(text)
    for text in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "::/96",
        "::ffff:0:0:0/96",
    )
)
_CLOSED = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "224.0.0.0/3",
        "fec0::/10",
        "100::/64",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "168.63.129.16/32",  # a cloud's own server of settings and secrets, in public space
    )
)


def is_public(address: str) -> bool:
    """Tell whether an IP address is a host on the public internet.

    False for whatever is no address.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False

    if "%" in address:
        return False

    if isinstance(parsed, ipaddress.IPv6Address):
        mapped = parsed.ipv4_mapped
        if mapped is None:
            return _is_open(parsed) and not any(parsed in network for network in _CARRIERS)

        parsed = mapped

    return _is_open(parsed)


def _is_open(parsed: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Tell whether an address is global and in no network that is closed to us."""
    for network in _CLOSED:
        if parsed.version == network.version and parsed in network:
            return False

    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved
