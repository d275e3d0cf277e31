"""Each language is one file; what is missing or misspelled in one is named."""

import re
from dataclasses import fields, is_dataclass

import pytest
import wordforms

from news import dates, languages
from news.languages import LanguageError, tables

# Tables that a language of the region may leave empty, for a reason.
NOT_EVERY = {
    "common_words": "only scripts without capitals need them",
    "calendar.persian_months": "only Persian writes them",
    "edits.counters": "Tajik pages write the Russian ones",
    "edits.ago": "same",
    "edits.units": "same",
    "edits.stamps": "same",
    "edits.notes": "same",
    "credit.phrases": "Kyrgyz and Tajik texts credit in the Russian words of agencies so far",
    "credit.agency": "endings of the word differ little: agentlik, агентство, agency cover them",
    "credit.agencies": "agencies spelled as in Russian need no form of their own",
    "cues": "a language may have no phrase for a kind of block yet",
}


def empty_tables(noun, path=""):
    for each in fields(noun):
        value = getattr(noun, each.name)
        name = f"{path}{each.name}"
        if is_dataclass(value):
            yield from empty_tables(value, f"{name}.")
        elif not value:
            yield name


@pytest.mark.parametrize("code", languages.REGION)
def test_a_language_of_the_region_has_every_table_it_needs(code):
    known = languages.language(code)
    missing = {
        name
        for name in empty_tables(known)
        if name not in NOT_EVERY and name.partition(".")[0] not in NOT_EVERY
    }
    assert not missing


@pytest.mark.parametrize("code", languages.languages())
def test_the_words_of_a_language_are_in_small_letters_and_not_blank(code):
    known = languages.language(code)
    words = [*sum(known.calendar.months, ()), *known.edits.counters, *known.edits.stamps]
    assert all(word == word.strip().lower() for word in words)
    assert known.name
    assert re.fullmatch("[a-z]{2}", code)


def test_a_stem_names_one_month_in_whatever_language():
    numbers = {}
    for known in languages.languages().values():
        for number, stems in enumerate(known.calendar.months, 1):
            for stem in stems:
                assert numbers.setdefault(stem, number) == number


def test_a_language_without_a_file_is_named():
    with pytest.raises(LanguageError, match="there is no language 'xx'"):
        languages.language("xx")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name = ", r"xx\.toml: Invalid value"),
        ('name = "X"\ncuse = {}', r"xx\.toml: there is no table 'cuse'"),
        ('name = "X"\n[edits]\ncounter = []', r"xx\.toml, edits: there is no table 'counter'"),
        ('name = "X"\n[calendar]\nmonths = [["a"]]', r"xx\.toml: calendar\.months has 1 months"),
    ],
)
def test_a_fault_in_a_file_is_named(text, sentence):
    with pytest.raises(LanguageError, match=sentence):
        tables.read("xx", text)


def test_the_words_of_all_languages_come_once_each():
    words = languages.every(lambda known: known.edits.counters)
    assert len(words) == len(set(words))
    assert {"view", "просмотр", "baxıl"} <= set(words)


@pytest.mark.parametrize("code", languages.REGION)
def test_the_stemming_of_a_language_of_the_region_is_measured(code):
    assert code in wordforms.LANGUAGES
    assert any(wordforms.paradigms(code, held_out=held_out) for held_out in (False, True))


@pytest.mark.parametrize("code", languages.REGION)
def test_a_language_of_the_region_names_its_months_so_that_dates_are_read(code):
    for number, stems in enumerate(languages.language(code).calendar.months, 1):
        assert stems
        assert all(dates.month(stem) == number for stem in stems)
