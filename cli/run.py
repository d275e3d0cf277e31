"""`khabar run`: one whole pass in the foreground."""

import contextlib
import json
import sys
from pathlib import Path

import click

from cli.stages import OUTLET, OUTLETS, read_settings

_JSON = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="The report as JSON on standard output.",
)
_ALL = click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Poll every door now, due or not.",
)
_SAMPLE = click.option(
    "--sample",
    is_flag=True,
    help="Over our own sample outlets, served on this machine while the pass lasts.",
)


@click.command()
@OUTLETS
@OUTLET
@_JSON
@_ALL
@_SAMPLE
def run(
    outlets: Path | None,
    names: tuple[str, ...],
    *,
    as_json: bool,
    everything: bool,
    sample: bool,
) -> None:
    """One whole pass: crawl, extract, dedupe, load, match, alert.

    A pass that was interrupted is taken up again where it stopped. Exit code 1 when an outlet file
    is wrong or a stage failed; an outlet that does not answer is named in the report and leaves the
    others as they are.
    """
    from cli.run_progress import Show
    from pipeline.run import single_pass
    from service.rehearsal import rehearsal

    show = Show(quiet=as_json and not sys.stderr.isatty())
    settings = read_settings(outlets)
    with rehearsal(settings) if sample else contextlib.nullcontext(settings) as chosen:
        report = single_pass.run(
            chosen,
            names=names,
            everything=everything,
            show=show,
        )
    if as_json:
        click.echo(
            json.dumps(
                report,
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        show.report(report)
    if report["failed"]:
        sys.exit(1)
