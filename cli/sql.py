"""`khabar sql`: psql on the archive."""

import os
import subprocess

import click

from cli.open_archive import archive_url
from storage.upkeep import binaries, program_environment

# What psql may know of the terminal it runs in.
_PASSED = ("HOME", "TERM", "LINES", "COLUMNS", "PAGER", "EDITOR", "PATH")


_ARGUMENTS = click.argument(
    "arguments",
    nargs=-1,
    type=click.UNPROCESSED,
)


@click.command(context_settings={"ignore_unknown_options": True})
@_ARGUMENTS
def sql(arguments: tuple[str, ...]) -> None:
    """Open psql on the archive; ARGUMENTS go to it (-c "select ...").

    The view `readable` is the place to begin.
    """
    passed = {name: os.environ[name] for name in _PASSED if name in os.environ}
    # A child and not an exec: the embedded server is stopped by whoever leaves last: by us.
    program = [str(binaries() / "psql"), *arguments]
    with program_environment(archive_url()) as environment:
        done = subprocess.run(
            program,
            env={**environment, **passed},
            check=False,
        )
    raise SystemExit(done.returncode)
