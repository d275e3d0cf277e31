"""The press's own time: the real one, a faster one, or one that stands until it is set."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class Clock:
    """Virtual time is `virtual + (real - since) * speed`; speed 0 stands still.

    `since` is real time in seconds since 1970.
    """

    virtual: datetime
    since: float
    speed: float = 1.0

    def now(self) -> datetime:
        """Return virtual time, aware, UTC."""
        return self.virtual + timedelta(seconds=(time.time() - self.since) * self.speed)

    def set(self, virtual: datetime, speed: float | None = None) -> None:
        """Jump to an instant, and change the speed if asked."""
        self.speed = self.speed if speed is None else speed
        self.virtual = virtual.astimezone(UTC)
        self.since = time.time()

    def as_dict(self) -> dict[str, object]:
        """Return what `load` needs to go on where this stands."""
        return {
            "virtual": self.virtual.isoformat(),
            "since": self.since,
            "speed": self.speed,
        }


def load(held: dict[str, object]) -> Clock:
    """Return the clock that `Clock.as_dict` described."""
    return Clock(
        datetime.fromisoformat(str(held["virtual"])),
        float(str(held["since"])),
        float(str(held["speed"])),
    )


def real() -> Clock:
    """Return a clock that shows real time."""
    now = time.time()
    return Clock(datetime.fromtimestamp(now, UTC), now, 1.0)
