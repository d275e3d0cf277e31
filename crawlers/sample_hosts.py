"""Hosts of the sample press, which lies on this machine."""

from urllib.parse import urlsplit

from news.outlet import Outlet


def is_sample(host: str) -> bool:
    """Tell whether a host is one of the sample press: *.localhost, or 127.0.0.1 written plainly."""
    name = host.lower().rstrip(".")

    return name == "localhost" or name.endswith(".localhost") or name == "127.0.0.1"


def sample_ports(outlet: Outlet, *, loopback: bool) -> frozenset[int]:
    """Return the ports of a sample outlet's own addresses; none unless loopback may be asked."""
    ports = set()
    for url in (outlet.home, *(door.url for door in outlet.doors)):
        parts = urlsplit(url)
        if loopback and is_sample(parts.hostname or ""):
            ports.add(parts.port or 80)

    return frozenset(ports)
