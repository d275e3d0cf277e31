"""Make Khabar's private environment when it is missing, then run the command line in it.

Standard library only, and run as a file: nothing else of the project can be imported yet. The
environment's name carries a hash of all that shapes it (the lock, this Python, the checkout's
place), so a pull that changes the lock makes a new one, and an environment without its `complete`
mark is one whose making was interrupted: it is removed and made again. Several callers at once wait
for the first on a file lock, which the system lets go when its holder dies.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"run": ROOT / "requirements" / "run.txt", "dev": ROOT / "requirements" / "dev.txt"}
INSTALLER = ROOT / "requirements" / "installer.txt"
# Commands that need the test tools as well as the product.
DEV_COMMANDS = frozenset({"test", "lint", "lock", "bench", "mutants"})
# What would leak somebody else's Python into ours; without bytecode Airflow starts in twice the
# time.
FOREIGN = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PYTHONSTARTUP")


def main() -> NoReturn:
    """Run the command line with this process's arguments.

    In the environment its first word calls for.
    """
    arguments = sys.argv[1:]
    kind = (
        "dev" if arguments and arguments[0] in DEV_COMMANDS else os.environ.get("KHABAR_ENV", "run")
    )
    if kind not in LOCKS:
        fail(f"KHABAR_ENV is {kind!r}, it must be one of: {', '.join(LOCKS)}")
    home = home_of(os.environ.get("KHABAR_HOME"))
    try:
        python = environment(home / "env", kind)
    except OSError as error:
        where = error.filename or home
        fail(f"{where}: {error.strerror or error}; KHABAR_HOME can name another place")
    for name in FOREIGN:
        os.environ.pop(name, None)
    os.environ["KHABAR_HOME"] = str(home)
    os.environ["PATH"] = f"{python.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    os.execv(python, [str(python), "-P", "-m", "cli.main", *arguments])  # noqa: S606


def home_of(named: str | None) -> Path:
    """Return the one path of a home, however it is spelled; pipeline/settings.py has the same."""
    given = Path(named or ROOT / ".khabar").expanduser()
    return Path(os.path.realpath(given))


def environment(parent: Path, kind: str) -> Path:
    """Return the Python of the environment of this kind.

    Made first if it is missing or was left unfinished.
    """
    folder = parent / f"{kind}-{fingerprint(LOCKS[kind])}"
    python, complete = folder / "bin" / "python", folder / "complete"
    if complete.exists():
        return python
    parent.mkdir(
        parents=True,
        exist_ok=True,
    )
    with locked(parent / f"{kind}.lock"):
        if not complete.exists():
            for old in parent.glob(f"{kind}-*"):
                if old == folder or not in_use(old):
                    shutil.rmtree(old, ignore_errors=True)
            install(folder, python, LOCKS[kind])
            complete.write_text(time.strftime("%Y-%m-%dT%H:%M:%SZ\n", time.gmtime()))
    return python


def fingerprint(lock: Path) -> str:
    """Return a short hash of all that shapes an environment."""
    digest = hashlib.sha256()
    for part in (
        lock.read_bytes(),
        INSTALLER.read_bytes(),
        packaging(),
        str(ROOT).encode(),
        sys.version.encode(),
        sys.base_prefix.encode(),
        sysconfig.get_platform().encode(),
    ):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:16]


def packaging() -> bytes:
    """Return what of pyproject.toml shapes the install of this checkout.

    Its packages and entry points.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shape = [
        project["project"]["scripts"],
        project["project"]["entry-points"],
        project["tool"]["hatch"],
    ]
    return json.dumps(shape, sort_keys=True).encode()


def install(
    folder: Path,
    python: Path,
    lock: Path,
) -> None:
    """Make the environment.

    Venv, the installer by its own small lock, everything else by hash, then this checkout.
    """
    started = time.monotonic()
    say(f"making the private environment in {folder} (once; under a minute with a warm cache)")
    shutil.rmtree(folder, ignore_errors=True)
    run([sys.executable, "-I", "-m", "venv", str(folder)], "making the virtual environment")
    run(
        [
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            str(INSTALLER),
        ],
        "installing the installer",
    )
    uv = [
        str(folder / "bin" / "uv"),
        "pip",
        "install",
        "--quiet",
        "--python",
        str(python),
        "--compile-bytecode",
    ]
    say("installing the locked packages, each checked by its hash")
    run([*uv, "--require-hashes", "-r", str(lock)], f"installing {lock.relative_to(ROOT)}")
    run([*uv, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], "installing Khabar itself")
    say(f"the environment is ready ({time.monotonic() - started:.0f} s)")


def run(command: list[str], what: str) -> None:
    """Run one step of the installation; its output is shown only when it fails."""
    clean = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    # A project file of the caller's directory must not steer the installer.
    done = subprocess.run(
        command,
        env={**clean, "UV_NO_CONFIG": "1"},
        cwd=tempfile.gettempdir(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.stderr.write(done.stdout)
        fail(f"{what} failed (its output is above); run the command again once the cause is mended")


def in_use(folder: Path) -> bool:
    """Tell whether a running process still has its Python in this environment.

    Where the system lets us see.
    """
    processes = Path("/proc")
    if not processes.is_dir():
        return True
    for entry in processes.glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if str(folder).encode() in entry.read_bytes():
                return True
    return False


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an advisory lock on a file.

    The system releases it when the process ends, however it ends.
    """
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another khabar is making the environment; waiting for it")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def say(sentence: str) -> None:
    """Print one line of progress where it does not disturb a pipe."""
    print(
        f"khabar: {sentence}",
        file=sys.stderr,
        flush=True,
    )


def fail(sentence: str) -> NoReturn:
    """End with one clear sentence."""
    say(sentence)
    raise SystemExit(1)


if __name__ == "__main__":
    main()
