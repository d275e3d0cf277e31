"""Words as people type them: without marks, without capitals, in the other alphabet or spelling."""

import pytest

from news.query import Document, evaluate, parse
from news.text import document_terms, guessed_terms, query_terms
from news.text.aliases import Aliases


def finds(asked: str, text: str, language: str) -> bool:
    document = Document(title="", text=text, language=language)
    return evaluate(parse(asked), document) is not None


@pytest.mark.parametrize(
    ("asked", "text", "language"),
    [
        ("cumhurbaskani", "Cumhurbaşkanının", "tr"),
        ("cumhurbaskani", "cumhurbaşkanı", "tr"),
        ("azerbaycan", "Azərbaycanın", "az"),
        ("guvenlik", "güvenliğin", "tr"),
        ("secim", "seçimlerin", "tr"),
        ("muqavile", "müqavilələr", "az"),
        ("bosna hersek", "Bosna Hersek", "tr"),
        ("cumhurbas*", "cumhurbaşkanlığı", "tr"),
        ("ozbekiston", "Oʻzbekistonda", "uz"),
    ],
)
def test_a_word_without_its_marks_finds_the_word_with_them(asked: str, text: str, language: str):
    assert finds(asked, text, language)


@pytest.mark.parametrize(
    ("asked", "text", "language"),
    [
        ("oldu", "öldü", "tr"),
        ("bas", "baş", "tr"),
        ("son", "şon", "tr"),
        ("gun", "gün", "tr"),
        ("press", "preşs", "tr"),
        ("müqavilə", "muqavile", "az"),
    ],
)
def test_a_word_that_is_one_without_marks_stays_itself(asked: str, text: str, language: str):
    assert not finds(asked, text, language)


@pytest.mark.parametrize(
    ("asked", "text", "language"),
    [
        ("ilham aliyev", "Ильхам Алиев", "ru"),
        ("ilham aliyev", "İlham Əliyevin", "az"),
        ("aliyev", "علی‌اف", "fa"),
        ("алиев", "Əliyev", "az"),
        ("pashinyan", "Փաշինյանի", "hy"),
        ("putin", "Путина", "ru"),
        ("baku", "Bakıda", "az"),
        ("turkey", "Türkiye", "tr"),
        ("владимир", "Vladimir", "en"),
    ],
)
def test_a_name_in_small_letters_is_still_a_name(asked: str, text: str, language: str):
    assert finds(asked, text, language)


@pytest.mark.parametrize(
    ("asked", "text", "language"),
    [
        ("bank", "Банк", "ru"),
        ("adam", "Адам", "ru"),
        ("rose", "Роза", "ru"),
        ("gaz", "Qaza", "az"),
        ("банк", "Bank", "en"),
        ("alma", "Alma", "ru"),
    ],
)
def test_a_common_word_in_small_letters_is_no_name_of_another_script(
    asked: str, text: str, language: str
):
    terms = [term for term in query_terms(asked)[0] if term.startswith("~")]
    assert not set(terms) & set(document_terms(text, language))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("Ўзбекистон", "Oʻzbekistonda"),
        ("Oʻzbekiston", "Ўзбекистонда"),
        ("ҳукумат", "hukumatning"),
        ("hukumat", "ҳукуматнинг"),
        ("конституция", "konstitutsiyasi"),
        ("Мирзиёев", "Mirziyoyevning"),
        ("ҳукум*", "hukumati"),
    ],
)
def test_uzbek_is_one_language_in_both_alphabets(asked: str, text: str):
    assert finds(asked, text, "uz")


@pytest.mark.parametrize(
    ("asked", "text", "language"),
    [
        ("советский", "Cоветского", "ru"),
        ("Bakı", "Bаkıda", "az"),
        ("Əliyev", "Әliyev", "az"),
        ("Əliyev", "Ǝliyev", "az"),
        ("Қазақстан", "Kазақстан", "kk"),
        ("cоветский", "советского", "ru"),
    ],
)
def test_letters_of_another_script_that_look_alike_are_read_as_the_word_s_own(
    asked: str, text: str, language: str
):
    assert finds(asked, text, language)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organise", "organized"),
        ("organizations", "organisation"),
        ("analyse", "analyzed"),
        ("labour", "labor"),
        ("neighbors", "neighbour"),
        ("centre", "centers"),
        ("travelled", "traveled"),
        ("defence", "defense"),
        ("programme", "programs"),
        ("gray", "grey"),
    ],
)
def test_british_and_american_spellings_are_one_word(one: str, other: str):
    assert finds(one, other, "en")
    assert finds(other, one, "en")


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("promise", "promize"),
        ("four", "for"),
        ("tour", "tor"),
        ("meter", "meteor"),
        ("size", "sise"),
    ],
)
def test_what_only_looks_like_a_british_spelling_is_left(asked: str, text: str):
    assert not finds(asked, text, "en")


@pytest.mark.parametrize(
    ("asked", "text", "language"),
    [
        ("Azerbaïdjan", "l'Azerbaïdjan", "fr"),
        ("l’Azerbaïdjan", "Azerbaïdjan", "fr"),
        ("accord", "d'accord", "fr"),
        ("Unione", "dell'Unione", "it"),
    ],
)
def test_an_elided_article_is_no_part_of_the_word(asked: str, text: str, language: str):
    assert finds(asked, text, language)


@pytest.mark.parametrize("name", ["D'Angelo", "O'Neill"])
def test_a_name_keeps_what_stands_before_its_apostrophe(name: str):
    assert not finds(name, name.partition("'")[2], "en")


def test_guesses_are_told_from_what_was_meant():
    aliases = Aliases.default()
    whole, _ = query_terms("cumhurbaskani", aliases=aliases)
    guessed = guessed_terms("cumhurbaskani", aliases=aliases)
    assert set(guessed) < set(whole)
    assert all(term[0] in "B~" for term in guessed)
    assert not guessed_terms("cumhurbaşkanı", aliases=aliases)
    assert guessed_terms("Aliyev", aliases=aliases) == ("Baliyev",)
