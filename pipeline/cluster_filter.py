"""Clustering as a filter: lines of JSON that are texts in, lines of their stories out."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import dedupe
from news.errors import KhabarError
from news.story import Doc


class ClusterError(KhabarError):
    """A line of the input is not what it should be; the message names the line."""


def label_lines(stream: Iterable[bytes], *, with_events: bool) -> Iterator[dict[str, Any]]:
    """Yield {"id", "story"[, "event"]} for each line of texts, in the same order.

    A story's label is the id of its lead, an event's that of its first story's lead. Raises
    ClusterError naming the line that is not what it should be.
    """
    lines = list(_read(stream))
    docs = [_doc(number, line) for number, line in enumerate(lines)]
    stories = _story_labels(docs)
    events = _event_labels(docs, stories) if with_events else {}
    for number, line in enumerate(lines):
        story = stories[number]
        labels = {"id": line["id"], "story": lines[story]["id"]}
        if with_events:
            labels["event"] = lines[events.get(story, story)]["id"]
        yield labels


def _story_labels(docs: Sequence[Doc]) -> dict[int, int]:
    """Return article -> lead of its story."""
    texts = [doc.text for doc in docs]
    prints = dedupe.make_prints(texts)
    window = dedupe.MemoryWindow()
    relations = dedupe.relate_batch(dict(enumerate(prints)), window)
    edges = dedupe.decide_edges(docs, relations.edges)
    stories = dedupe.form_stories(docs, edges)

    labels: dict[int, int] = {}
    for story in stories:
        labels.update(dict.fromkeys(story.members, story.lead))
    return labels


def _event_labels(docs: Sequence[Doc], stories: dict[int, int]) -> dict[int, int]:
    """Return lead -> first lead of its event, for stories that share one."""
    leads = [docs[lead] for lead in sorted(set(stories.values()))]
    sketches = dedupe.sketch_docs(leads, dedupe.load_encoder())
    known = dict(
        zip(
            [doc.id for doc in leads],
            sketches,
            strict=True,
        )
    )
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
        line = _parsed(number, text)
        if line["id"] in seen:
            where = f"line {number}: the id {line['id']!r}"
            raise ClusterError(f"{where} stands on an earlier line too")
        seen.add(line["id"])
        yield line


def _parsed(number: int, text: bytes) -> dict[str, Any]:
    """Return one line's object; raises ClusterError."""
    try:
        line = json.loads(text)
    except ValueError as error:
        raise ClusterError(f"line {number} is not JSON: {error}") from error
    if not _is_text(line):
        expected = 'an object with "id" (string or number) and "text" (string)'
        raise ClusterError(f"line {number}: {expected} was expected")
    return dict(line)


def _is_text(line: object) -> bool:
    """Tell whether a line is an object with an id and a text."""
    if not isinstance(line, dict):
        return False
    has_id = isinstance(line.get("id"), str | int)
    has_text = isinstance(line.get("text"), str)
    return has_id and has_text


def _doc(number: int, line: dict[str, Any]) -> Doc:
    """Return a line as an article; ids become numbers in the order of the input."""
    title = line.get("title") or ""
    outlet = line.get("outlet") or ""
    language = line.get("language") or "und"
    return Doc(
        id=number,
        text=line["text"],
        title=str(title),
        outlet=str(outlet),
        language=str(language),
        published=_published(line),
    )


def _published(line: dict[str, Any]) -> datetime | None:
    """Return when a line's text was published; a time without a zone is UTC."""
    published = line.get("published")
    if not published:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except (TypeError, ValueError) as error:
        where = f"the line of id {line['id']!r}"
        sentence = f'{where}: "published" is no ISO 8601 time: {published!r}'
        raise ClusterError(sentence) from error
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    return moment
