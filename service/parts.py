"""The parts of the house in the order in which they start, and how each is started."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.settings import Settings
from service.environment import Wiring
from service.house_log import appending, log_of

# A log beyond this is cut when its part starts and once a minute; its tail is kept in NAME.log.1.
_LOG_BYTES = 20_000_000
_TAIL_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One long-running process of ours."""

    name: str
    command: tuple[str, ...]
    port: int | None = None
    # "answers": starts when the api-server answers; "ready": when the house is ready.
    after: str = ""


def python(*arguments: str) -> tuple[str, ...]:
    """Return a command in this environment's Python.

    -P keeps the working directory off its path.
    """
    return (sys.executable, "-P", *arguments)


def parts(settings: Settings, wiring: Wiring) -> list[Part]:
    """Return the parts this house has, in the order in which they start."""
    chosen = []
    if settings.smtp_url is None:
        chosen.append(_mailbox(settings, wiring.ports["mailbox"]))
    if wiring.sample:
        chosen.append(_press(settings, wiring.ports["press"]))
    chosen += [
        _airflow("api-server", port=wiring.ports["api-server"]),
        _airflow("dag-processor"),
        # Tasks fail that cannot reach the api-server: nothing is scheduled before it answers.
        # The log servers of scheduler and triggerer would listen on every interface; the
        # api-server reads the files itself.
        _scheduler(),
    ]
    if wiring.follow:
        follow = python("-m", "cli.main", "watch", "follow")
        chosen.append(Part(name="postman", after="ready", command=follow))
    chosen.append(_airflow("triggerer", "--skip-serve-logs", after="ready"))
    return chosen


def _mailbox(settings: Settings, port: int) -> Part:
    """Return the mailbox that takes mail on this machine."""
    folder = str(settings.home / "mail")
    options = ("--port", str(port), "--folder", folder)
    command = python("-m", "watches.delivery.mailbox", *options)
    return Part(name="mailbox", port=port, command=command)


def _press(settings: Settings, port: int) -> Part:
    """Return the sample press."""
    folder = str(settings.home / "press")
    options = ("--port", str(port), "--home", folder)
    return Part(name="press", port=port, command=python("-m", "press", "serve", *options))


def _scheduler() -> Part:
    """Return Airflow's scheduler, which has imported what its tasks need."""
    command = python("-m", "service.warm_scheduler", "--skip-serve-logs")
    return Part(name="scheduler", after="answers", command=command)


def _airflow(name: str, *options: str, port: int | None = None, after: str = "") -> Part:
    """Return a part of Airflow, which is called as its command is."""
    command = python("-m", "airflow", name, *options)
    return Part(name=name, port=port, after=after, command=command)


def launch(
    part: Part,
    home: Path,
    environment: Mapping[str, str],
) -> "subprocess.Popen[bytes]":
    """Start a part in a session of its own, its output appended to its log.

    A log that has no room for its first line does not keep the part from starting. Raises OSError
    when the log cannot be opened or the process not be made.
    """
    path = log_of(home, part.name)
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    with contextlib.suppress(OSError):
        trim(path)
    with appending(path) as log:
        with contextlib.suppress(OSError):
            log.write(f"--- {part.name} starts, {now}\n".encode())
        return subprocess.Popen(
            part.command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=home / "airflow",
            env=dict(environment),
            start_new_session=True,
            umask=0o077,
        )


def trim(path: Path) -> None:
    """Cut a log that has grown too long. Writers append, so it may be cut under them."""
    if not path.exists() or path.stat().st_size < _LOG_BYTES:
        return
    with path.open("rb+") as file:
        file.seek(-_TAIL_BYTES, os.SEEK_END)
        tail = file.read()
        # Cut first: on a full disk there is room for the tail only then.
        file.truncate(0)
    path.with_suffix(".log.1").write_bytes(tail)


def last_words(
    home: Path,
    name: str,
    lines: int = 1,
) -> str:
    """Return the last lines of a part's log, for error messages. Raises nothing."""
    path = log_of(home, name)
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 20_000))
            text = file.read().decode("utf-8", errors="replace")
    except FileNotFoundError:
        return "it wrote nothing"
    except OSError as error:
        return f"its log cannot be read: {error.strerror}"
    said = [
        line.strip() for line in text.splitlines() if line.strip() and not line.startswith("---")
    ]
    return " / ".join(said[-lines:]) or "it wrote nothing"


def how(code: int) -> str:
    """Say how a process ended."""
    return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
