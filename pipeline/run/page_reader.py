"""Pages read by a process apart: one that a page brings to its end costs that page alone.

Such a page is put aside under a name. One that takes more processor time than a page may have is
put aside at once. A page at which the process ends otherwise (no memory left, a fault in a library)
is asked for once more by a fresh process, since its neighbours may have been to blame; then it is
put aside too. What a page teaches or holds never depends on which process read it.
"""

import contextlib
import queue
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Self, cast

import extract as extraction
from extract import Sighting, SiteProfile
from news.article import Article, Page, Reason, Rejected
from news.outlet import Outlet
from pipeline.run.run_folder import RunError

PAGE_SECONDS = 60  # of processor time that one page may take
PROGRAM = (sys.executable, "-P", "-m", "pipeline.run.page_worker")
_TRIES = 2  # processes that a page may end before it is put aside
_PATIENCE = 2.0  # seconds that a closed process has to go


READY = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Asks for a page as its outlet's profile takes it; the answer is a Sighting, or None."""

    page: Page
    outlet: Outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Asks for a page's article; the answer is an Article or a Rejected."""

    page: Page
    outlet: Outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Sets the profile that pages are extracted by from now on; there is no answer."""

    site: SiteProfile | None


Question = Sight | Extract | Use
Answer = Sighting | Article | Rejected | None


class PageReader:
    """One process that reads pages, started when it is first needed and again whenever it ended.

    Not for two threads at once.
    """

    def __init__(
        self,
        seconds: int = PAGE_SECONDS,
        program: Sequence[str] = PROGRAM,
    ) -> None:
        self._seconds = seconds
        self._program = program
        self._site: SiteProfile | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: Connection[Question, object] | None = None

    def sight(
        self,
        page: Page,
        outlet: Outlet,
    ) -> Sighting | Rejected | None:
        """Return a page as its outlet's profile takes it.

        None when it teaches nothing, Rejected when it was put aside.
        """
        answer = self._ask(
            Sight(
                page=page,
                outlet=outlet,
            ),
            page,
            outlet,
        )
        return cast("Sighting | Rejected | None", answer)

    def use(self, site: SiteProfile | None) -> None:
        """Extract by this profile from now on."""
        self._site = site
        if self._channel is not None:
            with contextlib.suppress(OSError):  # it ended: the next one gets it when it starts
                self._channel.send(Use(site=site))

    def extract(
        self,
        page: Page,
        outlet: Outlet,
    ) -> Article | Rejected:
        """Return the article of a page, or why there is none."""
        answer = self._ask(
            Extract(
                page=page,
                outlet=outlet,
            ),
            page,
            outlet,
        )
        return cast("Article | Rejected", answer)

    def close(self) -> None:
        """End the process."""
        self._ended()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _ask(
        self,
        question: Question,
        page: Page,
        outlet: Outlet,
    ) -> Answer:
        code = 0
        for _ in range(_TRIES):
            channel = self._channel or self._start()
            try:
                channel.send(question)
                return cast("Answer", channel.recv())
            except (EOFError, OSError):
                code = self._ended()
            if code == -signal.SIGXCPU:
                said = f"more than {self._seconds} seconds of processor time"
                return extraction.put_aside(
                    page,
                    outlet,
                    Reason.OVER_BUDGET,
                    said,
                )
        said = f"the process that read it ended: {_how(code)}"
        return extraction.put_aside(
            page,
            outlet,
            Reason.CRASHED,
            said,
        )

    def _start(self) -> "Connection[Question, object]":
        """Start the process; raises RunError when it does not come up."""
        ours, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(
                [*self._program, str(theirs.fileno()), str(self._seconds)],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        self._channel = ours
        try:
            ready = ours.recv() == READY
            ours.send(Use(site=self._site))
        except (EOFError, OSError):
            ready = False
        if not ready:
            raise RunError(f"the process that reads pages does not start: {_how(self._ended())}")
        return ours

    def _ended(self) -> int:
        """Close the pipe and wait for the process; return its exit code, 0 when there is none."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        process, self._process = self._process, None
        if process is None:
            return 0
        try:
            return process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def _how(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


class PageReaders:
    """Readers lent to threads, each to one at a time.

    A reader serves many outlets, since starting one costs a second.
    """

    def __init__(
        self,
        seconds: int = PAGE_SECONDS,
        program: Sequence[str] = PROGRAM,
    ) -> None:
        self._seconds = seconds
        self._program = program
        self._idle: queue.SimpleQueue[PageReader] = queue.SimpleQueue()

    @contextlib.contextmanager
    def lend(self) -> Iterator[PageReader]:
        """Give a reader to the caller for the time of the block."""
        try:
            reader = self._idle.get_nowait()
        except queue.Empty:
            reader = PageReader(self._seconds, self._program)
        try:
            yield reader
        finally:
            self._idle.put(reader)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()
