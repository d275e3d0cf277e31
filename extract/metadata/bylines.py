"""Bylines as readers see them: "By Jane Roe", "Автор: ...", a name beside the date.

Lines of a page become raw bylines; `people` reads the names.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from extract.blocks import cues
from extract.metadata.names import (
    CAPITAL,
    CREDIT_PARTS,
    LINE,
    NAME,
    WORD,
    WORDS,
    agencies,
    is_capital,
    is_caseless,
    is_family,
    is_names,
    set_apart,
)
from extract.page.segments import Segment
from extract.page.title import key
from news.article import BlockKind
from news.dates import is_dateline, month

NEAR_BEFORE, NEAR_AFTER = 3, 9  # segments round the headline in which a byline can stand
ABOVE = 6  # segments above the first long paragraph in which one can
LABELS = (
    r"haber|by|von|par|por|di|av|af|door|od|written by|автор(?:ы)?|müəllif(?:lər)?|yazar|yazan|"
    r"հեղինակ|ավտորի|ավտոր|ავტორი|نویسنده|author(?:s)?|autor(?:in)?(?:/autor(?:in)?)?|"
    r"author of the article|auteur|text|текст|мәтін|muallif|avtor"
)
# Labels that mean an author wherever they stand; "by" and its like mean one near the headline only.
_SURE = (
    r"written by|автор(?:ы)?|müəllif(?:lər)?|yazar|yazan|հեղինակ|ავტორი|نویسنده|authors?|"
    r"author of the article|autor(?:in)?(?:/autor(?:in)?)?|auteur|muallif|avtor"
)
_ALSO = r"(?:and|und|и|və|և|და|و)"
# What stands between two names, never nothing: a name that could be cut anywhere would
# be cut everywhere in turn.
_JOINT = rf"(?:\s*,\s*|\s+(?:{_ALSO}\s+)?|(?<=\.))"
_NAMED = re.compile(
    rf"(?:^|[|•·\d]\s*)\W*(?i:{LABELS})(?:\s*[:՝.\-–]\s*|\s+)"
    rf"({WORD}(?:{_JOINT}{WORD}){{0,7}}\s*(?:,|{_ALSO})?\s*)(?:$|[|•·\d(,-])"
)
_LABEL_ALONE = re.compile(rf"^\W*(?:{LABELS})\s*[:՝]?$", re.IGNORECASE)
_ANYWHERE = re.compile(rf"^\W*(?i:{_SURE})\s*[:՝.\-–]?\s+({NAME})(?:$|\s*[,|•·\d(])")
_ALONE = re.compile(
    rf"^({NAME}(?:\s*(?:,|/|\band|\bund|\bи|\bvə|\bve)\s+{NAME})*)\s*(?:$|[|•·]?\s*(?=\d))"
)
_WORDS_AND_DIGITS = re.compile(r"[^\W_]+")
DEPTH = 3  # boxes round the last line beside which a signature can stand
_PARTS = re.compile(r"\s*[|•·]\s*")
_AUTHOR_LINK = re.compile(
    r"/(?:author|autor|auteur|yazar|muellif|profile|person|reporter|journalist|team|people|avtor)",
    re.IGNORECASE,
)
_EDITOR = re.compile(
    rf"(?:^|[|•·]\s*)\W*(?i:editor|editör|redaktor|редактор|redaktur|penyunting|რედაქტორი|"
    rf"խմբագիր)\s*[:՝]\s*({WORD}(?:\s+{WORD}){{0,3}})"
)
AFTER_END = 3  # segments after the text's last line in which a signature can stand


def near(segments: list[Segment], at: int) -> list[Segment]:
    """Return the segments in which a byline can stand.

    They are round the headline, which is number `at`, and just above the first long paragraph.
    """
    start = 0

    for segment in segments[at + 1 :]:
        if len(segment.text) > LINE and _is_running_text(segment):
            start = segment.index
            break

    after = at + NEAR_AFTER
    around = segments[max(0, at - NEAR_BEFORE) : after]
    above = segments[max(after, start - ABOVE) : start]

    return around + above


def _is_running_text(segment: Segment) -> bool:
    """Tell text from headings and lists of links."""
    return segment.kind is not BlockKind.HEADING and segment.link_share < 0.3  # noqa: PLR2004


def labelled(segments: list[Segment], at: int) -> Iterator[str]:
    """Give what follows a label near the headline, on its line or on the next one.

    `at` is the number of the headline's segment.
    """
    lines = near(segments, at)

    for number, segment in enumerate(lines):
        text = segment.text
        if len(text) >= LINE:
            continue

        match = _NAMED.search(text)
        if match and _is_full(match[1]):
            yield _undated(match[1], text[match.end(1) :])
        elif _LABEL_ALONE.match(text) and number + 1 < len(lines):
            following = lines[number + 1].text
            if len(following) < LINE:
                yield following


def _is_full(names: str) -> bool:
    """Tell more than one word, or one that is hardly a first name alone: "By Jane".

    A single word counts in capitals, or in a script that has none.
    """
    words = WORDS.findall(names)
    if len(words) != 1:
        return len(words) > 1

    return re.search(CAPITAL, words[0][1:]) is not None


def _undated(names: str, rest: str) -> str:
    """Drop a month's name from the end of names that a day follows: "Jane Roe Jul 14".

    `rest` is what follows the names on their line.
    """
    head, _, last = names.strip().rpartition(" ")
    if not head or not rest.lstrip()[:1].isdigit():
        return names

    if month(last) is None:
        return names

    return head


def elsewhere(segments: list[Segment]) -> Iterator[str]:
    """Give the name after the first label that means an author wherever it stands.

    It often stands under the text.
    """
    for segment in segments:
        if len(segment.text) >= LINE:
            continue

        match = _ANYWHERE.match(segment.text)
        if match:
            yield match[1]
            return


def editors(segments: list[Segment]) -> Iterator[str]:
    """Give the names that the page labels as an editor's."""
    for segment in segments:
        if len(segment.text) >= LINE:
            continue

        match = _EDITOR.search(segment.text)
        if match:
            yield match[1]


class Lines:
    """The lines of a page that are nothing but names.

    A name that stands twice, in the headline or among the tags is a menu's, a
    section's, a subject's.
    """

    def __init__(self, segments: list[Segment], at: int, subjects: Iterable[str]) -> None:
        self.segments = segments
        self.at = at
        headline = segments[at].text if at < len(segments) else ""
        self.subjects = " ".join([headline, *subjects])

    @cached_property
    def ordinary(self) -> frozenset[str]:
        """Words that the page's sentences write in small letters.

        Where there are no capitals: words that they use at all.

        They are no names.
        """
        found: set[str] = set()

        for segment in self.segments:
            if len(segment.text) <= LINE / 2:
                continue

            for word in WORDS.findall(segment.text):
                if word.islower() or is_caseless(word):
                    found.add(word)

        return frozenset(found)

    @property
    def under_headline(self) -> list[Segment]:
        """The segments below the headline in which a line of names can stand."""
        return self.segments[self.at + 1 : self.at + NEAR_AFTER]

    def is_name(self, segment: Segment, names: str) -> bool:
        """Tell whether names on a line can be names that nothing else on the page explains."""
        if segment.kind in {BlockKind.HEADING, BlockKind.CAPTION}:
            return False

        if segment.link_share > 0.5 and not _links_to_author(segment):  # noqa: PLR2004
            return False

        spelled = {segment.key, key(names)}

        for other in self.segments:
            if other is not segment and other.key in spelled:
                return False

        if cues.found(names):
            return False

        return self._is_uncommon(names)

    def _is_uncommon(self, names: str) -> bool:
        """Tell whether the words of names are neither ordinary ones nor the page's subject."""
        words = WORDS.findall(names)
        if not words or words[-1] in self.subjects:
            return False

        known = [word.lower() in self.ordinary for word in words if len(word) > 2]  # noqa: PLR2004
        # Where there are no capitals, a namesake in the text is no reason.
        common = all(known) if is_caseless(names) else any(known)

        return not common

    def beside_date(self) -> Iterator[str]:
        """Give a line that is nothing but names, on the date's line or next to it."""
        lines = [segment for segment in self.under_headline if len(segment.text) < LINE]

        for number, segment in enumerate(lines):
            parts = _PARTS.split(segment.text)
            names = _first_names(parts)
            if not names or not self.is_name(segment, names):
                continue

            dated = list(parts)
            if len(parts) == 1:
                beside = lines[max(0, number - 1) : number + 2]
                dated += [line.text for line in beside if line is not segment]

            if any(is_dateline(part) for part in dated):
                yield names.replace("/", ",")
                return

    def opening(self) -> Iterator[str]:
        """Give names that stand alone between headline and text.

        They are in bold or italics, or an author's by mark-up.
        """
        for segment in self.under_headline:
            if len(segment.text) > LINE and segment.kind is not BlockKind.HEADING:
                return

            if not is_names(segment.text) or is_caseless(segment.text):
                continue

            if set_apart(segment) and self.is_name(segment, segment.text):
                yield segment.text
                return

    def agency(self, last: str) -> Iterator[str]:
        """Give the agencies on a line of their own.

        They stand with their place under the headline, or without it under the text,
        whose last line is `last`.
        """
        for segment in self.under_headline:
            if len(segment.text) > LINE and segment.kind is not BlockKind.HEADING:
                break

            if segment.kind is BlockKind.CAPTION:
                continue

            found = agencies(segment.text)
            if found and len(found) < len(CREDIT_PARTS.split(segment.text)):
                yield ",".join(found)
                return

        yield ",".join(agencies(last))

    def closing(self, last: str) -> Iterator[str]:
        """Give names that sign the text.

        Its last line, or a line set apart below it, beside one of the text's boxes.
        """
        end = self._last_shown(last)
        if end is None:
            if is_names(last) and is_family(last):
                yield last.strip()

            return

        node = self.segments[end].node
        boxes = {node, *islice(node.iterancestors(), DEPTH)}

        for segment in self.segments[end : end + 1 + AFTER_END]:
            beside = segment.node in boxes or segment.node.getparent() in boxes
            if not beside or not is_names(segment.text):
                continue

            signed = set_apart(segment) or is_family(segment.text)
            if signed and self.is_name(segment, segment.text):
                yield segment.text
                return

    def _last_shown(self, line: str) -> int | None:
        """Return the number of the last segment that is a line; None when none is."""
        sought = "".join(_WORDS_AND_DIGITS.findall(line.casefold()))
        if not sought:
            return None

        for segment in reversed(self.segments):
            if segment.key == sought:
                return segment.index

        return None


def _links_to_author(segment: Segment) -> bool:
    """Tell whether one of a line's links leads to an author's page."""
    return any(_AUTHOR_LINK.search(href) for href in segment.hrefs)


def _first_names(parts: list[str]) -> str:
    """Return the first part of a line that is nothing but names; empty for none.

    A month that a day follows is no part of them.
    """
    for part in parts:
        match = _ALONE.match(part)
        if match is None:
            continue

        names = match[1]
        if is_capital(names) or (len(parts) > 1 and is_caseless(names)):
            return _undated(names, part[match.end() :])

    return ""
