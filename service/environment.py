"""The environment of Airflow's parts and of the tasks in it.

Everything on 127.0.0.1, every secret the same in every part.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from pipeline.secrets import USER, Secrets
from pipeline.settings import Settings, sample_outlets
from service.airflow_pools import OTHERS, READERS
from service.processes import MARK, mark

# What would leak somebody else's Python or Airflow into ours; without bytecode Airflow starts in
# twice the time.
_FOREIGN = (
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONSTARTUP",
    "VIRTUAL_ENV",
    "AIRFLOW",
    "_AIRFLOW",
)
# KHABAR_AIRFLOW__SECTION__KEY sets Airflow's option over ours.
_OVERRIDE = "KHABAR_AIRFLOW__"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """Where the parts find each other."""

    archive_url: str  # postgresql://...
    airflow_url: str  # postgresql://...
    ports: Mapping[str, int]  # by part
    sample: bool
    follow: bool = False  # a process that matches and mails within seconds of a commit

    @property
    def address(self) -> str:
        """Where the UI is."""
        return f"http://127.0.0.1:{self.ports['api-server']}"


def build(
    settings: Settings,
    secrets: Secrets,
    wiring: Wiring,
    caller: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the whole environment of a part.

    The caller's is passed on, but for what would steer Python or Airflow.
    """
    given = os.environ if caller is None else caller
    kept = {name: value for name, value in given.items() if not name.startswith(_FOREIGN)}
    ours = {
        f"AIRFLOW__{name}": value for name, value in _airflow(settings, secrets, wiring).items()
    }
    overrides = {
        name.removeprefix("KHABAR_"): value
        for name, value in given.items()
        if name.startswith(_OVERRIDE)
    }
    return {
        **kept,
        **_khabar(settings, secrets, wiring),
        "AIRFLOW_HOME": str(settings.home / "airflow"),
        **ours,
        **overrides,
    }


def _khabar(
    settings: Settings,
    secrets: Secrets,
    wiring: Wiring,
) -> dict[str, str]:
    """Return our own settings as the tasks read them."""
    values = {
        MARK: mark(settings.home),
        "KHABAR_HOME": str(settings.home),
        # Tasks get the running server by its address: none of them may start or stop it.
        "KHABAR_DATABASE_URL": wiring.archive_url,
        "KHABAR_PUBLIC_URL": settings.public_url or wiring.address,
        "KHABAR_FEED_TOKEN": secrets.feed_token,
        "PYTHONSAFEPATH": "1",
        "NO_PROXY": "127.0.0.1,localhost",
    }
    if settings.smtp_url is None:
        values["KHABAR_SMTP_URL"] = f"smtp://127.0.0.1:{wiring.ports['mailbox']}"
    if wiring.sample:
        values["KHABAR_OUTLETS"] = str(sample_outlets(settings.home))
        values["KHABAR_ALLOW_LOOPBACK"] = "1"
    return values


def _airflow(
    settings: Settings,
    secrets: Secrets,
    wiring: Wiring,
) -> dict[str, str]:
    """Return Airflow's options, section and key in its environment spelling."""
    return {
        "DATABASE__SQL_ALCHEMY_CONN": sqlalchemy(wiring.airflow_url),
        "CORE__EXECUTOR": "LocalExecutor",
        "CORE__PARALLELISM": str(parallelism()),
        "CORE__DAGS_FOLDER": str(settings.checkout / "dags"),
        "CORE__LOAD_EXAMPLES": "False",
        "CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "CORE__FERNET_KEY": secrets.fernet,
        "CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(secrets.passwords_file),
        # Not derived from the port by Airflow: without it, tasks would call :8080.
        "CORE__EXECUTION_API_SERVER_URL": f"{wiring.address}/execution/",
        "API__HOST": "127.0.0.1",
        "API__PORT": str(wiring.ports["api-server"]),
        "API__BASE_URL": wiring.address,
        "API__WORKERS": "1",
        "API__SECRET_KEY": secrets.session,
        "API__INSTANCE_NAME": "Khabar",
        "API_AUTH__JWT_SECRET": secrets.jwt,
        # A task whose process was killed is tried again after this many seconds without a sign of
        # life; the default is five minutes.
        "SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
        # What a killed scheduler had under way is taken up again at the first look after it has
        # given no sign of life for half a minute; by default there is a look in five minutes.
        "SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "20",
        # New DAG files are seen within this many seconds; the default is five minutes.
        "DAG_PROCESSOR__REFRESH_INTERVAL": "15",
        "DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "60",
        "DAG_PROCESSOR__PARSING_PROCESSES": "1",
        "LOGGING__BASE_LOG_FOLDER": str(settings.home / "logs" / "tasks"),
        "LOGGING__DAG_PROCESSOR_CHILD_PROCESS_LOG_DIRECTORY": str(
            settings.home / "logs" / "dag-processor"
        ),
        # Addresses of feeds carry a token: they are not written down.
        "LOGGING__NAMESPACE_LEVELS": "http.access=WARNING",
        # Nothing calls home.
        "USAGE_DATA_COLLECTION__ENABLED": "False",
    }


def parallelism() -> int:
    """Return how many tasks run at once: those that read outlets, and room for the others."""
    return READERS + OTHERS


def sqlalchemy(url: str) -> str:
    """Return a PostgreSQL URL with the driver named.

    SQLAlchemy 2.1 would otherwise take psycopg 3.
    """
    parts = urlsplit(url)
    return urlunsplit(parts._replace(scheme="postgresql+psycopg2"))
