"""Commands for those who work on Khabar: checks, tests, lock, benchmarks. They run in the dev environment."""  # noqa: E501

import subprocess
import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
CHECKS = (
    ("ruff, every rule", ["ruff", "check", "."]),
    ("mypy, strict", ["mypy"]),
    ("import-linter, the floors", ["lint-imports", "--no-cache"]),
)


def check(title: str, command: list[str]) -> bool:
    """Run one check from the root; say how it ended."""
    click.echo(f"== {title}: {' '.join(command)}", err=True)
    done = subprocess.run(
        [str(Path(sys.executable).parent / command[0]), *command[1:]],
        cwd=ROOT,
        check=False,
    )
    return done.returncode == 0


@click.command()
def lint() -> None:
    """Run every check but the tests."""
    failed = [title for title, command in CHECKS if not check(title, command)]
    if failed:
        raise click.ClickException(f"failed: {'; '.join(failed)}")


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
_ARGUMENTS = click.argument(
    "arguments",
    nargs=-1,
    type=click.UNPROCESSED,
)


@click.command(context_settings={"ignore_unknown_options": True})
@_SLOW
@_LINT
@_ARGUMENTS
def test(
    arguments: tuple[str, ...],
    *,
    slow: bool,
    linting: bool,
) -> None:
    """Run all checks, then pytest; further arguments go to pytest."""
    failed = [title for title, command in CHECKS if not check(title, command)] if linting else []
    marks = [] if slow or "-m" in arguments else ["-m", "not slow"]
    workers = (
        []
        if any(item.startswith("-n") for item in arguments)
        else ["-n", "2", "--dist", "loadfile"]
    )
    if not check("pytest", ["pytest", *marks, *workers, *arguments]):
        failed.append("pytest")
    if failed:
        raise click.ClickException(f"failed: {'; '.join(failed)}")


_UPGRADE = click.option(
    "--upgrade",
    is_flag=True,
    help="Take the newest versions that fit.",
)


@click.command()
@_UPGRADE
def lock(*, upgrade: bool) -> None:
    """Make requirements/*.txt anew: hashes, no index, no host."""
    groups: tuple[tuple[str, list[str]], ...] = (
        ("run.txt", ["pyproject.toml"]),
        ("dev.txt", ["pyproject.toml", "--group", "dev", "--group", "installer"]),
        ("installer.txt", ["--group", "installer"]),
        ("bench.txt", ["--group", "bench"]),
    )
    for name, sources in groups:
        command = [
            "uv",
            "pip",
            "compile",
            *sources,
            "--universal",
            "--python-version",
            "3.11",
            "--generate-hashes",
            "--no-emit-index-url",
            "--no-annotate",
            "--no-header",
            "--quiet",
            "-o",
            f"requirements/{name}",
        ]
        if not check(name, [*command, *(["--upgrade"] if upgrade else [])]):
            raise click.ClickException(f"{name} could not be resolved")


_NAME = click.argument("name", required=False)


@click.command(context_settings={"ignore_unknown_options": True})
@_NAME
@_ARGUMENTS
def bench(name: str | None, arguments: tuple[str, ...]) -> None:
    """Run one benchmark of tests/bench by name; without a name, list them."""
    folder = ROOT / "tests" / "bench"
    names = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    if name not in names:
        raise click.ClickException(f"name one of: {', '.join(names)}")
    raise SystemExit(
        subprocess.run(
            [sys.executable, str(folder / f"{name}.py"), *arguments],
            cwd=ROOT,
            check=False,
        ).returncode
    )
