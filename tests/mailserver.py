# ruff: noqa: ARG002 - the handlers' shapes are given by aiosmtpd
"""An SMTP server on loopback that answers as a test tells it."""

import asyncio
import contextlib

from aiosmtpd.controller import Controller
from watchworld import free_port

from watches.delivery.smtp_account import Account


class Server:
    """An SMTP server that answers as told: recipient -> answer to RCPT, or to DATA under "data"."""

    def __init__(self, answers=None, **options) -> None:
        self.answers = answers or {}
        self.hangs_up_at = b""
        self.connections = 0
        self.got: list[tuple[str, bytes]] = []
        self.port = free_port()
        self._options = options

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.hangs_up_at and self.hangs_up_at in envelope.content:
            server.transport.abort()
            return "451 never heard"
        if "data" in self.answers:
            return self.answers["data"]
        self.got.append((envelope.rcpt_tos[0], bytes(envelope.content)))
        return "250 OK"

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return responses

    @contextlib.contextmanager
    def up(self):
        # Made here: a controller opens an event loop at once, and one that is never started
        # leaves it to the garbage collector.
        controller = Controller(self, hostname="127.0.0.1", port=self.port, **self._options)
        controller.start()
        try:
            yield self
        finally:
            controller.stop()

    @property
    def account(self) -> Account:
        return Account(host="127.0.0.1", port=self.port)


class Greeter(Server):
    """A server that answers every EHLO and HELO as told, and counts who came."""

    banner = "250 OK"

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.connections += 1
        return [self.banner]

    async def handle_HELO(self, server, session, envelope, hostname):  # noqa: N802
        return self.banner

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if "mail" in self.answers:
            return self.answers["mail"]
        envelope.mail_from = address
        return "250 OK"


class Slow(Server):
    """A server that takes its time once it has a whole message."""

    def __init__(self, seconds) -> None:
        super().__init__()
        self.seconds = seconds

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        await asyncio.sleep(self.seconds)
        return await super().handle_DATA(server, session, envelope)
