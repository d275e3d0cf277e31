"""One whole pass without Airflow: the same stages, outlets side by side, progress shown."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from news.errors import KhabarError
from pipeline import sentry, stages
from pipeline.run import outlet_pass, run_folder, run_record
from pipeline.run.outlet_pass import Ended, StageClock
from pipeline.run.progress import Progress
from pipeline.run.run_folder import RunFolder
from pipeline.settings import Settings

_AT_ONCE = 8  # outlets; each has a crawl, a subprocess that mostly waits
_MAIL_EVERY = 10.0  # seconds at least between two looks at what is new, while outlets are read


@dataclass(slots=True)
class _Postman:
    """Matches and mails what has been loaded, while other outlets are still being read."""

    settings: Settings
    clock: StageClock
    matches: int = 0
    sent: int = 0
    _last: float = field(default_factory=time.monotonic)

    def look(self) -> None:
        """Match and mail, unless that was just done."""
        if time.monotonic() - self._last >= _MAIL_EVERY:
            self.deliver()

    def deliver(self, *, ends_run: bool = False) -> None:
        """Match and mail all that is new; `ends_run`: all that the run brings is there."""
        with self.clock.stage("match"):
            self.matches += stages.match(self.settings)["matches"]
        with self.clock.stage("alert"):
            self.sent += stages.alert(self.settings, ends_run=ends_run)["sent"]
        self._last = time.monotonic()


def run(
    settings: Settings,
    *,
    names: Sequence[str] = (),
    everything: bool = False,
    show: Progress,
) -> dict[str, Any]:
    """Run every stage once; return the report of `stages.finish` with mails and seconds.

    "seconds" are by stage, those of outlets side by side added up; "took" is what the clock says.
    """
    clock = StageClock()
    begun_at = time.monotonic()
    with clock.stage("begin"):
        begun = stages.begin(
            settings,
            names=tuple(names),
            everything=everything,
            resume=True,
        )
    folder = run_folder.find(
        settings.runs,
        begun["run"],
    )
    with run_record.working_alone(folder):
        report = _run_stages(
            settings,
            folder,
            show,
            clock,
        )
    return {
        **report,
        "took": round(
            time.monotonic() - begun_at,
            3,
        ),
    }


def _run_stages(
    settings: Settings,
    run: RunFolder,
    show: Progress,
    clock: StageClock,
) -> dict[str, Any]:
    """Run the stages after `begin`."""
    postman = _Postman(
        settings,
        clock,
    )
    folders = run_record.begun_outlets(run)
    with (
        show.steps("read", len(folders)) as step,
        outlet_pass.OutletPass(settings, run, clock) as work,
    ):
        for ended in work.read_all(
            folders,
            _AT_ONCE,
        ):
            if ended.error is not None and not isinstance(
                ended.error,
                KhabarError,
            ):
                sentry.report(
                    ended.error,
                    stage="read",
                )
            step.done(_line(ended))
            postman.look()
    with clock.stage("dedupe"):
        stages.dedupe(
            settings,
            run.name,
        )
    postman.deliver(ends_run=True)
    report = stages.finish(
        settings,
        run.name,
    )
    return {
        **report,
        "matches": postman.matches,
        "mails_sent": postman.sent,
        "seconds": clock.seconds,
    }


def _line(ended: Ended) -> str:
    """Say in one line how an outlet's pass ended: what is not nought and not as usual."""
    if ended.failure:
        return ended.failure
    if ended.skipped:
        return f"{ended.outlet}: left out: {ended.skipped}"
    words = []
    for key, value in ended.counts.items():
        if isinstance(
            value,
            int | str,
        ) and value not in {0, "", "ok"}:
            words.append(f"{key} {value}")
    return f"{ended.outlet}: {', '.join(words) or 'nothing new'}"
