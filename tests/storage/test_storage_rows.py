from dataclasses import MISSING, fields, replace
from datetime import datetime, timedelta, timezone

from archivegen import NOW, OUTLET, article, batch
from hypothesis import given
from hypothesis import strategies as st

from news.article import Article, Block, BlockKind, Kind, Pruned
from news.page_lines import pack
from news.text import BODY_START, index_document
from storage.archive import article_row, rows, terms
from storage.archive.archive import Archive
from storage.sql import copy
from storage.sql.values import clean

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
LINE = TEXT.map(lambda text: rows._LINE_BREAKS.sub(" ", text))
BLOCKS = st.lists(
    st.builds(Block, kind=st.sampled_from(BlockKind), text=LINE, level=st.integers(0, 6)),
    min_size=1,
    max_size=6,
)
MOMENTS = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001
    max_value=datetime(2026, 11, 20, 12),  # noqa: DTZ001  # Hypothesis adds the zone
    timezones=st.integers(-720, 840).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


@given(BLOCKS)
def test_blocks_come_back_from_body_shape_and_captions(blocks):
    made = Article(
        url="u", outlet="o", title="t", blocks=tuple(blocks), language="en", fetched_at=NOW
    )
    assert rows.blocks_of(
        rows.body_of(made), rows.shape_of(made), rows.details_of(made).get("captions", ())
    ) == tuple(blocks)


@given(st.text(max_size=60))
def test_any_text_becomes_one_that_utf8_and_the_database_hold(text):
    cleaned = clean(text)
    assert "\x00" not in cleaned
    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned


@given(st.lists(st.text(), min_size=1))
def test_hashes_tell_borders_apart(parts):
    assert rows.hash_of(*parts) != rows.hash_of(*parts, "")
    assert rows.hash_of("ab", "c") != rows.hash_of("a", "bc")


def test_copied_values_come_back(database_url):
    values = ["plain", "tab\tline\nback\\slash\rend", "\\N", "", "ə ı ə", "'quotes'\""]
    with Archive(database_url).transaction() as cursor:
        cursor.execute(
            "create temporary table t (a text, b text[], c int, d bool, e timestamptz, f bytea)"
        )
        copy.copy(
            cursor,
            "t",
            ("a", "b", "c", "d", "e", "f"),
            [(value, [value, "x"], None, True, NOW, b"\x00\xff") for value in values],
        )
        cursor.execute("select a, b, c, d, e, f from t")
        found = cursor.fetchall()
    assert [(row[0], row[1], row[2], row[3], row[4], bytes(row[5])) for row in found] == [
        (value, [value, "x"], None, True, NOW, b"\x00\xff") for value in values
    ]


def test_an_article_comes_back_whole(database_url):
    zone = timezone(timedelta(hours=4))
    made = article(
        1,
        authors=("Əli Məmmədov", 'A "B" C'),
        section="Siyasət",
        tags=("Bakı", "körpü"),
        published=datetime(2026, 11, 19, 9, 30, tzinfo=zone),
        modified=datetime(2026, 11, 19, 10, tzinfo=zone),
        published_raw="19 noyabr",
        published_source="time",
        lead_image="http://x/y.jpg",
        links=("http://a/", "http://b/"),
        images=("http://i/",),
        credit="APA",
        confidence=0.5,
        chosen="two",
        standfirst="Qısaca",
        blocks=(
            Block(kind=BlockKind.HEADING, text="Head", level=2),
            Block(kind=BlockKind.CAPTION, text="Photo"),
            Block(kind=BlockKind.ITEM, text="one", level=1),
        ),
    )
    with Archive(database_url) as archive:
        archive.load(batch(made))
        assert archive.article(made.url).article == made


@given(st.lists(MOMENTS, max_size=2))
def test_an_articles_own_time_is_never_after_its_first_sighting(moments):
    at = rows.at_of(moments[0] if moments else None, NOW)
    assert at <= NOW


def test_the_key_of_a_url_is_the_databases(database_url):
    urls = [f"{OUTLET.home}{'x' * 5000}", "http://x/ə", "http://x/\x00"]
    with Archive(database_url).transaction() as cursor:
        for url in urls:
            cursor.execute("select url_key(%s)", (clean(url),))
            assert cursor.fetchone()[0] == str(rows.key_of(url))


@given(
    st.text("ab 'İЖ\\"),
    st.lists(st.sampled_from(["gas", "Baku", "Əliyev", "o'clock", "back\\slash"]), max_size=700),
)
def test_the_text_index_has_what_news_text_says(title: str, body: list[str]):
    made = replace(
        article(),
        title=title,
        standfirst="",
        blocks=(Block(kind=BlockKind.PARAGRAPH, text=" ".join(body)),),
        authors=(),
        section="",
    )
    found = index_document(clean(title), rows.body_of(made), made.language)
    wanted = []
    for term, places in found.items():
        positions = [f"{place}A" if place < BODY_START else str(place) for place in places]
        wanted.append(f"{terms.quote(term)}:{','.join(positions)}")
    wanted += [
        terms.quote(terms.title_term(term))
        for term, places in found.items()
        if places[0] < BODY_START
    ]
    assert terms.literal(made) == " ".join(wanted)


def test_the_binary_vector_is_the_one_in_text(database_url):
    text = " ".join(["gas", "o'clock", "back\\slash", "Baku"] * 400)
    made = replace(
        article(),
        title="O'clock in Əliyev",
        authors=("Ana Ana", "B. O'Neil"),
        section="Gas \\ oil",
        blocks=(Block(kind=BlockKind.PARAGRAPH, text=text),),
    )
    with Archive(database_url) as archive:
        archive.load(batch(made))
        with archive.transaction() as cursor:
            # By their texts: equality of tsvectors also compares the padding between the terms.
            cursor.execute(
                "select terms::text = %s::tsvector::text, length(terms) from articles",
                (terms.literal(made, article_row.marks_of(OUTLET, made)),),
            )
            assert cursor.fetchone()[0]


# Fields that the archive does not give back, for a reason.
NOT_GIVEN_BACK = {
    "pruned": "kept as counts by rule",
    "page_lines": "kept in a table of their own, for the law of edits",
}


def test_an_article_comes_back_with_every_field(database_url):
    whole = article(
        1,
        kind=Kind.OPINION,
        standfirst="The bridge waits for another week.",
        authors=("Nino Beridze",),
        section="City",
        tags=("bridge",),
        published_raw="20 November, 11:00",
        published_source="text",
        modified=NOW,
        lead_image="https://one.localhost/bridge.jpg",
        links=("https://port.example/report",),
        images=("https://one.localhost/council.jpg",),
        credit="Reuters",
        confidence=0.5,
        chosen="article: its paragraphs",
        pruned=(Pruned(rule="share", text="Share this", confidence=0.9),),
        page_lines=pack(["a line of the page"]),
    )
    with Archive(database_url) as archive:
        archive.load(batch(whole))
        found = archive.article(whole.url).article

    optional = [field for field in fields(Article) if field.init and has_default(field)]
    at_default = {field.name for field in optional if getattr(found, field.name) == default(field)}
    assert [field.name for field in optional if getattr(whole, field.name) == default(field)] == []
    assert at_default == set(NOT_GIVEN_BACK)
    assert found == replace(whole, pruned=())


def has_default(field):
    return field.default is not MISSING or field.default_factory is not MISSING


def default(field):
    return field.default_factory() if field.default is MISSING else field.default
