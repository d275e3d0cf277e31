"""Tricks to make a crawler connect where it must not: none reaches anything."""

import asyncio
import json
import socket
import subprocess
import sys
import threading
from pathlib import Path

import crawl_fleet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers import job as jobs
from crawlers.download import guard
from news.crawl import OutletState

# Where a link or a redirect may try to lead. {port} is an open port of this machine that must never
# be reached.
TARGETS = (
    "http://127.0.0.2:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://017700000001:{port}/",
    "http://0x7f.1:{port}/",
    "http://0177.1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://127.000.000.002:{port}/",
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://[64:ff9b:1::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[2001:0:7f00:1::]:{port}/",
    "http://[fe80::1]:{port}/",
    "http://[fe80::1%25lo]:{port}/",
    "http://[fc00::1]:{port}/",
    "http://[fd12::1]:{port}/",
    "http://[fec0::1]:{port}/",
    "http://[ff02::1]:{port}/",
    "http://[::ffff:0:127.0.0.1]:{port}/",
    "http://[::ffff:10.0.0.1]:{port}/",
    "http://10.0.0.1:{port}/",
    "http://172.16.0.1:{port}/",
    "http://172.31.255.255:{port}/",
    "http://192.168.1.1:{port}/",
    "http://169.254.169.254/latest/",
    "http://100.64.0.1:{port}/",
    "http://192.0.0.1:{port}/",
    "http://192.0.2.1:{port}/",
    "http://198.18.0.1:{port}/",
    "http://198.51.100.1:{port}/",
    "http://203.0.113.1:{port}/",
    "http://224.0.0.1:{port}/",
    "http://240.0.0.1:{port}/",
    "http://255.255.255.255:{port}/",
    "http://192.88.99.1:{port}/",
    "http://localhost.localdomain:{port}/",
    "http://ip6-localhost:{port}/",
    "http://ip6-loopback:{port}/",
    "http://{hostname}:{port}/",
    "http://user@127.0.0.2:{port}/",
    "http://example.org@127.0.0.2:{port}/",
    "http://example.org:80@127.0.0.2:{port}/",
    "http://127.0.0.2:{port}@127.0.0.2:{port}/",
    "http://127.0.0.2:{port}#@example.org/",
    "http://example.org\\@127.0.0.2:{port}/",
    "http://127.0.0.2:{port}\\@example.org/",
    "http://①②⑦.⓪.⓪.②:{port}/",
    "http://127。0。0。2:{port}/",
    "http://%31%32%37.0.0.2:{port}/",
    "http://127.0.0.2%00.example.org:{port}/",
    "//127.0.0.2:{port}/",
    "https://127.0.0.2:{port}/",
    "http:/127.0.0.2:{port}/",
    "http:127.0.0.2:{port}/",
    "HTTP://127.0.0.2:{port}/",
    "ftp://127.0.0.2:{port}/",
    "file:///etc/passwd",
    "gopher://127.0.0.2:{port}/_GET",
    "data:text/html,<p>x",
    "dict://127.0.0.2:{port}/info",
    "jar:http://127.0.0.2:{port}/!/",
    "http://rebind.example:{port}/",
    "http://mixed.example:{port}/",
    "http://inside.example:{port}/",
)


@pytest.fixture
def trap():
    """A listener on every address of this machine.

    What connects other than to the site's own port is counted.
    """
    listener = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    listener.bind(("::", 0))
    listener.listen(50)
    caught: list[object] = []

    def serve() -> None:
        while True:
            try:
                connection, address = listener.accept()
            except OSError:
                return
            caught.append(address)
            connection.close()

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1], caught
    listener.close()


def test_there_are_at_least_sixty_tricks():
    assert len(set(TARGETS)) >= 60


def test_no_redirect_and_no_link_reaches_inside(site, outlet_of, job_of, trap):
    """Each trick twice.

    As the redirect of a door and as a link of a feed whose outlet calls that host its own.
    """
    port, caught = trap
    made, links = [], ""
    for number, target in enumerate(TARGETS):
        url = target.format(port=port, hostname=socket.gethostname())
        site.pages[f"/r{number}"] = (302, {"Location": url.encode().decode("latin-1")}, b"")
        links += f"<item><link>{url.replace('&', '&amp;')}article-{number}</link></item>"
        made.append(
            job_of(
                outlet_of(("feed", f"/r{number}"), host=f"t{number}.localhost"),
                tries=1,
                timeout=3.0,
            )
        )
    site.page(
        "/links",
        f"<rss version='2.0'><channel>{links}</channel></rss>",
        "application/rss+xml; charset=utf-8",
    )
    own = (
        "127.0.0.2",
        "[::1]",
        "localhost.localdomain",
        "2130706433",
        "0x7f000001",
        "rebind.example",
        "0",
        "10.0.0.1",
    )
    made.append(job_of(outlet_of(("feed", "/links"), hosts=own), tries=1, timeout=3.0))
    crawl_fleet.run(made)
    reports = [jobs.report_of(job.folder) for job in made]
    assert caught == []
    assert all(report.new == 0 for report in reports)
    assert all(report.state is not OutletState.OK for report in reports[:-1])


def test_only_the_sample_may_be_on_loopback(site, outlet_of, job_of):
    site.feed("/rss", [])
    report = jobs.run(job_of(outlet_of(("feed", "/rss")), allow_loopback=False), progress=False)
    assert report.faults == {"private_address": 1}
    assert site.log == []


REBIND = """
import asyncio, sys, json
from twisted.internet import asyncioreactor
asyncioreactor.install()
from twisted.internet import reactor
from twisted.internet.address import IPv4Address
from twisted.internet.endpoints import HostnameEndpoint
from twisted.internet.protocol import Factory, Protocol
from zope.interface import implementer
from twisted.internet.interfaces import IHostnameResolver
from crawlers.download.guard import GuardedResolver, REFUSED
answers = {
    "rebind.example": [["203.0.113.9"], ["127.0.0.1"]],
    "mixed.example": [["127.0.0.1", "10.0.0.1"]],
    "inside.example": [["192.168.0.1"]],
}
asked = []
class R:
    name = "x"
    def cancel(self): pass
@implementer(IHostnameResolver)
class Fake:
    def resolveHostName(
        self, receiver, hostName, portNumber=0, addressTypes=None, transportSemantics="TCP"
    ):
        turns = answers[hostName]
        asked.append(hostName)
        receiver.resolutionBegan(R())
        for address in turns[min(asked.count(hostName), len(turns)) - 1]:
            receiver.addressResolved(IPv4Address("TCP", address, portNumber))
        receiver.resolutionComplete()
        return R()
reactor.installNameResolver(Fake())
GuardedResolver(reactor, ports=frozenset({80})).install_on_reactor()
results = {}
port = int(sys.argv[1])
def note(name, result):
    results[name] = repr(result)[:200]
    if len(results) == 4: reactor.stop()
names = ["rebind.example", "rebind.example", "mixed.example", "inside.example"]
for number, name in enumerate(names):
    endpoint = HostnameEndpoint(reactor, name, port, timeout=1)
    connected = endpoint.connect(Factory.forProtocol(Protocol))
    connected.addBoth(lambda r, n=f"{name}{number}": note(n, r))
reactor.callLater(6, reactor.stop)
reactor.run()
print(json.dumps([results, sorted(REFUSED.hosts)]))
"""


def test_names_that_turn_inward_are_refused_after_resolution(trap):
    """The resolver's answers are judged, not the name.

    A second answer (rebinding) is judged as well.
    """
    port, caught = trap
    done = subprocess.run(
        [sys.executable, "-c", REBIND, str(port)],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
        cwd=Path(__file__).parents[2],
    )
    results, refused = json.loads(done.stdout)
    assert caught == []
    assert len(results) == 4
    assert (
        {"rebind.example", "mixed.example", "inside.example"}
        >= set(refused)
        >= {"mixed.example", "inside.example"}
    )


@given(st.integers(0, 2**32 - 1))
def test_a_mapped_address_is_judged_like_its_own(number):
    import ipaddress

    address = ipaddress.IPv4Address(number)
    assert guard.is_public(f"::ffff:{address}") == guard.is_public(str(address))


@given(st.text(max_size=20))
def test_what_is_no_address_is_not_public(text):
    assert not guard.is_public(text) or asyncio  # no exception, whatever comes


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1"])
def test_public_addresses_are(address):
    assert guard.is_public(address)


def test_a_clouds_own_server_is_not_public():
    assert not guard.is_public("168.63.129.16")
    assert guard.is_public("168.63.129.17")
