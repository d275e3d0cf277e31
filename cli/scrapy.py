"""`khabar scrapy`: Scrapy's own commands over the project's settings and spiders."""

import click

from pipeline import settings as configuration

_ARGUMENTS = click.argument("arguments", nargs=-1, type=click.UNPROCESSED)


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@_ARGUMENTS
def scrapy(arguments: tuple[str, ...]) -> None:
    """Run one of Scrapy's own commands (list, crawl, shell, check, view ...) with our settings.

    `crawl outlet -a name=trend.az -O pages.jsonl` reads an outlet's newest pages into a file,
    without archive or house. Everything asks robots.txt, keeps the pauses and is guarded.
    """
    from crawlers import commands

    settings = configuration.read()
    ours = {
        "OUTLET_FILES": str(settings.outlets),
        "CONTACT": settings.contact,
        "KHABAR_ALLOW_LOOPBACK": settings.allow_loopback,
    }
    commands.run(arguments, ours)
