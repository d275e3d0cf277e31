"""What the house says: to the terminal, and to logs/house.log for one in the background."""

import contextlib
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from service import house_log


@dataclass(frozen=True, slots=True)
class Voice:
    """Says sentences with the seconds since the start."""

    console: Console
    log: Path
    began: float  # monotonic

    def __call__(self, sentence: str) -> None:
        """Say one sentence. A terminal that is gone or a full disk does not stop the house."""
        seconds = time.monotonic() - self.began
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        self._write(f"{moment} {seconds:7.1f} s  {sentence}")
        self.block(f"[dim]{seconds:6.1f} s[/dim]  {escape(sentence)}")

    def block(self, text: str) -> None:
        """Say several lines as they are (rich markup)."""
        with contextlib.suppress(OSError):
            self.console.print(text, highlight=False, soft_wrap=True)

    def _write(self, line: str) -> None:
        # The whole line at once, and closing the file has nothing left to do.
        with contextlib.suppress(OSError), house_log.appending(self.log) as file:
            file.write(f"{line}\n".encode())


def voice(home: Path) -> Voice:
    """Return the voice of a house that starts now."""
    house_log.folder(home)
    log = house_log.log_of(home, "house")
    return Voice(Console(file=sys.stdout), log, time.monotonic())
