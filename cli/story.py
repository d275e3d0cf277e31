"""`khabar story`: who tells a story and why, and what a person says of it: no copy, the same."""

from datetime import UTC, datetime

import click

from news.urls import canonical
from pipeline import aliases, database, settings, story_verdicts
from storage import Archive


@click.group()
def story() -> None:
    """Show who tells a story and why; say that a copy is none, or that two stories are one."""


@story.command()
@click.argument("url")
def show(url: str) -> None:
    """Show the story of the article at URL: its lead, what was kept back as a copy, and why."""
    now = datetime.now(UTC)
    with _archive() as archive:
        tellers = story_verdicts.describe_story(archive, canonical(url), now)

    for teller in tellers:
        doc = teller.doc
        when = "no date"
        if doc.published:
            when = f"{doc.published:%Y-%m-%d %H:%M}"

        click.echo(f"{teller.role:<7} {when}  {doc.outlet}: {doc.title}")
        click.echo(f"        {doc.url}")
        click.echo(f"        {teller.why}")


@story.command("not-a-copy")
@click.argument("urls", nargs=-1, required=True)
def not_a_copy(urls: tuple[str, ...]) -> None:
    """Say that the articles at URLS are no copies of the rest of their story.

    It is remembered. They leave the story (together where they are copies of one another), and
    whoever has a watch that they fit is told.
    """
    with _archive() as archive:
        addresses = [canonical(url) for url in urls]
        made = story_verdicts.part_copies(archive, addresses, datetime.now(UTC))
    stories = "one more story" if made == 1 else f"{made} more stories"
    click.echo(f"remembered: {stories}; whoever missed it is told with the next mails")


@story.command()
@click.argument("url")
@click.argument("other")
def same(
    url: str,
    other: str,
) -> None:
    """Say that the articles at URL and OTHER are the same story. It is remembered."""
    with _archive() as archive:
        moment = datetime.now(UTC)
        story_verdicts.join_articles(
            archive,
            canonical(url),
            canonical(other),
            moment,
        )
    click.echo("remembered: one story")


def _archive() -> Archive:
    known = settings.read()
    return Archive(database.url(known), aliases.table(known))
