"""Every kind of match is made by something that happens to an article."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from news.watch import MatchKind, Watch
from pipeline.alerts.occurrences import MatchPass
from storage.alerts import Happened, StoryFacts
from watches import is_spike

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
LAST_HIT = NOW - timedelta(days=1)
WATCH = Watch(
    name="Transit",
    query="transit",
    recipients=("ana@reader.test",),
    kinds=tuple(MatchKind),
    picked_up_by=3,
)
STORY, EARLIER = 7, 5


def kinds_of(happened=Happened.NEW, *, matched=(), last_hit=LAST_HIT, **story):
    """Return the kinds of the matches that one fit makes."""
    change = SimpleNamespace(article=1, version=2, happened=happened, at=NOW, queued_at=NOW)
    saved = SimpleNamespace(id=4, watch=WATCH)
    item = SimpleNamespace(change=change, saved=saved, is_edited_in=False, fit=None, text=None)
    matches = MatchPass(
        now=NOW,
        facts={1: StoryFacts(story=STORY, **story)},
        matched={(saved.id, number) for number in matched},
        last_hits={saved.id: last_hit} if last_hit else {},
    )
    return [occurrence.kind for occurrence in matches._occurrences(item)]


CASES = {
    "a story that nobody told": (kinds_of(), [MatchKind.NEW]),
    "the first after a long silence": (
        kinds_of(last_hit=None),
        [MatchKind.NEW, MatchKind.FIRST_MENTION],
    ),
    "it continues a story that was told": (
        kinds_of(follows=(EARLIER,), matched=(EARLIER,)),
        [MatchKind.FOLLOW_UP],
    ),
    "many outlets have the story that was told": (
        kinds_of(outlets=3, matched=(STORY,)),
        [MatchKind.PICKED_UP],
    ),
    "one more copy": (kinds_of(matched=(STORY,)), []),
    "its text was changed": (kinds_of(Happened.EDIT, matched=(STORY,)), [MatchKind.EDITED]),
    "it is gone": (kinds_of(Happened.DELETION, matched=(STORY,)), [MatchKind.DELETED]),
    "it is there again": (kinds_of(Happened.RETURN, matched=(STORY,)), [MatchKind.RETURNED]),
    "a day far above the rhythm": (
        [MatchKind.SPIKE] if is_spike([9] + [1] * 28) else [],
        [MatchKind.SPIKE],
    ),
}


def test_what_happens_makes_the_match_that_it_is():
    for case, (made, expected) in CASES.items():
        assert made == expected, case


def test_every_kind_of_match_is_made_by_some_case():
    made = set()
    for kinds, _ in CASES.values():
        made.update(kinds)
    assert made == set(MatchKind)
