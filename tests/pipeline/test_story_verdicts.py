"""`khabar story`: what was kept back as a copy is shown with its reason, and can be undone."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
import storygen
from click.testing import CliRunner

from cli.story import story
from news.article import Article, Block, BlockKind
from news.outlet import Outlet
from pipeline import story_verdicts
from pipeline.run.dedupe import form_hook
from pipeline.story_verdicts import StoryError
from storage import Archive, Batch, OutletBatch

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
OUTLETS = ("one", "two", "three", "four")
_numbers = itertools.count()


def outlet(name):
    return Outlet(
        name=name,
        region="test",
        title=name.capitalize(),
        home=f"https://{name}.example/",
        country="GE",
        languages=("en",),
        timezone="UTC",
        doors=(),
    )


def article(name, text, at):
    return Article(
        url=f"https://{name}.example/1",
        outlet=name,
        title=f"Title of {name}",
        blocks=(Block(kind=BlockKind.PARAGRAPH, text=text),),
        language="en",
        fetched_at=at,
        published=at,
    )


def url(name):
    return f"https://{name}.example/1"


def load(archive, texts, at=NOW):
    """Load a text of each outlet, in the order given."""
    batches = [
        OutletBatch(outlet=outlet(name), articles=(article(name, text, at + timedelta(hours=n)),))
        for n, (name, text) in enumerate(texts.items())
    ]
    batch = Batch(run=f"run{next(_numbers)}", started=at, outlets=tuple(batches))
    archive.load(batch, hooks=[form_hook(at)])


def rows(archive, query):
    with archive.transaction() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def grouping(archive):
    found = {}
    query = (
        "select story_id, url from story_members join article_urls on id = article_id"
        " where role = 'member'"
    )
    for number, address in rows(archive, query):
        found.setdefault(number, set()).add(address.split("//")[1].partition(".")[0])
    return {frozenset(names) for names in found.values()}


@pytest.fixture
def archive(database_url):
    with Archive(database_url) as opened:
        yield opened


@pytest.fixture
def report():
    return storygen.Writer(5).report()


@pytest.fixture
def copied(archive, report):
    """Return an archive with one report in three outlets, one of them with less of it."""
    shorter = storygen.join(storygen.split(report)[:12])
    load(archive, {"one": report, "two": f"Baku, 3 May. {report}", "three": shorter})
    with archive.transaction() as cursor:
        cursor.execute("delete from match_queue")
    return archive


def test_a_story_lists_what_was_kept_back_as_a_copy_and_why(copied):
    tellers = story_verdicts.describe_story(copied, url("two"), NOW)
    assert [(teller.role, teller.doc.outlet) for teller in tellers] == [
        ("lead", "one"),
        ("copy", "two"),
        ("copy", "three"),
    ]
    assert all("the lead's" in teller.why for teller in tellers[1:])
    assert tellers[0].why.startswith("the first")


def test_a_copy_that_is_none_leaves_its_story_and_whoever_missed_it_is_told(copied):
    assert story_verdicts.part_copies(copied, [url("two")], NOW) == 1
    assert grouping(copied) == {frozenset({"one", "three"}), frozenset({"two"})}
    queued = rows(copied, "select url from match_queue join article_urls u on u.id = article_id")
    assert queued == [(url("two"),)]


def test_what_was_said_holds_when_a_further_copy_comes(copied, report):
    story_verdicts.part_copies(copied, [url("two")], NOW)
    load(copied, {"four": report}, NOW + timedelta(hours=5))
    homes = [names for names in grouping(copied) if "two" in names]
    assert not any("one" in names for names in homes)
    assert len(grouping(copied)) == 2


def test_equal_words_are_kept_apart_if_somebody_says_so(archive, report):
    load(archive, {"one": report, "two": report, "three": report})
    story_verdicts.part_copies(archive, [url("three")], NOW)
    assert grouping(archive) == {frozenset({"one", "two"}), frozenset({"three"})}


def test_copies_that_are_named_together_stay_together(copied):
    story_verdicts.part_copies(copied, [url("two"), url("three")], NOW)
    assert grouping(copied) == {frozenset({"one"}), frozenset({"two", "three"})}


def test_two_stories_become_one_and_stay_one_if_somebody_says_so(archive, report):
    load(archive, {"one": report, "two": storygen.Writer(9).report()})
    story_verdicts.join_articles(archive, url("two"), url("one"), NOW)
    assert grouping(archive) == {frozenset({"one", "two"})}
    load(archive, {"three": report}, NOW + timedelta(hours=5))
    assert grouping(archive) == {frozenset({"one", "two", "three"})}
    tellers = story_verdicts.describe_story(archive, url("one"), NOW)
    assert "somebody said that it is the same story" in [teller.why for teller in tellers]


def test_the_last_word_counts(copied):
    story_verdicts.part_copies(copied, [url("two")], NOW)
    story_verdicts.join_articles(copied, url("one"), url("two"), NOW)
    assert len(grouping(copied)) == 1


def test_what_cannot_be_is_refused_in_a_sentence(copied):
    with pytest.raises(StoryError, match="it leads its story"):
        story_verdicts.part_copies(copied, [url("one")], NOW)
    with pytest.raises(StoryError, match="no article at"):
        story_verdicts.part_copies(copied, [url("nowhere")], NOW)
    load(copied, {"four": storygen.Writer(8).report()}, NOW + timedelta(hours=5))
    with pytest.raises(StoryError, match="is not in the story of"):
        story_verdicts.part_copies(copied, [url("two"), url("four")], NOW)
    with pytest.raises(StoryError, match="one article"):
        story_verdicts.join_articles(copied, url("one"), url("one"), NOW)


def test_the_command_line_shows_parts_and_joins(copied, database_url, tmp_path):
    around = {"KHABAR_DATABASE_URL": database_url, "KHABAR_HOME": str(tmp_path)}
    shown = CliRunner().invoke(story, ["show", url("one")], env=around)
    assert shown.exit_code == 0, shown.output
    assert shown.output.count("copy ") == 2
    parted = CliRunner().invoke(story, ["not-a-copy", url("two")], env=around)
    assert parted.output.startswith("remembered: one more story")
    joined = CliRunner().invoke(story, ["same", url("one"), url("two")], env=around)
    assert joined.output == "remembered: one story\n"
    assert len(grouping(copied)) == 1
