"""Commands as a person calls them, in this process, on a real archive."""

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from archivegen import BODY, HOUR, NOW, article, batch
from click.testing import CliRunner, Result

from storage import Archive

Call = Callable[..., Result]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Set our variables for the commands of a test; all others are taken away."""
    import os

    for name in list(os.environ):
        if name.startswith("KHABAR_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KHABAR_HOME", str(tmp_path / "home"))

    def change(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"KHABAR_{name.upper()}", str(value))

    return change


@pytest.fixture
def archive(database_url: str, environment: Callable[..., None]) -> str:
    """An archive with three articles, the first of them edited; the commands' own."""
    environment(database_url=database_url)
    with Archive(database_url) as opened:
        opened.load(batch(article(1), article(2), article(3, title="Rain = falls")))
        opened.load(batch(article(1, BODY.replace("Friday", "Monday"), seen=NOW + HOUR), run="b"))
    return database_url


@pytest.fixture
def khabar() -> Call:
    """Call `khabar` with words; an unexpected exception is raised."""
    from cli.main import khabar as command

    def call(*words: object, fails: bool = False, **options: object) -> Result:
        result = CliRunner().invoke(command, [str(word) for word in words], **options)
        surprise = result.exception
        if surprise and not isinstance(surprise, SystemExit | click.ClickException) and not fails:
            raise surprise
        return result

    return call
