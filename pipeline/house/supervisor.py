"""Keeps the parts running: one that dies is started again, later and later the more often it dies."""

import contextlib
import os
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from news.errors import KhabarError
from pipeline.house import state
from pipeline.house.parts import Part, how, last_words, launch, log_of, trim
from pipeline.house.processes import stop_all
from pipeline.house.state import PartState, State

_FIRST_PAUSE = 1.0      # seconds before the first restart; doubled with each further one
_LONGEST_PAUSE = 60.0
_CALM = 300.0           # seconds of life after which earlier deaths are forgotten
_TRIM = 60.0            # seconds between two looks at the logs' sizes


@dataclass(slots=True)
class Running:
    """A part and its process; `due` is the monotonic time of its next start when it is dead."""

    part: Part
    process: "subprocess.Popen[bytes] | None" = None
    restarts: int = 0
    in_a_row: int = 0
    launched: float = 0.0
    due: float = 0.0
    state: PartState = field(default_factory=PartState)


@dataclass(slots=True)
class Supervisor:
    """The parts of one house. `say` gets one sentence whenever something happens; `database` starts the server again if need be."""

    home: Path
    environment: Mapping[str, str]
    say: Callable[[str], None]
    database: Callable[[], None]
    base: State
    parts: dict[str, Running] = field(default_factory=dict)
    _trimmed: float = 0.0

    def start(self, part: Part) -> None:
        """Start a part and write its identity down at once: a supervisor killed now leaves nothing unknown behind."""
        running = self.parts.setdefault(part.name, Running(part=part))
        running.process = launch(part, self.home, self.environment)
        running.launched = time.monotonic()
        running.state = PartState(
            process=state.identify(running.process.pid), port=part.port, restarts=running.restarts,
            since=time.time(), log=str(log_of(self.home, part.name)),
        )
        self.remember()

    def phase(self, phase: str) -> None:
        """Note how far the house is."""
        self.base = State(**{**_fields(self.base), "phase": phase})
        self.remember()

    def remember(self) -> None:
        """Write state.json."""
        state.write(self.home, State(**{**_fields(self.base), "parts": {name: item.state for name, item in self.parts.items()}}))

    def tick(self) -> None:
        """Look once at everything: restart what died and is due, keep the logs short."""
        try:
            self.database()
        except KhabarError as error:
            self.say(f"the database is away: {error}")
        for running in self.parts.values():
            self._look(running)
        if time.monotonic() - self._trimmed > _TRIM:
            self._trimmed = time.monotonic()
            for name in self.parts:
                with contextlib.suppress(OSError):
                    trim(log_of(self.home, name))

    def _look(self, running: Running) -> None:
        now = time.monotonic()
        if running.process is None:
            if now >= running.due:
                self.start(running.part)
            return
        code = running.process.poll()
        if code is None:
            if now - running.launched > _CALM:
                running.in_a_row = 0
            return
        self._bury(running, code)

    def _bury(self, running: Running, code: int) -> None:
        """Note a death, take its orphans down, plan the restart."""
        name, pause = running.part.name, min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** running.in_a_row)
        self.say(f"{name} {how(code)}; it starts again in {pause:.0f} s. It last said: {last_words(self.home, name)}")
        if running.process is not None:
            _kill_session(running.process.pid)
        running.process, running.due = None, time.monotonic() + pause
        running.restarts, running.in_a_row = running.restarts + 1, running.in_a_row + 1

    def stop(self) -> None:
        """Stop every part: TERM, ten seconds, KILL for all that is left of their sessions."""
        self.phase("stopping")
        stop_all(self.home, [item.state for item in self.parts.values()])
        for running in self.parts.values():
            if running.process is not None:
                running.process.wait()
        self.parts.clear()
        self.phase("stopped")


def _fields(value: State) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def _kill_session(leader: int) -> None:
    """Kill what a dead part left behind. Its id cannot have been given away yet: we have only just taken its exit code."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if os.getsid(process.pid) == leader:
                process.kill()
