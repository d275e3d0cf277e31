"""`python -m service.prepare`: what a container house needs done once before its parts start.

Both databases brought up to date, folders made, and the login of KHABAR_ADMIN_PASSWORD written
where Airflow looks for it.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from news.errors import KhabarError
from pipeline import settings as configuration
from pipeline.errors import HouseError
from pipeline.secrets import USER
from pipeline.settings import Settings
from service.airflow_pools import POOLS
from storage import upkeep


def main() -> int:
    """Prepare; an expected error is one sentence."""
    try:
        prepare(configuration.read())
    except KhabarError as error:
        print(f"khabar: {error}", file=sys.stderr)
        return 1
    code = airflow("db", "migrate")
    for name, slots, description in POOLS:
        code = code or airflow("pools", "set", name, str(slots), description)
    return code


def airflow(*words: str) -> int:
    """Run one command of Airflow; return its exit code."""
    return subprocess.run([sys.executable, "-P", "-m", "airflow", *words], check=False).returncode


def prepare(settings: Settings) -> None:
    """Make folders, login and databases."""
    if settings.database_url is None:
        raise HouseError(
            "KHABAR_DATABASE_URL is not set; in containers the database is a server of its own"
        )
    if not settings.admin_password:
        raise HouseError("KHABAR_ADMIN_PASSWORD is not set; it is the password of the user admin")
    for name in ("airflow", "logs", "mail", "runs", "secrets"):
        (settings.home / name).mkdir(
            parents=True,
            exist_ok=True,
        )
    (settings.home / "secrets").chmod(0o700)
    keep(
        settings.home / "secrets" / "airflow-passwords.json",
        json.dumps({USER: settings.admin_password}),
    )
    upkeep.migrate(settings.database_url)
    upkeep.ensure_database_beside(settings.database_url, "airflow")


def keep(path: Path, text: str) -> None:
    """Write a file that only its owner can read."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(
        handle,
        "w",
        encoding="utf-8",
    ) as file:
        file.write(text)
    temporary.replace(path)


if __name__ == "__main__":
    sys.exit(main())
