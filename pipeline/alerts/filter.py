"""`khabar watch match`: watches over JSON lines, without a database."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import IO, Any

from news.query import Document
from news.text.aliases import Aliases
from news.watch import Watch
from watches import WatchError
from watches.matching import Matcher, Subject

_BATCH = 2_000  # lines matched together
_TEXTS = ("title", "text", "outlet", "language")


@dataclass(frozen=True, slots=True)
class _Line:
    """An article of the input: its id, of whatever JSON type, and what is matched of it."""

    id: Any
    subject: Subject


def run(
    watches: Sequence[Watch],
    lines: IO[bytes],
    out: IO[str],
    aliases: Aliases | None = None,
) -> None:
    """Match every line; write {"id", "watch", "terms"} lines.

    They come in the order of the input, then of the watches. Raises WatchError naming the line that
    cannot be read.
    """
    matcher = Matcher(watches, aliases)
    numbered = enumerate(lines, 1)
    while batch := list(islice(numbered, _BATCH)):
        read = [_read(line, number) for number, line in batch if line.strip()]
        for fit in matcher.run([line.subject for line in read]):
            row = {
                "id": read[fit.subject].id,
                "watch": watches[fit.watch].name,
                "terms": fit.terms,
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")

        out.flush()


def _read(line: bytes, number: int) -> _Line:
    """Return the article of a line; raises WatchError naming the line."""
    try:
        values = json.loads(line)
    except ValueError as error:
        raise WatchError(f"line {number} is not JSON: {error}") from error

    if not isinstance(values, dict) or "id" not in values:
        raise WatchError(f'line {number} must be an object with "id", "title" and "text"')

    for name in _TEXTS:
        if not isinstance(values.get(name) or "", str):
            raise WatchError(f"line {number}: {name} must be a text")

    document = Document(
        title=values.get("title") or "",
        text=values.get("text") or "",
        language=values.get("language") or "und",
        outlet=values.get("outlet") or "",
        url=values.get("url") or "",
        published=_published(values.get("published"), number),
    )
    region = values.get("region") or ""

    return _Line(values["id"], Subject(document=document, region=region))


def _published(value: Any, number: int) -> datetime | None:
    """Return a moment, aware; one without a zone is in UTC. Raises WatchError naming the line."""
    if not value:
        return None

    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        wanted = "an ISO 8601 date, as 2026-11-22T10:00:00+04:00"
        raise WatchError(f"line {number}: published must be {wanted}") from error

    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
