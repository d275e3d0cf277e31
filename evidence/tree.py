"""A Merkle tree as RFC 6962 and RFC 9162 hash it: SHA-256, leaves after 0x00, nodes after 0x01.

Without proofs of consistency: the tree of a day that is over does not grow, and days are chained
by their heads.
"""

import hashlib
from collections.abc import Sequence

_LEAF = b"\x00"
_NODE = b"\x01"
SIZE = 32  # bytes of a hash
EMPTY = hashlib.sha256(b"").digest()  # the root of no leaves


def leaf_hash(text: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(_LEAF + text).digest()


def _node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()


class Tree:
    """The tree over some leaves' hashes, all its levels held: twice 32 bytes a leaf."""

    def __init__(self, hashes: Sequence[bytes]) -> None:
        self._levels = [b"".join(hashes)]
        while len(self._levels[-1]) > SIZE:
            above = _level_above(self._levels[-1])
            self._levels.append(above)

    @property
    def size(self) -> int:
        """How many leaves it has."""
        return len(self._levels[0]) // SIZE

    @property
    def root(self) -> bytes:
        """The hash that stands for all leaves and their order."""
        return self._levels[-1] or EMPTY

    def leaf(self, index: int) -> bytes:
        """Return the hash of a leaf; empty when there is none."""
        return _hash_at(self._levels[0], index)

    def proof(self, index: int) -> list[bytes]:
        """Return the hashes that lead from a leaf to the root; raises IndexError for no leaf."""
        if not 0 <= index < self.size:
            raise IndexError(f"the tree has {self.size} leaves, and none with index {index}")

        path: list[bytes] = []
        place = index
        for level in self._levels[:-1]:
            beside = _hash_at(level, place ^ 1)
            if beside:
                path.append(beside)

            place //= 2

        return path


def _hash_at(level: bytes, place: int) -> bytes:
    begin = place * SIZE

    return level[begin : begin + SIZE]


def _level_above(level: bytes) -> bytes:
    """Return the nodes over a level; the last of an odd number moves up as it is."""
    above: list[bytes] = []
    pair = 2 * SIZE
    paired = len(level) - len(level) % pair
    for place in range(0, paired, pair):
        # The pair's two hashes lie beside each other.
        node = hashlib.sha256(_NODE + level[place : place + pair])
        above.append(node.digest())

    above.append(level[paired:])

    return b"".join(above)


def root_by_proof(
    hashed: bytes,
    index: int,
    size: int,
    path: Sequence[bytes],
) -> bytes | None:
    """Return the root to which a proof leads from a leaf's hash; None: it fits no such tree.

    As RFC 9162, 2.1.3.2 has it.
    """
    if not 0 <= index < size:
        return None

    place, last = index, size - 1
    root = hashed
    for beside in path:
        if last == 0:
            return None

        if place % 2 or place == last:
            root = _node_hash(beside, root)
            while not place % 2 and place:
                place //= 2
                last //= 2
        else:
            root = _node_hash(root, beside)

        place //= 2
        last //= 2

    return root if last == 0 else None


def split(joined: bytes) -> list[bytes]:
    """Return the hashes that were written one behind the other."""
    return [
        joined[place : place + SIZE]
        for place in range(
            0,
            len(joined),
            SIZE,
        )
    ]
