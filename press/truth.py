"""The truth of a world as JSON lines.

Every article with what became of it, so that a crawl can be judged.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from press.copies import Change
from press.desk import Desk
from press.piece import Piece
from press.world import World


def line(
    world: World,
    desk: Desk,
    piece: Piece,
    until: datetime,
) -> dict[str, Any]:
    """Return one article's truth.

    `url` is canonical at publication, `url_now` at `until`; times are UTC.
    """
    return {
        "outlet": piece.outlet,
        "number": piece.number,
        "url": desk.links.canonical(piece, piece.published),
        "url_now": desk.links.canonical(piece, until),
        "language": piece.language,
        "title": piece.title,
        "byline": piece.byline,
        "published": _utc(piece.published),
        "kind": piece.kind.value,
        "event": piece.event,
        "story": piece.story,
        "contains": list(piece.contains),
        "updates": piece.updates,
        "edits": [
            {"at": _utc(revision.at), "change": revision.change.value}
            for revision in piece.revisions
            if revision.change is not Change.DELETED and revision.at <= until
        ],
        "deleted": _utc(piece.deleted)
        if piece.deleted is not None and piece.deleted <= until
        else None,
        "reachable": _reachable(world, piece),
    }


def _reachable(world: World, piece: Piece) -> bool:
    """Return False if the outlet refused everybody for the whole life of the article."""
    blocks = world.sites[piece.outlet].behaviour.blocks
    if blocks is None or piece.deleted is None:
        return True

    begin, end = (world.start + timedelta(days=day) for day in blocks)

    return not (begin <= piece.published and piece.deleted <= end)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def lines(
    world: World,
    hosts: Mapping[str, Desk],
    until: datetime,
) -> bytes:
    """Return the truth of everything published up to an instant, one JSON object a line."""
    made = (
        line(
            world,
            hosts[f"{piece.outlet}.localhost"],
            piece,
            until,
        )
        for piece in world.truth(until)
    )

    return b"".join(json.dumps(held, ensure_ascii=False).encode() + b"\n" for held in made)
