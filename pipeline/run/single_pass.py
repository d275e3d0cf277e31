"""One whole pass without Airflow: the same stages, outlets side by side, progress shown."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import cpu_count
from typing import Any

from news.errors import KhabarError
from pipeline import stages
from pipeline.run import run_record
from pipeline.run.page_reader import PageReaders
from pipeline.run.progress import Progress
from pipeline.run.run_folder import RunError
from pipeline.settings import Settings

_CRAWLS_AT_ONCE = 8  # each is a subprocess that mostly waits


@dataclass(slots=True)
class _Clock:
    """Wall seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Any:
        """Measure one stage."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = round(self.seconds.get(name, 0.0) + time.monotonic() - begun, 3)


def run(
    settings: Settings, *, names: Sequence[str] = (), everything: bool = False, show: Progress
) -> dict[str, Any]:
    """Run every stage once; return the report of `stages.finish` with mails and seconds per stage."""
    clock = _Clock()
    with clock.stage("begin"):
        begun = stages.begin(settings, names=tuple(names), everything=everything, resume=True)
    name = begun["run"]
    with run_record.working(settings.runs / name) as free:
        if not free:
            raise RunError(
                f"run {name} is being worked on by another process; try again when it is done"
            )
        return _stages(settings, name, list(begun["outlets"]), clock, show)


def _stages(
    settings: Settings, name: str, outlets: list[str], clock: _Clock, show: Progress
) -> dict[str, Any]:
    """Run the stages after `begin`."""
    failures: dict[str, str] = {}
    with clock.stage("crawl"), ThreadPoolExecutor(_CRAWLS_AT_ONCE) as pool:
        _each(
            "crawl",
            outlets,
            lambda outlet: pool.submit(stages.crawl, settings, name, outlet),
            failures,
            show,
        )
    with clock.stage("extract"):
        _extract(
            settings, name, [outlet for outlet in outlets if outlet not in failures], failures, show
        )
    for stage, work in (("dedupe", stages.dedupe), ("load", stages.load)):
        with clock.stage(stage):
            work(settings, name)
    with clock.stage("match"):
        matched = stages.match(settings)
    with clock.stage("alert"):
        sent = stages.alert(settings)
    report = stages.finish(settings, name, failures=failures)
    return {
        **report,
        "matches": matched["matches"],
        "mails_sent": sent["sent"],
        "seconds": clock.seconds,
    }


def _extract(
    settings: Settings, name: str, outlets: list[str], failures: dict[str, str], show: Progress
) -> None:
    """Extract on every core: each thread waits for a process that reads pages."""
    workers = max(1, min(cpu_count() or 1, len(outlets)))
    with PageReaders(settings.page_seconds) as readers, ThreadPoolExecutor(workers) as pool:
        _each(
            "extract",
            outlets,
            lambda outlet: pool.submit(stages.extract, settings, name, outlet, readers),
            failures,
            show,
        )


def _each(
    stage: str,
    outlets: list[str],
    submit: Callable[[str], "Future[dict[str, Any]]"],
    failures: dict[str, str],
    show: Progress,
) -> None:
    """Run a stage for every outlet; an outlet that fails is named and does not stop the others."""
    with show.steps(stage, len(outlets)) as step:
        waiting = {submit(outlet): outlet for outlet in outlets}
        for future in as_completed(waiting):
            outlet = waiting[future]
            try:
                report = future.result()
            except KhabarError as error:
                failures[outlet] = f"{outlet}: {stage}: {error}"
                step.done(failures[outlet])
            else:
                step.done(f"{outlet}: {_line(report)}")


def _line(report: dict[str, Any]) -> str:
    """Say a stage's report in one line."""
    return ", ".join(
        f"{key} {value}"
        for key, value in report.items()
        if isinstance(value, int | str) and value not in {0, "", "ok"}
    )
