"""What the documents point at is there: their links, and the files of the house they name."""

import re

import pytest
from importgraph import ROOMS, ROOT

DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)(?P<target>[^)#\s]+)(?:#[^)]*)?\)")
PLACES = "|".join((*ROOMS, "dags", "tests", "docs"))
FILE = re.compile(rf"`(?P<path>(?:{PLACES})/[\w./-]+\.(?:py|sql|toml|md|html|json|txt))`")


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_and_named_files_are_there(doc):
    text = doc.read_text(encoding="utf-8")
    links = {found["target"] for found in LINK.finditer(text)}
    missing = [target for target in links if not (doc.parent / target).exists()]
    files = {found["path"] for found in FILE.finditer(text)}
    examples = {"news/languages/xx.toml"}
    missing += [path for path in files - examples if not (ROOT / path).exists()]
    assert missing == []


def test_every_decision_stands_in_the_index():
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    names = [path.name for path in (ROOT / "docs" / "decisions").glob("*.md")]
    assert [name for name in names if f"(decisions/{name})" not in index] == []


def test_every_page_stands_in_the_index():
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    names = [path.name for path in (ROOT / "docs").glob("*.md") if path.name != "index.md"]
    assert [name for name in names if f"({name})" not in index] == []
