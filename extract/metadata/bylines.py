"""Bylines as readers see them: "By Jane Roe", "Автор: ...", a name beside the date. Lines of a page become raw bylines; `people` reads the names."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from extract.blocks import cues
from extract.metadata import calendar_words, dates
from extract.metadata.creators import AGENCIES
from extract.page.segments import Segment
from extract.page.title import key
from news.article import BlockKind

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
DEPTH = 3  # boxes round the last line beside which a signature can stand
_PARTS = re.compile(r"\s*[|•·]\s*")
_AUTHOR_LINK = re.compile(
    r"/(?:author|autor|auteur|yazar|muellif|profile|person|reporter|journalist|team|people|avtor)",
    re.IGNORECASE,
)


def near(segments: list[Segment], at: int) -> list[Segment]:
    """Return the segments in which a byline can stand: round the headline, which is number `at`, and just above the first long paragraph."""
    long = (
        segment.index
        for segment in segments[at + 1 :]
        if len(segment.text) > LINE
        and segment.kind is not BlockKind.HEADING
        and segment.link_share < 0.3  # noqa: PLR2004
    )
    start = next(long, 0)
    after = at + NEAR_AFTER
    return [
        *segments[max(0, at - NEAR_BEFORE) : after],
        *segments[max(after, start - ABOVE) : start],
    ]


def labelled(segments: list[Segment], at: int) -> Iterator[str]:
    """Give what follows a label near the headline, on its line or on the next one."""
    lines = near(segments, at)
    for place, segment in enumerate(lines):
        if len(segment.text) >= LINE:
            continue
        match = _NAMED.search(segment.text)
        if match and _is_full(match[1]):
            yield _undated(match[1], segment.text[match.end(1) :])
        elif (
            _LABEL_ALONE.match(segment.text)
            and place + 1 < len(lines)
            and len(lines[place + 1].text) < LINE
        ):
            yield lines[place + 1].text


def _is_full(names: str) -> bool:
    """Tell more than one word, or one in capitals or in a script that has none, from one word that is hardly a name: "By Jane"."""
    words = _WORDS.findall(names)
    return len(words) > 1 or bool(words and re.search(_CAPITAL, words[0][1:]))


def _undated(names: str, rest: str) -> str:
    """Drop a month's name from the end of names that a day follows: "Jane Roe Jul 14"."""
    head, _, last = names.strip().rpartition(" ")
    return (
        head
        if head and rest.lstrip()[:1].isdigit() and calendar_words.month(last) is not None
        else names
    )


def _is_capital(names: str) -> bool:
    """Tell whether all words but particles begin with capitals, which only scripts that have them can show."""
    words = [
        word
        for word in names.replace("/", " ").split()
        if word[0].isalpha() and len(word) > 1 and word.lower() not in _SMALL
    ]
    return bool(words) and all(word[0].isupper() for word in words)


def _is_caseless(text: str) -> bool:
    """Tell whether a text is in a script without capitals."""
    return not any(char.isupper() or char.islower() for char in text if char not in _GEORGIAN)


def elsewhere(segments: list[Segment]) -> Iterator[str]:
    """Give the name after the first label that means an author wherever it stands, often under the text."""
    for segment in segments:
        if len(segment.text) < LINE and (match := _ANYWHERE.match(segment.text)):
            yield match[1]
            return


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


def editors(segments: list[Segment]) -> Iterator[str]:
    """Give the names that the page labels as an editor's."""
    for segment in segments:
        if len(segment.text) < LINE and (match := _EDITOR.search(segment.text)):
            yield match[1]


class Lines:
    """The lines of a page that are nothing but names. A name that stands twice, in the headline or among the tags is a menu's, a section's, a subject's."""

    def __init__(self, segments: list[Segment], at: int, subjects: Iterable[str]) -> None:
        self.segments, self.at = segments, at
        self.subjects = " ".join([segments[at].text if at < len(segments) else "", *subjects])

    @cached_property
    def ordinary(self) -> frozenset[str]:
        """Words that the page's sentences write in small letters, or use at all where there are no capitals: they are no names."""
        return frozenset(
            word
            for segment in self.segments
            if len(segment.text) > LINE / 2
            for word in _WORDS.findall(segment.text)
            if word.islower() or _is_caseless(word)
        )

    def is_name(self, segment: Segment, names: str) -> bool:
        """Tell whether names on a line can be names that nothing else on the page explains."""
        if segment.link_share > 0.5 and not any(  # noqa: PLR2004
            _AUTHOR_LINK.search(href) for href in segment.hrefs
        ):
            return False
        if segment.kind in {BlockKind.HEADING, BlockKind.CAPTION} or any(
            other.key in {segment.key, key(names)}
            for other in self.segments
            if other is not segment
        ):
            return False
        if cues.found(names):
            return False
        words = _WORDS.findall(names)
        known = [word.lower() in self.ordinary for word in words if len(word) > 2]  # noqa: PLR2004
        # Where there are no capitals, a namesake in the text is no reason.
        common = all(known) if _is_caseless(names) else any(known)
        return bool(words) and not common and words[-1] not in self.subjects

    def beside_date(self) -> Iterator[str]:
        """Give a line that is nothing but names, on the date's line or next to it."""
        lines = [
            segment
            for segment in self.segments[self.at + 1 : self.at + NEAR_AFTER]
            if len(segment.text) < LINE
        ]
        for place, segment in enumerate(lines):
            parts = _PARTS.split(segment.text)
            names = [
                _undated(match[1], part[match.end() :])
                for part in parts
                if (match := _ALONE.match(part))
                and (_is_capital(match[1]) or (len(parts) > 1 and _is_caseless(match[1])))
            ]
            others = (
                [line.text for line in lines[max(0, place - 1) : place + 2] if line is not segment]
                if len(parts) == 1
                else []
            )
            if (
                names
                and self.is_name(segment, names[0])
                and any(dates.is_dateline(part) for part in (*parts, *others))
            ):
                yield names[0].replace("/", ",")
                return

    def opening(self) -> Iterator[str]:
        """Give names that stand alone in bold or italics, or as an author's by mark-up, between headline and text."""
        for segment in self.segments[self.at + 1 : self.at + NEAR_AFTER]:
            if len(segment.text) > LINE and segment.kind is not BlockKind.HEADING:
                return
            if (
                is_names(segment.text)
                and not _is_caseless(segment.text)
                and set_apart(segment)
                and self.is_name(segment, segment.text)
            ):
                yield segment.text
                return

    def agency(self, last: str) -> Iterator[str]:
        """Give the agencies on a line of their own, with their place under the headline or without it under the text."""
        for segment in self.segments[self.at + 1 : self.at + NEAR_AFTER]:
            if len(segment.text) > LINE and segment.kind is not BlockKind.HEADING:
                break
            if (
                segment.kind is not BlockKind.CAPTION
                and (found := agencies(segment.text))
                and len(found) < len(_CREDIT_PARTS.split(segment.text))
            ):
                yield ",".join(found)
                return
        yield ",".join(agencies(last))

    def closing(self, last: str) -> Iterator[str]:
        """Give names that sign the text: its last line, or a line set apart below it, beside one of the text's boxes."""
        sought = "".join(_WORDS_AND_DIGITS.findall(last.casefold()))
        end = max(
            (segment.index for segment in self.segments if sought and segment.key == sought),
            default=None,
        )
        if end is None:
            if is_names(last) and is_family(last):
                yield last.strip()
            return
        boxes = {self.segments[end].node, *islice(self.segments[end].node.iterancestors(), DEPTH)}
        for segment in self.segments[end : end + 1 + AFTER_END]:
            beside = (
                segment.index == end or segment.node in boxes or segment.node.getparent() in boxes
            )
            if (
                beside
                and is_names(segment.text)
                and (set_apart(segment) or is_family(segment.text))
                and self.is_name(segment, segment.text)
            ):
                yield segment.text
                return


def agencies(line: str) -> list[str]:
    """Return the agencies on a line that names nothing else but a place or two: "AFP, MANILA", "(Reuters)"."""
    parts = (
        [part for part in _CREDIT_PARTS.split(line.strip(" .()[]—–-")) if part]
        if len(line) < LINE / 2
        else []
    )
    known = [part for part in parts if key(part) in AGENCIES]
    return (
        known
        if known
        and len(parts) - len(known) <= 1
        and all(part[0].isupper() and len(part.split()) <= 2 for part in parts)  # noqa: PLR2004
        else []
    )


def is_names(text: str) -> bool:
    """Tell whether a line can be nothing but one to four names; a script without capitals does not tell."""
    parts = [part for part in _NAMES_APART.split(text.strip(" .—–-()[]")) if part]
    return (
        0 < len(parts) <= 4  # noqa: PLR2004
        and len(text) < LINE
        and all(
            re.fullmatch(_NAME, part)
            and (_is_capital(part) or _is_caseless(part))
            and len(part) < LINE / 2
            for part in parts
        )
    )


def is_family(names: str) -> bool:
    """Tell whether a line's last word ends as families of the region are called."""
    words = _WORDS.findall(names)
    return len(words) > 1 and len(words[-1]) > 4 and _FAMILY.search(words[-1]) is not None  # noqa: PLR2004


def set_apart(segment: Segment) -> bool:
    """Tell whether a line is bold, in italics, set to the line's end, or in a box that is called an author's."""
    if segment.strong >= 0.9 * len(segment.text):
        return True
    boxes = [segment.node, *islice(segment.node.iterancestors(), 2)]
    look = " ".join(
        f"{box.get('style') or ''} {box.get('align') or ''}" for box in boxes[:2]
    ).lower()
    return (
        "text-align:right" in look.replace(" ", "")
        or look.strip() == "right"
        or any(_SIGNED.search(f"{box.get('class') or ''} {box.get('id') or ''}") for box in boxes)
    )
