"""Words are asked for in the forms that some article has, and every article is found by its own."""

import pytest
from archivegen import BODY, HOUR, NOW, article, batch

from news.query import parse
from storage.archive.archive import Archive
from storage.upkeep import housekeeping

_MISSING = """
select count(*) from articles, unnest(tsvector_to_array(terms)) as term
where term not like '@%%' and not exists (select from vocabulary v where v.term = term.term)
"""


@pytest.fixture
def archive(database_url):
    with Archive(database_url) as opened:
        opened.load(batch(*[article(number) for number in range(6)]))
        yield opened


def reindex(archive):
    housekeeping.reindex_terms(archive.connection, everything=False, progress=lambda _: None)


def missing(archive) -> int:
    """Return how many terms of articles' words the vocabulary does not have."""
    with archive.transaction() as cursor:
        cursor.execute(_MISSING)
        return cursor.fetchone()[0]


def asked(archive, query: str) -> str:
    """Return what the text index is asked for a query."""
    return archive._searcher._values(parse(query), 20)["tsquery"]


def test_what_is_loaded_and_revised_is_in_the_vocabulary(archive):
    assert missing(archive) == 0
    revised = article(1, BODY.replace("Friday", "Yarpaqlanma Monday"), seen=NOW + HOUR)
    archive.load(batch(revised, run="b"))
    assert archive.search("Yarpaqlanma", now=NOW).hits
    assert missing(archive) == 0


def test_forms_that_no_article_has_are_asked_for_until_every_article_was_counted(archive):
    before = asked(archive, "council")
    assert before.count("|") > 5
    reindex(archive)
    assert before.count(asked(archive, "council")) == 1
    assert asked(archive, "council") == "'Ecouncil'"
    assert asked(archive, "qwertz -zxcvbs").count("|") == 0


def test_an_archive_of_an_older_khabar_finds_what_it_has_while_it_is_counted(archive, monkeypatch):
    monkeypatch.setattr(housekeeping, "_AT_ONCE", 2)
    with archive.transaction() as cursor:
        cursor.execute("delete from vocabulary")
        cursor.execute("update articles set analyser = 5")

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        housekeeping.reindex_terms(archive.connection, everything=False, progress=stop)

    assert missing(archive) > 0
    assert len(archive.search("council", now=NOW).hits) == 6
    reindex(archive)
    assert missing(archive) == 0
    assert len(archive.search("council", now=NOW).hits) == 6


def test_a_word_that_was_never_read_before_is_found_as_soon_as_it_is_loaded(archive):
    reindex(archive)
    assert archive.search("Yarpaqlanma", now=NOW).hits == ()
    new = article(9, BODY + "\nYarpaqlanma başladı.", seen=NOW + HOUR)
    archive.load(batch(new, run="b"))
    (hit,) = archive.search("yarpaqlanmalar OR Yarpaqlanma", now=NOW).hits
    assert hit.url == new.url


def test_what_a_failed_load_would_have_brought_is_not_in_the_vocabulary(archive):
    def fail(*_):
        raise RuntimeError

    new = article(9, BODY + "\nYarpaqlanma", seen=NOW + HOUR)
    with pytest.raises(RuntimeError):
        archive.load(batch(new, run="b"), hooks=[fail])

    with archive.transaction() as cursor:
        cursor.execute("select count(*) from vocabulary where term like '%yarpaq%'")
        assert cursor.fetchone() == (0,)


def test_counting_again_notes_no_term_twice(archive):
    reindex(archive)
    with archive.transaction() as cursor:
        cursor.execute("update articles set analyser = 5")

    reindex(archive)
    reindex(archive)
    with archive.transaction() as cursor:
        cursor.execute("select count(*) - count(distinct term) from vocabulary")
        assert cursor.fetchone() == (0,)
