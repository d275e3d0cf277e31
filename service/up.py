"""`khabar up`, step by step.

Who runs already, what was left behind, secrets, database, Airflow, and then watching over it all.
"""

import contextlib
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

from pipeline import home_kind, house_state
from pipeline.errors import HouseError
from pipeline.settings import Settings, sample_outlets, without_password
from service import ports, processes
from service.airflow_cleanup import Cleaning
from service.airflow_pools import POOLS
from service.assemble import House, Say, assemble, kind_of
from service.house_log import appending, log_of
from service.parts import last_words, parts, python

_READY_SECONDS = 300.0
_BEAT = 0.5
# What must be well before the house is ready, in the words of Airflow's health report.
_FIRST = ("metadatabase", "scheduler", "dag_processor")


@contextlib.contextmanager
def opened(
    settings: Settings,
    *,
    sample: bool,
    say: Say,
) -> Iterator[House]:
    """Start the house; it is stopped when the block ends, however it ends.

    Raises HouseError when one runs already, HomeError in a home of the other kind.
    """
    began = time.monotonic()
    with house_state.holding(settings.home) as free, stoppable():
        if not free:
            raise HouseError(who_runs(settings.home))
        home_kind.require(settings, kind_of(settings, sample=sample))
        say(f"Khabar starts in {settings.home}")
        clear(settings.home, say)
        house = assemble(
            settings,
            sample=sample,
            say=say,
            began=began,
        )
        try:
            prepare(house, say)
            begin(house, "")
            yield house
        finally:
            with unstoppable():
                say("stopping")
                house.supervisor.stop()
                say("stopped")


def who_runs(home: Path) -> str:
    """Say who holds this house."""
    held = house_state.read(home)
    who = f"process {held.supervisor.pid}" if held.supervisor else "another process"
    where = f" at {held.address}" if held.address else ""
    hint = "`khabar status` tells more, `khabar down` stops it"
    return f"Khabar runs already in {home} ({who}{where}); {hint}"


def clear(home: Path, say: Say) -> None:
    """Take down what a killed supervisor has left running."""
    left = processes.stop_all(home, house_state.read(home).parts.values())
    if left:
        say(f"took down what an interrupted house had left running ({left})")


def prepare(house: House, say: Say) -> None:
    """Bring Airflow's database up to date, and meanwhile start what does not need it."""
    with ThreadPoolExecutor(1) as pool:
        migration = pool.submit(migrate, house, say)
        for part in parts(house.settings, house.wiring):
            if part.name in {"mailbox", "press"}:
                house.supervisor.start(part)
        if house.wiring.sample:
            write_outlets(house)
        migration.result()


def migrate(house: House, say: Say) -> None:
    """Run `airflow db migrate`, unless this very version has already done so on this database."""
    mark, home = house.settings.home / "airflow" / "migrated", house.settings.home
    done = f"{version('apache-airflow')} {without_password(house.wiring.airflow_url)}"
    if mark.exists() and mark.read_text(encoding="utf-8") == done:
        return
    say("preparing Airflow's database")
    run(
        house,
        "migrate",
        ("-m", "airflow", "db", "migrate"),
        f"preparing Airflow's database failed; see {log_of(home, 'migrate')}",
    )
    mark.write_text(done, encoding="utf-8")


def write_outlets(house: House) -> None:
    """Have the sample press write its outlet files, which name its port."""
    folder, port = sample_outlets(house.settings.home), str(house.wiring.ports["press"])
    folder.mkdir(
        parents=True,
        exist_ok=True,
    )
    run(
        house,
        "press",
        ("-m", "press", "outlets", str(folder), "--port", port),
        "the sample outlets could not be written",
    )


def run(
    house: House,
    name: str,
    arguments: tuple[str, ...],
    failure: str,
) -> None:
    """Run one program of ours to its end, its output in a log; raises HouseError."""
    home = house.settings.home
    with appending(log_of(home, name)) as log:
        done = subprocess.run(
            python(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
            cwd=home / "airflow",
            env=dict(house.supervisor.environment),
        )
    if done.returncode:
        raise HouseError(f"{failure}: {last_words(home, name)}")


def begin(house: House, after: str) -> None:
    """Start the parts of one stage of the start, those that do not run yet."""
    for part in parts(house.settings, house.wiring):
        if part.after == after and part.name not in house.supervisor.parts:
            house.supervisor.start(part)


def wait_ready(house: House) -> None:
    """Wait until Airflow says that its parts are healthy.

    Parts that die meanwhile are started again.
    """
    wait_for(
        house, lambda: [] if ports.answers(house.wiring.ports["api-server"]) else ["api-server"]
    )
    make_pools(house)
    begin(house, "answers")
    wait_for(house, lambda: sick(house))
    begin(house, "ready")
    house.supervisor.phase("ready")


def make_pools(house: House) -> None:
    """Make Airflow's pools, before anything is scheduled: a task whose pool is missing waits."""
    for name, slots, description in POOLS:
        house.cockpit.ensure_pool(name, slots, description)


def sick(house: House) -> list[str]:
    """Return the parts of Airflow that are not healthy yet, of those that a run needs."""
    try:
        health = house.cockpit.health()
    except HouseError:
        return ["api-server"]
    return [name for name in _FIRST if health.get(name) != "healthy"]


def wait_for(house: House, missing: Callable[[], list[str]]) -> None:
    """Wait until nothing is missing.

    Raises HouseError that names what is, when it takes too long.
    """
    deadline = time.monotonic() + _READY_SECONDS
    while absent := missing():
        if time.monotonic() > deadline:
            waited = f"Airflow is not well after {_READY_SECONDS:.0f} s"
            logs = house.settings.home / "logs"
            raise HouseError(f"{waited}: {', '.join(absent)}; the logs are in {logs}")
        house.supervisor.tick()
        time.sleep(_BEAT)


def watch_over(house: House, each: Callable[[], None] | None = None) -> None:
    """Keep the house running until somebody stops it."""
    supervisor = house.supervisor
    cleaning = Cleaning(house.settings.home, supervisor.environment, house.settings.keep_logs)
    while True:
        supervisor.tick()
        supervisor.attempt("cleaning Airflow's database", cleaning.step)
        if each is not None:
            supervisor.attempt("following the first run", each)
        time.sleep(_BEAT)


def _interrupt(number: int, frame: object) -> None:
    del frame
    raise KeyboardInterrupt(signal.Signals(number).name)


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Make TERM and HUP (a closed terminal) stop the house as Ctrl-C does."""
    before = {
        number: signal.signal(number, _interrupt) for number in (signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def unstoppable() -> Iterator[None]:
    """While stopping, further signals change nothing: it takes ten seconds at most."""
    before = {
        number: signal.signal(number, signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
