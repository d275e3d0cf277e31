"""`khabar status`: what runs, how well, what the last run brought."""

import json
import sys

import click

from pipeline import settings as configuration

_NOT_WELL = 1
_NOT_RUNNING = 3


_JSON = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="For programs.",
)


@click.command()
@_JSON
def status(*, as_json: bool) -> None:
    """Addresses, health of each part, last run.

    Exit code 0: all well, 1: something is not, 3: not running.
    """
    from cli.status_page import show
    from service import status as service_status

    collected = service_status.collect(configuration.read())
    if as_json:
        click.echo(
            json.dumps(
                collected,
                indent=2,
                ensure_ascii=False,
            )
        )
    else:
        show(collected)
    if not collected["healthy"]:
        sys.exit(_NOT_RUNNING if collected["phase"] == "stopped" else _NOT_WELL)
