"""`khabar up` and `khabar down`: the house as one service."""

import click

from pipeline import settings as configuration

_SAMPLE = click.option(
    "--sample",
    is_flag=True,
    help="Over our own sample outlets on this machine, with three watches: a tour of a minute.",
)
_DETACH = click.option(
    "--detach",
    is_flag=True,
    help="Start in the background; `khabar down` stops it.",
)


@click.command()
@_SAMPLE
@_DETACH
def up(
    *,
    sample: bool,
    detach: bool,
) -> None:
    """Start everything: database, Airflow, mailbox. Ctrl-C stops it all."""
    settings = configuration.read()
    if detach:
        from service.background import start

        start(settings, sample=sample)
        return
    from service.tour import run_house

    run_house(settings, sample=sample)


@click.command()
def down() -> None:
    """Stop what `khabar up` started, in this or any other terminal."""
    from service.background import stop

    click.echo(stop(configuration.read().home))
