"""A WACZ 1.1.1 file as it is written: each member listed with its digest, the list signed.

Members are stored, not deflated: each byte of them stands in the file as it is. All lie in a
folder and none deeper, since `wacz validate` finds no others.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Self

from evidence.errors import EvidenceError
from evidence.leaf import moment_text
from evidence.lines import text_of
from evidence.signing import Key

LISTING = "datapackage.json"
DIGEST = "datapackage-digest.json"
ARCHIVE = "archive/data.warc.gz"
INDEX = "indexes/index.cdx.gz"
INDEX_LIST = "indexes/index.idx"
PAGES = "pages/pages.jsonl"
COVER = "proof/index.html"
RECORDS = "proof/records.jsonl"
ARTICLES = "proof/articles.jsonl"
MISSING = "proof/missing.jsonl"
STAMPS = "proof/stamps.jsonl"
CHECK = "proof/check.py"
_FIRST = "khabar package 1"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644 << 16
_WACZ = "1.1.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What a package is about, for who opens it."""

    title: str
    description: str
    software: str


def signed_text(listing: bytes, created: str, public: bytes) -> bytes:
    """Return what the house signs of a package: the digest of its listing, when, which key."""
    fields = {
        "datapackage": hashlib.sha256(listing).hexdigest(),
        "created": created,
        "key": public.hex(),
    }

    return text_of(_FIRST, fields)


def digest_file(listing: bytes, created: str, public: bytes, signature: bytes) -> bytes:
    """Return the file that holds the listing's digest and the house's signature."""
    digest = hashlib.sha256(listing).hexdigest()
    content = {
        "path": LISTING,
        "hash": f"sha256:{digest}",
        "khabar": {
            "created": created,
            "key": public.hex(),
            "signature": signature.hex(),
        },
    }

    return json_bytes(content)


def json_bytes(content: Any) -> bytes:
    """Return JSON in the one way that packages write it."""
    text = json.dumps(
        content,
        ensure_ascii=False,
        indent=1,
    )

    return f"{text}\n".encode("utf-8", "replace")


class Archive:
    """The package's WARC while it is written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        """Append whole records; return where they begin."""
        place = self.size
        self._file.write(data)
        self._hash.update(data)
        self.size += len(data)

        return place

    @property
    def digest(self) -> str:
        """SHA-256 of what has been written."""
        return self._hash.hexdigest()


class Package:
    """Writes a package member by member; `seal` lists them and signs.

    A context manager: what is broken off stays without a listing, and is no package.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(
            file,
            "w",
            allowZip64=True,
        )
        self._resources: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._zip.close()

    def add(self, path: str, data: bytes) -> None:
        """Write one member."""
        self._zip.writestr(_info(path), data)
        digest = hashlib.sha256(data).hexdigest()
        self._list(
            path,
            digest,
            len(data),
        )

    def add_lines(self, path: str, lines: bytes) -> None:
        """Write a member of JSON lines, where there are any: without one it is no such file."""
        if lines:
            self.add(path, lines)

    @contextmanager
    def archive(self) -> Iterator[Archive]:
        """Give the WARC to write into; nothing else can be written until the block ends.

        Without the fields of ZIP64: ReplayWeb.page takes a record's place in the file as if there
        were none. Raises EvidenceError for an archive of more than 2 GB.
        """
        try:
            with self._zip.open(_info(ARCHIVE), "w") as member:
                archive = Archive(member)
                yield archive
        except RuntimeError as error:
            raise EvidenceError("the package grows beyond 2 GB: ask for fewer articles") from error

        self._list(ARCHIVE, archive.digest, archive.size)

    def _list(self, path: str, digest: str, size: int) -> None:
        name = path.replace("/", "-").lower()
        self._resources.append(
            {
                "name": name,
                "path": path,
                "hash": f"sha256:{digest}",
                "bytes": size,
            }
        )

    def seal(self, title: Title, key: Key, now: datetime) -> None:
        """Write the listing of all members and the signature under it."""
        created = moment_text(now)
        content = {
            "profile": "data-package",
            "wacz_version": _WACZ,
            "software": title.software,
            "created": created,
            "title": title.title,
            "description": title.description,
            "resources": self._resources,
        }
        listing = json_bytes(content)
        signature = key.sign(
            signed_text(
                listing,
                created,
                key.public,
            )
        )
        self._zip.writestr(_info(LISTING), listing)
        digest = digest_file(
            listing,
            created,
            key.public,
            signature,
        )
        self._zip.writestr(_info(DIGEST), digest)


def _info(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, _EPOCH)
    info.compress_type = zipfile.ZIP_STORED
    info.external_attr = _MODE

    return info
