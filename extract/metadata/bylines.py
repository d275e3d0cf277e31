"""Bylines as readers see them: "By Jane Roe", "Автор: ...", a name beside the date. Lines of a page become raw bylines; `people` reads the names."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from extract.blocks import cues
from extract.metadata.creators import AGENCIES
from extract.page.segments import Segment
from extract.page.title import key
from news.article import BlockKind
from news.dates import is_dateline, month

LINE = 120  # characters of a line that can be a byline
NEAR_BEFORE, NEAR_AFTER = 3, 9  # segments round the headline in which a byline can stand
ABOVE = 6  # segments above the first long paragraph in which one can
LABELS = (
    r"by|von|par|por|di|av|af|door|od|written by|автор(?:ы)?|müəllif(?:lər)?|yazar|yazan|հեղինակ|ավտորի|ավտոր|ავტორი|نویسنده|author(?:s)?|autor(?:in)?(?:/autor(?:in)?)?|"
    r"author of the article|auteur|text|текст|мәтін|muallif|avtor"
)
# Labels that mean an author wherever they stand; "by" and its like mean one near the headline only.
_SURE = r"written by|автор(?:ы)?|müəllif(?:lər)?|yazar|yazan|հեղինակ|ავტორი|نویسنده|authors?|author of the article|autor(?:in)?(?:/autor(?:in)?)?|auteur|muallif|avtor"
_CAPITAL = r"[^\W\d_a-zа-яёəığüşöçäßéèà]"
_WORD = _CAPITAL + r"[^\W\d_]*(?:['’-][^\W\d_]+)*\.?"
_NAME = rf"{_WORD}(?:\s+(?:de|da|von|van|der|den|al|el|bin|oğlu|qızı)\b)?(?:\s+{_WORD}){{1,3}}"
_ALSO = r"(?:and|und|и|və|և|და|و)"
# What stands between two names, never nothing: a name that could be cut anywhere would be cut everywhere in turn.
_JOINT = rf"(?:\s*,\s*|\s+(?:{_ALSO}\s+)?|(?<=\.))"
_NAMED = re.compile(
    rf"(?:^|[|•·\d]\s*)\W*(?i:{LABELS})(?:\s*[:՝.\-–]\s*|\s+)"
    rf"({_WORD}(?:{_JOINT}{_WORD}){{0,7}}\s*(?:,|{_ALSO})?\s*)(?:$|[|•·\d(,-])"
)
_LABEL_ALONE = re.compile(rf"^\W*(?:{LABELS})\s*[:՝]?$", re.IGNORECASE)
_ANYWHERE = re.compile(rf"^\W*(?i:{_SURE})\s*[:՝.\-–]?\s+({_NAME})(?:$|\s*[,|•·\d(])")
_ALONE = re.compile(
    rf"^({_NAME}(?:\s*(?:,|/|\band|\bund|\bи|\bvə|\bve)\s+{_NAME})*)\s*(?:$|[|•·]?\s*(?=\d))"
)
_NAMES_APART = re.compile(r"\s*[,;/&]\s*|\s+(?:and|und|et|и|və|ve|և|და|va|жана|және)\s+")
_SMALL = frozenset(
    (
        "and",
        "und",
        "et",
        "и",
        "və",
        "ve",
        "va",
        "և",
        "de",
        "da",
        "di",
        "do",
        "du",
        "del",
        "la",
        "le",
        "von",
        "van",
        "der",
        "den",
        "zu",
        "al",
        "el",
        "bin",
        "ibn",
        "abu",
        "oğlu",
        "qızı",
        "kızı",
        "oglu",
        "ogly",
        "оглы",
        "кызы",
        "қызы",
        "улы",
        "ұлы",
        "уулу",
    )
)
_GEORGIAN = frozenset(
    map(chr, range(0x10D0, 0x1100))
)  # small letters to Unicode, but nobody writes their capitals
_CREDIT_PARTS = re.compile(r"\s*[,;/|•·()]\s*|\s+[-–—]\s+")
_WORDS_AND_DIGITS = re.compile(r"[^\W_]+")
MOST_NAMES = 4  # names on one line
DEPTH = 3  # boxes round the last line beside which a signature can stand
_PARTS = re.compile(r"\s*[|•·]\s*")
_AUTHOR_LINK = re.compile(
    r"/(?:author|autor|auteur|yazar|muellif|profile|person|reporter|journalist|team|people|avtor)",
    re.IGNORECASE,
)
_EDITOR = re.compile(
    rf"(?:^|[|•·]\s*)\W*(?i:editor|editör|redaktor|редактор|redaktur|penyunting|რედაქტორი|խմբագիր)\s*[:՝]\s*({_WORD}(?:\s+{_WORD}){{0,3}})"
)
# How families are called in the region, in its alphabets: what tells a name from two words with capitals.
_FAMILY = re.compile(
    r"(?:[eoё]va?|yeva?|iyev|skaya|zad[eəa]h?|o[gğ]lu|ogly|yan|ian|shvili|dze|bekov|nejad|enko|[оеё]ва?|ина?|ск(?:ий|ая)|цк(?:ий|ая)|[еньчт]ько|енко|нко|ян|дзе|швили|заде|оглы|бек|улы|ұлы|кызы|қызы|"
    r"[яа]ль?ян|յան|եան|յանց|ունց|ძე|შვილი|იანი)$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"author|autor|byline|writer|yazar|muellif|avtor|reporter|vcard|signature|imza|podpis|\baut\b|журналист",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+")
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
    """Give what follows a label near the headline, on its line or on the next one."""
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
    words = _WORDS.findall(names)
    if len(words) != 1:
        return len(words) > 1
    return re.search(_CAPITAL, words[0][1:]) is not None


def _undated(names: str, rest: str) -> str:
    """Drop a month's name from the end of names that a day follows: "Jane Roe Jul 14"."""
    head, _, last = names.strip().rpartition(" ")
    if not head or not rest.lstrip()[:1].isdigit():
        return names
    if month(last) is None:
        return names
    return head


def _is_capital(names: str) -> bool:
    """Tell whether all words but particles begin with capitals, which only scripts that have them can show."""
    found = False
    for word in names.replace("/", " ").split():
        if not word[0].isalpha() or len(word) == 1 or word.lower() in _SMALL:
            continue
        if not word[0].isupper():
            return False
        found = True
    return found


def _is_caseless(text: str) -> bool:
    """Tell whether a text is in a script without capitals."""
    cased = (char for char in text if char.isupper() or char.islower())
    return all(char in _GEORGIAN for char in cased)


def elsewhere(segments: list[Segment]) -> Iterator[str]:
    """Give the name after the first label that means an author wherever it stands, often under the text."""
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

    A name that stands twice, in the headline or among the tags is a menu's, a section's, a subject's.
    """

    def __init__(self, segments: list[Segment], at: int, subjects: Iterable[str]) -> None:
        self.segments = segments
        self.at = at
        headline = segments[at].text if at < len(segments) else ""
        self.subjects = " ".join([headline, *subjects])

    @cached_property
    def ordinary(self) -> frozenset[str]:
        """Words that the page's sentences write in small letters, or use at all where there are no capitals.

        They are no names.
        """
        found: set[str] = set()
        for segment in self.segments:
            if len(segment.text) <= LINE / 2:
                continue
            for word in _WORDS.findall(segment.text):
                if word.islower() or _is_caseless(word):
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
        words = _WORDS.findall(names)
        if not words or words[-1] in self.subjects:
            return False
        known = [word.lower() in self.ordinary for word in words if len(word) > 2]  # noqa: PLR2004
        # Where there are no capitals, a namesake in the text is no reason.
        common = all(known) if _is_caseless(names) else any(known)
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
        """Give names that stand alone in bold or italics, or as an author's by mark-up, between headline and text."""
        for segment in self.under_headline:
            if len(segment.text) > LINE and segment.kind is not BlockKind.HEADING:
                return
            if not is_names(segment.text) or _is_caseless(segment.text):
                continue
            if set_apart(segment) and self.is_name(segment, segment.text):
                yield segment.text
                return

    def agency(self, last: str) -> Iterator[str]:
        """Give the agencies on a line of their own.

        They stand with their place under the headline, or without it under the text, whose last line is `last`.
        """
        for segment in self.under_headline:
            if len(segment.text) > LINE and segment.kind is not BlockKind.HEADING:
                break
            if segment.kind is BlockKind.CAPTION:
                continue
            found = agencies(segment.text)
            if found and len(found) < len(_CREDIT_PARTS.split(segment.text)):
                yield ",".join(found)
                return
        yield ",".join(agencies(last))

    def closing(self, last: str) -> Iterator[str]:
        """Give names that sign the text: its last line, or a line set apart below it, beside one of the text's boxes."""
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
    """Return the first part of a line that is nothing but names, without a month that a day follows; empty for none."""
    for part in parts:
        match = _ALONE.match(part)
        if match is None:
            continue
        names = match[1]
        if _is_capital(names) or (len(parts) > 1 and _is_caseless(names)):
            return _undated(names, part[match.end() :])
    return ""


def agencies(line: str) -> list[str]:
    """Return the agencies on a line that names nothing else but a place or two: "AFP, MANILA", "(Reuters)"."""
    if len(line) >= LINE / 2:
        return []
    parts = [part for part in _CREDIT_PARTS.split(line.strip(" .()[]—–-")) if part]
    known = [part for part in parts if key(part) in AGENCIES]
    if not known or len(parts) - len(known) > 1:
        return []
    for part in parts:
        if not part[0].isupper() or len(part.split()) > 2:  # noqa: PLR2004
            return []
    return known


def is_names(text: str) -> bool:
    """Tell whether a line can be nothing but one to four names; a script without capitals does not tell."""
    if len(text) >= LINE:
        return False
    parts = [part for part in _NAMES_APART.split(text.strip(" .—–-()[]")) if part]
    if not 0 < len(parts) <= MOST_NAMES:
        return False
    for part in parts:
        if len(part) >= LINE / 2 or not re.fullmatch(_NAME, part):
            return False
        if not _is_capital(part) and not _is_caseless(part):
            return False
    return True


def is_family(names: str) -> bool:
    """Tell whether a line's last word ends as families of the region are called."""
    words = _WORDS.findall(names)
    if len(words) < 2 or len(words[-1]) <= 4:  # noqa: PLR2004
        return False
    return _FAMILY.search(words[-1]) is not None


def set_apart(segment: Segment) -> bool:
    """Tell whether a line is bold, in italics, set to the line's end, or in a box that is called an author's."""
    if segment.strong >= 0.9 * len(segment.text):
        return True
    boxes = [segment.node, *islice(segment.node.iterancestors(), 2)]
    look = ""
    for box in boxes[:2]:
        look += f" {box.get('style') or ''} {box.get('align') or ''}".lower()
    if look.strip() == "right" or "text-align:right" in look.replace(" ", ""):
        return True
    names = [f"{box.get('class') or ''} {box.get('id') or ''}" for box in boxes]
    return any(_SIGNED.search(name) for name in names)
