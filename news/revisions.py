"""The law of edits: what changed between two texts of one article, and whose doing it is. Pure.

Noise is what pages change by themselves (news.noise).

An edit is what changed on the page, not in our reading of it: a line that still stands on the new
page was not removed by the outlet, and one that stood on the old page was not added. A line that is
a link to another page is that page's: its coming and going is no edit. What changes although the
pages' lines account for all of it (by another profile, layout or extractor) is a correction of
ours, whatever version read it. Only where the lines of a page are not known, a
changed choice of whole blocks under another version of the extractor is one; words changed inside a
block are the outlet's.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from news import diff
from news.languages import every
from news.noise import Canonical, canonical, is_noise, lines
from news.page_lines import fingerprint, link, longest_known, plain, unpack

__all__ = ["Change", "Text", "Verdict", "canonical", "compare", "is_noise", "lines", "plain"]

_MOST_WORDS_KEPT = 200  # of each list that `revisions.changes` keeps
_LONGEST_NOTE = 500  # characters
_ALIKE = 0.5  # of the words: from here on a block is the other one, edited


class Verdict(StrEnum):
    """What a changed text is."""

    NOISE = "noise"
    CORRECTION = "correction"
    EDIT = "edit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A version's text, and how it was made."""

    title: str
    standfirst: str
    body: str  # one block a line
    extractor: str = ""
    page_digest: str = ""  # of the page's bytes; empty: unknown
    authors: tuple[str, ...] = ()
    page_lines: bytes = b""  # all lines of its page, by news.page_lines; empty: unknown

    @property
    def headings(self) -> tuple[str, str]:
        """Title and standfirst in plain form."""
        return plain(self.title).strip(), plain(self.standfirst).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a change is made of."""

    verdict: Verdict
    headline: bool = False
    added: tuple[str, ...] = ()  # words, in order
    removed: tuple[str, ...] = ()
    blocks_added: int = 0
    blocks_removed: int = 0
    blocks_changed: int = 0
    note: str = ""  # the outlet's own words, where it owns up
    signed: str = ""  # who signs the new version and did not sign the old one

    @property
    def silent(self) -> bool:
        """An edit that the text does not admit."""
        return self.verdict is Verdict.EDIT and not self.note

    def as_json(self) -> dict[str, Any]:
        """Return what `revisions.changes` keeps; long lists of words are cut."""
        return {
            "headline": self.headline,
            "words_added": len(self.added),
            "words_removed": len(self.removed),
            "added": list(self.added[:_MOST_WORDS_KEPT]),
            "removed": list(self.removed[:_MOST_WORDS_KEPT]),
            "blocks_added": self.blocks_added,
            "blocks_removed": self.blocks_removed,
            "blocks_changed": self.blocks_changed,
        }


@dataclass(frozen=True, slots=True)
class _Blocks:
    """How many blocks were removed, added, and changed into another that is alike."""

    removed: int
    added: int
    changed: int


def compare(old: Text, new: Text) -> Change:
    """Return what changed from one version to the next, and whether it is the outlet's doing."""
    before = canonical(old.title, old.standfirst, old.body)
    after = canonical(new.title, new.standfirst, new.body)
    if before == after:
        return Change(verdict=Verdict.NOISE)

    blocks = _blocks(before.blocks, after.blocks)
    same_headings = before.headings == after.headings
    whole_blocks = same_headings and not blocks.changed
    verdict = _verdict(old, new, whole_blocks=whole_blocks)

    runs = diff.words(before.text, after.text)
    added = _words_of(runs, diff.Kind.ADDED)
    removed = _words_of(runs, diff.Kind.REMOVED)
    new_names = [name for name in new.authors if name not in old.authors]

    return Change(
        verdict=verdict,
        headline=before.title != after.title,
        added=added,
        removed=removed,
        blocks_added=blocks.added,
        blocks_removed=blocks.removed,
        blocks_changed=blocks.changed,
        note=_note(before, after),
        signed=", ".join(new_names),
    )


def _verdict(old: Text, new: Text, *, whole_blocks: bool) -> Verdict:
    """Return whose change it is; `whole_blocks` when only whole blocks came or went.

    It is ours when the same bytes, or the same lines of a page, were read otherwise.
    """
    if old.page_digest and old.page_digest == new.page_digest:
        return Verdict.CORRECTION
    if old.page_lines and new.page_lines:
        if _pages_account_for_it(old, new):
            return Verdict.CORRECTION

        return Verdict.EDIT

    if old.extractor != new.extractor and whole_blocks:
        return Verdict.CORRECTION

    return Verdict.EDIT


def _pages_account_for_it(old: Text, new: Text) -> bool:
    """Return whether all lines that left the text stand on the new page, and vice versa.

    What stands in both texts must do so in one order: the order is the outlet's. Where one reading
    runs lines together that the other keeps apart, they are the same lines.
    """
    before = _parted(lines(old.body), lines(new.body), new)
    after = _parted(lines(new.body), lines(old.body), old)
    old_counts = Counter(before)
    new_counts = Counter(after)
    both = old_counts & new_counts
    kept_before = [line for line in before if line in both]
    kept_after = [line for line in after if line in both]
    if kept_before != kept_after:
        return False

    removed = {*old.headings, *(old_counts - new_counts)}
    if not _stand_all(_own_lines(removed, old), new, after):
        return False

    added = {*new.headings, *(new_counts - old_counts)}

    return _stand_all(_own_lines(added, new), old, before)


def _parted(text: list[str], other: list[str], there: Text) -> list[str]:
    """Return a text's lines, each that is several lines of the other's page run together as those.

    `there` is the other text, `other` are its lines.
    """
    shared = set(text) & set(other)
    shown = unpack(there.page_lines)
    found: list[str] = []

    for line in text:
        if line in shared:
            found.append(line)
        else:
            found.extend(_run_together(line, shown) or [line])

    return found


def _run_together(line: str, shown: frozenset[int]) -> list[str]:
    """Return the lines that make up a line, in its order; empty when some of it is none of them.

    `shown` are the hashes of a page's lines.
    """
    parts: list[str] = []
    rest = line

    while rest:
        length = longest_known(rest, shown)
        if not length:
            return []

        parts.append(rest[:length])
        rest = rest[length:].lstrip()

    return parts


def _own_lines(sought: set[str], text: Text) -> set[str]:
    """Return lines without those that are links to other pages on the text's own page.

    A "read also" line that a version keeps shows another headline at each fetch.
    """
    shown = unpack(text.page_lines)

    return {line for line in sought if fingerprint(link(line)) not in shown}


def _stand_all(sought: set[str], text: Text, body: Iterable[str]) -> bool:
    """Return whether lines stand on a text's page, or in the text itself."""
    sought.discard("")
    on_page = unpack(text.page_lines)
    of_body = map(fingerprint, body)
    of_headings = map(fingerprint, text.headings)
    of_sought = map(fingerprint, sought)

    present = on_page.union(of_body, of_headings)

    return present.issuperset(of_sought)


def _blocks(before: list[str], after: list[str]) -> _Blocks:
    """Count what became of the blocks; one that moved counts for nothing."""
    old_counts = Counter(before)
    new_counts = Counter(after)
    removed_counts = old_counts - new_counts
    added_counts = new_counts - old_counts
    removed = list(removed_counts.elements())
    added = list(added_counts.elements())
    changed = 0

    for pair in diff.paragraphs(removed, added):
        if _is_edited(pair):
            changed += 1

    return _Blocks(
        removed=len(removed) - changed,
        added=len(added) - changed,
        changed=changed,
    )


def _is_edited(pair: diff.Paragraph) -> bool:
    """Return whether one block became another that is still like it."""
    if not pair.old or not pair.new:
        return False

    return diff.likeness(pair.old, pair.new) >= _ALIKE


def _words_of(runs: Iterable[diff.Run], kind: diff.Kind) -> tuple[str, ...]:
    """Return the words of all runs of one kind, in order."""
    words: list[str] = []
    for run in runs:
        if run.kind is kind:
            words.extend(run.words)

    return tuple(words)


def _note(before: Canonical, after: Canonical) -> str:
    """Return the first new line that owns up to a change, empty when none does."""
    known = set(_lines_of(before))
    for line in _lines_of(after):
        if line not in known and _owns_up(line):
            return line[:_LONGEST_NOTE]

    return ""


def _owns_up(line: str) -> bool:
    """Return whether a line has a phrase by which outlets own up to a change."""
    lowered = line.lower()
    return any(phrase in lowered for phrase in _notes())


@cache
def _notes() -> tuple[str, ...]:
    """Return such phrases in all languages."""
    return every(lambda known: known.edits.notes)


def _lines_of(text: Canonical) -> list[str]:
    """Return the lines of a text, its headings first."""
    return [*text.headings, *text.blocks]
