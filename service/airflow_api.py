"""Airflow's HTTP API, as little of it as the house needs.

Who is healthy, start a run, what became of it.
"""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import HouseError
from pipeline.secrets import USER
from pipeline.settings import Settings

GATHER = "gather_news"
# Proxies of the environment have no business on the loopback.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(slots=True)
class Cockpit:
    """A client of one api-server on loopback.

    Logs in when it first must, and again when its token has expired.
    """

    address: str
    password: str = field(repr=False)
    _token: str = field(
        default="",
        repr=False,
    )

    def health(self) -> dict[str, str]:
        """Return what Airflow says of its own parts.

        Metadatabase, scheduler, dag_processor, triggerer. No login needed.
        """
        answer = self._call(
            "GET",
            "/api/v2/monitor/health",
            login=False,
            seconds=5.0,
        )
        return {
            name: str(part.get("status")) for name, part in answer.items() if isinstance(part, dict)
        }

    def knows(self, dag: str) -> bool:
        """Tell whether this DAG has been read in."""
        try:
            self._call("GET", f"/api/v2/dags/{dag}")
        except HouseError:
            return False
        return True

    def trigger(
        self,
        dag: str,
        conf: dict[str, Any] | None = None,
    ) -> str:
        """Start a run now; return its id."""
        answer = self._call(
            "POST", f"/api/v2/dags/{dag}/dagRuns", {"logical_date": None, "conf": conf or {}}
        )
        return str(answer["dag_run_id"])

    def run(
        self,
        dag: str,
        run_id: str,
    ) -> dict[str, Any]:
        """Return one run."""
        return self._call(
            "GET", f"/api/v2/dags/{dag}/dagRuns/{urllib.parse.quote(run_id, safe='')}"
        )

    def runs(
        self,
        dag: str = "~",
        limit: int = 1,
    ) -> list[dict[str, Any]]:
        """Return the newest runs of a DAG (or of all), newest first."""
        answer = self._call("GET", f"/api/v2/dags/{dag}/dagRuns?limit={limit}&order_by=-run_after")
        return list(answer["dag_runs"])

    def failed_tasks(
        self,
        dag: str,
        run_id: str,
    ) -> list[str]:
        """Return the names of a run's failed tasks, mapped ones with their outlet."""
        quoted = urllib.parse.quote(run_id, safe="")
        answer = self._call(
            "GET", f"/api/v2/dags/{dag}/dagRuns/{quoted}/taskInstances?state=failed&limit=50"
        )
        return [
            f"{task['task_id']} {task.get('rendered_map_index') or ''}".strip()
            for task in answer["task_instances"]
        ]

    def note_run(self, dag: str, run_id: str, text: str) -> None:
        """Put a note, in Markdown, beside a run; one that is there is replaced."""
        quoted = urllib.parse.quote(run_id, safe="")
        self._call("PATCH", f"/api/v2/dags/{dag}/dagRuns/{quoted}", {"note": text})

    def note_tasks(
        self,
        dag: str,
        run_id: str,
        task: str,
        notes: Mapping[int, str],
    ) -> None:
        """Put notes beside the mapped instances of a task, by their index."""
        quoted = urllib.parse.quote(run_id, safe="")
        entities = [
            {"task_id": task, "map_index": index, "note": text} for index, text in notes.items()
        ]
        action = {
            "action": "update",
            "entities": entities,
            "update_mask": ["note"],
            "action_on_non_existence": "skip",
        }
        self._call(
            "PATCH", f"/api/v2/dags/{dag}/dagRuns/{quoted}/taskInstances", {"actions": [action]}
        )

    def ensure_pool(
        self,
        name: str,
        slots: int,
        description: str,
    ) -> None:
        """Make a pool of so many slots; one that is there is left as an operator set it."""
        pools = self._call("GET", "/api/v2/pools?limit=100")
        if name in {pool["name"] for pool in pools.get("pools", ())}:
            return
        body = {"name": name, "slots": slots, "description": description}
        self._call("POST", "/api/v2/pools", body)

    def _call(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        *,
        login: bool = True,
        seconds: float = 30.0,
    ) -> dict[str, Any]:
        if login and not self._token:
            self._log_in()
        try:
            return self._send(
                method,
                path,
                body,
                login=login,
                seconds=seconds,
            )
        except urllib.error.HTTPError as error:
            if error.code == 401 and login:  # noqa: PLR2004
                self._log_in()
                return self._send(
                    method,
                    path,
                    body,
                    login=login,
                    seconds=seconds,
                )
            raise HouseError(
                f"Airflow at {self.address} refused {method} {path}: {error.code} {error.reason}"
            ) from error

    def _log_in(self) -> None:
        try:
            answer = self._send(
                "POST",
                "/auth/token",
                {"username": USER, "password": self.password},
                login=False,
                seconds=30.0,
            )
        except urllib.error.HTTPError as error:
            what = "does not take the password of secrets/login"
            raise HouseError(f"Airflow at {self.address} {what}: {error.code}") from error
        self._token = str(answer["access_token"])

    def _send(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None,
        *,
        login: bool,
        seconds: float,
    ) -> dict[str, Any]:
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if login:
            headers["Authorization"] = f"Bearer {self._token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310
            self.address + path,
            data=data,
            headers=headers,
            method=method,
        )
        try:
            with _OPENER.open(request, timeout=seconds) as answer:
                value = json.load(answer)
        except urllib.error.HTTPError:
            raise
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            raise HouseError(f"Airflow at {self.address} does not answer: {reason}") from error
        return value if isinstance(value, dict) else {}


def cockpit_of(settings: Settings, address: str) -> Cockpit:
    """Return a client of this home's api-server for one of its tasks; raises HouseError.

    The password is the one of Airflow's own file of passwords.
    """
    path = settings.home / "secrets" / "airflow-passwords.json"
    try:
        password = json.loads(path.read_text(encoding="utf-8"))[USER]
    except (OSError, ValueError, KeyError) as error:
        raise HouseError(f"{path} does not tell the password of {USER}") from error
    return Cockpit(address, password)
