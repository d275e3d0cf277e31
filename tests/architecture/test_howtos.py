"""The how-tos are true.

The files they name exist, and none that such a thing touches is left out.
"""

import re
from pathlib import Path

import pytest
from importgraph import ROOMS, ROOT

HOWTOS = sorted((ROOT / "docs" / "howto").glob("*.md"))
LIST = re.compile(r"<!-- files: (?P<example>.+?) -->\n(?P<table>.*?)<!-- /files -->", re.DOTALL)
ROW = re.compile(r"^\| `(?P<path>[^`]+)` \|", re.MULTILINE)
SOURCES = {".py", ".sql", ".toml", ".html", ".txt"}
PLACES = (*(room for room in ROOMS if room != "press"), "dags")


def listed(howto: Path) -> tuple[re.Pattern[str], set[str]]:
    """Return what finds the example of a how-to in the source, and the files it names."""
    found = LIST.search(howto.read_text(encoding="utf-8"))
    assert found is not None, f"{howto.name} has no list of files"
    return re.compile(found["example"], re.MULTILINE), set(ROW.findall(found["table"]))


def touched(example: re.Pattern[str]) -> set[str]:
    """Return the files of the house that name an example; outlet files are no code."""
    files = set()
    for place in PLACES:
        for path in (ROOT / place).rglob("*"):
            inside = path.relative_to(ROOT).as_posix()
            if path.suffix not in SOURCES or inside.startswith("crawlers/outlets/"):
                continue
            if example.search(path.read_text(encoding="utf-8")):
                files.add(inside)
    return files


@pytest.mark.parametrize("howto", HOWTOS, ids=lambda path: path.stem)
def test_every_file_a_howto_names_is_there(howto):
    _, files = listed(howto)
    assert files
    assert [name for name in files if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("howto", HOWTOS, ids=lambda path: path.stem)
def test_a_howto_names_every_file_that_its_example_touches(howto):
    example, files = listed(howto)
    assert touched(example) - files == set()


def test_every_howto_stands_in_the_index():
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    assert [path.name for path in HOWTOS if f"(howto/{path.name})" not in index] == []
