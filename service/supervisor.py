"""Keeps the parts running: one that dies is started again, later and later the more often it dies.

Nothing that a full disk forbids ends the supervisor: it says so, and tries again until it works.
"""

import contextlib
import os
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil

from news.errors import KhabarError
from pipeline import house_state
from pipeline.errors import FULL
from pipeline.house_state import PartState, State
from service.house_log import log_of
from service.parts import Part, how, last_words, launch, trim
from service.processes import stop_all

_FIRST_PAUSE = 1.0  # seconds before the first restart; doubled with each further one
_LONGEST_PAUSE = 60.0
_CALM = 300.0  # seconds of life after which earlier deaths are forgotten
_TRIM = 60.0  # seconds between two looks at the logs' sizes
_STATE_LOOK = 2.0  # seconds between two looks at whether state.json is as it was written
_REMIND = 300.0  # seconds after which a trouble that lasts is said again
_STATE, _DATABASE = "writing state.json", "starting the database"


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

    def put_off(self) -> float:
        """Plan the next start, later the more often it was planned; return the seconds until."""
        pause = _pause(self.in_a_row)
        self.due = time.monotonic() + pause
        self.in_a_row += 1
        return pause


@dataclass(slots=True)
class Supervisor:
    """The parts of one house.

    `say` gets one sentence whenever something happens; `database` starts the server again if need
    be.
    """

    home: Path
    environment: Mapping[str, str]
    say: Callable[[str], None]
    database: Callable[[], None]
    base: State
    parts: dict[str, Running] = field(default_factory=dict)
    _trimmed: float = 0.0
    _state_seen: float = 0.0  # monotonic: the last look at state.json
    _written: State | None = None  # what state.json must hold
    _troubles: dict[str, float] = field(default_factory=dict)  # what fails -> when it was said
    _database_due: float = 0.0  # monotonic: the next look at it
    _database_failures: int = 0

    def start(self, part: Part) -> None:
        """Start a part and write its identity down at once.

        A supervisor killed now leaves nothing unknown behind.
        """
        running = self.parts.setdefault(part.name, Running(part=part))
        running.process = launch(part, self.home, self.environment)
        running.launched = time.monotonic()
        running.state = PartState(
            process=house_state.identify(running.process.pid),
            port=part.port,
            restarts=running.restarts,
            since=time.time(),
            log=str(log_of(self.home, part.name)),
        )
        self.remember()

    def phase(self, phase: str) -> None:
        """Note how far the house is."""
        self.base = replace(self.base, phase=phase)
        self.remember()

    def remember(self) -> None:
        """Write state.json; where that cannot be, it is written at a later look."""
        parts = {name: item.state for name, item in self.parts.items()}
        now = replace(self.base, parts=parts)
        if self.attempt(_STATE, lambda: house_state.write(self.home, now)):
            self._written = now

    def attempt(
        self,
        what: str,
        step: Callable[[], None],
    ) -> bool:
        """Do what may fail for a while; tell whether it worked.

        That it fails is said once and then every five minutes, that it works again is said once.
        """
        try:
            step()
        except (KhabarError, OSError, subprocess.SubprocessError) as error:
            self._complain(what, error)
            return False
        if self._troubles.pop(what, None) is not None:
            self.say(f"{what} works again")
        return True

    def _complain(
        self,
        what: str,
        error: Exception,
    ) -> None:
        now = time.monotonic()
        if now - self._troubles.get(what, -_REMIND) >= _REMIND:
            self._troubles[what] = now
            self.say(f"{what} fails and is tried again: {reason(error)}")

    def tick(self) -> None:
        """Look once at everything: restart what died and is due, keep the logs short."""
        self._look_at_database()
        for running in self.parts.values():
            self._look(running)
        self._look_at_state()
        if time.monotonic() - self._trimmed > _TRIM:
            self._trimmed = time.monotonic()
            self._trim_logs()

    def _look_at_state(self) -> None:
        """Write state.json again when it could not be written, or somebody has damaged it."""
        if _STATE not in self._troubles:
            if time.monotonic() - self._state_seen < _STATE_LOOK:
                return
            self._state_seen = time.monotonic()
            if self._written is None or house_state.is_written(self.home, self._written):
                return
        self.remember()

    def _trim_logs(self) -> None:
        for path in (self.home / "logs").glob("*.log"):
            with contextlib.suppress(OSError):
                trim(path)

    def _look_at_database(self) -> None:
        """Start the database if it is away; where it does not start, try more and more rarely."""
        if time.monotonic() < self._database_due:
            return
        if self.attempt(_DATABASE, self.database):
            self._database_failures = 0
            return
        self._database_due = time.monotonic() + _pause(self._database_failures)
        self._database_failures += 1

    def _look(self, running: Running) -> None:
        now = time.monotonic()
        if running.process is None:
            if now >= running.due:
                self._restart(running)
            return
        code = running.process.poll()
        if code is None:
            if now - running.launched > _CALM:
                running.in_a_row = 0
            return
        self._record_death(running, code)

    def _restart(self, running: Running) -> None:
        """Start a part that is due; where that cannot be, it is put off as after a death."""
        part = running.part
        if not self.attempt(f"starting {part.name}", lambda: self.start(part)):
            running.put_off()

    def _record_death(
        self,
        running: Running,
        code: int,
    ) -> None:
        """Note a death, take its orphans down, plan the restart."""
        name, pause = running.part.name, running.put_off()
        words = last_words(self.home, name)
        self.say(f"{name} {how(code)}; it starts again in {pause:.0f} s. It last said: {words}")
        if running.process is not None:
            _kill_session(running.process.pid)
        running.process = None
        running.restarts += 1

    def stop(self) -> None:
        """Stop every part: TERM, ten seconds, KILL for all that is left of their sessions."""
        self.phase("stopping")
        stop_all(self.home, [item.state for item in self.parts.values()])
        for running in self.parts.values():
            if running.process is not None:
                running.process.wait()
        self.parts.clear()
        self.phase("stopped")


def reason(error: Exception) -> str:
    """Say why something failed; a full disk in words that name what to do."""
    if isinstance(error, OSError) and error.errno in FULL:
        return "the disk is full; free some space, and it goes on by itself"
    return str(error)


def _pause(failures: int) -> float:
    """Return the seconds before the next start after so many failures in a row."""
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(failures, 30))


def _kill_session(leader: int) -> None:
    """Kill what a dead part left behind.

    Its id cannot have been given away yet: we have only just taken its exit code.
    """
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if os.getsid(process.pid) == leader:
                process.kill()
