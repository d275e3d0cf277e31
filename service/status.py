"""`khabar status`: what runs, how well, and what the last run brought."""

import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline import home_kind, house_state, renew_prints, secrets
from pipeline.alerts import mail_health
from pipeline.errors import FULL, HouseError
from pipeline.house_state import PartState
from pipeline.settings import Settings, without_password
from service import ports
from service.airflow_api import GATHER, Cockpit
from storage import upkeep

_ROOM = 65_536  # bytes: room for state.json and some lines of a log
# What Airflow calls its parts in its health report.
_REPORTED = {
    "scheduler": "scheduler",
    "dag-processor": "dag_processor",
    "triggerer": "triggerer",
}


def collect(settings: Settings) -> dict[str, Any]:
    """Return the whole status as JSON values.

    Passwords are not in it, only the name of the file that has them.
    """
    now = house_state.read(settings.home)
    runs = house_state.alive(now.supervisor)
    found: dict[str, Any] = {
        "phase": now.phase if runs else "stopped",
        "healthy": False,
        "home": str(settings.home),
        "address": now.address if runs else None,
        "archive": f"{now.address}/khabar/" if runs else None,
        "login_file": str(settings.home / "secrets" / "login"),
        "database": database(settings),
        "disk": {"full": False, "free": None},
        "sample": now.sample,
        "kind": home_kind.held(settings),
        "sentry": settings.sentry_dsn is not None,
        "parts": [],
        "last_run": None,
        "mail": None,
        "fingerprints": None,
    }
    if not runs:
        left = [name for name, part in now.parts.items() if house_state.alive(part.process)]
        return {**found, "left_behind": left}

    login = secrets.ensure(settings.home)
    cockpit = Cockpit(now.address, login.password)
    parts = [_part(name, part, _health(cockpit)) for name, part in now.parts.items()]
    space = disk(settings.home)
    mail = mail_health.look(settings, datetime.now(UTC))

    found["parts"] = parts
    found["last_run"] = _last_run(cockpit)
    found["disk"] = space
    found["mail"] = mail
    found["fingerprints"] = renew_prints.look(settings, datetime.now(UTC))
    well = [part["healthy"] for part in parts]
    well += [
        now.phase == "ready",
        found["database"]["answers"],
        not space["full"],
        mail is None or mail["well"],
    ]
    found["healthy"] = all(well)

    return found


def disk(home: Path) -> dict[str, Any]:
    """Return whether the home's disk is full, tried by writing a little, and its free bytes.

    A quota, or the part of a disk that is kept for root, shows only when one writes.
    """
    full = False
    try:
        with tempfile.TemporaryFile(
            dir=home,
            buffering=0,
        ) as file:
            full = file.write(bytes(_ROOM)) < _ROOM
    except OSError as error:
        full = error.errno in FULL
    return {"full": full, "free": shutil.disk_usage(home).free}


def database(settings: Settings) -> dict[str, Any]:
    """Return where the archive is, without its password, and whether it answers."""
    if settings.database_url:
        return {
            "kind": "given",
            "url": without_password(settings.database_url),
            "answers": upkeep.responds(settings.database_url),
        }
    folder = settings.home / "postgres"
    port = upkeep.running_port(folder)
    url = f"postgresql://khabar@127.0.0.1:{port}/khabar" if port else None
    return {
        "kind": "embedded",
        "url": url,
        "answers": port is not None and ports.answers(port),
    }


def _health(cockpit: Cockpit) -> dict[str, str]:
    try:
        return cockpit.health()
    except HouseError:
        return {}


def _part(
    name: str,
    part: PartState,
    health: dict[str, str],
) -> dict[str, Any]:
    living = house_state.alive(part.process)
    healthy = living and (part.port is None or ports.answers(part.port))
    if name in _REPORTED:
        healthy = healthy and health.get(_REPORTED[name]) == "healthy"
    elif name == "api-server":
        healthy = healthy and health.get("metadatabase") == "healthy"
    return {
        "name": name,
        "healthy": healthy,
        "pid": part.process.pid if part.process and living else None,
        "port": part.port,
        "restarts": part.restarts,
        "seconds": round(time.time() - part.since) if living else 0,
        "log": part.log,
    }


def _last_run(cockpit: Cockpit) -> dict[str, Any] | None:
    try:
        runs = cockpit.runs(GATHER)
    except HouseError:
        return None
    if not runs:
        return None
    run = runs[0]
    failed = cockpit.failed_tasks(GATHER, run["dag_run_id"]) if run["state"] == "failed" else []
    return {
        "dag": GATHER,
        "id": run["dag_run_id"],
        "state": run["state"],
        "start": run["start_date"],
        "end": run["end_date"],
        "failed": failed,
    }
