"""`khabar mutants`: faults planted in the laws one by one, to count which the tests see.

mutmut plants them in a copy of the tree. A fault that changes nothing anybody could see is no
fault: those are kept in tests/mutants/equivalent.toml, each with its reason.
"""

import fnmatch
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import click

from cli.checkout import ROOT

EQUIVALENT = ROOT / "tests" / "mutants" / "equivalent.toml"
FLOOR = 0.8  # share of the faults that the tests must see


@dataclass(frozen=True, slots=True)
class Law:
    """One law: its modules (paths), and the tests that hold it."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


LAWS = {
    "urls": Law(
        ("news/urls.py",),
        ("tests/news/test_urls.py", "tests/crawlers/test_canonical_urls.py"),
    ),
    "query": Law(
        ("news/query",),
        (
            "tests/news/test_query_dialects.py",
            "tests/news/test_query_language.py",
        ),
    ),
    "revisions": Law(
        ("news/revisions.py", "news/noise.py"),
        ("tests/news/test_revisions.py", "tests/storage/test_storage_changes.py"),
    ),
    "schedule": Law(
        ("watches/policy/schedule.py",),
        ("tests/watches/test_schedule_rhythms.py",),
    ),
    "kinds": Law(
        ("watches/kinds.py",),
        ("tests/watches/test_kinds_of_mail.py",),
    ),
}


@dataclass(slots=True)
class Outcome:
    """What became of a law's mutants."""

    killed: int = 0
    equivalent: int = 0
    survived: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of real faults that the tests saw."""
        real = self.killed + len(self.survived)
        return self.killed / real if real else 1.0


_LAW = click.argument(
    "names",
    nargs=-1,
    type=click.Choice(sorted(LAWS)),
)


@click.command()
@_LAW
def mutants(names: tuple[str, ...]) -> None:
    """Plant faults in the laws NAMES (all without) and count those that the tests see."""
    failed = []
    for name in names or tuple(LAWS):
        outcome = run(LAWS[name])
        click.echo(
            f"{name}: {outcome.killed} killed, {len(outcome.survived)} survived,"
            f" {outcome.equivalent} equivalent: {outcome.share:.0%}"
        )
        for mutant in outcome.survived:
            click.echo(f"  survived: {mutant}")
        if outcome.share < FLOOR:
            failed.append(name)
    if failed:
        raise click.ClickException(f"under {FLOOR:.0%}: {', '.join(failed)}")


def run(law: Law) -> Outcome:
    """Run mutmut over one law; raises ClickException when it does not come to an end."""
    configuration = ROOT / "setup.cfg"
    if configuration.exists():
        raise click.ClickException(f"{configuration} is in the way of mutmut's configuration")
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    program = str(Path(sys.executable).parent / "mutmut")
    configuration.write_text(configured(law), encoding="utf-8")
    try:
        subprocess.run(
            [program, "run"],
            cwd=ROOT,
            check=False,
        )
        done = subprocess.run(
            [program, "results", "--all", "true"],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
    finally:
        configuration.unlink()
    outcome = counted(done.stdout, reasons())
    if not outcome.killed and not outcome.survived:
        raise click.ClickException(f"mutmut made nothing of {', '.join(law.modules)}")
    return outcome


def configured(law: Law) -> str:
    """Return mutmut's configuration for a law: what is changed, what is copied, what is run."""
    rooms = (
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
    )
    lines = [
        "[mutmut]",
        "source_paths=",
        *(f"    {module}" for module in law.modules),
        "also_copy=",
        *(f"    {room}" for room in rooms),
        "    dags",
        "    README.md",
        "pytest_add_cli_args_test_selection=",
        *(f"    {tests}" for tests in law.tests),
    ]
    return "\n".join(lines) + "\n"


def counted(
    results: str,
    equivalent: dict[str, str],
) -> Outcome:
    """Count mutmut's results; `equivalent`: pattern of a mutant's name -> the reason."""
    outcome = Outcome()
    for line in results.splitlines():
        name, _, state = line.strip().partition(": ")
        if state in {"killed", "timeout", "suspicious", "segfault"}:
            outcome.killed += 1
        elif state in {"survived", "no tests", "not checked"}:
            if any(fnmatch.fnmatchcase(name, pattern) for pattern in equivalent):
                outcome.equivalent += 1
            else:
                outcome.survived.append(name)
    return outcome


def reasons() -> dict[str, str]:
    """Return the mutants judged equivalent with their reasons; raises ClickException."""
    if not EQUIVALENT.exists():
        return {}
    found = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    unreasoned = [name for name, reason in found.items() if not str(reason).strip()]
    if unreasoned:
        raise click.ClickException(f"{EQUIVALENT}: {unreasoned[0]} has no reason")
    return found
