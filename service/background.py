"""A house in the background: started with a look at its first words, stopped from anywhere."""

import os
import subprocess
import sys
import time
from pathlib import Path

import click
import psutil

from pipeline import house_state
from pipeline.errors import HouseError
from pipeline.settings import Settings
from service import house_log, processes
from service.parts import python
from service.up import who_runs

_STOP_SECONDS = 40.0


def start(settings: Settings, *, sample: bool) -> None:
    """Start a house of its own session and repeat what it says until it is ready.

    Raises HouseError when it ends before.
    """
    if house_state.alive(house_state.read(settings.home).supervisor):
        raise HouseError(who_runs(settings.home))
    output = house_log.folder(settings.home) / "up.log"
    output.unlink(missing_ok=True)
    house = _launch(settings, output, sample=sample)
    _repeat_until_ready(settings.home, house, output)
    if sys.stdout.isatty():
        login = (settings.home / "secrets" / "login").read_text(encoding="ascii")
        user, password = login.split()
        click.echo(f"Login: {user} / {password}")
    commands = "`khabar status`, `khabar logs -f`, `khabar down`"
    click.echo(f"Khabar goes on in the background: {commands}.")


def _launch(settings: Settings, output: Path, *, sample: bool) -> "subprocess.Popen[bytes]":
    """Start a house in a session of its own, its words into a file."""
    options = ["--sample"] if sample else []
    environment = {**os.environ, "KHABAR_HOME": str(settings.home), "COLUMNS": "200"}
    with house_log.appending(output) as log:
        return subprocess.Popen(
            python("-m", "cli.main", "up", *options),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd="/",
            env=environment,
        )


def _repeat_until_ready(home: Path, house: "subprocess.Popen[bytes]", output: Path) -> None:
    """Repeat what a house says until it is ready; raises HouseError when it ends before."""
    with output.open("rb") as words:
        while True:
            has_ended = house.poll() is not None
            is_ready = _ready(home, house.pid)
            sys.stdout.buffer.write(words.read())
            sys.stdout.flush()
            if has_ended:
                raise HouseError(f"the house did not start; what it said is above and in {output}")
            if is_ready:
                return
            time.sleep(0.2)


def _ready(home: Path, pid: int) -> bool:
    """Tell whether the house of this process has got as far as ready."""
    now = house_state.read(home)
    return now.phase == "ready" and now.supervisor is not None and now.supervisor.pid == pid


def stop(home: Path) -> str:
    """Stop the house of this home; return a sentence on what happened."""
    now = house_state.read(home)
    if house_state.alive(now.supervisor) and now.supervisor is not None:
        _end(now.supervisor)
        left = processes.stop_all(
            home,
            house_state.read(home).parts.values(),
            grace=2.0,
        )
        if left:
            return f"Khabar is stopped; what had to be ended by force: {left}."
        return "Khabar is stopped."
    left = processes.stop_all(home, now.parts.values())
    _stop_database(home)
    if not left:
        return "Khabar does not run here."
    return f"Khabar did not run; of an interrupted one, what was still there ({left}) is stopped."


def _end(supervisor: house_state.Process) -> None:
    """TERM the supervisor, which stops the rest; KILL it when that takes too long."""
    process = psutil.Process(supervisor.pid)
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except psutil.TimeoutExpired:
        process.kill()


def _stop_database(home: Path) -> None:
    """Stop an embedded server whose house was killed.

    Unless another command uses it at this moment.
    """
    from pipeline import database

    folder = home / "postgres"
    if folder.is_dir():
        database.release(folder)
