"""PostgreSQL's programs: the environment in which they find an archive."""

import contextlib
import os
from collections.abc import Iterator, Mapping

from psycopg2.extensions import parse_dsn

from storage.server.tunnel import open_tunnel
from storage.sql import migrate

_NAMES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}
_ALWAYS = {
    "PATH": os.defpath,
    "LC_ALL": "C.UTF-8",
    "PGTZ": "UTC",
    "PGCONNECT_TIMEOUT": "10",
    "PGAPPNAME": "khabar",
}


@contextlib.contextmanager
def program_environment(url: str) -> Iterator[dict[str, str]]:
    """Give the environment in which PostgreSQL's programs find the archive, for a block's time.

    A password on a command line would be everybody's to read. The programs out of the wheel speak
    no TLS: to a server that wants it they go through a tunnel. Raises StorageError.
    """
    said = parse_dsn(url)
    if not _speaks_tls(url, said):
        yield _environment(said)
        return

    with open_tunnel(said) as port:
        local = {"host": "127.0.0.1", "port": str(port), "sslmode": "disable"}
        beyond = {name: value for name, value in said.items() if not name.startswith("ssl")}
        yield _environment({**beyond, **local})


def _environment(said: Mapping[str, str]) -> dict[str, str]:
    """Return the variables for the parts of a URL."""
    environment = dict(_ALWAYS)
    for name, value in said.items():
        if name in _NAMES:
            environment[_NAMES[name]] = value

    return environment


def _speaks_tls(url: str, said: Mapping[str, str]) -> bool:
    """Return whether our own driver reaches the server over TLS."""
    if said.get("sslmode") == "disable":
        return False
    with contextlib.closing(migrate.connect(url)) as connection:
        return bool(connection.info.ssl_in_use)
