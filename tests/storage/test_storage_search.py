import random
from datetime import UTC, datetime

import pytest
import querygen
from archivegen import BODY, HOUR, NOW, OTHER, OUTLET, article, batch, gone
from hypothesis import given
from hypothesis import strategies as st

from news.article import Article, Block, BlockKind
from news.outlet import Outlet
from news.query import QueryError, evaluate, parse
from news.text.aliases import Aliases
from storage.archive.archive import Archive
from storage.archive.batch import Batch, OutletBatch
from storage.errors import StorageError
from storage.search import snippets
from storage.search.cursors import read_after_count, read_after_hit
from storage.search.search import Order
from storage.upkeep import reindex_terms


@pytest.fixture
def archive(database_url):
    with Archive(database_url) as opened:
        yield opened


def urls(archive, query, **options):
    return [hit.url for hit in archive.search(query, now=NOW, **{"limit": 1000, **options}).hits]


def as_articles(documents):
    """Turn documents of querygen into batches of their outlets.

    And, by number, into revisions and deletions as their flags say.
    """
    made = {}
    for number, document in enumerate(documents):
        blocks = tuple(
            Block(kind=BlockKind.PARAGRAPH, text=line) for line in document.text.split("\n")
        )
        made.setdefault((document.outlet, document.country), []).append(
            Article(
                url=f"http://{document.outlet}.localhost/{number}",
                outlet=f"{document.outlet}-{document.country}",
                title=document.title,
                blocks=blocks,
                language=document.language,
                authors=document.authors,
                section=document.section,
                published=document.published,
                fetched_at=NOW,
            )
        )
    return Batch(
        run="agree",
        started=NOW,
        outlets=tuple(
            OutletBatch(
                articles=tuple(articles),
                outlet=Outlet(
                    name=f"{outlet}-{country}",
                    region="r",
                    title=outlet,
                    home=f"http://{outlet}/",
                    country=country,
                    languages=("en",),
                    timezone="UTC",
                    doors=(),
                ),
            )
            for (outlet, country), articles in made.items()
        ),
    )


@pytest.fixture(scope="module")
def agreed(server, template):
    """An archive of random documents, and the documents as the archive gives them back."""
    import psycopg2

    connection = psycopg2.connect(server.url("postgres"))
    connection.autocommit = True
    connection.cursor().execute(f'create database agreement template "{template}"')
    connection.close()
    chance = random.Random(11)
    with Archive(server.url("agreement")) as opened:
        opened.load(as_articles([querygen.document(chance) for _ in range(300)]))
        with opened.transaction() as cursor:
            # Flags are made by revisions and deletions; what matters here is that marks and
            # columns say the same.
            cursor.execute(
                "update articles set revision = 2, edits = 1,"
                " terms = terms || '''@is:revised'''::tsvector where id % 3 = 0"
            )
            cursor.execute(
                "update articles set deleted_at = now(),"
                " terms = terms || '''@is:deleted'''::tsvector where id % 5 = 0"
            )
            cursor.execute("analyze articles")
        # From here on words are asked for in the forms that some document has.
        reindex_terms(opened.connection, everything=False, progress=lambda _: None)
        documents = {hit.id: hit.document() for hit in opened.walk()}
        yield opened, documents


@pytest.mark.parametrize("count", [50, pytest.param(600, marks=pytest.mark.slow)])
def test_the_archive_answers_as_the_reference_does(agreed, count):
    archive, documents = agreed
    chance = random.Random(count)
    answered = 0
    for _ in range(count):
        query = querygen.query(chance)
        expected = {
            number
            for number, document in documents.items()
            if evaluate(query, document) is not None
        }
        keys = archive._searcher.newest(query, 5000, None).keys
        assert {number for number, _ in keys} == expected, str(query)
        answered += bool(expected)
    assert answered > count / 4


@pytest.mark.parametrize("common", [True, False])
def test_both_ways_of_walking_give_the_same_page(agreed, common, monkeypatch):
    archive, _ = agreed
    chance = random.Random(13)
    for _ in range(40):
        query = querygen.query(chance)
        monkeypatch.setattr(archive._searcher._common, "is_common", lambda *_: not common)
        other = archive._searcher.newest(query, 20, None)
        monkeypatch.setattr(archive._searcher._common, "is_common", lambda *_: common)
        assert archive._searcher.newest(query, 20, None) == other


def test_pages_follow_each_other_without_gap_or_double(agreed):
    archive, _ = agreed
    for query in ("gaz OR газ OR gas", "after:2026-03 before:2026-08", "NOT министр"):
        whole = [hit.id for hit in archive.search(query, now=NOW, limit=5000).hits]
        paged, cursor = [], None
        while True:
            page = archive.search(query, now=NOW, limit=11, cursor=cursor)
            paged += [hit.id for hit in page.hits]
            cursor = page.cursor
            if cursor is None:
                break
        assert paged == whole
        assert len(set(whole)) == len(whole) > 30


def test_a_ranking_of_the_newest_alone_says_so(agreed, monkeypatch):
    archive, _ = agreed
    whole = archive.search("NOT qwertz", now=NOW, order=Order.RELEVANCE, limit=5)
    assert whole.ranked is None
    monkeypatch.setattr("storage.search.search._POOL", 20)
    monkeypatch.setattr("storage.search.search._LEAST_POOL", 20)
    part = archive.search("NOT qwertz", now=NOW, order=Order.RELEVANCE, limit=5)
    assert (part.ranked, len(part.hits)) == (20, 5)
    following = archive.search(
        "NOT qwertz", now=NOW, order=Order.RELEVANCE, limit=20, cursor=part.cursor
    )
    assert (following.ranked, len(following.hits), following.cursor) == (20, 15, None)
    newest = {number for number, _ in archive._searcher.newest(parse("NOT qwertz"), 20, None).keys}
    assert {hit.id for hit in part.hits + following.hits} == newest
    assert archive.search("NOT qwertz", now=NOW, limit=5).ranked is None


def test_hits_of_many_months_and_of_before_2000_are_fetched(archive):
    days = [datetime(year, 5, 3, tzinfo=UTC) for year in (1999, 2000, 2019, 2026)]
    made = [article(day.year, published=day) for day in days]
    archive.load(batch(*made))
    for order in Order:
        found = archive.search("NOT qwertz", now=NOW, order=order, limit=10).hits
        assert sorted(hit.at for hit in found) == days
    assert urls(archive, "NOT qwertz") == [one.url for one in reversed(made)]


def test_pages_by_relevance_follow_each_other(agreed):
    archive, _ = agreed
    first = archive.search("gaz", now=NOW, limit=10, order=Order.RELEVANCE)
    second = archive.search(
        "gaz", now=NOW + HOUR, limit=10, order=Order.RELEVANCE, cursor=first.cursor
    )
    both = archive.search("gaz", now=NOW, limit=20, order=Order.RELEVANCE)
    assert [hit.id for hit in (*first.hits, *second.hits)] == [hit.id for hit in both.hits]


def test_relevance_puts_the_headline_first(archive):
    archive.load(
        batch(
            article(1, "The bridge is closed. " * 3),
            article(2, title="Bridge closed", body="It rained."),
            article(3, "One bridge " + "and more words " * 300),
        )
    )
    assert urls(archive, "bridge", order=Order.RELEVANCE)[0] == article(2).url


def test_facets_count_all_hits(agreed):
    archive, documents = agreed
    query = parse("gaz OR газ")
    found = archive.facets("gaz OR газ")
    assert found.complete
    assert found.total == sum(
        1 for document in documents.values() if evaluate(query, document) is not None
    )
    assert (
        sum(found.outlets.values())
        == sum(found.languages.values())
        == sum(found.days.values())
        == found.total
    )


def test_revised_deleted_and_silent_are_found(archive):
    archive.load(batch(article(1), article(2), article(3), article(4)))
    archive.load(
        batch(
            article(1, BODY.replace("Friday", "Monday"), seen=NOW + HOUR),
            gone(2, seen=NOW + HOUR),
            article(3, BODY.replace("Friday", "Monday") + "\nCorrection: Monday.", seen=NOW + HOUR),
            run="b",
        )
    )
    one, two, three, four = (article(number).url for number in (1, 2, 3, 4))
    assert urls(archive, "is:revised") == [one, three]
    assert urls(archive, "is:silent") == [one]
    assert urls(archive, "is:deleted") == [two]
    assert urls(archive, "NOT is:revised NOT is:deleted") == [four]
    archive.load(batch(article(2, seen=NOW + 2 * HOUR), run="c"))
    assert urls(archive, "is:deleted") == []
    assert urls(archive, "monday") == [one, three]


def test_fields_of_outlets(archive):
    archive.load(batch(article(1)))
    archive.load(batch(article(1, outlet=OTHER), outlet=OTHER))
    assert urls(archive, "outlet:two") == [article(1, outlet=OTHER).url]
    assert urls(archive, "country:az council") == [article(1).url]
    assert len(urls(archive, "lang:en")) == 2


@pytest.mark.parametrize("query", ["(", "nofield:x", "a NEAR b c NEAR", '"', "after:someday"])
def test_a_query_that_cannot_be_read_is_the_query_error(archive, query):
    with pytest.raises(QueryError):
        archive.search(query, now=NOW)


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda data: data.hex()))
def test_a_foreign_cursor_is_one_sentence(cursor):
    for read in (read_after_hit, read_after_count):
        try:
            read(cursor)
        except StorageError as error:
            assert "begin again" in str(error)  # noqa: PT017  # both outcomes are fine


def test_a_cursor_of_the_other_order_is_refused(agreed):
    archive, _ = agreed
    cursor = archive.search("gaz", now=NOW, limit=2).cursor
    with pytest.raises(StorageError, match="begin again"):
        archive.search("gaz", now=NOW, limit=2, cursor=cursor, order=Order.RELEVANCE)


def test_an_article_older_than_all_months_is_found(archive):
    archive.load(batch(article(1, published=datetime(1995, 5, 1, tzinfo=UTC)), article(2)))
    assert urls(archive, "council") == [article(2).url, article(1).url]
    assert urls(archive, "council before:1999") == [article(1).url]
    assert urls(archive, "council after:2026") == [article(2).url]


def test_snippets_mark_what_matched(archive):
    archive.load(
        batch(
            article(
                1,
                "Nothing here. " * 60
                + "At last the bridge was closed by the council. "
                + "And so on. " * 60,
            )
        )
    )
    query = parse("bridge closed")
    hit = archive.search("bridge closed", now=NOW).hits[0]
    found = snippets.snippet(query, hit.document())
    assert "<b>bridge</b> was <b>closed</b>" in found.marked("<b>", "</b>")
    assert len(found.marked("", "")) <= 240
    assert found.terms == ("bridge", "closed")


def test_snippets_of_random_queries_lose_no_text(agreed):
    _, documents = agreed
    chance = random.Random(14)
    for document in list(documents.values())[:200]:
        found = snippets.snippet(querygen.query(chance), document)
        assert found.marked("", "") in document.text.replace("\n", " ")
        assert "".join(text for text, _ in found.title) == document.title.replace("\n", " ")


def test_the_outlet_is_where_the_article_is(archive):
    archive.load(batch(article(1)))
    hit = archive.search("council", now=NOW).hits[0]
    assert (hit.outlet, hit.country, hit.title, hit.body) == (
        OUTLET.name,
        "AZ",
        "Council meets 1",
        BODY,
    )


def test_names_of_ones_own_are_found(database_url):
    aliases = Aliases.default().extended(
        "Middle Corridor = Orta dəhliz, Срединный коридор\nZangi = Qonşuluq"
    )
    with Archive(database_url, aliases) as archive:
        archive.load(
            batch(
                article(1, "Срединный коридор растёт", language="ru"),
                article(2, "Коридор открыт", language="ru"),
                article(3, "Yeni Qonşuluq planı", language="az"),
            )
        )
        assert [url[-1] for url in urls(archive, 'entity:"middle corridor"')] == ["1"]
        assert [url[-1] for url in urls(archive, "Zangi")] == ["3"]
        assert [hit.url[-1] for hit in archive.walk("Zangi")] == ["3"]
        assert archive.facets("Zangi").total == 1
        hit = archive.search("Zangi", now=NOW).hits[0]
        assert snippets.snippet(archive.parse("Zangi"), hit.document()).terms == ("Qonşuluq",)
    with Archive(database_url) as archive:
        assert urls(archive, "Zangi") == []
