"""A local mailbox: an SMTP server on loopback that writes each message as one .eml file.

For a house without a mail server: `python -m watches.delivery.mailbox --port PORT --folder DIR`.
A message is on the disk, under its own name, before the sender hears "250": what was accepted is
never lost, and a file that exists is whole.
"""

import argparse
import asyncio
import contextlib
import ipaddress
import signal
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

from watches.delivery import mailbox_folder

_HOST = "127.0.0.1"
_LIMIT = 10_000_000  # bytes a message


class Box:
    """Writes what arrives. `folder` is made if missing."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep one message; return the server's answer.

        A full disk is a temporary failure, so that the sender tries again.
        """
        del server, session
        recipients = list(envelope.rcpt_tos)
        content = bytes(envelope.content)
        try:
            await asyncio.to_thread(mailbox_folder.keep, self.folder, recipients, content)
        except OSError as error:
            return f"452 4.3.1 {error.strerror or 'cannot write'}"

        return "250 2.0.0 kept"


async def serve(folder: Path, port: int, host: str = _HOST) -> None:
    """Serve until SIGTERM or SIGINT; `port` 0: any free one, printed.

    Loopback only: what arrives is shown to whoever may read the folder.
    """
    if not ipaddress.ip_address(host).is_loopback:
        sentence = f"{host} is not loopback; the local mailbox serves this machine only"
        raise SystemExit(sentence)

    box = Box(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _session(box), host, port)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)

    bound = server.sockets[0].getsockname()[1]
    sys.stdout.write(f"mailbox on {host}:{bound}, messages in {folder}\n")
    sys.stdout.flush()
    async with server:
        await stop.wait()


def _session(box: Box) -> SMTP:
    """Return what speaks with one client."""
    return SMTP(
        box,
        hostname="localhost",
        data_size_limit=_LIMIT,
        enable_SMTPUTF8=True,
    )


def main(arguments: list[str] | None = None) -> None:
    """Run the mailbox."""
    parser = argparse.ArgumentParser(
        prog="python -m watches.delivery.mailbox",
        description=__doc__,
    )
    parser.add_argument(
        "--port",
        type=int,
        required=True,
        help="TCP port; 0: any free one, printed",
    )
    parser.add_argument(
        "--folder",
        type=Path,
        required=True,
        help="where the .eml files go",
    )
    options = parser.parse_args(arguments)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(options.folder, options.port))


if __name__ == "__main__":
    main()
