"""What changed between two texts of one article, and whether it matters: pure.

Noise is what pages change by themselves: white space, quotes and dashes, counters, "updated" lines, clocks. It is judged line by line and by
the line's form, never by an outlet.

An edit is what changed on the page, not in our reading of it: a line that still stands on the new page was not removed by the
outlet, and one that stood on the old page was not added. What changes although the pages' lines account for all of it (by another
profile, layout or extractor) is a correction of ours. Where the old page's lines are not known, a changed choice of whole blocks
under another version of the extractor is one; words changed inside a block are the outlet's.
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from news.page_lines import fingerprint, plain, unpack

_DIGITS = re.compile(r"\d+(?:[.,:\s]\d+)*")
_WORD = re.compile(r"\w+")
_MOST_WORDS_OF_A_LABEL = 9
_LONGEST_LABEL = 120

# Words that make a short line with a number a counter, and lines that say when a page was touched. Stems, folded.
_COUNTERS = (
    "view",
    "read",
    "visit",
    "hits",
    "share",
    "like",
    "comment",
    "repl",
    "download",
    "listen",
    "click",
    "просмотр",
    "прочит",
    "прочт",
    "читал",
    "коммент",
    "поделил",
    "ответ",
    "скачив",
    "baxıl",
    "baxış",
    "oxun",
    "şərh",
    "paylaş",
    "görüntü",
    "okun",
    "yorum",
    "izlen",
    "gösterim",
    "դիտ",
    "ընթերց",
    "կարդաց",
    "մեկնաբան",
    "ნახვ",
    "წაკითხ",
    "კომენტ",
    "გაზიარ",
    "بازدید",
    "نظر",
    "خوانده",
    "مشاهده",
    "көру",
    "қарал",
    "оқыл",
    "пікір",
    "көрүү",
    "карал",
    "окулд",
    "izoh",
)
# Words of "5 minutes ago"; and units, which count only beside one of them or beside "read".
_AGO = (
    "ago",
    "назад",
    "əvvəl",
    "önce",
    "առաջ",
    "წინ",
    "پیش",
    "бұрын",
    "мурда",
    "oldin",
    "олдин",
    "read",
)
_UNITS = (
    "min",
    "minute",
    "hour",
    "day",
    "week",
    "минут",
    "час",
    "дн",
    "день",
    "недел",
    "dəqiqə",
    "saat",
    "gün",
    "dakika",
    "րոպե",
    "ժամ",
    "օր",
    "წუთ",
    "საათ",
    "დღ",
    "دقیقه",
    "ساعت",
    "روز",
    "сағат",
    "күн",
    "мүнөт",
    "daqiqa",
    "soat",
    "kun",
    "соат",
)
_ENDING = 7  # letters that may follow a stem
_STAMPS = (
    "updated",
    "last updated",
    "last modified",
    "published",
    "posted",
    "modified",
    "обновл",
    "опубликован",
    "изменен",
    "дата",
    "yenilən",
    "son yenil",
    "dərc",
    "güncelle",
    "yayın",
    "son güncel",
    "թարմաց",
    "հրապարակ",
    "განახლ",
    "გამოქვეყნ",
    "به‌روز",
    "بروز",
    "به روز",
    "منتشر",
    "انتشار",
    "آخرین",
    "жаңарт",
    "жарияла",
    "yangilan",
    "e'lon",
    'e"lon',
    "янгилан",
)
# A note by which an outlet owns up to a change.
_NOTES = (
    "correction",
    "corrected",
    "clarification",
    "amended",
    "an earlier version",
    "a previous version",
    "editor's note",
    'editor"s note',
    "this article was changed",
    "this story was updated",
    "this story has been updated",
    "this article has been",
    "update:",
    "исправлен",
    "уточнен",
    "поправк",
    "в предыдущей версии",
    "от редакции",
    "в первоначальной",
    "düzəliş",
    "dəqiqləşdir",
    "redaksiyadan",
    "düzeltme",
    "düzeltil",
    "editörün notu",
    "ուղղում",
    "ճշտում",
    "խմբագր",
    "შესწორ",
    "დაზუსტ",
    "რედაქცი",
    "اصلاح",
    "تصحیح",
    "توضیح",
    "түзету",
    "нақтыла",
    "түзөтүү",
    "tuzatish",
    "aniqlik",
    "тузатиш",
)


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
    signed: str = ""

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
            "added": list(self.added[:200]),
            "removed": list(self.removed[:200]),
            "blocks_added": self.blocks_added,
            "blocks_removed": self.blocks_removed,
            "blocks_changed": self.blocks_changed,
        }


def is_noise(line: str) -> bool:
    """Return whether a compared line is a counter, a clock or a stamp of its own: short, and of that form as a whole."""
    words = [word for word in _WORD.findall(_DIGITS.sub(" ", line)) if not word.isdigit()]
    if "|" in line:  # a table's row
        return False
    if not words:
        return True
    if len(words) > _MOST_WORDS_OF_A_LABEL or line.endswith((".", "!", "?", "…")):
        return False
    lowered = line.lower()
    if _DIGITS.search(line) and lowered.lstrip(' -|•:"([').startswith(_STAMPS):
        return True
    return _is_counter(words, line)


def _is_counter(words: list[str], line: str) -> bool:
    """Return whether a line has a number and at most one word beside those of counters, as in "Views 1 234" or "5 minutes ago"."""
    if not _DIGITS.search(line):
        return False
    lowered = [word.lower() for word in words]
    stems = (*_COUNTERS, *_AGO, *_UNITS) if any(_has(word, _AGO) for word in lowered) else _COUNTERS
    others = [word for word in lowered if not _has(word, stems)]
    return len(others) < len(words) and len(others) <= (1 if len(words) > 1 else 0)


def _has(word: str, stems: tuple[str, ...]) -> bool:
    return any(word.startswith(stem) and len(word) <= len(stem) + _ENDING for stem in stems)


def lines(body: str) -> list[str]:
    """Return the compared lines of a body, noise left out. A long line is never noise."""
    found = [line.strip() for line in plain(body).split("\n")]
    return [line for line in found if line and (len(line) > _LONGEST_LABEL or not is_noise(line))]


def canonical(title: str, standfirst: str, body: str) -> tuple[str, str, str]:
    """Return the text without noise: equal values are the same text."""
    return plain(title).strip(), plain(standfirst).strip(), "\n".join(lines(body))


def compare(old: Text, new: Text) -> Change:
    """Return what changed from one version to the next, and whether it is the outlet's doing."""
    before, after = (
        canonical(old.title, old.standfirst, old.body),
        canonical(new.title, new.standfirst, new.body),
    )
    if before == after:
        return Change(verdict=Verdict.NOISE)
    gone, come, changed = _blocks(before[2].split("\n"), after[2].split("\n"))
    removed, added = _words(" ".join(before), " ".join(after))
    return Change(
        verdict=_verdict(old, new, changed=changed, fields=before[:2] != after[:2]),
        headline=before[0] != after[0],
        added=tuple(added),
        removed=tuple(removed),
        blocks_added=come,
        blocks_removed=gone,
        blocks_changed=changed,
        note=_note(before, after),
        signed=", ".join(name for name in new.authors if name not in old.authors),
    )


def _verdict(old: Text, new: Text, *, changed: int, fields: bool) -> Verdict:
    """Return whose change it is: ours, when the same bytes, or the same lines of a page, were read otherwise."""
    if old.page_digest and old.page_digest == new.page_digest:
        return Verdict.CORRECTION
    if old.extractor != new.extractor and not changed and not fields:
        return Verdict.CORRECTION
    if old.page_lines and new.page_lines and _stood_all(old, new):
        return Verdict.CORRECTION
    return Verdict.EDIT


def _stood_all(old: Text, new: Text) -> bool:
    """Return whether all that left the text still stands on the new page, all that joined it stood on the old one, in one order."""
    before, after = lines(old.body), lines(new.body)
    old_counts, new_counts = Counter(before), Counter(after)
    both = old_counts & new_counts
    if [line for line in before if line in both] != [line for line in after if line in both]:
        return False
    gone = [*(old_counts - new_counts), plain(old.title).strip(), plain(old.standfirst).strip()]
    come = [*(new_counts - old_counts), plain(new.title).strip(), plain(new.standfirst).strip()]
    return _stand(gone, new, after) and _stand(come, old, before)


def _stand(sought: Iterable[str], text: Text, body: Iterable[str]) -> bool:
    """Return whether lines stand on a text's page, or in the text itself."""
    there = unpack(text.page_lines) | {fingerprint(line) for line in body}
    there |= {fingerprint(plain(line).strip()) for line in (text.title, text.standfirst)}
    return all(not line or fingerprint(line) in there for line in sought)


def _blocks(before: list[str], after: list[str]) -> tuple[int, int, int]:
    """Return how many blocks were removed, added, and changed (replaced by one that shares at least half of its words)."""
    left, right = Counter(before), Counter(after)
    gone, come = list((left - right).elements()), list((right - left).elements())
    changed = 0
    for old in list(gone):
        near = next((new for new in come if _alike(old, new)), None)
        if near is not None:
            gone.remove(old)
            come.remove(near)
            changed += 1
    return len(gone), len(come), changed


def _alike(old: str, new: str) -> bool:
    left, right = Counter(_WORD.findall(old)), Counter(_WORD.findall(new))
    return 2 * (left & right).total() >= max(left.total(), right.total())


def _words(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return words removed and added, in order; only the part between what the texts share at both ends is compared word by word."""
    left, right = before.split(), after.split()
    head = _shared(left, right)
    tail = _shared(left[head:][::-1], right[head:][::-1])
    left, right = left[head : len(left) - tail], right[head : len(right) - tail]
    removed: list[str] = []
    added: list[str] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(
        None,
        left,
        right,
        autojunk=len(left) + len(right) > 2000,  # noqa: PLR2004
    ).get_opcodes():
        if tag != "equal":
            removed.extend(left[i1:i2])
            added.extend(right[j1:j2])
    return removed, added


def _shared(left: list[str], right: list[str]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def _note(before: tuple[str, str, str], after: tuple[str, str, str]) -> str:
    """Return the first new line that owns up to a change."""
    known = set(_lines_of(before))
    return next(
        (
            line
            for line in _lines_of(after)
            if line not in known and any(word in line.lower() for word in _NOTES)
        ),
        "",
    )[:500]


def _lines_of(text: tuple[str, str, str]) -> Iterable[str]:
    return (text[0], text[1], *text[2].split("\n"))
