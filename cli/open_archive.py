"""The archive of this process's settings, opened for a command."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from pipeline import aliases, database, settings
from storage import Archive

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


def archive_url() -> str:
    """Return the archive's address, its server started if it is the embedded one."""
    return database.url(settings.read())


def open_archive() -> Archive:
    """Return the archive with this house's table of names."""
    known = settings.read()
    return Archive(database.url(known), aliases.table(known))


@contextmanager
def archive_cursor() -> "Iterator[Cursor]":
    """Give a cursor of one transaction in the archive."""
    with Archive(archive_url()) as archive, archive.transaction() as cursor:
        yield cursor


@contextmanager
def counting(words: str) -> Iterator[Callable[[int], None]]:
    """Show a growing number on a terminal; nothing in a log."""
    is_shown = sys.stderr.isatty()

    def progress(count: int) -> None:
        if is_shown:
            click.echo(
                f"\r{words} {count}",
                nl=False,
                err=True,
            )

    yield progress
    if is_shown:
        click.echo(err=True)
