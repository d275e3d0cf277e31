"""A pass over the sample press without the house.

The press is served for as long as the pass lasts, its clock standing still.

Where the house is up over the sample, its press is used instead, and that one's clock runs.
"""

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from news.errors import KhabarError
from pipeline import database, home_kind, house_state
from pipeline.settings import Settings, changed, sample_outlets
from service import ports, sample_watches
from storage import Archive

CHECKOUT = Path(__file__).resolve().parent.parent  # where our packages lie
_SECONDS = 60.0


class RehearsalError(KhabarError):
    """The sample press cannot be served."""


@contextlib.contextmanager
def rehearsal(settings: Settings) -> Iterator[Settings]:
    """Give settings that lead to the sample outlets, which are served while the block lasts.

    The sample's watches are saved. Raises HomeError in a home of real outlets.
    """
    home_kind.require(settings, home_kind.Kind.SAMPLE)
    address = database.url(settings)
    with Archive(address) as archive:
        home_kind.claim(settings, home_kind.Kind.SAMPLE, archive.front_pages())
    sample_watches.add(address)
    with sample_served(settings) as led:
        yield led


@contextlib.contextmanager
def following(settings: Settings) -> Iterator[Settings]:
    """Give settings that lead to the home's own outlets; a sample home's are served meanwhile."""
    if home_kind.following(settings) is settings:
        yield settings
        return
    with sample_served(settings) as led:
        yield led


@contextlib.contextmanager
def sample_served(settings: Settings) -> Iterator[Settings]:
    """Give settings that lead to the sample outlets, and serve these unless the house does."""
    led = changed(
        settings,
        outlets=sample_outlets(settings.home),
        allow_loopback=True,
    )
    house = house_state.read(settings.home)
    if house.sample and house_state.alive(house.supervisor):
        yield led
        return
    with _served(settings.home) as port:
        subprocess.run(
            [sys.executable, "-P", "-m", "press", "outlets", str(led.outlets), "--port", str(port)],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=CHECKOUT,
        )
        yield led


@contextlib.contextmanager
def _served(home: Path) -> Iterator[int]:
    """Serve the press on the port it had before, so that its addresses stay the same.

    Give the port.
    """
    folder = home / "press"
    folder.mkdir(
        parents=True,
        exist_ok=True,
    )
    remembered = house_state.read(home).ports
    port = ports.choose(
        "press",
        remembered
        if "press" in remembered
        else {"press": int(_kept(folder / "port", str(ports.choose("press", {}))))},
    )
    now = _kept(folder / "now", datetime.now(UTC).isoformat())
    with (folder / "press.log").open("ab") as log:
        press = subprocess.Popen(
            [
                sys.executable,
                "-P",
                "-m",
                "press",
                "serve",
                "--port",
                str(port),
                "--home",
                str(folder),
                "--now",
                now,
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=CHECKOUT,
        )
        try:
            _wait(press, port, folder)
            yield port
        finally:
            press.terminate()
            press.wait(10)


def _kept(path: Path, value: str) -> str:
    """Return what a small file holds; it is written with `value` when it is new."""
    if not path.exists():
        path.write_text(value, encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def _wait(
    press: "subprocess.Popen[bytes]",
    port: int,
    folder: Path,
) -> None:
    """Wait until the press answers."""
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline and press.poll() is None:
        if ports.answers(port):
            return
        time.sleep(0.05)
    raise RehearsalError(
        f"the sample press did not start on port {port}; its log: {folder / 'press.log'}"
    )
