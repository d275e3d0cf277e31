"""A receiver that is down for a day holds up nobody else: by a simulated clock, with real parts."""

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from mailserver import Server
from watchworld import free_port

from pipeline.alerts import attempts, send
from watches.delivery import Carriers, Mailer, channels

LATEST = timedelta(seconds=30)
HANGS_FOR = 20.0  # seconds that a receiver which says nothing costs, by channels.py
HANGS_HERE = 0.05  # in this test


@contextlib.contextmanager
def silent() -> Iterator[int]:
    """A server that takes connections and never answers; give its port."""
    with socket.create_server(("127.0.0.1", 0), backlog=4096) as server:
        yield server.getsockname()[1]


class Clock:
    """The moment of a simulated day; each wait for a dead receiver counts in full."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Timed:
    """The carriers, which turn the clock on as long as a silent receiver is waited for."""

    def __init__(self, carriers: Carriers, clock: Clock, server: Server) -> None:
        self.carriers, self.clock, self.server = carriers, clock, server
        self.waits = 0
        self.taken: list[datetime] = []

    def send(self, recipient, raw):
        attempt = self.carriers.send(recipient, raw)
        if "TimeoutError" in attempt.said:
            self.waits += 1
            self.clock.now += timedelta(seconds=HANGS_FOR)
        elif not channels.is_url(recipient):
            self.taken.append(self.clock.now)
        return attempt

    def close(self):
        self.carriers.close()


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    ("kind", "mails", "ticks"),
    [
        ("hangs", 12, 12),
        pytest.param("hangs", 1_000, 288, marks=SLOW),
        pytest.param("refuses", 1_000, 288, marks=SLOW),
    ],
)
def test_a_receiver_that_is_down_for_a_day_makes_nobody_else_late(
    world, monkeypatch, kind, mails, ticks
):
    clock = Clock()
    world.now = clock.now
    world.context = replace(world.context, mails_an_hour=100_000)
    tick = timedelta(days=1) / ticks
    for module in (send, attempts):
        monkeypatch.setattr(module, "_now", clock)
    monkeypatch.setattr(channels, "_SECONDS", HANGS_HERE)
    with silent() as port, Server().up() as server:
        where = port if kind == "hangs" else free_port()
        dead = f"webhook+http://127.0.0.1:{where}/in"
        world.watch(to=(dead, "ana@reader.test"))
        world.introduce()
        carrier = Timed(
            Carriers(Mailer(server.account, "khabar@news.test"), b"0123456789abcdef"), clock, server
        )
        sender = send.Sender(carrier)
        sender.rests_until = clock.now
        late: list[timedelta] = []
        longest = timedelta(0)  # pass
        published = 0
        begun = clock.now
        for number in range(ticks):
            clock.now = max(clock.now, begun + number * tick)
            world.now = clock.now
            due = mails * (number + 1) // ticks
            articles = [
                world.article("wire", f"Transit {count}", "On transit.", path=str(count))
                for count in range(published, due)
            ]
            published = due
            if articles:
                world.load(*articles)
            world.match()
            written = clock.now
            before = len(carrier.taken)
            sender.send_all(world.archive)
            late += [moment - written for moment in carrier.taken[before:]]
            longest = max(longest, clock.now - written)
        carrier.close()
    ((waiting,),) = world.rows("select count(*) from alerts where state = 'waiting'")
    assert len(server.got) == len(late) == mails
    assert waiting == mails, "nothing for the dead one is lost"
    # What is written in the first moment of a pass waits for its end.
    worst = max(late) + longest
    assert worst <= LATEST
    print(f"{kind}: {mails} mails, {worst.seconds} s late at worst, {carrier.waits} waits for it")
