"""A package as it is read: its members, whatever a stranger has put into it."""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from evidence.errors import EvidenceError
from evidence.package import DIGEST, LISTING

_STEP = 1 << 20
_MOST = 256 << 20  # bytes of a member that is read whole
_HASH = re.compile(r"sha256:[0-9a-f]{64}")
# What a damaged or hostile file makes the library raise.
FAULTS = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    OverflowError,
)


class Opened:
    """The members of a package. Raises EvidenceError for a file that is no package."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except FAULTS as error:
            raise EvidenceError(f"it cannot be opened as a ZIP file: {error}") from error

        self.names = self._zip.namelist()

    def open(self, name: str) -> IO[bytes]:
        """Return a member to read from; raises EvidenceError."""
        try:
            return self._zip.open(name)
        except FAULTS as error:
            raise EvidenceError(f"{name} cannot be read: {error}") from error

    def read(self, name: str) -> bytes:
        """Return a member; raises EvidenceError for one that is damaged or endless."""
        try:
            with self._zip.open(name) as member:
                data = member.read(_MOST + 1)
        except FAULTS as error:
            raise EvidenceError(f"{name} cannot be read: {error}") from error

        if len(data) > _MOST:
            raise EvidenceError(f"{name} is larger than {_MOST} bytes")

        return data

    def json(self, name: str) -> Any:
        """Return a member of JSON; raises EvidenceError."""
        try:
            return json.loads(self.read(name))
        except (ValueError, RecursionError) as error:
            raise EvidenceError(f"{name} is no JSON: {error}") from error

    def lines(self, name: str) -> list[dict[str, Any]]:
        """Return a member of JSON lines; raises EvidenceError. Nothing for one that is not there.

        Each line is an object.
        """
        if name not in self.names:
            return []

        found: list[dict[str, Any]] = []
        for number, line in enumerate(self.read(name).split(b"\n"), 1):
            if not line:
                continue

            found.append(_object(line, f"{name}, line {number}"))

        return found

    def digest(self, name: str) -> str:
        """Return a member's SHA-256 as listings write it; raises EvidenceError."""
        digest = hashlib.sha256()
        try:
            with self._zip.open(name) as member:
                while piece := member.read(_STEP):
                    digest.update(piece)
        except FAULTS as error:
            raise EvidenceError(f"{name} cannot be read: {error}") from error

        return f"sha256:{digest.hexdigest()}"

    def listed(self) -> dict[str, str]:
        """Return the digests of the members as the listing has them; raises EvidenceError."""
        listing = self.json(LISTING)
        found: dict[str, str] = {}
        try:
            for resource in listing["resources"]:
                path, digest = resource["path"], resource["hash"]
                if not _HASH.fullmatch(digest) or path in found:
                    raise EvidenceError(f"{LISTING} says of {path!r} what nothing can be")

                found[path] = digest
        except (TypeError, KeyError, AttributeError) as error:
            raise EvidenceError(f"{LISTING} is no list of members") from error

        return found

    def unlisted(self, listed: dict[str, str]) -> Iterator[str]:
        """Yield the names of members that no digest covers, or that are there twice."""
        seen: set[str] = set()
        for name in self.names:
            is_covered = name in listed or name in {LISTING, DIGEST}
            if name in seen or not is_covered:
                yield name

            seen.add(name)


def _object(line: bytes, place: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise EvidenceError(f"{place} is no JSON") from error

    if not isinstance(value, dict):
        raise EvidenceError(f"{place} is no object")

    return value
