"""What a webhook gets beside a mail's words: its stories as JSON values. Pure.

The schema is docs/webhook.schema.json; a field that is here once stays.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from watches.delivery.letter import Copy, Item, Letter, Section, Telling, Why

VERSION = 1


def letter_payload(letter: Letter) -> dict[str, Any]:
    """Return what a letter tells, as JSON values. Times are UTC, ISO 8601; null: not known."""
    sections = [_section(section) for section in letter.sections]

    return {
        "version": VERSION,
        "made_at": _time(letter.made_at),
        "template": letter.template.value,
        "rhythm": letter.rhythm,
        "late": letter.is_late,
        "stories": letter.count,
        "watches": sections,
    }


def _section(section: Section) -> dict[str, Any]:
    """Return one watch's part."""
    return {
        "watch": section.watch,
        "query": section.query,
        "more": section.more,
        "url": section.url or None,
        "items": [_item(item) for item in section.items],
    }


def _item(item: Item) -> dict[str, Any]:
    """Return one event."""
    return {
        "kind": item.kind.value,
        "retold": item.is_retold,
        "story": item.story,
        "title": item.title,
        "url": item.url,
        "archive_url": item.archive_url or None,
        "outlet": item.outlet,
        "language": item.language,
        "at": _time(item.at),
        "excerpt": item.excerpt,
        "terms": list(item.terms),
        "matched": _matched(item.why),
        "copies": [_copy(copy) for copy in item.copies],
        "tellings": [_telling(telling) for telling in item.tellings],
        "changes": _changes(item),
    }


def _matched(whys: Iterable[Why]) -> list[dict[str, Any]]:
    """Return each watch that matched, with the words that did it."""
    matched: list[dict[str, Any]] = []
    for why in whys:
        matched.append({"watch": why.watch, "terms": list(why.terms)})

    return matched


def _copy(copy: Copy) -> dict[str, Any]:
    """Return the same report in another outlet."""
    return {
        "outlet": copy.outlet,
        "url": copy.url,
        "at": _time(copy.at),
    }


def _telling(telling: Telling) -> dict[str, Any]:
    """Return the same event in other words."""
    return {
        "title": telling.title,
        "url": telling.url,
        "language": telling.language,
        "at": _time(telling.at),
        "outlets": list(telling.outlets),
    }


def _changes(item: Item) -> list[list[dict[str, str]]]:
    """Return the changed paragraphs of an edit, each as its pieces."""
    paragraphs: list[list[dict[str, str]]] = []
    for change in item.changes:
        pieces: list[dict[str, str]] = []
        for piece in change:
            values = {
                "kind": piece.kind.value,
                "text": piece.text,
            }
            pieces.append(values)

        paragraphs.append(pieces)

    return paragraphs


def _time(moment: datetime | None) -> str | None:
    """Return a moment as JSON has it."""
    return moment.astimezone(UTC).isoformat() if moment else None
