"""`khabar backfill`: an outlet's past."""

from datetime import date

import click

from cli.output import complain
from pipeline import settings as configuration


def _day(
    context: click.Context,
    parameter: click.Parameter,
    value: str | None,
) -> date | None:
    """Return the day that an option names; raises BadParameter."""
    del context, parameter
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no day such as 2026-03-01") from error


_FROM = click.option(
    "--from",
    "since",
    required=True,
    callback=_day,
    metavar="DAY",
    help="First day, such as 2026-03-01.",
)
_TO = click.option(
    "--to",
    "until",
    callback=_day,
    metavar="DAY",
    help="Last day; today without it.",
)
_BUDGET = click.option(
    "--budget",
    type=click.IntRange(1),
    default=20_000,
    show_default=True,
    help="Pages at most.",
)
_HOURS = click.option(
    "--hours",
    type=click.FloatRange(0, min_open=True),
    default=12.0,
    show_default=True,
    help="Time at most; what is left is fetched by the next runs.",
)


@click.command()
@click.argument("name")
@_FROM
@_TO
@_BUDGET
@_HOURS
def backfill(
    name: str,
    since: date,
    until: date | None,
    budget: int,
    hours: float,
) -> None:
    """Fetch an outlet's past into the archive, at its ordinary pace.

    Through its sitemaps, archives and pagination.
    """
    from pipeline.run import backfill as past

    span = past.Span(
        since=since,
        until=until,
        budget=budget,
        hours=hours,
    )
    line = past.backfill(
        configuration.read(),
        name,
        span,
        say_progress,
    )
    click.echo(f"{name}: {line}")


def say_progress(words: str) -> None:
    """Say on standard error what is being done."""
    complain(words)
