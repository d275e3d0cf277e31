"""What the house says: to the terminal, and to logs/house.log, so that a detached house can be read as well."""  # noqa: E501

import contextlib
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape


@dataclass(frozen=True, slots=True)
class Voice:
    """Says sentences with the seconds since the start."""

    console: Console
    log: Path
    began: float  # monotonic

    def __call__(self, sentence: str) -> None:
        """Say one sentence. A terminal that is gone or a full disk does not stop the house."""
        seconds = time.monotonic() - self.began
        self._write(
            f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {seconds:7.1f} s  {sentence}"
        )
        with contextlib.suppress(OSError):
            self.console.print(
                f"[dim]{seconds:6.1f} s[/dim]  {escape(sentence)}",
                highlight=False,
                soft_wrap=True,
            )

    def block(self, text: str) -> None:
        """Say several lines as they are (rich markup)."""
        with contextlib.suppress(OSError):
            self.console.print(
                text,
                highlight=False,
                soft_wrap=True,
            )

    def _write(self, line: str) -> None:
        # Without a buffer: the whole line at once, and closing the file has nothing left to do.
        with contextlib.suppress(OSError), self.log.open("ab", buffering=0) as file:
            file.write(f"{line}\n".encode())


def voice(home: Path) -> Voice:
    """Return the voice of a house that starts now."""
    (home / "logs").mkdir(
        parents=True,
        exist_ok=True,
        mode=0o700,
    )
    return Voice(Console(file=sys.stdout), home / "logs" / "house.log", time.monotonic())
