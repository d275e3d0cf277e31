"""The process that reads pages, one at a time, asked and answered through a pipe.

`python -m pipeline.run.page_worker FD SECONDS`. It is a process of its own because a page can be
such that reading it never ends, or takes all memory: then this process is ended, by the system, and
the run goes on without the page. `page_reader` is the other end of the pipe.
"""

import contextlib
import resource
import signal
import sys
import time
from multiprocessing.connection import Connection
from typing import assert_never

import extract as extraction
from extract import SiteProfile
from pipeline.run.page_reader import READY, Extract, Question, Sight, Use


def main() -> None:
    """Answer until the other end is closed."""
    channel: Connection[object, Question] = Connection(int(sys.argv[1]))
    seconds = int(sys.argv[2])
    # Ctrl-C is the run's business; a process ended for a page leaves no memory image behind.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    site: SiteProfile | None = None
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        channel.send(READY)
        while True:
            question = channel.recv()
            allow(seconds)
            match question:
                case Use():
                    site = question.site
                case Sight():
                    channel.send(extraction.sight(question.page, question.outlet))
                case Extract():
                    channel.send(extraction.extract(question.page, question.outlet, site))
                case _:
                    assert_never(question)


def allow(seconds: int) -> None:
    """Let this process have so many seconds of processor time from now on.

    The system ends it with SIGXCPU after that. The limit holds inside libraries too, where no
    handler of ours would be asked.
    """
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = int(time.process_time()) + seconds + 1
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


if __name__ == "__main__":
    main()
