"""Commands for those who work on Khabar: checks, tests, lock, benchmarks.

They run in the dev environment.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from cli.checkout import ROOT
from cli.output import say


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the whole tree: what it is, and its command."""

    title: str
    command: tuple[str, ...]


CHECKS = (
    Check("ruff, every rule", ("ruff", "check", ".")),
    Check("ruff, the format", ("ruff", "format", "--check", ".")),
    Check("mypy, strict", ("mypy",)),
    Check("import-linter, the floors", ("lint-imports", "--no-cache")),
)


def passes(check: Check) -> bool:
    """Run one check from the root; tell whether it passed."""
    say(f"== {check.title}: {' '.join(check.command)}")
    program = Path(sys.executable).parent / check.command[0]
    done = subprocess.run(
        [str(program), *check.command[1:]],
        cwd=ROOT,
        check=False,
    )
    return done.returncode == 0


def failed_checks(checks: tuple[Check, ...]) -> list[str]:
    """Run all of these checks; return the titles of those that failed."""
    return [check.title for check in checks if not passes(check)]


def end(failed: list[str]) -> None:
    """End the command with the names of what failed, if anything did."""
    if failed:
        raise click.ClickException(f"failed: {'; '.join(failed)}")


@click.command()
def lint() -> None:
    """Run every check but the tests."""
    end(failed_checks(CHECKS))


_SLOW = click.option(
    "--slow/--no-slow",
    default=False,
    help="Run the slow tests as well.",
)
_LINT = click.option(
    "--lint/--no-lint",
    "linting",
    default=True,
    help="Run ruff, mypy and import-linter first.",
)
_COVERAGE = click.option(
    "--coverage",
    is_flag=True,
    help="Branch coverage of each room by its own tests instead; fails below a room's floor.",
)
_ARGUMENTS = click.argument(
    "arguments",
    nargs=-1,
    type=click.UNPROCESSED,
)


@click.command(context_settings={"ignore_unknown_options": True})
@_SLOW
@_LINT
@_COVERAGE
@_ARGUMENTS
def test(
    arguments: tuple[str, ...],
    *,
    slow: bool,
    linting: bool,
    coverage: bool,
) -> None:
    """Run all checks, then pytest; further arguments go to pytest.

    With --coverage, arguments are names of rooms; without any, all rooms are measured.
    """
    failed = failed_checks(CHECKS) if linting else []
    if coverage:
        from cli.coverage import measure_rooms

        failed += measure_rooms(arguments)
        end(failed)
        return
    marks = [] if slow or "-m" in arguments else ["-m", "not slow"]
    has_workers = any(argument.startswith("-n") for argument in arguments)
    workers = [] if has_workers else ["-n", "2", "--dist", "loadfile"]
    tests = Check("pytest", ("pytest", *marks, *workers, *arguments))
    end(failed + failed_checks((tests,)))


# Each lock and what it is made of.
_LOCKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("run.txt", ("pyproject.toml",)),
    ("dev.txt", ("pyproject.toml", "--group", "dev", "--group", "installer")),
    ("installer.txt", ("--group", "installer")),
    ("bench.txt", ("--group", "bench")),
)
_LOCKING = (
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-annotate",
    "--no-header",
    "--quiet",
)
_UPGRADE = click.option(
    "--upgrade",
    is_flag=True,
    help="Take the newest versions that fit.",
)


@click.command()
@_UPGRADE
def lock(*, upgrade: bool) -> None:
    """Make requirements/*.txt anew: hashes, no index, no host."""
    upgrading = ("--upgrade",) if upgrade else ()
    for name, sources in _LOCKS:
        output = ("-o", f"requirements/{name}")
        command = ("uv", "pip", "compile", *sources, *_LOCKING, *output, *upgrading)
        if not passes(Check(name, command)):
            raise click.ClickException(f"{name} could not be resolved")


_NAME = click.argument("name", required=False)


@click.command(context_settings={"ignore_unknown_options": True})
@_NAME
@_ARGUMENTS
def bench(
    name: str | None,
    arguments: tuple[str, ...],
) -> None:
    """Run one benchmark of tests/bench by name; without a name, list them."""
    folder = ROOT / "tests" / "bench"
    names = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    if name not in names:
        raise click.ClickException(f"name one of: {', '.join(names)}")
    program = [sys.executable, str(folder / f"{name}.py"), *arguments]
    raise SystemExit(
        subprocess.run(
            program,
            cwd=ROOT,
            check=False,
        ).returncode
    )
