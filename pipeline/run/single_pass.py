"""One whole pass without Airflow: the same stages, outlets side by side, progress shown."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import cpu_count
from typing import Any

from news.errors import KhabarError
from pipeline import stages
from pipeline.run import run_folder, run_record
from pipeline.run.page_reader import PageReaders
from pipeline.run.progress import Progress
from pipeline.settings import Settings

_CRAWLS_AT_ONCE = 8  # each is a subprocess that mostly waits


@dataclass(slots=True)
class _Clock:
    """Wall seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure one stage."""
        begun = time.monotonic()
        try:
            yield
        finally:
            spent = self.seconds.get(name, 0.0) + time.monotonic() - begun
            self.seconds[name] = round(spent, 3)


@dataclass(frozen=True, slots=True)
class _Pass:
    """One pass at work: its run, where it reports, what has failed so far (outlet -> sentence)."""

    settings: Settings
    run: str
    show: Progress
    clock: _Clock
    failures: dict[str, str] = field(default_factory=dict)

    def crawl(self, outlets: Sequence[str]) -> None:
        """Crawl all outlets, several at once."""
        with self.clock.stage("crawl"), ThreadPoolExecutor(_CRAWLS_AT_ONCE) as pool:

            def submit(outlet: str) -> Future[dict[str, Any]]:
                return pool.submit(
                    stages.crawl,
                    self.settings,
                    self.run,
                    outlet,
                )

            self._each("crawl", outlets, submit)

    def extract(self, outlets: Sequence[str]) -> None:
        """Extract on every core: each thread waits for a process that reads pages."""
        workers = max(1, min(cpu_count() or 1, len(outlets)))
        with (
            self.clock.stage("extract"),
            PageReaders(self.settings.page_seconds) as readers,
            ThreadPoolExecutor(workers) as pool,
        ):

            def submit(outlet: str) -> Future[dict[str, Any]]:
                return pool.submit(
                    stages.extract,
                    self.settings,
                    self.run,
                    outlet,
                    readers,
                )

            self._each("extract", outlets, submit)

    def _each(
        self,
        stage: str,
        outlets: Sequence[str],
        submit: Callable[[str], Future[dict[str, Any]]],
    ) -> None:
        """Run a stage for every outlet; one that fails is named and does not stop the others."""
        with self.show.steps(stage, len(outlets)) as step:
            waiting = {submit(outlet): outlet for outlet in outlets}
            for future in as_completed(waiting):
                outlet = waiting[future]
                try:
                    report = future.result()
                except KhabarError as error:
                    self.failures[outlet] = f"{outlet}: {stage}: {error}"
                    step.done(self.failures[outlet])
                else:
                    step.done(f"{outlet}: {_line(report)}")


def run(
    settings: Settings,
    *,
    names: Sequence[str] = (),
    everything: bool = False,
    show: Progress,
) -> dict[str, Any]:
    """Run every stage once; return the report of `stages.finish` with mails, seconds per stage."""
    clock = _Clock()
    with clock.stage("begin"):
        begun = stages.begin(
            settings,
            names=tuple(names),
            everything=everything,
            resume=True,
        )
    name = begun["run"]
    with run_record.working_alone(run_folder.find(settings.runs, name)):
        work = _Pass(
            settings,
            name,
            show,
            clock,
        )
        return _run_stages(work, list(begun["outlets"]))


def _run_stages(work: _Pass, outlets: list[str]) -> dict[str, Any]:
    """Run the stages after `begin`."""
    work.crawl(outlets)
    work.extract([outlet for outlet in outlets if outlet not in work.failures])
    with work.clock.stage("dedupe"):
        stages.dedupe(work.settings, work.run)
    with work.clock.stage("load"):
        stages.load(work.settings, work.run)
    with work.clock.stage("match"):
        matched = stages.match(work.settings)
    with work.clock.stage("alert"):
        sent = stages.alert(work.settings)
    report = stages.finish(
        work.settings,
        work.run,
        failures=work.failures,
    )
    return {
        **report,
        "matches": matched["matches"],
        "mails_sent": sent["sent"],
        "seconds": work.clock.seconds,
    }


def _line(report: dict[str, Any]) -> str:
    """Say a stage's report in one line: what is not nought and not as usual."""
    words = []
    for key, value in report.items():
        if isinstance(value, int | str) and value not in {0, "", "ok"}:
            words.append(f"{key} {value}")
    return ", ".join(words)
