"""Fixtures of this folder."""

from pathlib import Path

import pytest
from watchworld import World


@pytest.fixture
def world(database_url: str, tmp_path: Path):
    """A fresh world."""
    made = World(database_url, tmp_path / "mail")
    yield made
    made.archive.close()
