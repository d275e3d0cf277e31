"""The small programs of the service: a container's preparation and probe, the served sample."""

import json
import os
import socket
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline import house_state, settings
from pipeline.errors import HouseError
from service import ports, prepare, probe, rehearsal


def test_a_container_is_prepared_once_all_is_named(tmp_path: Path, database_url: str) -> None:
    given = {"KHABAR_HOME": str(tmp_path), "KHABAR_DATABASE_URL": database_url}
    with pytest.raises(HouseError, match="KHABAR_DATABASE_URL is not set"):
        prepare.prepare(settings.read({"KHABAR_HOME": str(tmp_path)}))
    with pytest.raises(HouseError, match="KHABAR_ADMIN_PASSWORD is not set"):
        prepare.prepare(settings.read(given))
    prepare.prepare(settings.read({**given, "KHABAR_ADMIN_PASSWORD": "planted"}))
    file = tmp_path / "secrets" / "airflow-passwords.json"
    assert json.loads(file.read_text()) == {"admin": "planted"}
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_preparation_ends_with_a_sentence_or_with_airflows_own_migration(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KHABAR_HOME", str(tmp_path))
    monkeypatch.delenv("KHABAR_DATABASE_URL", raising=False)
    assert prepare.main() == 1
    assert "KHABAR_DATABASE_URL is not set" in capsys.readouterr().err
    monkeypatch.setattr(prepare, "prepare", lambda *_: None)
    done = subprocess.CompletedProcess([], 5)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    assert prepare.main() == 5


class Health(BaseHTTPRequestHandler):
    """Airflow's report on its parts, of which the triggerer is ill."""

    def do_GET(self) -> None:
        names = ("metadatabase", "scheduler", "dag_processor")
        report = {name: {"status": "healthy"} for name in names}
        body = json.dumps({**report, "triggerer": {"status": "unhealthy"}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def api():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Health)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("part", "code"),
    [("api-server", 0), ("scheduler", 0), ("dag-processor", 0), ("triggerer", 1)],
)
def test_the_probe_asks_the_api_server_about_a_part(
    monkeypatch: pytest.MonkeyPatch, part: str, code: int
) -> None:
    with api() as port:
        monkeypatch.setenv("KHABAR_API_SERVER", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("KHABAR_PART", part)
        assert probe.main() == code


def test_the_probe_knocks_at_the_mailbox(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setenv("KHABAR_PART", "mailbox")
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("KHABAR_MAILBOX_PORT", str(server.getsockname()[1]))
        assert probe.main() == 0
    assert probe.main() == 1
    assert "mailbox" in capsys.readouterr().err


@pytest.fixture
def home(tmp_path: Path, database_url: str):
    given = {"KHABAR_HOME": str(tmp_path / "home"), "KHABAR_DATABASE_URL": database_url}
    return settings.read(given)


def test_the_sample_is_served_while_a_pass_lasts_at_the_same_address_each_time(home) -> None:
    with rehearsal.following(home) as unchanged:
        assert unchanged is home
    with rehearsal.rehearsal(home) as led:
        assert led.allow_loopback
        assert list(led.outlets.glob("*/*.toml"))
        port = int((home.home / "press" / "port").read_text())
        assert ports.answers(port)
    assert not ports.answers(port)
    with rehearsal.following(home) as led:
        assert led.outlets != home.outlets
        assert ports.answers(port)


def test_a_house_that_runs_over_the_sample_serves_it_itself(home) -> None:
    home.home.mkdir(parents=True)
    me = house_state.identify(os.getpid())
    running = house_state.State(phase="ready", supervisor=me, sample=True, address="http://x")
    house_state.write(home.home, running)
    with rehearsal.sample_served(home) as led:
        assert led.allow_loopback
    assert not (home.home / "press").exists()


def test_a_press_that_does_not_start_is_a_sentence(home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsal, "_SECONDS", 0.0)
    with (
        pytest.raises(rehearsal.RehearsalError, match="the sample press did not start"),
        rehearsal.sample_served(home),
    ):
        pass
