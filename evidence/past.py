"""What a package tells of an article beside its pages: each version's text, and what changed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evidence.leaf import Leaf, moment_text
from evidence.proven import Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVersion:
    """One version of an article's text, as the house has read it off the page.

    `kind`: first, edit, correction, deletion or return; `since`: aware, the fetch that showed it;
    `diff`: what it changed, as a unified diff, empty for the first.
    """

    number: int
    kind: str
    since: datetime
    title: str
    text: str
    diff: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An article and its versions, oldest first. `number` counts the package's articles from 1."""

    number: int
    url: str
    outlet: str
    title: str
    language: str
    versions: Sequence[PastVersion]

    def text_path(self, version: PastVersion) -> str:
        """Return the member that holds a version's text."""
        return f"texts/{self.number:04}-v{version.number}.txt"

    def diff_path(self, version: PastVersion) -> str:
        """Return the member that holds what a version changed."""
        return f"diffs/{self.number:04}-v{version.number}.diff"

    def members(self) -> Iterator[tuple[str, bytes]]:
        """Yield the members that hold its texts and changes: path, bytes."""
        for version in self.versions:
            yield self.text_path(version), _bytes(version.text)
            if version.diff:
                yield self.diff_path(version), _bytes(version.diff)

    def line(self) -> bytes:
        """Return it as a line of JSON, the texts left out."""
        content = {
            "url": self.url,
            "outlet": self.outlet,
            "title": self.title,
            "language": self.language,
            "versions": [self._version(version) for version in self.versions],
        }

        return json_line(content)

    def _version(self, version: PastVersion) -> dict[str, Any]:
        fields = {
            "number": version.number,
            "kind": version.kind,
            "since": moment_text(version.since),
            "title": version.title,
            "text": self.text_path(version),
        }
        if version.diff:
            fields["diff"] = self.diff_path(version)

        return fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A page that was received and is not in the package; `why` is a sentence.

    `status` 0: not known; `leaf` None: it was never hashed; `proof` None: it is in no signed tree.
    """

    url: str
    fetched_at: datetime
    status: int
    why: str
    leaf: Leaf | None = None
    proof: Proof | None = None

    def line(self) -> bytes:
        """Return it as a line of JSON."""
        content: dict[str, Any] = {
            "url": self.url,
            "fetched": moment_text(self.fetched_at),
            "status": self.status,
            "why": self.why,
        }
        if self.leaf is not None:
            content["leaf"] = self.leaf.text.decode("ascii")

        if self.proof is not None:
            content |= self.proof.fields

        return json_line(content)


def page_line(url: str, fetched_at: datetime, title: str, number: int) -> bytes:
    """Return a page as replay programs list it."""
    content = {
        "id": f"page{number}",
        "url": url,
        "ts": moment_text(fetched_at),
        "title": title,
    }

    return json_line(content)


def pages_head(title: str) -> bytes:
    """Return the first line of the list of pages."""
    return json_line({"format": "json-pages-1.0", "id": "pages", "title": title})


def json_line(content: Mapping[str, Any]) -> bytes:
    """Return an object as one line of JSON."""
    return _bytes(json.dumps(content, ensure_ascii=False) + "\n")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
