"""Fixtures of this folder."""

import os
from pathlib import Path

import pytest
from situations import Stage
from watchworld import World


@pytest.fixture
def world(database_url: str, tmp_path: Path):
    """A fresh world."""
    made = World(database_url, tmp_path / "mail")
    yield made
    made.archive.close()


@pytest.fixture(scope="module")
def stage(server, tmp_path_factory):
    """One world for all situations of a module."""
    from storage import upkeep

    folder = tmp_path_factory.mktemp("situations")
    url = upkeep.create_database(server, f"{folder.name}_{os.getpid()}")
    upkeep.migrate(url)
    made = Stage(url, folder)
    yield made
    made.archive.close()
