"""From a word to its index terms, for documents and for queries alike.

A document's token has one stem term (group mark + stem), where the stem has marks that people leave
out a bare one ("B" + the stem without), and, when it may be a name, one or two name keys
("~" + key). A query's word does not know its language: it has the stem terms of all its
forms in every group of its script, and name keys when it may be a name. Word and token match when
they share a term.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from news.text import british, names, paradigms, scripts, stems, typed, uzbek
from news.text.aliases import Aliases

NAME = "~"
_LEAST_ALIAS = 4  # letters of a name in the alias table that is known in small letters, too
_ALL_GROUPS = "".join(scripts.GROUPS.values())


def document_terms(raw: str, language: str) -> tuple[str, ...]:
    """Return the index terms of one raw token in a text of `language`.

    The stem term first, then name keys. Never empty.
    """
    word, script = scripts.read(raw)
    group = scripts.group_of(script, language)
    if group == "Z" and script == scripts.CYRILLIC:
        word, script = uzbek.latin(word), scripts.LATIN

    folded = scripts.fold(word, group)
    stem = stems.stem(folded, group)
    terms = (
        group + stem,
        *names.keys(
            *_spoken(
                raw,
                word,
                folded,
                script,
                group,
            )
        ),
    )

    if group in "TZ" and word[0] != word[0].lower() and _MARKED.search(word):
        terms += ("E" + stems.stem(scripts.fold(word.partition("'")[0], "E"), "E"),)

    bare = typed.bare_stem(stem, group)

    return (*terms, typed.BARE + bare) if bare else terms


def _spoken(
    raw: str,
    word: str,
    folded: str,
    script: str,
    group: str,
) -> tuple[str, str, str, str]:
    """Return what name keys are made of.

    A Persian heh before a joiner is a vowel (قره‌بایف), which the cleaned word no longer shows.

    After alef and in -allah it is an h: پناه‌اف, امرالله‌یف.
    """
    if (
        script == scripts.ARABIC
        and _HEH.search(raw)
        and names.keys(
            word,
            folded,
            script,
            group,
        )
    ):  # common words stay common
        word = scripts.clean(_HEH.sub("ا", raw))
        folded = scripts.fold(word, group)
    return word, folded, script, group


_HEH = re.compile("(?<!ا)(?<!لل)ه\u200c")
# English texts write Çavuşoğlu as Cavusoglu, which no key can know to be the same sound; so it is
# indexed as English writes it, too.
_MARKED = re.compile("[çşÇŞ]")


def query_terms(
    word: str, *, aliases: Aliases | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (whole terms, beginnings of terms) of one query token, any of which matches.

    A capitalised word that alone names something in the alias table has the terms of its other
    names too.
    """
    whole: dict[str, None] = {}
    beginnings: dict[str, None] = {}

    found, begun = _form_terms(word)
    whole.update(dict.fromkeys(found))
    beginnings.update(dict.fromkeys(begun))

    for form in aliases.words(word) if aliases is not None and _may_have_aliases(word) else ():
        whole.update(dict.fromkeys(_alias_terms(form)))

    whole.update(dict.fromkeys(guessed_terms(word, aliases=aliases)))

    return tuple(whole), tuple(beginnings)


def guessed_terms(word: str, *, aliases: Aliases | None = None) -> tuple[str, ...]:
    """Return those of a query token's terms that only guess at what was meant.

    They find a word typed without its marks, a name typed without its capital; what has none but
    these ranks below what has the word as it was typed.
    """
    guessed: dict[str, None] = {}
    if aliases is not None and len(word) >= _LEAST_ALIAS and not _may_have_aliases(word):
        for form in aliases.words(word):
            guessed.update(dict.fromkeys(_alias_terms(form)))

    cleaned = scripts.clean(word)
    guessed.update(dict.fromkeys(typed.guesses(cleaned, scripts.script_of(cleaned))))
    own, _ = _form_terms(word)

    return tuple(term for term in guessed if term not in own)


def _alias_terms(form: str) -> tuple[str, ...]:
    """Return the terms of another name of what a word names.

    A Persian name's readings are many; the table has its other spellings anyway.
    """
    found, _ = _form_terms(form)
    return found[:1] if found[0][0] in scripts.GROUPS[scripts.ARABIC] else found


def _may_have_aliases(word: str) -> bool:
    """Capitalised, or in a script without capitals."""
    return (
        word[:1] != word[:1].lower()
        or word[:1] == word[:1].swapcase()
        or scripts.script_of(word) == scripts.GEORGIAN
    )


@lru_cache(maxsize=100_000)
def _form_terms(raw: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    word = scripts.clean(raw)
    script = scripts.script_of(word)
    whole: dict[str, None] = {}
    beginnings: dict[str, None] = {}

    for group in scripts.GROUPS[script]:
        folded = scripts.fold(word, group)
        whole.update(dict.fromkeys(group + stem for stem in paradigms.stems_of(folded, group)))
        keys, begun = names.query_keys(
            *_spoken(
                raw,
                word,
                folded,
                script,
                group,
            )
        )

        whole.update(dict.fromkeys(keys))
        beginnings.update(dict.fromkeys(begun))

    if script == scripts.LATIN:
        whole.update(dict.fromkeys(_other_english(scripts.fold(word, "E"))))
    if script == scripts.CYRILLIC and uzbek.may_be(word):
        whole.update(dict.fromkeys(_uzbek_terms(uzbek.latin(word))))

    return tuple(whole), tuple(beginnings)


def _other_english(folded: str) -> Iterator[str]:
    """Give the stem terms of a word's other spellings in English: organise, organize."""
    for spelling in british.other_spellings(folded):
        yield "E" + stems.stem(spelling, "E")


def _uzbek_terms(word: str) -> Iterator[str]:
    """Give the terms of a word in Cyrillic letters as Uzbek's Latin ones write it."""
    folded = scripts.fold(word, "Z")
    for stem in paradigms.stems_of(folded, "Z"):
        yield "Z" + stem

    yield from names.keys(word, folded, scripts.LATIN, "Z")


@lru_cache(maxsize=100_000)
def prefix_terms(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (whole terms, beginnings of terms) of `word*`.

    Stems that begin with the letters, or that equal the stem of the letters.
    """
    word = scripts.clean(word)
    whole: dict[str, None] = {}
    beginnings: dict[str, None] = {}
    script = scripts.script_of(word)
    # Digits alone may go on in letters of any script: F-16*, 7604*.
    groups = _ALL_GROUPS if script == scripts.NUMBER else scripts.GROUPS[script]

    for group in groups:
        folded = scripts.fold(word, group)
        beginnings[group + folded] = None

        if not (stem := group + stems.stem(folded, group)).startswith(group + folded):
            whole[stem] = None

    if script == scripts.CYRILLIC and uzbek.may_be(word):
        beginnings["Z" + scripts.fold(uzbek.latin(word), "Z")] = None
    if script == scripts.LATIN and typed.bare_prefix(word):
        beginnings[typed.bare_prefix(word)] = None

    return tuple(whole), tuple(beginnings)
