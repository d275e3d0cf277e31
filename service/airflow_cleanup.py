"""Airflow's own database, kept small: `airflow db clean` once a day, beside everything else."""

import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from service.house_log import appending, log_of
from service.parts import python

_DAY = 86_400.0


@dataclass(slots=True)
class Cleaning:
    """Removes runs and task records older than KHABAR_KEEP_LOGS days.

    A task cannot do it: tasks may not open Airflow's database.
    """

    home: Path
    environment: Mapping[str, str]
    days: int  # that records are kept
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def mark(self) -> Path:
        """The file whose time says when it was last done."""
        return self.home / "airflow" / "cleaned"

    def step(self) -> None:
        """Begin when a day has passed; never two at once.

        The first time is a day after the first start.
        """
        if self.process is not None and self.process.poll() is None:
            return
        self.process = None
        if not self.mark.exists():
            self.mark.touch()
        if time.time() - self.mark.stat().st_mtime > _DAY:
            self.process = self._start()
            self.mark.touch()

    def _start(self) -> "subprocess.Popen[bytes]":
        before = datetime.now(UTC) - timedelta(days=self.days)
        command = python(
            "-m",
            "airflow",
            "db",
            "clean",
            "--clean-before-timestamp",
            before.isoformat(),
            "--skip-archive",
            "--yes",
        )
        with appending(log_of(self.home, "clean")) as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.home / "airflow",
                env=dict(self.environment),
                start_new_session=True,
                umask=0o077,
            )
