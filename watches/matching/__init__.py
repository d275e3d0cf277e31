"""Matching: which of many watches fit an article, which of its words did it, and where they stand.

The face of this part of the room; it is pure.
"""

from watches.matching.excerpts import excerpt
from watches.matching.matcher import Fit, Matcher, Subject, match
from watches.queries import parsed

__all__ = ["Fit", "Matcher", "Subject", "excerpt", "match", "parsed"]
