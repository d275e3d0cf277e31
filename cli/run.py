"""One whole pass in the foreground, and each stage by itself."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from pipeline import settings as environment
from pipeline.settings import Settings


def _settings(outlets: Path | None) -> Settings:
    """Return the settings, another folder of outlet files put in."""
    settings = environment.read()
    return environment.changed(settings, outlets=outlets.absolute()) if outlets else settings


_OUTLETS = click.option(
    "--outlets",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of outlet files, region/name.toml.",
)
_OUTLET = click.option(
    "--outlet",
    "names",
    multiple=True,
    metavar="NAME",
    help="Only this outlet (may be given more than once).",
)
_JSON = click.option(
    "--json", "as_json", is_flag=True, help="The report as JSON on standard output."
)
_RUN = click.option(
    "--run", "run_name", default="latest", show_default=True, help="Which run folder."
)


@click.command()
@_OUTLETS
@_OUTLET
@_JSON
@click.option("--all", "everything", is_flag=True, help="Poll every door now, due or not.")
@click.option(
    "--sample",
    is_flag=True,
    help="Over our own sample outlets, served on this machine while the pass lasts.",
)
def run(
    outlets: Path | None, names: tuple[str, ...], *, as_json: bool, everything: bool, sample: bool
) -> None:
    """One whole pass: crawl, extract, dedupe, load, match, alert.

    A pass that was interrupted is taken up again where it stopped. Exit code 1 when an outlet file is wrong or a stage failed;
    an outlet that does not answer is named in the report and leaves the others as they are.
    """  # noqa: E501
    import contextlib

    from cli.run_progress import Show
    from pipeline.run import single_pass
    from service.rehearsal import rehearsal

    show = Show(quiet=as_json and not sys.stderr.isatty())
    settings = _settings(outlets)
    with rehearsal(settings) if sample else contextlib.nullcontext(settings) as led:
        report = single_pass.run(led, names=names, everything=everything, show=show)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        show.report(report)
    if report["failed"]:
        sys.exit(1)


def _stage(report: dict[str, Any]) -> None:
    click.echo(json.dumps(report, ensure_ascii=False, indent=2))


@click.command()
@_OUTLETS
@_OUTLET
def crawl(outlets: Path | None, names: tuple[str, ...]) -> None:
    """Begin a new run and fetch the outlets' pages into its folder."""
    from pipeline import stages

    settings = _settings(outlets)
    begun = stages.begin(settings, names=names)
    _stage(
        {
            "run": begun["run"],
            "outlets": {
                name: stages.crawl(settings, begun["run"], name) for name in begun["outlets"]
            },
        }
    )


@click.command()
@_RUN
def dedupe(run_name: str) -> None:
    """Find copies, excerpts and follow-ups among a run's articles and the archive's recent ones."""
    from pipeline import stages

    _stage(stages.dedupe(environment.read(), run_name))


@click.command()
@_RUN
def load(run_name: str) -> None:
    """Write a run into the archive, in one transaction."""
    from pipeline import stages

    _stage(stages.load(environment.read(), run_name))


@click.command()
def match() -> None:
    """Match what is new in the archive against all watches; mails go into the outbox."""
    from pipeline import stages

    _stage(stages.match(environment.read()))


@click.command()
def alert() -> None:
    """Send the mails that are due."""
    from pipeline import stages

    _stage(stages.alert(environment.read()))


@click.command()
def events() -> None:
    """Link stories that tell of one event in other words or languages."""
    from pipeline import stages

    _stage(stages.events(environment.read()))
