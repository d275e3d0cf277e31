"""`khabar up`, step by step: who runs already, what was left behind, secrets, database, Airflow, and then watching over it all."""  # noqa: E501

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pipeline import database, home_kind, house_state, secrets
from pipeline.errors import HouseError
from pipeline.house_state import State
from pipeline.secrets import Secrets
from pipeline.settings import Settings, sample_outlets, without_password
from service import environment, ports, processes
from service.airflow_api import Cockpit
from service.airflow_cleanup import Cleaning
from service.environment import Wiring
from service.parts import last_words, log_of, parts, python
from service.supervisor import Supervisor
from storage import Archive, upkeep

AIRFLOW_DATABASE = "airflow"
_READY_SECONDS = 300.0
_BEAT = 0.5
# What must be well before the house is ready, in the words of Airflow's health report.
_FIRST = ("metadatabase", "scheduler", "dag_processor")

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything `up` has put together."""

    settings: Settings
    secrets: Secrets
    wiring: Wiring
    supervisor: Supervisor
    cockpit: Cockpit
    began: float  # monotonic


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


def kind_of(settings: Settings, *, sample: bool) -> home_kind.Kind:
    """Return what a house with these settings reads."""
    return home_kind.Kind.SAMPLE if sample else home_kind.of_folder(settings.outlets)


def settle_kind(
    settings: Settings,
    archive_url: str,
    *,
    sample: bool,
) -> None:
    """Refuse an archive of the other kind; claim a sample's home, whose watches go in at once."""
    with Archive(archive_url) as archive:
        known = archive.front_pages()
    if sample:
        home_kind.claim(settings, home_kind.Kind.SAMPLE, known)
    else:
        home_kind.require(settings, kind_of(settings, sample=False), known)


def who_runs(home: Path) -> str:
    """Say who holds this house."""
    held = house_state.read(home)
    who = f"process {held.supervisor.pid}" if held.supervisor else "another process"
    where = f" at {held.address}" if held.address else ""
    return f"Khabar runs already in {home} ({who}{where}); `khabar status` tells more, `khabar down` stops it"  # noqa: E501


def clear(home: Path, say: Say) -> None:
    """Take down what a killed supervisor has left running."""
    left = processes.stop_all(home, house_state.read(home).parts.values())
    if left:
        say(f"took down what an interrupted house had left running ({left})")


def assemble(
    settings: Settings,
    *,
    sample: bool,
    say: Say,
    began: float,
) -> House:
    """Make secrets, start the database, choose the ports: everything the parts have to be told."""
    for name in ("airflow", "logs", "mail", "runs"):
        (settings.home / name).mkdir(
            parents=True,
            exist_ok=True,
            mode=0o700,
        )
    known = secrets.ensure(settings.home)
    archive_url = database.url(settings)
    say(f"database ready: {without_password(archive_url)}")
    settle_kind(
        settings,
        archive_url,
        sample=sample,
    )
    airflow_url, fresh = metadata_url(settings, archive_url)
    if fresh:
        (settings.home / "airflow" / "migrated").unlink(missing_ok=True)
    remembered = house_state.read(settings.home).ports
    chosen = {name: ports.choose(name, remembered) for name in ports.USUAL}
    for name, port in chosen.items():
        if name == "api-server" and port != remembered.get(name, ports.USUAL[name]):
            say(f"port {remembered.get(name, ports.USUAL[name])} is taken, using {port}")
    wiring = Wiring(
        archive_url=archive_url,
        airflow_url=airflow_url,
        ports=chosen,
        sample=sample,
        follow=settings.follow,
    )
    base = State(
        phase="starting",
        supervisor=house_state.identify(os.getpid()),
        sample=sample,
        address=wiring.address,
        ports=chosen,
    )
    supervisor = Supervisor(
        home=settings.home,
        environment=environment.build(settings, known, wiring),
        say=say,
        database=revive(settings),
        base=base,
    )
    # At the start this must be possible: whoever waits for the house reads it there.
    house_state.write(settings.home, base)
    return House(
        settings=settings,
        secrets=known,
        wiring=wiring,
        supervisor=supervisor,
        cockpit=Cockpit(wiring.address, known.password),
        began=began,
    )


def metadata_url(settings: Settings, archive_url: str) -> tuple[str, bool]:
    """Return Airflow's database and whether it is new: KHABAR_AIRFLOW_DATABASE_URL, or one beside the archive."""  # noqa: E501
    named = settings.airflow_database_url
    return (named, False) if named else upkeep.ensure_database_beside(archive_url, AIRFLOW_DATABASE)


def revive(settings: Settings) -> Callable[[], None]:
    """Return what starts the embedded server again after its death; a foreign server is its owner's care."""  # noqa: E501
    folder = settings.home / "postgres"

    def look() -> None:
        if settings.database_url is None and not upkeep.is_running(folder):
            upkeep.start_server(folder)

    return look


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
    with log_of(home, name).open("ab") as log:
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
    """Wait until Airflow says that its parts are healthy; parts that die meanwhile are started again."""  # noqa: E501
    wait_for(
        house, lambda: [] if ports.answers(house.wiring.ports["api-server"]) else ["api-server"]
    )
    begin(house, "answers")
    wait_for(house, lambda: sick(house))
    begin(house, "ready")
    house.supervisor.phase("ready")


def sick(house: House) -> list[str]:
    """Return the parts of Airflow that are not healthy yet, of those that a run needs."""
    try:
        health = house.cockpit.health()
    except HouseError:
        return ["api-server"]
    return [name for name in _FIRST if health.get(name) != "healthy"]


def wait_for(house: House, missing: Callable[[], list[str]]) -> None:
    """Wait until nothing is missing; raises HouseError that names what is, when it takes too long."""  # noqa: E501
    deadline = time.monotonic() + _READY_SECONDS
    while absent := missing():
        if time.monotonic() > deadline:
            raise HouseError(
                f"Airflow is not well after {_READY_SECONDS:.0f} s: {', '.join(absent)}; the logs are in {house.settings.home / 'logs'}"  # noqa: E501
            )
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
