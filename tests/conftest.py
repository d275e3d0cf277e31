"""Fixtures of every test.

A real PostgreSQL for the session, a clone of a migrated template for each test that asks.
"""

import contextlib
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from pytest_socket import disable_socket, enable_socket

_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
}
# A law is not a race: on a machine with other work an example may take as long as it takes.
hypothesis.settings.register_profile(
    "khabar",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
# For `khabar mutants`: a verdict does not hang on chance, and each mutant waits for its examples.
hypothesis.settings.register_profile(
    "mutants",
    hypothesis.settings.get_profile("khabar"),
    max_examples=25,
    derandomize=True,
    database=None,
)
hypothesis.settings.load_profile("khabar")
# Rooms that take values and return values: their tests may not reach out, not even to loopback.
PURE_ROOMS = ("news", "extract", "dedupe", "evidence")
TESTS = Path(__file__).resolve().parent
SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the checkout.

    Tests that read it are skipped where it is absent.
    """
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return SHARED


@pytest.fixture(autouse=True)
def no_sockets_in_pure_rooms(request: pytest.FixtureRequest) -> Iterator[None]:
    """Forbid sockets to the tests of pure rooms, but those that ask for a database."""
    room = request.path.relative_to(TESTS).parts[0]
    if room not in PURE_ROOMS or "server" in request.fixturenames:
        yield
        return
    disable_socket(allow_unix_socket=True)
    yield
    enable_socket()


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL server of this test process, in a folder of its own, unsafe and fast."""
    from storage import upkeep

    folder = Path(tempfile.mkdtemp(prefix="khabar-pg-"))
    try:
        yield upkeep.start_server(folder, settings=_FAST)
    finally:
        with contextlib.suppress(Exception):
            upkeep.stop_server(folder)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def template(server) -> str:
    """The name of a migrated, empty archive to clone."""
    from storage import upkeep

    upkeep.migrate(upkeep.create_database(server, "template_khabar"))
    return "template_khabar"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter: the server's data lies in it even where root starts it."""
    with tempfile.TemporaryDirectory(prefix="khabar-open-") as name:
        Path(name).chmod(0o755)
        yield Path(name).resolve()


_numbers = itertools.count()


@pytest.fixture
def new_database(server, template: str) -> Iterator[Callable[[], str]]:
    """Make URLs of fresh, migrated archives; they are dropped afterwards."""
    import psycopg2

    made: list[str] = []

    def make() -> str:
        name = f"test_{os.getpid()}_{next(_numbers)}"
        with contextlib.closing(psycopg2.connect(server.url("postgres"))) as connection:
            connection.autocommit = True
            connection.cursor().execute(f'create database "{name}" template "{template}"')
        made.append(name)
        return server.url(name)

    yield make
    with contextlib.closing(psycopg2.connect(server.url("postgres"))) as connection:
        connection.autocommit = True
        for name in made:
            connection.cursor().execute(f'drop database "{name}" with (force)')


@pytest.fixture
def database_url(new_database: Callable[[], str]) -> str:
    """The URL of a fresh, migrated archive."""
    return new_database()
