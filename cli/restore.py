"""`khabar restore`: a backup into an empty archive."""

from pathlib import Path

import click

from pipeline import restore as restoring
from pipeline import settings

_FILE = click.argument(
    "file",
    type=click.Path(
        exists=True,
        dir_okay=False,
        path_type=Path,
    ),
)


@click.command()
@_FILE
def restore(file: Path) -> None:
    """Read the backup FILE into an empty archive and prove it equal."""
    restored = restoring.restore(settings.read(), file)
    later = ""
    if restored.migrations:
        later = f"; then brought up to date: {', '.join(restored.migrations)}"
    proof = f"every table is equal to what was backed up{later}"
    click.echo(f"{restored.articles} articles of {restored.made_at[:16]}: {proof}")
    if restored.mails_given_up:
        why = "the house that went on since has told them"
        waiting = f"{restored.mails_given_up} mails that waited when the backup was made"
        click.echo(f"{waiting} are not sent: {why}")
