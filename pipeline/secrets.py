"""Secrets of the house: made once, one file each, 0600 in a folder of 0700; never logged."""

import base64
import contextlib
import json
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import HouseError

USER = "admin"
_LOGIN_VARIABLE = "KHABAR_LOGIN_"  # and the login's name in capitals, _ for -
_OTHERS = 0o077  # any right of the group's or of others


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Secrets:
    """The secrets' values, and the file that holds the login for a person to read."""

    login_file: Path  # user name and password, two lines
    passwords_file: Path  # the same for Airflow's SimpleAuthManager, JSON
    password: str
    jwt: str  # signs Airflow's tokens
    session: str  # signs Airflow's cookies
    fernet: str  # encrypts Airflow's connections: 32 random bytes in URL-safe base64
    feed_token: str  # opens the read-only API and the feeds without a login


def ensure(home: Path) -> Secrets:
    """Return the secrets under this home, those that are missing made first."""
    folder = home / "secrets"
    folder.mkdir(
        parents=True,
        exist_ok=True,
    )
    folder.chmod(0o700)
    password = once(folder / "password", secrets.token_urlsafe(12))
    login_file = folder / "login"
    _keep_equal(login_file, f"{USER}\n{password}")
    passwords_file = folder / "airflow-passwords.json"
    _keep_password(passwords_file, password)
    fernet = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii")
    return Secrets(
        login_file=login_file,
        passwords_file=passwords_file,
        password=password,
        jwt=once(folder / "jwt", secrets.token_urlsafe(48)),
        session=once(folder / "session", secrets.token_urlsafe(48)),
        fernet=once(folder / "fernet", fernet),
        feed_token=once(folder / "feed-token", secrets.token_urlsafe(24)),
    )


def outlet_login(home: Path, name: str) -> str:
    """Return the login that outlet files call by this name; empty for no name.

    It stands in the environment, or in a file that nobody else may read. Raises HouseError.
    """
    if not name:
        return ""

    capitals = name.upper().replace("-", "_")
    variable = f"{_LOGIN_VARIABLE}{capitals}"
    value = os.environ.get(variable, "")
    if value.strip():
        return value

    path = home / "secrets" / f"login-{name}"
    value = _private_text(path)
    if value:
        return value
    ways = f"set {variable} or write {path}"
    raise HouseError(f"there is no login {name!r}: {ways}")


def _private_text(path: Path) -> str:
    """Return what a file holds that only we may read; empty where there is none."""
    try:
        mode = path.stat().st_mode
        value = path.read_text(encoding="utf-8")
    except OSError:
        return ""
    if mode & _OTHERS:
        raise HouseError(f"{path} can be read by others: chmod 600 it")
    return value.strip()


def _keep_equal(path: Path, text: str) -> None:
    """Have a file hold this text: it follows another secret, which may have been made anew."""
    if once(path, text) != text:
        _replace(path, text)


def _keep_password(path: Path, password: str) -> None:
    """Have Airflow's file of passwords hold ours; those of further users stay."""
    try:
        users = json.loads(once(path, json.dumps({USER: password})))
        is_table = isinstance(users, dict)
    except ValueError:
        is_table = False
    if not is_table:
        raise HouseError(f"{path} is damaged; remove it and a new one is made at the next start")
    if users.get(USER) != password:
        _replace(path, json.dumps({**users, USER: password}))


def _replace(path: Path, text: str) -> None:
    """Write a secret anew in one step, mode 0600."""
    Path(_temporary(path, text)).replace(path)


def _temporary(path: Path, text: str) -> str:
    """Return a new file beside a secret's, which holds this text.

    A name of its own for each maker, since two threads share a process number; mode 0600.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{text}\n")
    return name


def once(path: Path, fresh: str) -> str:
    """Return what the file holds; a missing one takes the fresh value first, whole, mode 0600."""
    if not path.exists():
        temporary = _temporary(path, fresh)
        # link() refuses where rename() would replace: of two makers, the first one's value stands.
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
        Path(temporary).unlink()
    value = path.read_text(encoding="ascii").strip()
    if not value:
        raise HouseError(f"{path} is empty; remove it and a new one is made at the next start")
    return value
