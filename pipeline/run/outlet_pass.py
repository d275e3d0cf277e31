"""One outlet's whole way through a run: crawled, extracted, loaded, whatever the others do.

Each step that is done is found done, so that a pass that was killed at any moment is simply made
again. How it ended lies in the outlet's folder: load.json when all is in the archive, failed.json
when a step could not do its work, skipped.json when somebody else asks its host at the moment.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import cpu_count
from typing import Any, Self

from news.errors import KhabarError
from pipeline.run import begin, crawl, extract, load, run_record
from pipeline.run.host_lease import HostBusyError, holding
from pipeline.run.page_reader import PageReader, PageReaders
from pipeline.run.run_folder import OutletFolder, RunFolder
from pipeline.run.slices import Slices
from pipeline.settings import Settings

_LOG = logging.getLogger(__name__)
_UNFINISHED = "it was not read to its end; `khabar run` or its task in Airflow takes it up again"


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class Ended:
    """How an outlet's pass ended: the counts of its steps, or in a sentence what kept it from it.

    `error` is what was raised, expected or not.
    """

    outlet: str
    counts: Mapping[str, Any] = field(default_factory=dict)
    skipped: str = ""  # why it was left to the next run
    failure: str = ""
    error: Exception | None = None


class ReadError(KhabarError):
    """Outlets could not be read to their end; the message names them, or why."""


@dataclass(slots=True)
class StageClock:
    """Seconds by stage, added up over all threads."""

    seconds: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def stage(
        self,
        name: str,
    ) -> Iterator[None]:
        """Measure one stage."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self._add(
                name,
                time.monotonic() - begun,
            )

    def _add(
        self,
        name: str,
        seconds: float,
    ) -> None:
        with self._lock:
            spent = (
                self.seconds.get(
                    name,
                    0.0,
                )
                + seconds
            )
            self.seconds[name] = round(
                spent,
                3,
            )


class OutletPass:
    """Outlets of one run on their way, several at once; a slow or dead one holds up no other.

    A context manager: what is still under way when the block ends is stopped.
    """

    def __init__(
        self,
        settings: Settings,
        run: RunFolder,
        clock: StageClock | None = None,
    ) -> None:
        self._settings = settings
        self._run = run
        self._everything = run_record.read_run(run).everything
        self._clock = clock or StageClock()
        self._readers = PageReaders(settings.page_seconds)
        # Crawls wait, extraction works: more of it at once than there are cores helps nobody.
        self._cores = threading.BoundedSemaphore(cpu_count() or 1)
        self._halted = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._halted.set()
        self._readers.__exit__()

    def read(
        self,
        folder: OutletFolder,
    ) -> Ended:
        """Read one outlet; how it ended is kept in its folder too. Raises nothing expected."""
        if folder.loaded.exists():
            return Ended(outlet=folder.outlet)
        folder.skipped.unlink(missing_ok=True)
        stage = "crawl"
        counts: dict[str, Any] = {}
        try:
            outlet = run_record.read_outlet(folder)
            with holding(self._settings, outlet, self._run.name, self._goes_on) as is_held:
                begin.renew_memory(
                    self._settings,
                    folder,
                )
                for stage, step in self._steps(
                    folder,
                    is_held,
                ):
                    with self._clock.stage(stage):
                        counts |= step()
                    self._require_going_on()
        except HostBusyError as busy:
            run_record.write_json(
                folder.skipped,
                {"sentence": str(busy)},
            )
            return Ended(
                outlet=folder.outlet,
                skipped=str(busy),
            )
        except KhabarError as error:
            return _failed(
                folder,
                stage,
                str(error),
                error,
            )
        except Exception as error:  # noqa: BLE001
            # One outlet meets a loop over many: it fails alone, and is named.
            _LOG.exception(
                "%s: %s broke down",
                folder.outlet,
                stage,
            )
            return _failed(folder, stage, f"{type(error).__name__}: {error}", error)
        folder.failed.unlink(missing_ok=True)
        return Ended(
            outlet=folder.outlet,
            counts=counts,
        )

    def read_all(
        self,
        folders: Sequence[OutletFolder],
        at_once: int,
    ) -> Iterator[Ended]:
        """Read outlets, so many at once; yield each as it ends."""
        pool = ThreadPoolExecutor(at_once)
        try:
            waiting: list[Future[Ended]] = [
                pool.submit(
                    self.read,
                    folder,
                )
                for folder in folders
            ]
            for future in as_completed(waiting):
                yield future.result()
        finally:
            # When the caller is stopped, its crawls are.
            self._halted.set()
            pool.shutdown(cancel_futures=True)

    def _goes_on(self) -> bool:
        return not self._halted.is_set()

    def _require_going_on(self) -> None:
        if self._halted.is_set():
            raise ReadError("it was stopped; what is done is found done")

    def _steps(
        self,
        folder: OutletFolder,
        is_held: Callable[[], bool],
    ) -> list[tuple[str, Callable[[], dict[str, Any]]]]:
        return [
            (
                "crawl",
                lambda: self._crawl(
                    folder,
                    is_held,
                ),
            ),
            ("extract", lambda: self._extract(folder)),
            (
                "load",
                lambda: load.load_outlet(
                    self._settings,
                    folder,
                ),
            ),
        ]

    def _crawl(
        self,
        folder: OutletFolder,
        is_held: Callable[[], bool],
    ) -> dict[str, Any]:
        slices = Slices(
            self._settings,
            folder,
            self._lend,
        )

        def goes_on() -> bool:
            slices.look()
            return is_held() and self._goes_on()

        return crawl.crawl(
            self._settings,
            folder,
            self._run.name,
            everything=self._everything,
            goes_on=goes_on,
        )

    def _extract(
        self,
        folder: OutletFolder,
    ) -> dict[str, Any]:
        with self._lend() as reader:
            return extract.extract(
                folder,
                reader,
            )

    @contextmanager
    def _lend(self) -> Iterator[PageReader]:
        with self._cores, self._readers.lend() as reader:
            yield reader


def outcome(ended: Sequence[Ended]) -> dict[str, Any]:
    """Return the counts of outlets together: "outlets", and what the steps counted.

    Raises what kept a single outlet from being read, ReadError for some of several, and
    HostBusyError when all were left to the next run.
    """
    failed = [one for one in ended if one.failure]
    if failed and len(ended) == 1 and failed[0].error is not None:
        raise failed[0].error
    if failed:
        sentences = "; ".join(one.failure for one in failed)
        raise ReadError(f"{len(failed)} of {len(ended)} outlets could not be read: {sentences}")
    skipped = [one for one in ended if one.skipped]
    if skipped and len(skipped) == len(ended):
        raise HostBusyError(skipped[0].skipped)
    totals: Counter[str] = Counter(
        outlets=len(ended),
        skipped=len(skipped),
    )
    for one in ended:
        totals.update(
            {
                name: value
                for name, value in one.counts.items()
                if isinstance(
                    value,
                    int,
                )
            }
        )
    return dict(totals)


def failures(run: RunFolder) -> dict[str, str]:
    """Return a sentence for each outlet of a run that is not in the archive, by its name."""
    found: dict[str, str] = {}
    if load.is_loaded(run):
        return found
    for folder in run_record.begun_outlets(run):
        if folder.is_over:
            continue
        kept = run_record.read_json(folder.failed)
        found[folder.outlet] = kept.get("sentence", f"{folder.outlet}: {_UNFINISHED}")
    return found


def _failed(
    folder: OutletFolder,
    stage: str,
    said: str,
    error: Exception,
) -> Ended:
    """Keep in the folder what failed; return it."""
    sentence = f"{folder.outlet}: {stage}: {said}"
    run_record.write_json(
        folder.failed,
        {"stage": stage, "sentence": sentence},
    )
    return Ended(
        outlet=folder.outlet,
        failure=sentence,
        error=error,
    )
