"""`khabar crawl`, `dedupe`, `load`, `match`, `alert`, `events`: each stage by itself."""

import json
from pathlib import Path
from typing import Any

import click

from pipeline import settings as configuration
from pipeline.settings import Settings

OUTLETS = click.option(
    "--outlets",
    type=click.Path(
        exists=True,
        file_okay=False,
        path_type=Path,
    ),
    help="Folder of outlet files, region/name.toml.",
)
OUTLET = click.option(
    "--outlet",
    "names",
    multiple=True,
    metavar="NAME",
    help="Only this outlet (may be given more than once).",
)
_RUN = click.option(
    "--run",
    "run_name",
    default="latest",
    show_default=True,
    help="Which run folder.",
)


def read_settings(outlets: Path | None) -> Settings:
    """Return the settings, another folder of outlet files put in."""
    settings = configuration.read()
    if outlets is None:
        return settings
    return configuration.changed(settings, outlets=outlets.absolute())


def _show(report: dict[str, Any]) -> None:
    click.echo(
        json.dumps(
            report,
            ensure_ascii=False,
            indent=2,
        )
    )


@click.command()
@OUTLETS
@OUTLET
def crawl(
    outlets: Path | None,
    names: tuple[str, ...],
) -> None:
    """Begin a new run and fetch the outlets' pages into its folder."""
    from pipeline import stages

    settings = read_settings(outlets)
    begun = stages.begin(settings, names=names)
    reports = {name: stages.crawl(settings, begun["run"], name) for name in begun["outlets"]}
    _show(
        {
            "run": begun["run"],
            "outlets": reports,
        }
    )


@click.command()
@_RUN
def dedupe(run_name: str) -> None:
    """Find copies, excerpts and follow-ups among a run's articles and the archive's recent ones."""
    from pipeline import stages

    _show(stages.dedupe(configuration.read(), run_name))


@click.command()
@_RUN
def load(run_name: str) -> None:
    """Write a run into the archive, in one transaction for each outlet."""
    from pipeline import stages

    _show(stages.load(configuration.read(), run_name))


@click.command()
def match() -> None:
    """Match what is new in the archive against all watches; mails go into the outbox."""
    from pipeline import stages

    _show(stages.match(configuration.read()))


@click.command()
def alert() -> None:
    """Send the mails that are due."""
    from pipeline import stages

    # Who asks by hand wants the mails now, whatever else is under way.
    _show(stages.alert(configuration.read(), ends_run=True))


@click.command()
def events() -> None:
    """Link stories that tell of one event in other words or languages."""
    from pipeline import stages

    _show(stages.events(configuration.read()))
