"""The schema as text: what the migrations make, in one readable file.

A test keeps storage/sql/schema.sql equal to it.
"""

import re
import subprocess

from storage.errors import StorageError
from storage.server.embedded import binaries
from storage.server.programs import program_environment

# Partitions are made by the program, month by month or day by day; they are no part of the schema.
_PARTITIONS = (
    "articles_2*",
    "pages_2*",
    "fingerprints_2*",
    "fingerprint_keys_2*",
    "fingerprints_d*",
    "fingerprint_keys_d*",
)
_NOISE = re.compile(r"^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\.*)?$")
_HEAD = (
    "-- What the migrations make, as pg_dump writes it. Made by `khabar archive schema`;"
    " a test proves it equal to the migrations.\n"
)


def dump_schema(url: str) -> str:
    """Return the schema of an archive as SQL, in pg_dump's order.

    Tables, constraints, functions and their comments are in it. Raises StorageError.
    """
    command = [
        str(binaries() / "pg_dump"),
        "--schema-only",
        "--no-owner",
        "--no-privileges",
        *[f"--exclude-table={name}" for name in _PARTITIONS],
    ]

    with program_environment(url) as environment:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )

    if done.returncode:
        said = done.stderr.strip() or str(done.returncode)
        raise StorageError(f"pg_dump failed: {said.splitlines()[-1]}")

    return _tidied(done.stdout)


def _tidied(dump: str) -> str:
    """Return a dump without its settings and headings, one blank line between two commands."""
    lines = ["" if _NOISE.fullmatch(line) else line for line in dump.splitlines()]
    blocks = [block.strip() for block in re.split(r"\n{2,}", "\n".join(lines))]
    commands = [f"\n{block}\n" for block in blocks if block]

    return _HEAD + "".join(commands)
