"""`khabar test --coverage`: branch coverage of each room by its own tests, each with a floor."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from cli.checkout import ROOT
from cli.output import say

# Room -> the least of its branches and lines, in percent, that its own tests must run.
FLOORS = {
    "news": 90,
    "crawlers": 80,
    "extract": 80,
    "dedupe": 85,
    "watches": 90,
    "storage": 90,
    "evidence": 90,
    "pipeline": 90,
    "cli": 90,
    "service": 90,
    "ui": 80,
    "press": 75,
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the tests of one room have run of it; `percent` None: the tests did not pass."""

    room: str
    percent: float | None

    @property
    def is_enough(self) -> bool:
        """Whether the room's floor is reached."""
        return self.percent is not None and self.percent >= FLOORS[self.room]

    @property
    def line(self) -> str:
        """A row of the table."""
        percent = "-"
        verdict = "  its tests failed"
        if self.percent is not None:
            percent = f"{self.percent:.1f}"
            verdict = "  too little"
        if self.is_enough:
            verdict = ""
        floor = FLOORS[self.room]
        return f"{self.room:10} {percent:>6}  floor {floor}{verdict}"


def measure_rooms(rooms: Sequence[str]) -> list[str]:
    """Measure these rooms, all without names; print the table, return what failed in words."""
    for room in rooms:
        if room not in FLOORS:
            there_are = ", ".join(FLOORS)
            raise click.UsageError(f"no room {room!r}; there are {there_are}")

    measured = [_measure(room) for room in rooms or FLOORS]
    click.echo("room       percent of branches and lines")
    for coverage in measured:
        click.echo(coverage.line)

    return [f"coverage of {one.room}" for one in measured if not one.is_enough]


def _measure(room: str) -> Coverage:
    """Run a room's own tests; child processes of ours are measured too."""
    say(f"== coverage of {room}")
    with tempfile.TemporaryDirectory(prefix="khabar-coverage-") as folder:
        report = Path(folder) / "coverage.json"
        done = subprocess.run(
            list(_command(room, report)),
            cwd=ROOT,
            check=False,
        )
        if done.returncode or not report.exists():
            return Coverage(room, None)
        totals = json.loads(report.read_text(encoding="utf-8"))["totals"]
    return Coverage(room, float(totals["percent_covered"]))


# Where a room is tested beside the folder of its name: alerts with the watches, secrets and Sentry
# with the service that hands them on, the past of outlets through its commands.
_BESIDE = {
    "pipeline": (
        "tests/watches",
        "tests/service/test_secrets_ports.py",
        "tests/service/test_sentry.py",
        "tests/cli/test_outlet_commands.py",
    ),
}


def _command(
    room: str,
    report: Path,
) -> Iterator[str]:
    yield sys.executable
    yield from ("-m", "pytest", "-q")
    yield f"tests/{room}"
    yield from _BESIDE.get(room, ())
    yield from ("-m", "not slow")
    yield from ("-n", "2", "--dist", "loadfile")
    yield f"--cov={room}"
    yield "--cov-branch"
    yield f"--cov-report=json:{report}"
