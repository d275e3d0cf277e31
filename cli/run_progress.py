"""How a pass looks to the person who runs it: bars on a terminal, lines in a log, a table last."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

_COUNTS = ("pages", "new", "revised", "deleted", "duplicates", "moved", "left_out")
_PIPED = 140  # columns where there is no terminal


class Show:
    """Progress on standard error. In a pipe or a log each finished outlet is one line."""

    def __init__(
        self,
        *,
        quiet: bool = False,
    ) -> None:
        self._console = Console(
            stderr=True,
            quiet=quiet,
            highlight=False,
        )

    def say(
        self,
        sentence: str,
    ) -> None:
        """Print one line above the bars."""
        self._console.print(sentence, markup=False)

    @contextmanager
    def steps(
        self,
        title: str,
        total: int,
    ) -> Iterator["Step"]:
        """Count `total` steps of one stage."""
        if not self._console.is_terminal:
            yield Step(self, title, total)
            return
        with Progress(
            TextColumn("{task.description:<10}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[last]}", markup=False),
            console=self._console,
        ) as progress:
            task = progress.add_task(
                title,
                total=total,
                last="",
            )
            yield Step(
                self,
                title,
                total,
                lambda line: progress.update(
                    task,
                    advance=1,
                    last=line,
                ),
            )

    def report(
        self,
        report: dict[str, Any],
    ) -> None:
        """Print a pass's report as a table on standard output."""
        width = None if sys.stdout.isatty() else _PIPED
        console = Console(
            file=sys.stdout,
            highlight=False,
            width=width,
        )
        console.print(_table(report))
        totals = (
            f"stories new: {report['stories_new']}",
            f"matches: {report['matches']}",
            f"mails sent: {report['mails_sent']}",
            f"seconds: {report['took']:.1f}",
        )
        console.print("   ".join(totals), markup=False)
        for problem in report["problems"]:
            console.print(f"! {problem}", markup=False)
        for warning in report["warnings"]:
            console.print(f"? {warning}", markup=False)


def _table(report: dict[str, Any]) -> Table:
    """Return the outlets of a pass, a row each."""
    table = Table(
        title=f"run {report['run']}",
        title_justify="left",
    )
    for name in ("outlet", "state"):
        table.add_column(name, overflow="fold")
    for name in _COUNTS:
        table.add_column(
            name.replace("_", " "),
            justify="right",
            overflow="fold",
        )
    table.add_column("rejected", overflow="fold")
    for name, row in report["outlets"].items():
        counts = [str(row.get(key, 0)) for key in _COUNTS]
        rejected = [f"{reason} {count}" for reason, count in row["rejected"].items()]
        table.add_row(
            name,
            row["state"],
            *counts,
            ", ".join(rejected),
        )
    return table


class Step:
    """One stage's counter."""

    def __init__(
        self,
        show: Show,
        title: str,
        total: int,
        advance: Callable[[str], None] | None = None,
    ) -> None:
        self._show = show
        self._title = title
        self._total = total
        self._advance = advance
        self._done = 0

    def done(
        self,
        line: str,
    ) -> None:
        """One more step is done; `line` says what came of it."""
        self._done += 1
        if self._advance is not None:
            self._advance(line)
        else:
            self._show.say(f"khabar {self._title} {self._done}/{self._total} {line}")
