"""What several kinds of door have in common: their entries, and XML in the outlet's charset."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from press.feeds import Entry
from press.http import Response
from press.piece import Piece

if TYPE_CHECKING:
    from press.desk import Desk

_DECLARATION = '<?xml version="1.0" encoding="{}"?>\n'


def entries(
    desk: "Desk",
    pieces: Sequence[Piece],
    now: datetime,
    door: str,
) -> list[Entry]:
    """Return articles as a door of this kind lists them."""
    habits = desk.site.behaviour
    made = []
    for piece in pieces:
        shown = desk.shown(piece, now)
        full = ""
        if habits.full_text or door == "wordpress":
            full = "".join(f"<p>{escape(block.text)}</p>" for block in shown.blocks)

        made.append(
            Entry(
                url=desk.links.printed(piece, now, door),
                guid="0" if habits.same_guid else f"{piece.number} at {desk.site.name}",
                title=shown.title,
                summary=shown.excerpt,
                byline=shown.byline,
                full=full,
                number=410_000 + piece.number,
                published=shown.published if habits.dates else None,
                modified=(shown.modified or shown.published) if habits.dates else None,
                language=piece.language,
            )
        )

    return made


def xml(desk: "Desk", text: str, kind: str = "application/xml") -> Response:
    """Return an XML document in the outlet's charset."""
    charset = desk.site.charset
    return Response(
        body=desk.encode(_DECLARATION.format(charset) + text),
        kind=f"{kind}; charset={charset}",
        door=True,
    )
