"""Our Russian stemmer is Snowball's, word for word."""

import pytest
import snowballstemmer
import wordforms
from hypothesis import given, settings
from hypothesis import strategies as st

from news.text import russian

_SNOWBALL = snowballstemmer.stemmer("russian").stemWord
_ENDINGS = (
    "в ивши ывшись ее ими его ему ую яя ем нн ивш щ ующ сь ся ла ыла ена ете ейте ли уй ил "
    "н ено нно ует ыт ют ены ть ить ешь ю ев ие ье еи иями ией ам иям ах ь ост ость "
    "ейше ейш нн а я и ё"
)


@settings(deadline=None, max_examples=500)
@given(
    st.text("абвеёийностуыэюя9a", max_size=5),
    st.lists(st.sampled_from(_ENDINGS.split()), max_size=4),
)
def test_any_word_has_snowballs_stem(beginning: str, endings: list[str]):
    word = beginning + "".join(endings)
    assert russian.stem(word) == _SNOWBALL(word)


@pytest.mark.parametrize("language", ["ru", "kk", "ky", "tg", "en"])
def test_real_words_have_snowballs_stem(language: str):
    for word in [
        form.lower()
        for held_out in (False, True)
        for forms in wordforms.paradigms(language, held_out=held_out)
        for form in forms
    ]:
        assert russian.stem(word) == _SNOWBALL(word)
