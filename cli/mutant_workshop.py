"""The folder in which mutmut plants faults in one target's modules and asks its tests about them.

Each target has its own under .khabar/mutants/, and mutmut keeps there what became of each mutant,
so that a run that was stopped goes on where it was.
"""

import hashlib
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from cli.checkout import ROOT

MUTMUT = Path(sys.executable).parent / "mutmut"
_TOGETHER = 200  # mutants for which mutmut is started once
# What tests may import or read, beside themselves.
_COPIED = (
    "news",
    "crawlers",
    "extract",
    "dedupe",
    "watches",
    "storage",
    "pipeline",
    "service",
    "cli",
    "ui",
    "press",
    "dags",
    "README.md",
)
# What mutmut says of a mutant that the tests have seen, and of one that they have not.
SEEN = frozenset({"killed", "timeout", "suspicious", "segfault"})
UNSEEN = frozenset({"survived", "no tests"})


@dataclass(frozen=True, slots=True)
class Target:
    """Modules whose faults are planted (paths), and the tests that must see them."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    without: tuple[str, ...] = ()  # tests too slow to be run for each fault
    sample: int | None = None  # so many of a large target's mutants; None: all


@dataclass(frozen=True, slots=True)
class Workshop:
    """The folder in which mutmut works on one target, and what it keeps there between runs."""

    folder: Path
    target: Target
    workers: int

    def drawn(self, sample: int | None, seed: int) -> list[str]:
        """Plant the faults; return the names of those to ask about."""
        self._lay_out()
        names = sorted(self._planted())
        size = self.target.sample if sample is None else sample
        if not size or size >= len(names):
            return names
        return sorted(random.Random(seed).sample(names, size))  # noqa: S311

    def ask(
        self,
        names: Sequence[str],
        seconds: float,
    ) -> None:
        """Let the tests look at the mutants of these names, until the time is over.

        The ones that nobody has asked yet come first.
        """
        until = time.monotonic() + seconds
        states = self.states()
        new = [name for name in names if states[name] not in SEEN | UNSEEN]
        unseen = [name for name in names if states[name] in UNSEEN]
        for group in (*_groups(new), *_groups(unseen)):
            left = until - time.monotonic()
            if left <= 0 or not self._mutmut(group, left):
                return

    def states(self) -> dict[str, str]:
        """Return the name of each mutant and what became of it, in mutmut's words."""
        done = subprocess.run(
            [str(MUTMUT), "results", "--all", "true"],
            cwd=self.folder,
            check=False,
            capture_output=True,
            text=True,
        )
        pairs = (line.strip().partition(": ") for line in done.stdout.splitlines())
        return {name: state for name, _, state in pairs if "__mutmut_" in name}

    def _lay_out(self) -> None:
        """Make the folder: links to the rooms, and mutmut's configuration.

        Which test runs which function is found out anew when a test or a module has changed.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in (*_COPIED, "tests", "pyproject.toml"):
            link = self.folder / name
            if not link.is_symlink():
                link.symlink_to(ROOT / name)
        (self.folder / "setup.cfg").write_text(configured(self.target), encoding="utf-8")
        seal = self.folder / "seal"
        digest = _digest_of(self.target)
        if not seal.exists() or seal.read_text(encoding="utf-8") != digest:
            (self.folder / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)
            seal.write_text(digest, encoding="utf-8")

    def _planted(self) -> dict[str, str]:
        """Plant the faults, none of them asked yet; raises ClickException.

        mutmut plants before it looks for the mutants it is to ask: a name that none has ends it.
        """
        log = self.folder / "planting.log"
        with log.open("w", encoding="utf-8") as output:
            subprocess.run(
                [str(MUTMUT), "run", "--max-children", "1", "no-mutant-of-this-name"],
                cwd=self.folder,
                check=False,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        states = self.states()
        if not states or "nothing matches" not in log.read_text(encoding="utf-8"):
            modules = ", ".join(self.target.modules)
            raise click.ClickException(f"mutmut made nothing of {modules}; see {log}")
        return states

    def _mutmut(self, names: Sequence[str], seconds: float) -> bool:
        """Ask about these mutants for at most so long; tell whether mutmut came to its end."""
        command = [str(MUTMUT), "run", "--max-children", str(self.workers), *names]
        log = self.folder / "asking.log"
        with log.open("w", encoding="utf-8") as output:
            process = subprocess.Popen(
                command,
                cwd=self.folder,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            try:
                code = process.wait(seconds)
            except subprocess.TimeoutExpired:
                return False
            finally:
                _stop(process)
        if code:
            raise click.ClickException(f"mutmut ended with {code}; see {log}")
        return True


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End mutmut if it still runs: interrupted, it ends its own children first."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _groups(names: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, len(names), _TOGETHER):
        yield names[start : start + _TOGETHER]


def _digest_of(target: Target) -> str:
    """Return a hash of a target's modules and tests."""
    digest = hashlib.sha256()
    for path in (*target.modules, *target.tests):
        place = ROOT / path
        files = sorted(place.rglob("*.py")) if place.is_dir() else [place]
        for file in files:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def configured(target: Target) -> str:
    """Return mutmut's configuration for a target: what is changed, copied, run, and how long."""
    lines = [
        "[mutmut]",
        "source_paths=",
        *(f"    {module}" for module in target.modules),
        "also_copy=",
        *(f"    {name}" for name in _COPIED),
        "pytest_add_cli_args_test_selection=",
        *(f"    {tests}" for tests in target.tests),
        "pytest_add_cli_args=",
        "    --hypothesis-profile=mutants",
        *(f"    --deselect={test}" for test in target.without),
        # Workers begin without what earlier tests left in caches: it would hide a fault.
        "process_isolation=forkserver",
        "on_dependency_change=ignore",
        # Wide, or a busy machine would pass for a test that sees the fault.
        "timeout_multiplier=10.0",
        "timeout_constant=5.0",
    ]
    return "\n".join(lines) + "\n"
