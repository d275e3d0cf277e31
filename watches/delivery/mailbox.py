"""A local mailbox: an SMTP server on loopback that writes each message as one .eml file, for a house without a mail server.

`python -m watches.delivery.mailbox --port PORT --folder DIR`. A message is on the disk, under its own name, before the sender hears
"250": what was accepted is never lost, and a file that exists is whole.
"""

import argparse
import asyncio
import contextlib
import ipaddress
import os
import re
import secrets
import signal
import sys
import time
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

_HOST = "127.0.0.1"
_LIMIT = 10_000_000  # bytes a message
_UNSAFE = re.compile(r"[^A-Za-z0-9@._+-]+")


class Box:
    """Writes what arrives. `folder` is made if missing."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep one message; a full disk is a temporary failure, so that the sender tries again."""
        del server, session
        try:
            await asyncio.to_thread(keep, self.folder, envelope.rcpt_tos, bytes(envelope.content))
        except OSError as error:
            return f"452 4.3.1 {error.strerror or 'cannot write'}"
        return "250 2.0.0 kept"


def keep(folder: Path, recipients: list[str], raw: bytes) -> Path:
    """Write a message durably: temporary name, fsync, rename, fsync of the folder."""
    who = _UNSAFE.sub("_", ",".join(recipients))[:80]
    name = f"{time.time_ns()}-{secrets.token_hex(3)}-{who}.eml"
    temporary = folder / f".{name}.tmp"
    with temporary.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(folder / name)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return folder / name


async def serve(folder: Path, port: int, host: str = _HOST) -> None:
    """Serve until SIGTERM or SIGINT. Loopback only: what arrives is shown to whoever may read the folder."""
    if not ipaddress.ip_address(host).is_loopback:
        msg = f"{host} is not loopback; the local mailbox serves this machine only"
        raise SystemExit(msg)
    box = Box(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(box, hostname="localhost", data_size_limit=_LIMIT, enable_SMTPUTF8=True),
        host,
        port,
    )
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    sys.stdout.write(
        f"mailbox on {host}:{server.sockets[0].getsockname()[1]}, messages in {folder}\n"
    )
    sys.stdout.flush()
    async with server:
        await stop.wait()


def main(arguments: list[str] | None = None) -> None:
    """Run the mailbox."""
    parser = argparse.ArgumentParser(prog="python -m watches.delivery.mailbox", description=__doc__)
    parser.add_argument(
        "--port", type=int, required=True, help="TCP port; 0: any free one, printed"
    )
    parser.add_argument("--folder", type=Path, required=True, help="where the .eml files go")
    options = parser.parse_args(arguments)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(options.folder, options.port))


if __name__ == "__main__":
    main()
