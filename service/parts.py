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

# A log beyond this is cut when its part starts and once a minute; its tail is kept in NAME.log.1.
_LOG_BYTES = 20_000_000
_TAIL_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One long-running process of ours."""

    name: str
    command: tuple[str, ...]
    port: int | None = None
    after: str = (
        ""  # "answers": starts when the api-server answers; "ready": when the house is ready
    )


def python(*arguments: str) -> tuple[str, ...]:
    """Return a command in this environment's Python; -P keeps the working directory off its path."""  # noqa: E501
    return (sys.executable, "-P", *arguments)


def parts(settings: Settings, wiring: Wiring) -> list[Part]:
    """Return the parts this house has."""
    ports, found = wiring.ports, []
    if settings.smtp_url is None:
        found.append(
            Part(
                name="mailbox",
                port=ports["mailbox"],
                command=python(
                    "-m",
                    "watches.delivery.mailbox",
                    "--port",
                    str(ports["mailbox"]),
                    "--folder",
                    str(settings.home / "mail"),
                ),
            )
        )
    if wiring.sample:
        found.append(
            Part(
                name="press",
                port=ports["press"],
                command=python(
                    "-m",
                    "press",
                    "serve",
                    "--port",
                    str(ports["press"]),
                    "--home",
                    str(settings.home / "press"),
                ),
            )
        )
    return [
        *found,
        Part(
            name="api-server",
            port=ports["api-server"],
            command=python("-m", "airflow", "api-server"),
        ),
        Part(
            name="dag-processor",
            command=python("-m", "airflow", "dag-processor"),
        ),
        # Tasks fail that cannot reach the api-server: nothing is scheduled before it answers.
        # The log servers of these two would listen on every interface; the api-server reads the files itself.  # noqa: E501
        Part(
            name="scheduler",
            after="answers",
            command=python(
                "-m",
                "airflow",
                "scheduler",
                "--skip-serve-logs",
            ),
        ),
        *(
            [
                Part(
                    name="postman",
                    after="ready",
                    command=python(
                        "-m",
                        "cli.main",
                        "watch",
                        "follow",
                    ),
                )
            ]
            if wiring.follow
            else []
        ),
        Part(
            name="triggerer",
            after="ready",
            command=python(
                "-m",
                "airflow",
                "triggerer",
                "--skip-serve-logs",
            ),
        ),
    ]


def log_of(home: Path, name: str) -> Path:
    """Return where a part writes."""
    return home / "logs" / f"{name}.log"


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
    # Without a buffer: what cannot be written now must not be tried again by closing the file.
    with path.open("ab", buffering=0) as log:
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
