"""A kind of door is known wherever doors are: none is forgotten when a site is explored."""

from crawlers.discovery.site_doors import _READERS
from news.outlet import DoorKind

# Kinds that no answer of a site is told by, for a reason.
NOT_BY_ITS_ANSWER = {
    DoorKind.LISTING: "any page with links could be one; sections are chosen by their links",
    DoorKind.ARCHIVE: "found by the dated links of the front page",
}


def test_exploring_a_site_knows_every_kind_of_door_or_why_not():
    read = {kind for kind, _ in _READERS}
    assert read | set(NOT_BY_ITS_ANSWER) == set(DoorKind)
    assert not read & set(NOT_BY_ITS_ANSWER)
