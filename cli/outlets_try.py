"""`khabar outlets try`: what extraction makes of an outlet's pages today."""

import click

from pipeline import settings as configuration

_WHAT = click.argument("what", metavar="NAME|URL")
_PAGES = click.option(
    "--pages",
    type=click.IntRange(1, 100),
    default=5,
    show_default=True,
    help="How many articles.",
)


@click.command("try")
@_WHAT
@_PAGES
def try_(
    what: str,
    pages: int,
) -> None:
    """Fetch some articles of an outlet, or one page of it, and show what extraction makes of them.

    Nothing is archived. Where the outlet's file has rules (layouts), what they change is shown too.
    """
    from pipeline.run import try_outlet, visit_outlet
    from service.rehearsal import following

    with following(configuration.read()) as settings:
        sample = visit_outlet.fetch_sample(settings, what, pages)
    report = sample.report
    note = f" ({report.note})" if report.note else ""
    noun = "page" if report.pages == 1 else "pages"
    click.echo(f"{sample.outlet.name}: {report.state}{note}, {report.pages} {noun}")
    try_outlet.show_samples(sample.outlet, sample.pages, click.echo)
    if sample.failure:
        raise click.ClickException(sample.failure)
