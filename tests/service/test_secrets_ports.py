"""Secrets made once, ports free and remembered, an environment that keeps others' Airflow out."""

import base64
import contextlib
import json
import socket
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline import secrets, settings
from pipeline.errors import HouseError
from service import environment, ports
from service.environment import Wiring

PORTS = {"api-server": 1111, "mailbox": 2222, "press": 3333}


@pytest.fixture
def wiring() -> Wiring:
    return Wiring(
        archive_url="postgresql://k:pw@127.0.0.1:5/khabar",
        airflow_url="postgresql://k:pw@127.0.0.1:5/airflow",
        ports=PORTS,
        sample=False,
    )


def test_secrets_are_made_once_and_only_their_owner_can_read_them(tmp_path):
    first, second = secrets.ensure(tmp_path), secrets.ensure(tmp_path)
    assert first == second
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "secrets").iterdir()} == {
        0o600
    }


def test_every_secret_is_another_one_and_none_is_short(tmp_path):
    made = secrets.ensure(tmp_path)
    values = [made.password, made.jwt, made.session, made.fernet, made.feed_token]
    assert len(set(values)) == len(values)
    assert min(map(len, values)) >= 16
    assert len(base64.urlsafe_b64decode(made.fernet)) == 32


def test_login_and_airflows_passwords_agree(tmp_path):
    made = secrets.ensure(tmp_path)
    assert made.login_file.read_text().split() == [secrets.USER, made.password]
    assert json.loads(made.passwords_file.read_text()) == {secrets.USER: made.password}


def test_two_makers_at_once_end_with_one_secret(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        values = list(
            pool.map(lambda number: secrets.once(tmp_path / "one", f"value-{number}"), range(64))
        )
    assert len(set(values)) == 1


def test_an_empty_secret_is_refused_by_name(tmp_path):
    (tmp_path / "one").write_text("\n")
    with pytest.raises(HouseError, match="one is empty"):
        secrets.once(tmp_path / "one", "x")


def test_secrets_do_not_show_in_a_repr(tmp_path):
    made = secrets.ensure(tmp_path)
    assert made.password not in repr(made)


def test_a_taken_port_is_replaced_by_a_free_one():
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert ports.free(port) is None
        assert ports.choose("press", {"press": port}) != port
        assert ports.answers(port)
    assert not ports.answers(port)


def test_a_free_remembered_port_is_taken_again():
    port = ports.free(0)
    assert ports.choose("press", {"press": port}) == port


def test_the_callers_airflow_and_python_stay_out_and_overrides_come_in(tmp_path, wiring):
    read = settings.read({"KHABAR_HOME": str(tmp_path)})
    caller = {
        "PATH": "/bin",
        "AIRFLOW_HOME": "/other",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "sqlite://",
        "PYTHONPATH": "/x",
        "PYTHONDONTWRITEBYTECODE": "1",
        "KHABAR_AIRFLOW__CORE__PARALLELISM": "99",
        "KHABAR_SCHEDULE": "0 3 * * *",
    }
    built = environment.build(read, secrets.ensure(tmp_path), wiring, caller)
    assert built["AIRFLOW_HOME"] == str(tmp_path / "airflow")
    assert (
        built["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]
        == "postgresql+psycopg2://k:pw@127.0.0.1:5/airflow"
    )
    assert built["AIRFLOW__CORE__PARALLELISM"] == "99"
    assert built["KHABAR_SCHEDULE"] == "0 3 * * *"
    assert not {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"} & set(built)


def test_everything_listens_on_loopback_only(tmp_path, wiring):
    built = environment.build(
        settings.read({"KHABAR_HOME": str(tmp_path)}), secrets.ensure(tmp_path), wiring, {}
    )
    assert built["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert built["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == "http://127.0.0.1:1111/execution/"
    assert built["KHABAR_SMTP_URL"] == "smtp://127.0.0.1:2222"


def test_a_mail_server_of_ones_own_is_kept(tmp_path, wiring):
    read = settings.read(
        {"KHABAR_HOME": str(tmp_path), "KHABAR_SMTP_URL": "smtps://mail.example:465"}
    )
    caller = {"KHABAR_SMTP_URL": "smtps://mail.example:465"}
    assert (
        environment.build(read, secrets.ensure(tmp_path), wiring, caller)["KHABAR_SMTP_URL"]
        == "smtps://mail.example:465"
    )


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:p@h:5/d", "postgresql://u@h:5/d"),
        ("postgresql://u:p%40x@h/d", "postgresql://u@h/d"),
        ("postgresql://h/d?sslmode=require", "postgresql://h/d?sslmode=require"),
    ],
)
def test_urls_are_shown_without_their_password(url, shown):
    assert settings.without_password(url) == shown


def test_the_house_has_the_parts_it_needs_and_no_more(tmp_path, wiring):
    from dataclasses import replace

    from service.parts import parts

    read = settings.read({"KHABAR_HOME": str(tmp_path)})
    airflow = ["api-server", "dag-processor", "scheduler", "triggerer"]
    assert [part.name for part in parts(read, wiring)] == ["mailbox", *airflow]
    assert [part.name for part in parts(read, replace(wiring, sample=True, follow=True))] == [
        "mailbox",
        "press",
        "api-server",
        "dag-processor",
        "scheduler",
        "postman",
        "triggerer",
    ]
    given = settings.read({"KHABAR_HOME": str(tmp_path), "KHABAR_SMTP_URL": "smtps://mail.example"})
    assert [part.name for part in parts(given, wiring)] == airflow


def test_a_password_made_anew_reaches_the_login_and_airflow_and_spares_further_users(tmp_path):
    first = secrets.ensure(tmp_path)
    users = json.loads(first.passwords_file.read_text())
    first.passwords_file.write_text(json.dumps({**users, "guest": "theirs"}))
    (tmp_path / "secrets" / "password").unlink()
    second = secrets.ensure(tmp_path)
    assert second.password != first.password
    assert second.login_file.read_text().split() == [secrets.USER, second.password]
    kept = json.loads(second.passwords_file.read_text())
    assert kept == {secrets.USER: second.password, "guest": "theirs"}
    assert second.login_file.stat().st_mode & 0o777 == 0o600
    assert second.passwords_file.stat().st_mode & 0o777 == 0o600
    assert secrets.ensure(tmp_path) == second


@pytest.mark.parametrize("damage", ["{", "[]"])
def test_a_damaged_file_of_passwords_is_named(tmp_path, damage):
    known = secrets.ensure(tmp_path)
    known.passwords_file.write_text(damage)
    with pytest.raises(HouseError, match=r"airflow-passwords.json is damaged; remove it"):
        secrets.ensure(tmp_path)
