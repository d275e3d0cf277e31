"""How a pass looks to the person who runs it: bars in a terminal, lines in a log, a table at the end."""  # noqa: E501

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table


class Show:
    """Progress on standard error. In a pipe or a log each finished outlet is one line."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._console = Console(stderr=True, quiet=quiet, highlight=False)
        self._progress: Progress | None = None

    def say(self, sentence: str) -> None:
        """Print one line above the bars."""
        self._console.print(sentence, markup=False)

    @contextmanager
    def steps(self, title: str, total: int) -> Iterator["Step"]:
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
            task = progress.add_task(title, total=total, last="")
            yield Step(self, title, total, lambda line: progress.update(task, advance=1, last=line))

    def report(self, report: dict[str, Any]) -> None:
        """Print a pass's report as a table on standard output."""
        console = Console(
            file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else 140
        )
        table = Table(title=f"run {report['run']}", title_justify="left")
        for name in (
            "outlet",
            "state",
            "pages",
            "new",
            "revised",
            "deleted",
            "duplicates",
            "rejected",
        ):
            table.add_column(
                name,
                justify="left" if name in {"outlet", "state", "rejected"} else "right",
                overflow="fold",
            )
        for name, row in report["outlets"].items():
            rejected = ", ".join(f"{reason} {count}" for reason, count in row["rejected"].items())
            table.add_row(
                name,
                row["state"],
                *[str(row[key]) for key in ("pages", "new", "revised", "deleted", "duplicates")],
                rejected,
            )
        console.print(table)
        console.print(
            f"stories new: {report['stories_new']}   matches: {report['matches']}   mails sent: {report['mails_sent']}   "  # noqa: E501
            f"seconds: {sum(report['seconds'].values()):.1f}",
            markup=False,
        )
        for problem in report["problems"]:
            console.print(f"! {problem}", markup=False)


class Step:
    """One stage's counter."""

    def __init__(self, show: Show, title: str, total: int, advance: Any = None) -> None:
        self._show, self._title, self._total, self._advance, self._done = (
            show,
            title,
            total,
            advance,
            0,
        )

    def done(self, line: str) -> None:
        """One more step is done; `line` says what came of it."""
        self._done += 1
        if self._advance is not None:
            self._advance(line)
        else:
            self._show.say(f"khabar {self._title} {self._done}/{self._total} {line}")
