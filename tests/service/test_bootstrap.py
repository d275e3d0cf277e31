"""The private environment: made once, whole or not at all, by one caller at a time.

A checkout of our own, and a Python that only notes what it is asked, stand in for the real ones.
"""

import fcntl
import os
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from service import bootstrap

PROJECT = """
[project]
name = "khabar"
[project.scripts]
khabar = "cli.main:main"
[project.entry-points."airflow.plugins"]
khabar = "ui.plugin:KhabarPlugin"
[tool.hatch.build]
dev-mode-exact = true
"""
# Notes its words; `venv` makes a folder whose programs are this one again. A step whose words hold
# the text of the file `fails` ends with 7.
PYTHON = """#!/bin/sh
base={base}
echo "$@" >> "$base/steps"
env > "$base/variables"
if [ -f "$base/fails" ] && echo "$@" | grep -q -- "$(cat "$base/fails")"; then
    echo "the reason in its own words"
    exit 7
fi
for last in "$@"; do :; done
case "$*" in *"-m venv"*)
    mkdir -p "$last/bin"
    cp "$0" "$last/bin/python"
    cp "$0" "$last/bin/uv" ;;
esac
"""


@dataclass
class Checkout:
    """A checkout, and what its Python was asked."""

    root: Path
    python: Path

    @property
    def steps(self) -> list[str]:
        """The words of each program that was run."""
        file = self.root / "steps"
        return file.read_text().splitlines() if file.exists() else []

    @property
    def environments(self) -> Path:
        """The folder of all environments."""
        return self.root / ".khabar" / "env"

    def make(self) -> Path:
        """Make the environment for work on Khabar."""
        return bootstrap.environment(self.environments, "dev")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    root = tmp_path / "checkout"
    locks = root / "requirements"
    locks.mkdir(parents=True)
    for name in ("run", "dev", "installer"):
        (locks / f"{name}.txt").write_text(f"# {name}\n")
    (root / "pyproject.toml").write_text(PROJECT)
    python = root / "python3"
    python.write_text(PYTHON.replace("{base}", str(root)))
    python.chmod(0o755)
    monkeypatch.setattr(bootstrap, "ROOT", root)
    monkeypatch.setattr(
        bootstrap, "LOCKS", {name: locks / f"{name}.txt" for name in ("run", "dev")}
    )
    monkeypatch.setattr(bootstrap, "INSTALLER", locks / "installer.txt")
    monkeypatch.setattr(bootstrap.sys, "executable", str(python))
    return Checkout(root, python)


def test_an_environment_is_made_once_and_every_package_is_checked_by_its_hash(
    checkout: Checkout,
) -> None:
    python = checkout.make()
    assert python.is_file()
    venv, installer, packages, itself = checkout.steps
    assert venv.endswith(f"-m venv {python.parent.parent}")
    assert "--require-hashes" in installer
    assert installer.endswith("installer.txt")
    assert "--require-hashes" in packages
    assert packages.endswith("dev.txt")
    assert itself.endswith(f"--no-deps --no-build-isolation -e {checkout.root}")
    assert checkout.make() == python
    assert len(checkout.steps) == 4


def test_the_callers_python_and_project_do_not_steer_the_installation(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("VIRTUAL_ENV", "/elsewhere")
    checkout.make()
    variables = (checkout.root / "variables").read_text()
    assert "/elsewhere" not in variables
    assert "UV_NO_CONFIG=1" in variables


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("-m venv", "making the virtual environment"),
        ("installer.txt", "installing the installer"),
        ("dev.txt", "installing requirements/dev.txt"),
        ("--no-deps", "installing Khabar itself"),
    ],
)
def test_a_step_that_fails_shows_its_output_and_the_next_call_begins_anew(
    checkout: Checkout, words: str, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout.root / "fails").write_text(words)
    with pytest.raises(SystemExit) as ended:
        checkout.make()
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert "the reason in its own words" in told
    assert f"khabar: {what} failed (its output is above); run the command again" in told
    assert not list(checkout.environments.glob("dev-*/complete"))
    (checkout.root / "fails").unlink()
    assert (checkout.make().parent.parent / "complete").exists()


def test_an_environment_whose_making_was_interrupted_is_made_again(checkout: Checkout) -> None:
    folder = checkout.make().parent.parent
    (folder / "complete").unlink()
    (folder / "half").touch()
    checkout.make()
    assert not (folder / "half").exists()
    assert len(checkout.steps) == 8


def test_a_new_lock_makes_a_new_environment_and_the_old_one_goes_unless_it_runs(
    checkout: Checkout,
) -> None:
    idle = checkout.make().parent.parent
    lock = checkout.root / "requirements" / "dev.txt"
    lock.write_text("# newer\n")
    busy = checkout.make().parent.parent
    assert not idle.exists()
    program = busy / "bin" / "house"
    program.write_text("#!/bin/sh\nread answer\n")
    program.chmod(0o755)
    with subprocess.Popen([str(program)], stdin=subprocess.PIPE) as house:
        lock.write_text("# newest\n")
        newest = checkout.make().parent.parent
        assert busy.exists()
        house.communicate(b"\n", timeout=30)
    lock.write_text("# newest of all\n")
    checkout.make()
    assert not busy.exists()
    assert not newest.exists()


def test_the_other_kind_of_environment_is_left_alone(checkout: Checkout) -> None:
    run = bootstrap.environment(checkout.environments, "run")
    checkout.make()
    assert run.exists()


def test_a_second_caller_waits_for_the_first_and_finds_its_work(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = checkout.make().parent.parent
    (folder / "complete").unlink()
    made: list[Path] = []
    with (checkout.environments / "dev.lock").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        second = threading.Thread(target=lambda: made.append(checkout.make()))
        second.start()
        told = ""
        until = time.monotonic() + 30
        while "waiting for it" not in told:
            assert time.monotonic() < until
            told += capsys.readouterr().err
            time.sleep(0.01)
        (folder / "complete").touch()
    second.join(30)
    assert made == [folder / "bin" / "python"]
    assert len(checkout.steps) == 4


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("requirements/dev.txt", "dev", "newer"),
        ("requirements/installer.txt", "installer", "newer"),
        ("pyproject.toml", "cli.main:main", "cli.other:main"),
        ("pyproject.toml", "ui.plugin", "ui.other"),
        ("pyproject.toml", "dev-mode-exact = true", "dev-mode-exact = false"),
    ],
)
def test_all_that_shapes_an_environment_names_it(
    checkout: Checkout, file: str, old: str, new: str
) -> None:
    before = bootstrap.fingerprint(bootstrap.LOCKS["dev"])
    path = checkout.root / file
    path.write_text(path.read_text().replace(old, new))
    assert bootstrap.fingerprint(bootstrap.LOCKS["dev"]) != before


def test_settings_of_the_tools_name_no_new_environment(checkout: Checkout) -> None:
    before = bootstrap.fingerprint(bootstrap.LOCKS["dev"])
    with (checkout.root / "pyproject.toml").open("a") as project:
        project.write("\n[tool.mypy]\nstrict = true\n")
    assert bootstrap.fingerprint(bootstrap.LOCKS["dev"]) == before


@pytest.fixture
def call(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Call the launcher's Python part; returns the words of the program that it becomes."""
    became: list[str] = []
    variables = dict(os.environ)
    monkeypatch.setattr(os, "environ", variables)
    monkeypatch.setattr(os, "execv", lambda _path, words: became.extend(words))

    def run(*words: str, **settings: str) -> list[str]:
        variables.pop("KHABAR_ENV", None)
        variables["KHABAR_HOME"] = str(checkout.root / ".khabar")
        variables.update(settings)
        became.clear()
        monkeypatch.setattr(bootstrap.sys, "argv", ["khabar", *words])
        bootstrap.main()
        return list(became)

    return run


def test_a_command_runs_in_the_environment_it_calls_for(call) -> None:
    python, *words = call("search", "rain")
    assert "/env/run-" in python
    assert words == ["-P", "-m", "cli.main", "search", "rain"]
    assert "/env/dev-" in call("test", "--slow")[0]
    assert "/env/run-" in call()[0]
    assert "/env/dev-" in call("search", KHABAR_ENV="dev")[0]


def test_what_would_leak_another_python_in_is_taken_away(call) -> None:
    python = call("status", PYTHONPATH="/elsewhere", PYTHONHOME="/elsewhere")[0]
    assert not {"PYTHONPATH", "PYTHONHOME"} & set(os.environ)
    assert os.environ["PATH"].startswith(f"{Path(python).parent}{os.pathsep}")


def test_an_unknown_kind_of_environment_is_one_sentence(
    call, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        call("status", KHABAR_ENV="attic")
    assert "KHABAR_ENV is 'attic', it must be one of: run, dev" in capsys.readouterr().err


def test_a_home_that_cannot_be_made_is_one_sentence(
    call, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(SystemExit):
        call("status", KHABAR_HOME=str(file))
    told = capsys.readouterr().err
    assert str(file) in told
    assert "Not a directory; KHABAR_HOME can name another place" in told
