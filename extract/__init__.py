"""A page becomes an article, or a rejection with a reason. Pure: bytes in, values out.

profile = learn(None, pages, outlet)       # what recurs on the outlet's pages
result = extract(page, outlet, profile)    # an Article, or why there is none
found = examine(page, outlet, profile)     # each block of the page, and what was decided of it
"""

from extract.api import (
    MAX_BYTES,
    VERSION,
    examine,
    extract,
    learn,
    put_aside,
    sight,
)
from extract.blocks.choose import Choice
from extract.blocks.evidence import Piece
from extract.blocks.neighbours import Judged
from extract.outlet.profile import SiteProfile
from extract.outlet.sketch import Sighting
from extract.outlet.verdicts import Event
from extract.page.reading import Reading
from extract.page.segments import Segment

__all__ = [
    "MAX_BYTES",
    "VERSION",
    "Choice",
    "Event",
    "Judged",
    "Piece",
    "Reading",
    "Segment",
    "Sighting",
    "SiteProfile",
    "examine",
    "extract",
    "learn",
    "put_aside",
    "sight",
]
