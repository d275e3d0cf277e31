"""`khabar watch match`: watches over JSON lines, without a database."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import IO, Any

from news.query import Document
from news.text.aliases import Aliases
from news.watch import Watch
from watches.errors import WatchError
from watches.matching.matcher import Matcher, Subject

_BATCH = 2_000


def run(
    watches: Sequence[Watch], lines: IO[bytes], out: IO[str], aliases: Aliases | None = None
) -> None:
    """Match every line; write {"id", "watch", "terms"} lines in the order of the input, then of the watches."""
    matcher = Matcher(watches, aliases)
    numbered = enumerate(lines, 1)
    while batch := list(islice(numbered, _BATCH)):
        read = [_read(line, number) for number, line in batch if line.strip()]
        for fit in matcher.run([subject for _, subject in read]):
            held = {
                "id": read[fit.subject][0],
                "watch": watches[fit.watch].name,
                "terms": fit.terms,
            }
            out.write(json.dumps(held, ensure_ascii=False) + "\n")
        out.flush()


def _read(line: bytes, number: int) -> tuple[Any, Subject]:
    """Return an article's id and what is matched of it; raises WatchError naming the line."""
    try:
        held = json.loads(line)
    except ValueError as error:
        raise WatchError(f"line {number} is not JSON: {error}") from error
    if not isinstance(held, dict) or "id" not in held:
        raise WatchError(f'line {number} must be an object with "id", "title" and "text"')
    for name in ("title", "text", "outlet", "language"):
        if not isinstance(held.get(name) or "", str):
            raise WatchError(f"line {number}: {name} must be a text")
    document = Document(
        title=held.get("title") or "",
        text=held.get("text") or "",
        language=held.get("language") or "und",
        outlet=held.get("outlet") or "",
        published=_published(held.get("published"), number),
    )
    return held["id"], Subject(document=document, region=held.get("region") or "")


def _published(value: Any, number: int) -> datetime | None:
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise WatchError(
            f"line {number}: published must be an ISO 8601 date, as 2026-11-22T10:00:00+04:00"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
