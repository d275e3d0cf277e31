"""The house of evidence, for the tests that ask for it; others have a `house` of their own."""

from evidencehouse import house, played, run

__all__ = ["house", "played", "run"]
