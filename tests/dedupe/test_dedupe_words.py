"""The vectorised tokeniser and the winnowing against their plain definitions."""

import unicodedata

import numpy as np
import pytest
import storygen
from hypothesis import given, settings
from hypothesis import strategies as st

import dedupe
from dedupe.fingerprints import key_places
from dedupe.tokens import NUMBER, tokenise
from dedupe.winnowing import LEAST, SHINGLE, SPANS, WINDOW, shingles

ALPHABET = "abcXYZ İıIiəĞşЙйЁё АбвԵևﬁßأبي ی‌ک۵5٣ხაჰ.,-’\n\t\u0301\u00ad😀"


def words(text):
    return tokenise([text]).words.tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BAKI İRAN IŞIQ", "bakı iran ışıq"),
        ("Xəbər agentliyi", "XƏBƏR AGENTLİYİ"),
        ("Ёлка Йод", "елка иод"),
        ("հայ և վրացի", "ՀԱՅ եւ ՎՐԱՑԻ"),
        ("ინფორმაცია", "ᲘᲜᲤᲝᲠᲛᲐᲪᲘᲐ"),
        ("كتاب عربي", "کتاب عربی"),
        ("می‌شود", "میشود"),
        ("۲۵ آبان", "25 آبان"),
        ("co\u00adoperation", "cooperation"),
        ("Straße", "STRASSE"),
        ("one—two… «three»", "one two three"),
        ("a😀b", "a b"),
    ],
)
def test_texts_that_differ_only_in_typing_have_the_same_words(one, other):
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gaz", "qaz"),
        ("5 mln", "6 mln"),
        ("ab c", "a bc"),
        ("new york", "newyork"),
        ("ləkə", "leka"),
    ],
)
def test_texts_that_differ_in_letters_do_not(one, other):
    assert words(one) != words(other)


REGION = [
    (0x20, 0x77F),
    (0x10A0, 0x10FF),
    (0x1C90, 0x1CBF),
    (0x1E00, 0x1FFF),
    (0x2D00, 0x2D2F),
]  # Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Georgian


def test_composed_and_decomposed_letters_of_the_regions_scripts_are_the_same():
    letters = [chr(code) for first, last in REGION for code in range(first, last + 1)]
    composed, decomposed = (
        [
            part.tolist()
            for part in tokenise(
                [unicodedata.normalize(form, letter) for letter in letters]
            ).split()
        ]
        for form in ("NFC", "NFD")
    )
    assert composed == decomposed


@given(
    st.text(
        st.one_of(st.characters(min_codepoint=first, max_codepoint=last) for first, last in REGION)
    )
)
def test_the_normal_form_of_unicode_does_not_matter(text):
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@given(st.lists(st.text(ALPHABET, max_size=60), max_size=12))
def test_texts_of_a_batch_do_not_touch_one_another(texts):
    tokens = tokenise(texts)
    assert [part.tolist() for part in tokens.split()] == [words(text) for text in texts]


def test_a_batch_longer_than_a_chunk_is_the_same_as_its_texts_alone():
    writer = storygen.Writer(1, "ru")
    texts = [writer.report() for _ in range(60)] + ["", writer.report(3000), "x"]
    assert [part.tolist() for part in tokenise(texts).split()] == [words(text) for text in texts]


def test_lone_surrogates_and_zero_bytes_are_separators():
    assert words("a\ud800b\0c") == words("a b c")


def test_words_that_begin_with_a_digit_are_marked():
    assert [int(word & NUMBER) for word in tokenise(["x 15 ten 3rd ٤ mi6"]).words] == [
        0,
        1,
        0,
        1,
        1,
        0,
    ]


def window_of(count):
    return next(
        (size for size in (WINDOW, WINDOW // 2, WINDOW // 4) if count >= size * SPANS), LEAST
    )


def plain_keys(hashes):
    if not hashes:
        return set()
    width = min(window_of(len(hashes)), len(hashes))
    return {min(hashes[start : start + width]) for start in range(len(hashes) - width + 1)}


@given(st.lists(st.integers(0, 500), max_size=8), st.integers(0, 5))
@settings(max_examples=60)
def test_winnowed_keys_are_the_minima_of_all_windows(lengths, seed):
    random = np.random.default_rng(seed)
    texts = [
        " ".join(f"w{number}" for number in random.integers(0, 90, length)) for length in lengths
    ]
    for printed in dedupe.make_prints(texts):
        found = plain_keys(shingles(printed.words, SHINGLE).tolist())
        assert found <= set(printed.keys.tolist())
        assert len(printed.keys) - len(found) in {0, 2}
        assert found == set(key_places(printed.words)[1].tolist())


@given(
    st.integers(0, 10_000),
    st.integers(0, 80),
    st.integers(0, 80),
    st.integers(WINDOW + SHINGLE - 1, 120),
)
@settings(max_examples=40)
def test_a_common_passage_of_a_window_always_gives_a_common_key(seed, before, after, length):
    random = np.random.default_rng(seed)
    passage, *rest = (
        " ".join(f"{mark}{number}" for number in random.integers(0, 10**6, count))
        for mark, count in (("p", length), ("a", before), ("b", after), ("c", after), ("d", before))
    )
    one, other = dedupe.make_keys(
        [f"{rest[0]} {passage} {rest[1]}", f"{rest[2]} {passage} {rest[3]}"]
    )
    assert len(np.intersect1d(one, other))


@given(st.integers(0, 10_000), st.integers(12, 600), st.integers(0, 8))
@settings(max_examples=60)
def test_the_shorter_a_report_the_shorter_the_excerpt_that_shares_a_key_with_it(seed, length, own):
    random = np.random.default_rng(seed)
    report = [f"w{number}" for number in random.integers(0, 10**6, length)]
    size = min(length, window_of(length - SHINGLE + 1) + SHINGLE - 1)
    start = int(random.integers(0, length - size + 1))
    excerpt = [*report[start : start + size], *(f"own{number}" for number in range(own))]
    one, other = dedupe.make_keys([" ".join(report), " ".join(excerpt)])
    assert len(np.intersect1d(one, other))


@given(st.lists(st.text(ALPHABET, max_size=200), max_size=6))
def test_what_is_packed_comes_back(texts):
    prints = dedupe.make_prints(texts)
    again = dedupe.unpack_prints([printed.pack() for printed in prints])
    assert [(a.words.tolist(), a.keys.tolist()) for a in prints] == [
        (b.words.tolist(), b.keys.tolist()) for b in again
    ]


def test_an_empty_batch_is_no_error():
    assert dedupe.make_prints([]) == dedupe.make_keys([]) == dedupe.unpack_prints([]) == []
    assert [len(keys) for keys in dedupe.make_keys(["", "...", "a"])] == [0, 0, 1]
