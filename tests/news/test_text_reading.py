"""Tokens, folds, positions and limits."""

import unicodedata

import pytest
import wordforms
from hypothesis import example, given, settings
from hypothesis import strategies as st

from news.query import Document, evaluate, parse
from news.text import (
    BODY_START,
    BODY_TOKENS,
    OCCURRENCES,
    TITLE_TOKENS,
    analyse,
    document_terms,
    index_document,
    index_terms,
    prefix_terms,
    words,
)


def stem(word: str, language: str) -> str:
    return document_terms(word, language)[0]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("tr", "DIYARBAKIR", "Diyarbakır"),
        ("tr", "İSTANBUL", "istanbul"),
        ("az", "ƏLİYEV", "Əliyev"),
        ("az", "İLHAM", "İlham"),
        ("tr", "Iğdır", "IĞDIR"),
        ("ka", "ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ", "საქართველო"),
        ("hy", "Ալիև", "Ալիեւ"),
        ("hy", "ԵՐԵՎԱՆ", "Երևան"),
        ("fa", "علي", "علی"),
        ("fa", "كشور", "کشور"),
        ("fa", "می‌رود", "میرود"),
        ("ru", "ещё", "еще"),
        ("ru", "и\u0306од", "йод"),
        ("en", "Erdoğan", "Erdogan"),
        ("en", "cafe\u0301", "café"),
        ("en", "ｆｕｌｌ", "full"),
        ("uz", "O‘zbekiston", "Oʻzbekiston"),
        ("uz", "O'zbekiston", "O’zbekiston"),
        ("und", "۲۰۲۶", "2026"),
        ("en", "Azerbaijan’s", "Azerbaijan"),
    ],
)
def test_spellings_of_one_word_are_one(language: str, one: str, other: str):
    assert stem(one, language) == stem(other, language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Türkiye'nin NATO-ს foo_bar", ["Türkiye'nin", "NATO", "ს", "foo", "bar"]),
        ("Нью-Йорк, U.S. 3,5%", ["Нью", "Йорк", "U", "S", "3", "5"]),
        ("«ალიევი» — “Nar”", ["ალიევი", "Nar"]),
        ("", []),
        ("… !!! –", []),
    ],
)
def test_tokens(text: str, expected: list[str]):
    assert [token.surface for token in analyse(text, "und").tokens] == expected


@settings(deadline=None)
@example("\ufc5e", "az")
@given(st.text(), st.sampled_from([*wordforms.LANGUAGES, "und", "zz", "nonsense", ""]))
def test_any_text_can_be_read(text: str, language: str):
    analysis = analyse(text, language)
    for token in analysis.tokens:
        assert text[token.start : token.end] == token.surface
        assert token.terms
        # A token without a letter (a ligature of vowel signs, an apostrophe alone) has its group's
        # mark alone.
        assert all(0 < len(term) < 140 for term in token.terms)
    assert [token.terms for token in analysis.tokens] == index_terms(text, language)
    assert words(" ".join(words(text))) is not None


@settings(deadline=None)
@given(st.text(alphabet=st.characters(categories=["L", "Nd"]), min_size=1))
def test_normal_forms_do_not_matter(word: str):
    assert [t.terms for t in analyse(unicodedata.normalize("NFC", word), "ru").tokens] == [
        t.terms
        for t in analyse(
            unicodedata.normalize("NFC", unicodedata.normalize("NFD", word)), "ru"
        ).tokens
    ]


def test_title_and_body_have_their_own_positions():
    postings = index_document("gas deal", "gas", "en")
    assert postings["Egas"] == [1, BODY_START]
    assert postings["Edeal"] == [2]


def test_what_is_not_indexed_does_not_exist():
    body = "word " * (BODY_TOKENS - 1) + "last beyond"
    document = Document(title="t " * TITLE_TOKENS + "never", text=body, language="en")
    assert evaluate(parse("last"), document) is not None
    assert evaluate(parse("beyond"), document) is None
    assert evaluate(parse("never"), document) is None
    postings = index_document(document.title, document.text, "en")
    assert len(postings["Eword"]) == OCCURRENCES
    assert max(max(places) for places in postings.values()) == BODY_START + BODY_TOKENS - 1 < 16_383


def test_a_frequent_word_is_lost_to_phrases_after_its_last_kept_place():
    text = "gas " * OCCURRENCES + "gas pipeline"
    assert evaluate(parse('"gas pipeline"'), Document(title="", text=text, language="en")) is None
    assert evaluate(parse("gas pipeline"), Document(title="", text=text, language="en")) is not None


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "ﷺ" * 50_000,
        "𞤀" * 100_000,
        "e\u0301" * 90_000,
        "'" * 100_000,
        "a'" * 60_000,
        "9" * 100_000,
    ],
)
def test_hostile_texts_stay_small(text: str):
    postings = index_document(text, text, "en")
    assert sum(len(term.encode()) for term in postings) < 100_000


@pytest.mark.parametrize("language", wordforms.LANGUAGES)
def test_forms_of_a_word_find_each_other(language: str):
    score = wordforms.conflation(language)
    assert score.share >= 0.92, score.astray


@pytest.mark.parametrize("language", wordforms.LANGUAGES)
def test_different_words_stay_apart(language: str):
    pairs, merged = wordforms.merged(language)
    assert len(merged) / pairs <= 0.02, merged


@pytest.mark.parametrize(
    ("prefix", "word", "language"),
    [
        ("organiz", "organizations", "en"),
        ("sanction", "sanctioned", "en"),
        ("санкци", "санкциями", "ru"),
        ("азербайдж", "азербайджанский", "ru"),
        ("azərbayc", "Azərbaycanda", "az"),
        ("government", "governments", "en"),
        ("საქართ", "საქართველოს", "ka"),
        ("state", "states", "en"),
    ],
)
def test_prefixes_find_words_in_any_form(prefix: str, word: str, language: str):
    assert (
        evaluate(parse(f"{prefix}*"), Document(title=word, text="", language=language)) is not None
    )
    assert prefix_terms(prefix)[1]


def test_a_language_does_not_borrow_the_stems_of_another():
    # Turkish evlerin is ev, English ev is an electric vehicle.
    assert evaluate(parse("evlerin"), Document(title="evde", text="", language="tr")) is not None
    assert evaluate(parse("evlerin"), Document(title="ev", text="", language="en")) is None
