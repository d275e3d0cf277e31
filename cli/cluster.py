"""`khabar cluster --jsonl`: a filter from JSON lines of texts to JSON lines of stories."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import click

import dedupe
from news.errors import KhabarError
from news.story import Doc


class ClusterError(KhabarError):
    """A line of the input is not what it should be; the message names the line."""


@click.command()
@click.option(
    "--jsonl",
    is_flag=True,
    required=True,
    help='Lines {"id","text"[,"title","published","outlet","language"]} to lines {"id","story"[,"event"]}.',  # noqa: E501
)
@click.option(
    "--events/--no-events",
    default=False,
    help="Tell events too: one label for stories in other words or languages (10 to 40 texts a second).",  # noqa: E501
)
def cluster(*, jsonl: bool, events: bool) -> None:
    """Tell which texts are one story: JSON lines in, JSON lines out, in the same order. A story's label is the id of its lead."""  # noqa: E501
    del jsonl
    lines = list(_read(sys.stdin.buffer))
    docs = [_doc(number, line) for number, line in enumerate(lines)]
    stories = _label(docs)
    happenings = _happenings(docs, stories) if events else {}
    for number, line in enumerate(lines):
        labels = {"id": line["id"], "story": lines[stories[number]]["id"]}
        if events:
            labels["event"] = lines[happenings.get(stories[number], stories[number])]["id"]
        click.echo(json.dumps(labels, ensure_ascii=False))


def _label(docs: list[Doc]) -> dict[int, int]:
    """Return article -> lead of its story."""
    prints = dict(enumerate(dedupe.make_prints([doc.text for doc in docs])))
    relations = dedupe.relate_batch(prints, dedupe.MemoryWindow())
    stories = dedupe.form_stories(docs, dedupe.decide_edges(docs, relations.edges))
    labels: dict[int, int] = {}
    for story in stories:
        labels.update(dict.fromkeys(story.members, story.lead))
    return labels


def _happenings(docs: list[Doc], stories: dict[int, int]) -> dict[int, int]:
    """Return lead -> first lead of its event, for stories that share one."""
    leads = [docs[lead] for lead in sorted(set(stories.values()))]
    sketches = dedupe.sketch_docs(leads, dedupe.load_encoder())
    known = dict(zip([doc.id for doc in leads], sketches, strict=True))
    labels: dict[int, int] = {}
    for group in dedupe.find_events(leads, known):
        labels.update(dict.fromkeys(group, group[0]))
    return labels


def _read(stream: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """Yield the lines' objects; empty lines are left out."""
    seen = set()
    for number, text in enumerate(stream, start=1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
        except ValueError as error:
            raise ClusterError(f"line {number} is not JSON: {error}") from error
        if (
            not isinstance(line, dict)
            or not isinstance(line.get("id"), str | int)
            or not isinstance(line.get("text"), str)
        ):
            raise ClusterError(
                f'line {number}: an object with "id" (string or number) and "text" (string) was expected'  # noqa: E501
            )
        if line["id"] in seen:
            raise ClusterError(
                f"line {number}: the id {line['id']!r} stands on an earlier line too"
            )
        seen.add(line["id"])
        yield line


def _doc(number: int, line: dict[str, Any]) -> Doc:
    """Return a line as an article; ids become numbers in the order of the input."""
    published = line.get("published")
    try:
        when = datetime.fromisoformat(published) if published else None
    except (TypeError, ValueError) as error:
        raise ClusterError(
            f'the line of id {line["id"]!r}: "published" is no ISO 8601 time: {published!r}'
        ) from error
    if when is not None and when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return Doc(
        id=number,
        text=line["text"],
        title=str(line.get("title") or ""),
        outlet=str(line.get("outlet") or ""),
        language=str(line.get("language") or "und"),
        published=when,
    )
