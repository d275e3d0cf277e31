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
from service import processes
from service.parts import python
from service.up import who_runs

_STOP_SECONDS = 40.0


def start(settings: Settings, *, sample: bool) -> None:
    """Start a house of its own session and repeat what it says until it is ready; raises HouseError when it ends before."""  # noqa: E501
    if house_state.alive(house_state.read(settings.home).supervisor):
        raise HouseError(who_runs(settings.home))
    (settings.home / "logs").mkdir(
        parents=True,
        exist_ok=True,
    )
    output = settings.home / "logs" / "up.log"
    with output.open("wb") as log:
        house = subprocess.Popen(
            python(
                "-m",
                "cli.main",
                "up",
                *(["--sample"] if sample else []),
            ),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd="/",
            env={
                **os.environ,
                "KHABAR_HOME": str(settings.home),
                "COLUMNS": "200",
            },
        )
    with output.open("rb") as said:
        while True:
            ended, ready = house.poll() is not None, _ready(settings.home, house.pid)
            sys.stdout.buffer.write(said.read())
            sys.stdout.flush()
            if ended:
                raise HouseError(f"the house did not start; what it said is above and in {output}")
            if ready:
                break
            time.sleep(0.2)
    if sys.stdout.isatty():
        user, password = (settings.home / "secrets" / "login").read_text(encoding="ascii").split()
        click.echo(f"Login: {user} / {password}")
    click.echo(
        "Khabar goes on in the background: `khabar status`, `khabar logs -f`, `khabar down`."
    )


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
        return (
            "Khabar is stopped."
            if not left
            else f"Khabar is stopped; what had to be ended by force: {left}."
        )
    left = processes.stop_all(home, now.parts.values())
    _stop_database(home)
    return (
        f"Khabar did not run; of an interrupted one, what was still there ({left}) is stopped."
        if left
        else "Khabar does not run here."
    )


def _end(supervisor: house_state.Process) -> None:
    """TERM the supervisor, which stops the rest; KILL it when that takes too long."""
    process = psutil.Process(supervisor.pid)
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except psutil.TimeoutExpired:
        process.kill()


def _stop_database(home: Path) -> None:
    """Stop an embedded server whose house was killed, unless another command uses it at this moment."""  # noqa: E501
    from pipeline import database

    folder = home / "postgres"
    if folder.is_dir():
        database.release(folder)
