"""Where a crawl may connect: public addresses only.

A name is resolved once, every address it has is judged, and the connection goes to one that passed:
what the name says a moment later (DNS rebinding) does not matter. Forms such as 0x7f.1 or
2130706433 are resolved by the system first and judged after.
"""

from collections.abc import Sequence
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IHostResolution,
    IResolutionReceiver,
)
from zope.interface import implementer, provider

from crawlers.public_addresses import is_public
from crawlers.sample_hosts import is_sample


def allowed(host: str, address: str, *, loopback: bool) -> bool:
    """Tell whether a connection to this address may be made for this host.

    `loopback` when the sample press lies on that port.
    """
    return is_public(address) or (loopback and is_sample(host) and address == "127.0.0.1")


@implementer(IHostResolution)
class _Resolution:
    """One resolution, as Twisted wants it named."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing to cancel: the answer is dropped."""


@provider(IResolutionReceiver)
class _Sieve:
    """Passes on only the addresses that may be connected to."""

    def __init__(
        self,
        receiver: Any,
        host: str,
        refused: "Refused",
        *,
        loopback: bool,
    ) -> None:
        self.receiver, self.host, self.refused, self.loopback = receiver, host, refused, loopback
        self.passed = self.stopped = 0

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        """Pass on."""
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        """Pass on what may be connected to."""
        is_ip = isinstance(address, IPv4Address | IPv6Address)
        if is_ip and allowed(self.host, address.host, loopback=self.loopback):
            self.passed += 1
            self.receiver.addressResolved(address)
        else:
            self.stopped += 1

    def resolutionComplete(self) -> None:  # noqa: N802
        """Pass on; remember a host of which nothing was left.

        Thus the failure gets its right name.
        """
        if self.stopped and not self.passed:
            self.refused.hosts.add(self.host)

        self.receiver.resolutionComplete()


class Refused:
    """Hosts that had only addresses which may not be connected to."""

    def __init__(self) -> None:
        self.hosts: set[str] = set()


REFUSED = Refused()


@implementer(IHostnameResolver)
class GuardedResolver:
    """The reactor's name resolver: every connection of the process passes here, IP literals too."""

    def __init__(self, reactor: Any, *, ports: frozenset[int] = frozenset()) -> None:
        self.reactor = reactor
        self.ports = ports  # loopback's ports on which the sample press may be asked
        inner = reactor.nameResolver
        self.inner: Any = inner.inner if isinstance(inner, GuardedResolver) else inner

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> "GuardedResolver":
        """Build for one of Scrapy's own commands (TWISTED_DNS_RESOLVER).

        Loopback is closed but for the ports that `crawlers.commands` has found to be the sample's.
        """
        ports = crawler.settings.getlist("KHABAR_LOOPBACK_PORTS")
        return cls(reactor, ports=frozenset(map(int, ports)))

    def install_on_reactor(self) -> None:
        """Make it the reactor's."""
        self.reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Resolve a name and pass on only the addresses that may be connected to."""
        loopback = portNumber in self.ports
        sieve: Any = _Sieve(
            resolutionReceiver,
            hostName,
            REFUSED,
            loopback=loopback,
        )

        if is_sample(hostName):
            # RFC 6761: names under localhost are loopback; no resolver is asked.
            sieve.resolutionBegan(_Resolution(hostName))
            sieve.addressResolved(IPv4Address("TCP", "127.0.0.1", portNumber))
            sieve.resolutionComplete()

            return _Resolution(hostName)

        return self.inner.resolveHostName(
            sieve, hostName, portNumber, addressTypes, transportSemantics
        )
