"""What a single pass says while it works; the command line shows it, a test collects it."""

from contextlib import AbstractContextManager
from typing import Protocol


class StepCounter(Protocol):
    """One stage's counter."""

    def done(self, line: str) -> None:
        """Count one finished step; `line` says what came of it."""


class Progress(Protocol):
    """Where a pass reports its steps."""

    def steps(
        self,
        title: str,
        total: int,
    ) -> AbstractContextManager[StepCounter]:
        """Count `total` steps of the stage called `title`."""
