"""A crawl as the pipeline sees it: one outlet, one folder, one child process.

Scrapy runs in a child: a signal always ends it, a second crawl never meets a used reactor, and the
child's environment holds none of the parent's secrets. It may be killed at any moment: what was
fetched before is in the folder and is not fetched again.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawlers.errors import CrashedError, CrawlError
from crawlers.options import CrawlJob, CrawlOptions, CrawlReport, DoorReport
from news import codec
from news.outlet import Outlet

__all__ = [
    "CRASHED",
    "CrawlJob",
    "CrawlOptions",
    "CrawlReport",
    "DoorReport",
    "load",
    "run",
    "save",
]

_PASSED = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
)
CRASHED = 70  # exit code of a crawl that broke down on a defect of ours
_GRACE = 5.0  # seconds after each TERM
_LOOK = 1.0  # seconds between two looks whether a crawl is to go on
_OVERTIME = 120.0  # seconds a crawl may last beyond its own limit before it is stopped from outside


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class _File:
    """job.json: a job without its folder, which is where the file lies."""

    outlet: Outlet
    now: datetime
    options: CrawlOptions


def save(job: CrawlJob) -> Path:
    """Write a job into its folder; return the file."""
    job.folder.mkdir(parents=True, exist_ok=True)
    path = job.folder / "job.json"
    temporary = job.folder / ".job.json.new"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)

    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(
            codec.dump(
                _File(
                    outlet=job.outlet,
                    now=job.now,
                    options=job.options,
                )
            )
        )

    temporary.replace(path)

    return path


def load(path: Path) -> CrawlJob:
    """Return the job of a file; raises CrawlError."""
    try:
        held = codec.load(_File, path.read_bytes())
    except (OSError, codec.CodecError) as error:
        raise CrawlError(f"{path}: not a crawl job: {error}") from error

    return CrawlJob(
        outlet=held.outlet,
        folder=path.parent,
        now=held.now,
        options=held.options,
    )


def report_of(folder: Path) -> CrawlReport | None:
    """Return the report of a folder whose crawl has ended; None for one that has not."""
    try:
        held = json.loads((folder / "report.json").read_bytes())
        # Reports of before may have had fields that nobody reads any more.
        fields = codec.hints(CrawlReport)
        known = {name: value for name, value in held.items() if name in fields}

        return codec.load(CrawlReport, json.dumps(known))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, AttributeError) as error:
        raise CrawlError(f"{folder / 'report.json'}: not a crawl's report: {error}") from error


def write_report(folder: Path, report: CrawlReport) -> None:
    """Write report.json under a temporary name, then rename: a report that exists is whole."""
    path = folder / "report.json"
    temporary = path.with_name(".report.json.new")
    temporary.write_text(codec.dump(report), encoding="utf-8")
    temporary.replace(path)


def run(
    job: CrawlJob,
    *,
    progress: bool = True,
    goes_on: Callable[[], bool] = lambda: True,
) -> CrawlReport:
    """Crawl one outlet into its folder, in a child process.

    `goes_on` is asked every second while it lasts; the crawl is stopped when it says no.

    A folder whose crawl has ended is left as it is. Blocks. Raises CrawlError when the child ends
    without a report (its last words are in the message). An outlet that cannot be reached is no
    error: the report says how it stands.
    """
    done = report_of(job.folder)
    if done is not None and (job.folder / "pages.warc.gz").exists():
        return done

    path = save(job)
    # The child is told whose it is: by the time it could ask, its parent may have been killed.
    whose = f"--parent={os.getpid()}"
    command = [sys.executable, "-P", "-m", "crawlers.process", str(path), whose]

    if not progress:
        command.append("--quiet")

    code = _run_child(command, job, progress=progress, goes_on=goes_on)
    report = report_of(job.folder)

    if report is not None:
        return report

    words = _last_words(job.folder / "crawl.log")
    name = job.outlet.name

    if code == CRASHED:
        reported = bool(job.options.sentry_dsn)
        raise CrashedError(f"the crawl of {name} broke down: {words}", reported=reported)

    raise CrawlError(f"the crawl of {name} ended with {code} and without a report: {words}")


def _run_child(
    command: list[str],
    job: CrawlJob,
    *,
    progress: bool,
    goes_on: Callable[[], bool],
) -> int:
    """Run the child to its end, whatever that is; return its exit code."""
    with (job.folder / "crawl.log").open("ab") as log:
        # In the caller's process group on purpose: whoever ends the group ends the crawl.
        child = subprocess.Popen(
            command,
            cwd=_home(),
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=None if progress else log,
        )

        try:
            _tell_login(child, job)
            _wait(child, job.options.seconds + _OVERTIME, goes_on)
            stop(child)
            return int(child.returncode)
        except BaseException:
            stop(child)
            raise


def _tell_login(child: "subprocess.Popen[bytes]", job: CrawlJob) -> None:
    """Hand a login over by a pipe, where no list of processes and no file shows it."""
    if child.stdin is None:
        return

    # A child that has ended already says why by its exit code.
    with contextlib.suppress(BrokenPipeError), child.stdin as pipe:
        pipe.write(job.login.encode())


def _wait(
    child: "subprocess.Popen[bytes]",
    seconds: float,
    goes_on: Callable[[], bool],
) -> None:
    """Wait until the child has ended, has had its time, or is to go on no longer."""
    end = time.monotonic() + seconds
    while goes_on() and time.monotonic() < end:
        try:
            child.wait(_LOOK)
        except subprocess.TimeoutExpired:
            continue
        else:
            return


def _home() -> Path:
    """Return the folder in which our packages lie."""
    return Path(__file__).resolve().parent.parent


def environment() -> dict[str, str]:
    """Return the little of our environment that a crawl needs: no secrets, Airflow's or ours."""
    passed = {name: os.environ[name] for name in _PASSED if name in os.environ}

    return {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", **passed}


def stop(child: "subprocess.Popen[bytes]") -> None:
    """End a crawl.

    TERM asks it to finish what is under way, a second TERM to drop it, KILL ends it.
    """
    for sign in (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL):
        if child.poll() is not None:
            return

        child.send_signal(sign)
        try:
            child.wait(_GRACE)
        except subprocess.TimeoutExpired:
            continue


def _last_words(log: Path) -> str:
    """Return the last line of a log."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        return f"see {log}"

    return f"{lines[-1][:300]} (all of it: {log})" if lines else f"see {log}"
