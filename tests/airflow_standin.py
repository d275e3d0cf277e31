"""Stands in for Airflow's programs where a test is about the house around them.

Called as Airflow is: `api-server`, `scheduler`, `dag-processor`, `triggerer`, `db migrate`. The
api-server answers the few addresses that the house asks, its one run succeeding at once; a file
`standin.json` in AIRFLOW_HOME changes its answers: {"health", "run_state", "failed", "knows"}.
"""

import json
import os
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TOKEN = "a token"
HEALTHY = {
    name: {"status": "healthy"}
    for name in ("metadatabase", "scheduler", "dag_processor", "triggerer")
}


def told() -> dict:
    """What the test wants answered."""
    path = Path(os.environ["AIRFLOW_HOME"]) / "standin.json"
    return json.loads(path.read_text()) if path.exists() else {}


class Api(BaseHTTPRequestHandler):
    """The addresses that the house asks."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        run = {"dag_run_id": "manual__1", "state": told().get("run_state", "success")}
        run |= {"run_type": "manual", "start_date": "2026-01-01T00:00:00Z", "end_date": None}
        if path == "/api/v2/monitor/health":
            self.answer({**HEALTHY, **told().get("health", {})})
        elif self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self.answer({}, 401)
        elif path.endswith("/taskInstances"):
            names = told().get("failed", [])
            tasks = [{"task_id": name, "rendered_map_index": None} for name in names]
            self.answer({"task_instances": tasks})
        elif path.endswith("/pools"):
            self.answer({"pools": []})
        elif path.endswith("/dagRuns"):
            self.answer({"dag_runs": told().get("runs", [run])})
        elif "/dagRuns/" in path:
            self.answer(run)
        else:
            self.answer({}, 200 if told().get("knows", True) else 404)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
        if self.path == "/auth/token":
            users = json.loads(Path(os.environ[PASSWORDS]).read_text())
            right = users.get(body["username"]) == body["password"]
            self.answer({"access_token": TOKEN} if right else {}, 201 if right else 401)
        else:
            self.answer({"dag_run_id": "manual__1"})

    def answer(self, value: dict, status: int = 200) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


PASSWORDS = "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"


def main(words: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if words[:2] == ["db", "migrate"]:
        print("migrated")
        return int(told().get("migrate", 0))
    if words[0] == "api-server":
        port = int(os.environ["AIRFLOW__API__PORT"])
        ThreadingHTTPServer(("127.0.0.1", port), Api).serve_forever()
    time.sleep(600)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
