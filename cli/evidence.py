"""`khabar evidence`: packages that stand without us, and the chain that proves them."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from cli.open_archive import counting, open_archive
from cli.output import say

if TYPE_CHECKING:
    from evidence.finding import Finding

_MOST = 500  # articles of a package
_MARKS = {
    "yes": "yes        ",
    "no": "NO         ",
    "not present": "not present",
    "undecided": "undecided  ",
}


@click.group()
def evidence() -> None:
    """Prove what was received when: export, verify, the house's key, the chain's check."""


_OUTPUT = click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The package's file, as story.wacz.",
)
_AS = click.option(
    "--as",
    "named_kind",
    type=click.Choice(["article", "story", "watch", "query"]),
    help="What WHAT is (default: as it reads).",
)
_LIMIT = click.option(
    "--most",
    type=click.IntRange(1),
    default=_MOST,
    show_default=True,
    help="Articles at most; what is left out is counted.",
)


@evidence.command()
@click.argument("what")
@_OUTPUT
@_AS
@_LIMIT
def export(
    what: str,
    output: Path,
    named_kind: str | None,
    most: int,
) -> None:
    """Pack all that is kept of WHAT: an article's address, a story's number, a watch, a query.

    `--as story` with an article's address packs the story that it is in.
    """
    from pipeline import settings
    from pipeline.evidence import packing
    from pipeline.evidence.selection import Kind

    kind = Kind(named_kind) if named_kind else None
    with counting("articles gone through, of each twice:") as progress:
        packed = packing.export(
            settings.read(),
            what,
            output,
            kind=kind,
            most=most,
            now=datetime.now(UTC),
            progress=progress,
        )

    held = f"{packed.articles} articles, {packed.records} records as received"
    click.echo(f"{output}: {held}, {packed.missing} missing and named in it")
    if packed.left:
        say(f"{packed.left} more articles were left out; --most takes them in")


_KEY = click.option(
    "--key",
    "trusted",
    default="",
    help="The fingerprint that the house's key must have (SHA256:...).",
)
_ROOTS = click.option(
    "--tsa-roots",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Root certificates (PEM) of time stamp authorities that you believe.",
)


@evidence.command()
@click.argument("file", type=click.File("rb"))
@_KEY
@_ROOTS
def verify(
    file: IO[bytes],
    trusted: str,
    tsa_roots: tuple[Path, ...],
) -> None:
    """Judge the package FILE offline: no archive, no settings. Ends with code 1 if a part fails."""
    from evidence import verify as judge

    roots = [path.read_text(encoding="ascii") for path in tsa_roots]
    failed = False
    for finding in judge.verify(file, trusted=trusted, tsa_roots=roots):
        click.echo(_line(finding))
        failed = failed or finding.outcome == "no"

    if failed:
        sys.exit(1)


def _line(finding: "Finding") -> str:
    return f"{_MARKS[finding.outcome.value]}  {finding.part}: {finding.sentence}"


_NEW = click.option(
    "--new",
    "is_new",
    is_flag=True,
    help="Begin with a new key; the old one vouches for it if it is there.",
)


@evidence.command()
@_NEW
def key(*, is_new: bool) -> None:
    """Show the public key that signs, for others to compare; or begin with a new one."""
    from evidence.signing import fingerprint, public_pem
    from pipeline import settings
    from pipeline.evidence import keys

    known = settings.read()
    now = datetime.now(UTC)
    with open_archive() as archive:
        if is_new:
            keys.begin_key(archive, known, now)

        public = keys.house_key(archive, known, now).public

    click.echo(fingerprint(public))
    click.echo(public_pem(public), nl=False)
    say(f"the private part is {keys.key_file(known)}: keep a copy where the house is not")


_ALL = click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Read every byte that is kept, not a seventh of it.",
)


_GONE = click.option(
    "--accept-gone",
    "is_accepted",
    is_flag=True,
    help="First note files that are gone as removed: you know why they are.",
)


@evidence.command()
@_ALL
@_GONE
def check(*, everything: bool, is_accepted: bool) -> None:
    """Sign the days that are over and look whether all is as it was, as each night's housekeeping.

    Ends with code 1 when something is not.
    """
    from pipeline import settings
    from pipeline.evidence import check as checking
    from pipeline.evidence import nightly
    from storage import evidence as kept

    if is_accepted:
        with open_archive() as archive:
            count = checking.accept_gone(archive, settings.read(), datetime.now(UTC))

        click.echo(f"{count} files that are gone are noted as removed")

    counts = nightly.keep_evidence(
        settings.read(),
        datetime.now(UTC),
        everything=everything,
    )
    for name, count in counts.items():
        words = name.replace("_", " ")
        click.echo(f"{count} {words}")

    with open_archive() as archive, archive.transaction() as cursor:
        faults = kept.faults(cursor)

    for fault in faults:
        click.echo(f"NO  {fault.subject}: {fault.said} (since {fault.seen_at:%Y-%m-%d %H:%M} UTC)")

    if faults:
        sys.exit(1)
