"""A drawn world as one web application: all its outlets' hosts, and a clock that stands."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from press import clock as clocks
from press.drawn import telegram
from press.drawn.desk import DrawnDesk
from press.drawn.story import Story
from press.drawn.world import Outlet, World
from press.faults import Switch
from press.http import TEXT, Request, Response


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class DrawnSettings:
    """How a drawn world is served. `only`: these kinds alone; none: all."""

    port: int
    home: Path
    seed: int
    now: datetime
    only: tuple[str, ...] = ()


class DrawnApplication:
    """Answers for every outlet at once."""

    def __init__(self, settings: DrawnSettings) -> None:
        self.settings = settings
        self.clock = clocks.real()
        self.clock.set(
            settings.now,
            0.0,
        )
        self.world = World(
            settings.seed,
            settings.now,
            settings.only,
        )
        self.desks = {
            f"{name}.localhost": DrawnDesk(
                outlet,
                settings.port,
            )
            for name, outlet in self.world.outlets.items()
        }

    @property
    def port(self) -> int:
        """The port of 127.0.0.1 on which it is served."""
        return self.settings.port

    def set_time(self, instant: str) -> None:
        """Set the clock by a request's own `Press-Now` header; one that is no instant is none."""
        with contextlib.suppress(ValueError):
            at = datetime.fromisoformat(instant)
            if at.tzinfo is not None:
                self.clock.set(at)

    def answer(self, request: Request, now: datetime) -> tuple[Response, Switch | None]:
        """Return the answer to a request; nothing befalls it."""
        if request.path.startswith("/_press/"):
            return self._control(request), None
        desk = self.desks.get(request.host.rstrip("."))
        if desk is not None:
            return desk.answer(
                request,
                now,
            ), None
        if request.host in {"127.0.0.1", "localhost"}:
            return self._index(), None
        return Response(
            status=404,
            body=b"no such host in this press",
            kind=TEXT,
        ), None

    def _index(self) -> Response:
        rows = ""
        for desk in self.desks.values():
            title = escape(desk.shape.title)
            rows += f'<li><a href="{desk.pages.root}/">{title}</a> {desk.shape.kind}</li>'
        return Response(body=f"<!DOCTYPE html><meta charset=utf-8><ul>{rows}</ul>".encode())

    def _control(self, request: Request) -> Response:
        match request.path:
            case "/_press/clock":
                self.set_time(
                    str(
                        json.loads(request.body or b"{}").get(
                            "now",
                            "",
                        )
                    )
                )
                body = json.dumps({"now": self.clock.now().isoformat()})
            case "/_press/truth":
                body = "".join(json.dumps(line) + "\n" for line in truth(self.world))
            case _:
                body = json.dumps({"now": self.clock.now().isoformat(), "seed": self.world.seed})
        return Response(
            body=body.encode(),
            kind="application/json; charset=utf-8",
        )


def truth(world: World) -> Iterator[dict[str, Any]]:
    """Yield what is true of every article of a world, whenever it is published."""
    for outlet in world.outlets.values():
        for story in outlet.stories:
            if not (outlet.shape.address == "channel" and telegram.without_text(story)):
                yield _line(
                    outlet,
                    story,
                )


def _line(outlet: Outlet, story: Story) -> dict[str, Any]:
    return {
        "outlet": outlet.shape.name,
        "kind": outlet.shape.kind,
        "number": story.number,
        "paths": story.paths,
        "language": story.language,
        "title": story.title,
        "published": story.published.isoformat(),
        "edits": [{"at": edit.at.isoformat(), "change": edit.change} for edit in story.edits],
        "deleted": story.deleted.isoformat() if story.deleted else None,
        "gone": story.gone.value if story.deleted else None,
        "linked": [
            {
                "place": shown.place.path,
                "form": shown.place.form,
                "from": shown.since.isoformat(),
                "to": shown.until.isoformat() if shown.until else None,
            }
            for shown in outlet.exposure(story)
        ],
    }
