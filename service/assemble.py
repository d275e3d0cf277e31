"""A house put together: secrets, database, ports, and what every part has to be told."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline import database, home_kind, house_state, secrets
from pipeline.house_state import State
from pipeline.secrets import Secrets
from pipeline.settings import Settings, without_password
from service import environment, house_log, ports
from service.airflow_api import Cockpit
from service.environment import Wiring
from service.supervisor import Supervisor
from storage import Archive
from storage.upkeep import ensure_database_beside, is_running, start_server

AIRFLOW_DATABASE = "airflow"
_FOLDERS = ("airflow", "mail", "runs")

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


def kind_of(settings: Settings, *, sample: bool) -> home_kind.Kind:
    """Return what a house with these settings reads."""
    return home_kind.Kind.SAMPLE if sample else home_kind.of_folder(settings.outlets)


def check_kind(
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


def assemble(settings: Settings, *, sample: bool, say: Say, began: float) -> House:
    """Make secrets, start the database, choose the ports: everything the parts have to be told.

    `began`: monotonic, when the start began.
    """
    for name in _FOLDERS:
        (settings.home / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    house_log.folder(settings.home)
    known = secrets.ensure(settings.home)
    wiring = _wire(settings, sample=sample, say=say)
    base = State(
        phase="starting",
        supervisor=house_state.identify(os.getpid()),
        sample=sample,
        address=wiring.address,
        ports=dict(wiring.ports),
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


def _wire(settings: Settings, *, sample: bool, say: Say) -> Wiring:
    """Start the databases and choose the ports."""
    archive_url = database.url(settings)
    say(f"database ready: {without_password(archive_url)}")
    check_kind(settings, archive_url, sample=sample)
    airflow_url, is_new = metadata_url(settings, archive_url)
    if is_new:
        (settings.home / "airflow" / "migrated").unlink(missing_ok=True)
    return Wiring(
        archive_url=archive_url,
        airflow_url=airflow_url,
        ports=_choose_ports(house_state.read(settings.home).ports, say),
        sample=sample,
        follow=settings.follow,
    )


def _choose_ports(remembered: Mapping[str, int], say: Say) -> dict[str, int]:
    """Return a port for each part that listens; says it when the UI's is not the one of before."""
    chosen = {name: ports.choose(name, remembered) for name in ports.USUAL}
    usual = remembered.get("api-server", ports.USUAL["api-server"])
    if chosen["api-server"] != usual:
        say(f"port {usual} is taken, using {chosen['api-server']}")
    return chosen


def metadata_url(settings: Settings, archive_url: str) -> tuple[str, bool]:
    """Return Airflow's database and whether it is new.

    KHABAR_AIRFLOW_DATABASE_URL, or one beside the archive.
    """
    named = settings.airflow_database_url
    if named:
        return named, False
    return ensure_database_beside(archive_url, AIRFLOW_DATABASE)


def revive(settings: Settings) -> Callable[[], None]:
    """Return what starts the embedded server again after its death.

    A foreign server is its owner's care.
    """
    folder = settings.home / "postgres"

    def look() -> None:
        if settings.database_url is None and not is_running(folder):
            start_server(folder)

    return look
