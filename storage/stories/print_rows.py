"""Fingerprints as rows of COPY's binary format: thousands at once, without a value between."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from storage.stories import days
from storage.stories.filters import EPOCH, Keys

HEADER = b"PGCOPY\n\xff\r\n\0" + b"\0" * 8
TRAILER = b"\xff\xff"
COLUMNS = {
    days.KEYS: ("key", "article_id", "day"),
    days.WORDS: ("article_id", "day", "words", "version", "compared"),
}
# A row of fingerprint_keys in COPY's binary format: a count of columns, each after its length.
_KEY_ROW = np.dtype(
    [
        ("columns", ">i2"),
        ("key_length", ">i4"),
        ("key", ">u8"),
        ("article_length", ">i4"),
        ("article", ">i8"),
        ("day_length", ">i4"),
        ("day", ">i4"),
    ]
)


class Printed(Protocol):
    """A print, as far as storage knows it."""

    @property
    def keys(self) -> Keys:
        """Its keys, sorted, unique."""

    @property
    def version(self) -> int:
        """Of the room that made it."""

    def pack(self) -> bytes:
        """Return what is stored of it."""


def key_rows(
    keys: Keys,
    articles: NDArray[np.int64],
    day: date,
) -> bytes:
    """Return rows of fingerprint_keys in COPY's binary format."""
    rows = np.empty(len(keys), _KEY_ROW)
    rows["columns"] = 3
    rows["key_length"] = 8
    rows["key"] = keys
    rows["article_length"] = 8
    rows["article"] = articles
    rows["day_length"] = 4
    rows["day"] = (day - EPOCH).days

    return rows.tobytes()


def word_rows(batch: Mapping[int, Printed], day: date) -> bytes:
    """Return rows of fingerprints in the same format."""
    number = (day - EPOCH).days.to_bytes(
        4,
        "big",
        signed=True,
    )

    head = len(COLUMNS[days.WORDS]).to_bytes(2, "big") + (8).to_bytes(4, "big")
    when = (4).to_bytes(4, "big") + number
    parts = []

    for article, printed in batch.items():
        words = printed.pack()

        key = article.to_bytes(
            8,
            "big",
            signed=True,
        )

        version = (2).to_bytes(4, "big") + printed.version.to_bytes(2, "big")
        parts.append(head + key + when + len(words).to_bytes(4, "big") + words + 2 * version)

    return b"".join(parts)
