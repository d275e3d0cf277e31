"""Floor 1: evidence that stands without us. Pure: values and laws, and streams that it is given.

A record is a leaf; a day's leaves are a Merkle tree; the tree's root is signed in a head, and each
head names the one before. A package (WACZ) carries records with their proofs, and `verify` judges
one without an archive. docs/evidence.md is the format.
"""
