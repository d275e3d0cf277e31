"""The Merkle tree against the RFC's own recursive definition, and proofs that cannot be bent."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.tree import EMPTY, Tree, leaf_hash, root_by_proof, split


def rfc_root(leaves: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\1" + rfc_root(leaves[:half]) + rfc_root(leaves[half:])).digest()


LEAVES = st.lists(st.binary(max_size=20), max_size=70)


@given(LEAVES)
def test_the_root_is_the_rfcs(leaves):
    assert Tree([leaf_hash(leaf) for leaf in leaves]).root == rfc_root(leaves)


@given(LEAVES.filter(bool), st.data())
def test_a_proof_leads_to_the_root_and_a_bent_one_does_not(leaves, data):
    tree = Tree([leaf_hash(leaf) for leaf in leaves])
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = tree.proof(index)
    hashed = leaf_hash(leaves[index])
    assert root_by_proof(hashed, index, len(leaves), path) == tree.root
    assert root_by_proof(leaf_hash(b"another" * 4), index, len(leaves), path) != tree.root
    assert root_by_proof(hashed, index, len(leaves), [*path, EMPTY]) is None
    if path:
        assert root_by_proof(hashed, index, len(leaves), path[:-1]) != tree.root
        place = data.draw(st.integers(0, len(path) - 1))
        bent = [*path[:place], EMPTY, *path[place + 1 :]]
        assert root_by_proof(hashed, index, len(leaves), bent) != tree.root


def test_the_roots_of_known_leaves():
    """The values of the test data of RFC 6962's reference implementation."""
    leaves = [b"", b"\0", b"\x10", b" !", b"01", b"@ABC", b"PQRSTUVW", b"`abcdefghijklmno"]
    tree = Tree([leaf_hash(leaf) for leaf in leaves])
    assert tree.root.hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert Tree([]).root == EMPTY


def test_there_is_no_proof_for_what_is_no_leaf():
    tree = Tree([leaf_hash(b"a")])
    for index in (-1, 1):
        with pytest.raises(IndexError):
            tree.proof(index)
        assert root_by_proof(leaf_hash(b"a"), index, 1, []) is None


@given(st.lists(st.binary(min_size=32, max_size=32)))
def test_hashes_written_together_come_apart(hashes):
    assert split(b"".join(hashes)) == hashes
