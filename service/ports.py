"""Ports on 127.0.0.1: the usual one if it is free, else any free one.

Remembered, so that addresses stay the same.
"""

import contextlib
import socket
from collections.abc import Mapping

from pipeline.errors import HouseError

# The usual ports. Fixed numbers below the ephemeral range, so that nothing takes them by chance.
USUAL = {
    "api-server": 8080,
    "mailbox": 8025,
    "press": 8090,
}


def choose(name: str, remembered: Mapping[str, int]) -> int:
    """Return a free port for a part: the remembered one, the usual one, or any."""
    for port in (remembered.get(name), USUAL[name], 0):
        if port is not None and (found := free(port)):
            return found
    raise HouseError("no free TCP port on 127.0.0.1")


def free(port: int) -> int | None:
    """Return the port if it can be bound (0: whichever the system gives), else None."""
    with contextlib.closing(socket.socket()) as probe, contextlib.suppress(OSError):
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        return int(probe.getsockname()[1])
    return None


def answers(port: int, *, seconds: float = 1.0) -> bool:
    """Tell whether something accepts connections on this port."""
    with (
        contextlib.suppress(OSError),
        socket.create_connection(("127.0.0.1", port), timeout=seconds),
    ):
        return True
    return False
