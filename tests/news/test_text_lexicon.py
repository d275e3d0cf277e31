"""The fast ways of reading say what reading token by token says, in bounded memory.

Terms stay what stored articles have.
"""

import json

import pytest
import textgolden
import wordforms
from hypothesis import given, settings
from hypothesis import strategies as st

from news.text import (
    BODY_START,
    BODY_TOKENS,
    TITLE_TOKENS,
    Memory,
    cut,
    document_term_set,
    document_terms,
    index_document,
    index_terms,
    lexicon_of,
)
from news.text.lexicon import LONGEST
from news.text.scripts import GROUPS, TOKEN, group_of, manner

_SIGNS = "aбЯəİ9٣' ’ʼ_-.,%|/\u00ad\u0301\u200c\u064bა։՛…»\n\x1f\u2028"
LANGUAGES = [*wordforms.LANGUAGES, "und", "de", "crh", "", "no language"]


def slowly(text: str, language: str) -> list[tuple[str, ...]]:
    return [document_terms(raw, language) for raw in TOKEN.findall(text)]


@settings(deadline=None)
@given(st.text() | st.text(_SIGNS), st.sampled_from(LANGUAGES))
def test_a_text_read_quickly_has_the_terms_of_its_tokens(text: str, language: str):
    found = slowly(text, language)
    assert [raw for piece in cut(text) for raw in TOKEN.findall(piece)] == TOKEN.findall(text)
    assert index_terms(text, language) == found
    assert lexicon_of(language).anywhere(text) == {term for terms in found for term in terms}


@settings(deadline=None)
@given(st.text(_SIGNS), st.text(_SIGNS))
def test_the_set_of_terms_is_that_of_the_index(title: str, text: str):
    postings = index_document(title, text, "az")
    anywhere, in_title = document_term_set(title, text, "az")
    assert anywhere == postings.keys()
    assert in_title == {term for term, places in postings.items() if places[0] < BODY_START}


def test_what_is_not_indexed_is_in_no_set():
    anywhere, in_title = document_term_set(
        "a " * TITLE_TOKENS + "never", "b " * (BODY_TOKENS - 1) + "last-beyond", "en"
    )
    assert anywhere == {"Ea", "Eb", "Elast"}
    assert in_title == {"Ea"}


def test_no_token_holds_a_sign_at_which_texts_are_cut():
    for code in range(0x3000):
        sign = chr(code)
        if len(cut(f"aя{sign}aя")) == 2:
            assert TOKEN.findall(f"aя{sign}aя") == ["aя", "aя"], hex(code)


@pytest.mark.parametrize(
    "language",
    [
        "az",
        "tr",
        "tk",
        "gag",
        "crh",
        "kk",
        "tt",
        "uz",
        "ky",
        "ba",
        "kaa",
        "tg",
        "ru",
        "en",
        "fa",
        "",
        "x",
    ],
)
def test_languages_of_one_manner_have_the_same_groups(language: str):
    for script in GROUPS:
        assert group_of(script, language) == group_of(script, manner(language))


def test_terms_are_those_that_stored_articles_have():
    """Where this fails on purpose, storage.archive.terms.VERSION must rise."""
    assert textgolden.digests(document_terms) == json.loads(
        textgolden.GOLDEN.read_text(encoding="utf-8")
    )


def test_memory_is_bounded_and_keeps_the_latest_words():
    memory = Memory(100)
    english, uzbek = memory.lexicon("en"), memory.lexicon("uz")
    for number in range(200):
        text = f"common word{number} Ltd_{number}"
        assert english.of(text) == slowly(text, "en")
        assert uzbek.of(text) == slowly(text, "uz")
    assert len(english) + len(uzbek) <= 100
    assert "common" in english
    assert "word0" not in english
    assert memory.lexicon("fr") is english


def test_long_words_are_read_and_not_remembered():
    lexicon = Memory().lexicon("en")
    long, odd = "a" * (LONGEST + 1), "b§" * LONGEST
    assert lexicon.of(f"{long} {odd}") == slowly(f"{long} {odd}", "en")
    assert set(lexicon) == {"b"}


def test_terms_are_kept_in_the_form_that_is_asked_for():
    memory = Memory(form=lambda term: f"<{term}>")
    assert memory.lexicon("en").of("Gas Ltd_2") == [
        tuple(f"<{term}>" for term in terms) for terms in slowly("Gas Ltd_2", "en")
    ]
