"""The press as one web application: all outlets' hosts, the clock and the switched faults.

Its state survives a restart.
"""

import contextlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from press import clock as clocks
from press.clock import Clock
from press.desk import Desk
from press.errors import PressError
from press.faults import Switch, fault
from press.http import TEXT, Request, Response
from press.index_page import index
from press.rosters import roster
from press.world import World

_STATE = "press.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a press is started.

    `now` and `speed` override the clock of an earlier run; None goes on as before.
    """

    home: Path
    port: int
    roster: str = "tour"
    seed: int = 1
    now: datetime | None = None
    speed: float | None = None


class Application:
    """Answers for every outlet at once. Restarted on the same folder it serves the same sites."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.faults: dict[str, list[Switch]] = {}
        self.clock, start = self._restore()
        self.world = World(
            roster(settings.roster),
            settings.seed,
            start,
        )

        self.hosts: dict[str, Desk] = {}

        for site in self.world.roster.sites:
            desk_of_site = Desk(self.world, site, settings.port)
            names = [site.name]
            if site.behaviour.moves:
                names.append(site.behaviour.moves[1])

            for name in names:
                self.hosts[f"{name}.localhost"] = desk_of_site
                self.hosts[f"m.{name}.localhost"] = desk_of_site

        self.served = 0
        self.save()

    @property
    def port(self) -> int:
        """The port of 127.0.0.1 on which it is served."""
        return self.settings.port

    def _restore(self) -> tuple[Clock, datetime]:
        settings = self.settings
        path = self.settings.home / _STATE
        state: dict[str, Any] = {}

        if path.is_file():
            try:
                state = json.loads(path.read_text(encoding="utf-8"))
            except ValueError as error:
                raise PressError(
                    f"{path} is not the press's state any more ({error}): remove it to "
                    "begin a new world"
                ) from error

        if state and (state["roster"], state["seed"]) != (settings.roster, settings.seed):
            raise PressError(
                f"{path} belongs to world {state['roster']} {state['seed']}: choose another folder"
            )

        clock = clocks.load(state["clock"]) if state and state["clock"] else clocks.real()
        if settings.now is not None or settings.speed is not None:
            speed = settings.speed if settings.speed is not None else 0.0
            clock.set(settings.now or clock.now(), speed)

        start = datetime.fromisoformat(state["start"]) if state else clock.now()

        return clock, start

    def save(self) -> None:
        """Write what a restart needs."""
        path = self.settings.home / _STATE
        state = {
            "roster": self.settings.roster,
            "seed": self.settings.seed,
            "start": self.world.start.isoformat(),
            "clock": self.clock.as_dict(),
        }

        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".tmp")
        draft.write_text(json.dumps(state), encoding="utf-8")
        draft.replace(path)

    def set_time(self, instant: str) -> None:
        """Set a standing clock by a request's own `Press-Now` header.

        A clock that runs, or a header that names no instant, stays as it is.

        Nothing is saved: who plays time by headers has no need of a restart.
        """
        if self.clock.speed:
            return

        with contextlib.suppress(ValueError):
            at = datetime.fromisoformat(instant)
            if at.tzinfo is not None:
                self.clock.set(at)

    def answer(self, request: Request, now: datetime) -> tuple[Response, Switch | None]:
        """Return the answer to a request and the fault that befalls it."""
        self.served += 1
        if request.path.startswith("/_press"):
            return self._control(request), None

        found = self.hosts.get(request.host.rstrip("."))
        if found is None:
            if request.host in {"127.0.0.1", "localhost"}:
                return index(
                    self.world.roster.sites,
                    self.settings.port,
                    now,
                ), None

            return Response(status=404, body=b"no such host in this press", kind=TEXT), None

        response = found.answer(request, now)
        for switch in self.faults.get(found.site.name, ()):
            if switch.hits(request, response, found.counter):
                if switch.fault.swap:
                    response = switch.fault.swap(request, response)

                return response, switch

        return response, None

    # ---- control

    def _control(self, request: Request) -> Response:
        try:
            made = self._controlled(
                request.path.removeprefix("/_press").strip("/"),
                request,
            )
        except (PressError, ValueError, KeyError, TypeError) as error:
            return Response(
                status=400,
                body=f"{error}\n".encode(),
                kind=TEXT,
            )

        body = made if isinstance(made, bytes) else json.dumps(made, ensure_ascii=False).encode()
        return Response(body=body, kind="application/json; charset=utf-8")

    def _controlled(self, what: str, request: Request) -> Any:
        if request.method == "POST":
            wish = json.loads(request.body or b"{}")
            if what == "clock":
                return self._set_clock(wish)

            return self._set_fault(wish)

        if what == "truth":
            from press.truth import lines

            until = self.clock.now()
            if request.query.get("until"):
                until = datetime.fromisoformat(request.query["until"])

            return lines(self.world, self.hosts, until)

        return self._status()

    def _status(self) -> dict[str, Any]:
        """Return what the press is and what is switched on."""
        now = self.clock.now()

        return {
            "now": now.isoformat(),
            "start": self.world.start.isoformat(),
            "speed": self.clock.speed,
            "roster": self.settings.roster,
            "seed": self.settings.seed,
            "served": self.served,
            "outlets": sorted(self.world.sites),
            "faults": {
                name: [switch.fault.name for switch in switches]
                for name, switches in self.faults.items()
            },
        }

    def _set_clock(self, wish: dict[str, Any]) -> dict[str, Any]:
        now = datetime.fromisoformat(wish["now"]) if "now" in wish else self.clock.now()
        if now.tzinfo is None:
            raise PressError(f"the instant {wish['now']!r} names no zone")

        self.clock.set(
            now.astimezone(UTC),
            wish.get("speed"),
        )
        self.save()

        return {
            "now": self.clock.now().isoformat(),
            "speed": self.clock.speed,
        }

    def _set_fault(self, wish: dict[str, Any]) -> dict[str, Any]:
        outlet = wish["outlet"]
        if outlet not in self.world.sites:
            raise PressError(f"no outlet {outlet!r} in this press")

        if wish.get("fault") is None:
            self.faults.pop(outlet, None)
            return {"outlet": outlet, "faults": []}

        switch = Switch(
            fault=fault(wish["fault"]),
            scope=wish.get("scope", "all"),
            every=int(wish.get("every", 1)),
            robots=bool(wish.get("robots")),
        )

        if switch.scope not in {"all", "doors", "pages"}:
            raise PressError(f"scope {switch.scope!r}: there are all, doors, pages")

        self.faults[outlet] = [switch]

        return {"outlet": outlet, "faults": [switch.fault.name]}
