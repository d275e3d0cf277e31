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
    name_keys = names.keys(
        *_spoken(
            raw,
            word,
            folded,
            script,
            group,
        )
    )
    terms = (group + stem, *name_keys)

    if group in "TZ" and word[0] != word[0].lower() and _MARKED.search(word):
        terms += (_as_english_writes(word),)

    bare = typed.bare_stem(stem, group)
    if bare:
        terms += (typed.BARE + bare,)

    return terms


def _as_english_writes(word: str) -> str:
    """Return the stem term that a name with Turkish letters has in an English text."""
    name, _, _ = word.partition("'")
    folded = scripts.fold(name, "E")

    return "E" + stems.stem(folded, "E")


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
    found, beginnings = _form_terms(word)
    whole = dict.fromkeys(found)

    if aliases is not None and _may_have_aliases(word):
        for form in aliases.words(word):
            others = _alias_terms(form)
            whole.update(dict.fromkeys(others))

    guessed = guessed_terms(word, aliases=aliases)
    whole.update(dict.fromkeys(guessed))

    return tuple(whole), beginnings


def guessed_terms(word: str, *, aliases: Aliases | None = None) -> tuple[str, ...]:
    """Return those of a query token's terms that only guess at what was meant.

    They find a word typed without its marks, a name typed without its capital; what has none but
    these ranks below what has the word as it was typed.
    """
    guessed: dict[str, None] = {}
    if aliases is not None and len(word) >= _LEAST_ALIAS and not _may_have_aliases(word):
        for form in aliases.words(word):
            others = _alias_terms(form)
            guessed.update(dict.fromkeys(others))

    cleaned = scripts.clean(word)
    script = scripts.script_of(cleaned)
    meant = typed.guesses(cleaned, script)
    guessed.update(dict.fromkeys(meant))

    own, _ = _form_terms(word)
    only_guessed = [term for term in guessed if term not in own]

    return tuple(only_guessed)


def _alias_terms(form: str) -> tuple[str, ...]:
    """Return the terms of another name of what a word names.

    A Persian name's readings are many; the table has its other spellings anyway.
    """
    found, _ = _form_terms(form)
    stem_term = found[0]
    group = stem_term[0]
    if group in scripts.GROUPS[scripts.ARABIC]:
        return (stem_term,)

    return found


def _may_have_aliases(word: str) -> bool:
    """Capitalised, or in a script without capitals."""
    first = word[:1]
    is_capital = first != first.lower()
    has_no_case = first == first.swapcase()
    if is_capital or has_no_case:
        return True

    return scripts.script_of(word) == scripts.GEORGIAN


@lru_cache(maxsize=100_000)
def _form_terms(raw: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    word = scripts.clean(raw)
    script = scripts.script_of(word)
    whole: dict[str, None] = {}
    beginnings: dict[str, None] = {}

    for group in scripts.GROUPS[script]:
        folded = scripts.fold(word, group)
        for stem in paradigms.stems_of(folded, group):
            whole[group + stem] = None

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

    others = _elsewhere(word, script)
    whole.update(dict.fromkeys(others))

    return tuple(whole), tuple(beginnings)


def _elsewhere(word: str, script: str) -> Iterator[str]:
    """Give the terms of a word where it is spelled otherwise: in English, in Latin Uzbek."""
    if script == scripts.LATIN:
        folded = scripts.fold(word, "E")
        yield from _other_english(folded)

    if script == scripts.CYRILLIC and uzbek.may_be(word):
        spelled = uzbek.latin(word)
        yield from _uzbek_terms(spelled)


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
    script = scripts.script_of(word)
    whole: dict[str, None] = {}
    beginnings: dict[str, None] = {}

    for group in _groups_of_prefix(script):
        folded = scripts.fold(word, group)
        stem = stems.stem(folded, group)

        beginnings[group + folded] = None
        if not stem.startswith(folded):
            whole[group + stem] = None

    if script == scripts.CYRILLIC and uzbek.may_be(word):
        spelled = uzbek.latin(word)
        folded = scripts.fold(spelled, "Z")
        beginnings["Z" + folded] = None

    if script == scripts.LATIN:
        bare = typed.bare_prefix(word)
        if bare:
            beginnings[bare] = None

    return tuple(whole), tuple(beginnings)


def _groups_of_prefix(script: str) -> str:
    """Return the groups in which words may begin with letters of a script.

    Digits alone may go on in letters of any script: F-16*, 7604*.
    """
    if script == scripts.NUMBER:
        return _ALL_GROUPS

    return scripts.GROUPS[script]
