import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from archivegen import BODY, HOUR, NOW, OTHER, OUTLET, article, batch, gone

from news.article import Block, BlockKind, Reason, Rejected
from news.crawl import DoorState, Known, OutletState
from news.page_lines import pack
from storage.archive.archive import Archive
from storage.archive.batch import Batch, OutletBatch
from storage.errors import StorageError
from storage.upkeep import housekeeping


@pytest.fixture
def archive(database_url):
    with Archive(database_url) as opened:
        yield opened


def rows(archive, query):
    with archive.transaction() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_a_batch_is_loaded_once(archive):
    first = archive.load(batch(*[article(number) for number in range(30)]))
    again = archive.load(batch(*[article(number) for number in range(30)]))
    assert first.total("new") == 30
    assert not first.repeated
    assert again.repeated
    assert replace(again, repeated=False) == first
    assert rows(archive, "select count(*) from articles") == [(30,)]


def test_the_same_articles_in_another_run_are_unchanged(archive):
    archive.load(batch(article(1), article(2)))
    report = archive.load(
        batch(article(1, seen=NOW + HOUR), article(2, seen=NOW + HOUR), run="later")
    )
    assert (report.total("new"), report.total("revised"), report.total("unchanged")) == (0, 0, 2)
    assert rows(archive, "select count(*) from revisions") == [(0,)]


def test_an_edit_is_a_revision_and_the_old_text_stays(archive):
    archive.load(batch(article(1)))
    report = archive.load(
        batch(article(1, BODY.replace("Friday", "Monday"), seen=NOW + HOUR), run="later")
    )
    assert report.total("revised") == 1
    first, second = archive.versions(article(1).url)
    assert "Friday" in first.body
    assert "Monday" in second.body
    assert (second.kind, second.silent, second.changes["added"], second.changes["removed"]) == (
        "edit",
        True,
        ["Monday."],
        ["Friday."],
    )
    assert archive.text_at(article(1).url, NOW) == first
    assert archive.text_at(article(1).url, NOW + 2 * HOUR) == second
    assert archive.text_at(article(1).url, NOW - HOUR) is None


def test_an_edit_that_owns_up_is_not_silent(archive):
    archive.load(batch(article(1)))
    archive.load(
        batch(
            article(
                1,
                BODY.replace("Friday", "Monday") + "\nCorrection: the council met on Monday.",
                seen=NOW + HOUR,
            ),
            run="later",
        )
    )
    edit = archive.versions(article(1).url)[-1]
    assert not edit.silent
    assert edit.note == "Correction: the council met on Monday."


def test_deletion_and_return_are_revisions(archive):
    archive.load(batch(article(1)))
    deleted = archive.load(batch(gone(1, seen=NOW + HOUR), run="b"))
    twice = archive.load(batch(gone(1, seen=NOW + 2 * HOUR), run="c"))
    returned = archive.load(batch(article(1, seen=NOW + 3 * HOUR), run="d"))
    assert (deleted.total("deleted"), twice.total("deleted"), returned.total("returned")) == (
        1,
        0,
        1,
    )
    versions = archive.versions(article(1).url)
    assert [version.kind for version in versions] == ["first", "deletion", "return"]
    assert {version.body for version in versions} == {BODY}
    assert archive.article(article(1).url).deleted_at is None


def test_a_return_with_another_text_is_two_revisions(archive):
    archive.load(batch(article(1)))
    archive.load(batch(gone(1, seen=NOW + HOUR), run="b"))
    archive.load(
        batch(article(1, BODY.replace("Nobody", "Somebody"), seen=NOW + 2 * HOUR), run="c")
    )
    versions = archive.versions(article(1).url)
    assert [version.kind for version in versions] == ["first", "deletion", "return", "edit"]
    assert [("Somebody" in version.body) for version in versions] == [False, False, False, True]


def test_a_404_of_an_unknown_page_is_only_counted(archive):
    report = archive.load(batch(gone(1)))
    assert report.total("deleted") == 0
    assert report.outlets[0].rejected == {"gone": 1}
    assert rows(archive, "select outcome from pages") == [("gone",)]


def test_the_same_page_extracted_anew_is_a_correction_of_ours(archive):
    archive.load(batch(article(1)))
    report = archive.load(
        batch(article(1, BODY.replace("Friday", "Friday evening"), extractor="2"), run="run")
    )
    assert (report.total("corrected"), report.total("revised")) == (1, 0)
    assert archive.article(article(1).url).edits == 0


def test_another_extractor_that_chooses_other_blocks_corrects(archive):
    archive.load(batch(article(1, BODY + "\nRead also: ten more stories about bridges")))
    report = archive.load(batch(article(1, seen=NOW + HOUR, extractor="2"), run="later"))
    assert (report.total("corrected"), report.total("revised")) == (1, 0)


def test_another_choice_among_the_lines_of_a_changed_page_is_no_edit(archive):
    junk = "Subscribe to our channel and be the first to know"
    page = ("Council meets 1", *BODY.split("\n"), junk)
    archive.load(batch(article(1, f"{BODY}\n{junk}", page_lines=pack((*page, "Views: 1")))))
    report = archive.load(
        batch(article(1, seen=NOW + HOUR, page_lines=pack((*page, "Views: 2"))), run="later")
    )
    assert (report.total("corrected"), report.total("revised")) == (1, 0)
    assert archive.article(article(1).url).edits == 0


def test_lines_are_those_of_the_page_seen_last(archive):
    page = ("Council meets 1", *BODY.split("\n"))
    archive.load(batch(article(1, page_lines=pack((*page, "A note of old")))))
    archive.load(
        batch(article(1, seen=NOW + HOUR, page_lines=pack((*page, "A note of now"))), run="b")
    )
    report = archive.load(
        batch(
            article(
                1,
                f"{BODY}\nA note of now",
                seen=NOW + 2 * HOUR,
                page_lines=pack((*page, "A note of now")),
            ),
            run="c",
        )
    )
    assert (report.total("corrected"), report.total("revised")) == (1, 0)
    late = archive.load(
        batch(
            article(
                1,
                f"{BODY}\nA note of old",
                seen=NOW + 3 * HOUR,
                page_lines=pack((*page, "A note of old")),
            ),
            run="d",
        )
    )
    assert late.total("revised") == 1


def test_a_forgotten_article_leaves_no_lines(archive):
    archive.load(
        batch(article(1, page_lines=pack(("one", "two"))), article(2, page_lines=pack(("three",))))
    )
    assert len(rows(archive, "select lines from page_lines")) == 2
    housekeeping.forget_article(archive.connection, article(1).url, "asked for")
    [(left,)] = rows(archive, "select lines from page_lines")
    assert bytes(left) == pack(("three",))


def test_another_extractor_and_changed_words_are_an_edit(archive):
    archive.load(batch(article(1)))
    report = archive.load(
        batch(
            article(1, BODY.replace("Friday", "Monday"), seen=NOW + HOUR, extractor="2"),
            run="later",
        )
    )
    assert report.total("revised") == 1


def test_equal_page_digests_cannot_be_an_edit(archive):
    known = Known(
        outlet="one",
        url=article(1).url,
        address=article(1).url,
        first_seen=NOW,
        last_fetched=NOW,
        digest="d1",
    )
    archive.load(batch(article(1), known=(known,)))
    later = replace(known, last_fetched=NOW + HOUR)
    report = archive.load(
        batch(
            article(1, BODY.replace("Friday", "Monday"), seen=NOW + HOUR, extractor="2"),
            run="later",
            known=(later,),
        )
    )
    assert (report.total("corrected"), report.total("revised")) == (1, 0)


def test_an_older_page_changes_nothing(archive):
    archive.load(batch(article(1, seen=NOW + HOUR)))
    report = archive.load(batch(article(1, BODY.replace("Friday", "Monday"), seen=NOW), run="late"))
    assert report.total("revised") == 0
    assert "Friday" in archive.article(article(1).url).article.text


def test_a_new_publication_date_moves_the_article(archive):
    archive.load(batch(article(1)))
    moved = article(1, seen=NOW + HOUR, published=NOW - timedelta(days=400))
    archive.load(batch(moved, run="later"))
    found = archive.article(moved.url)
    assert found.at == moved.published
    assert rows(archive, "select count(*) from articles") == [(1,)]
    assert [hit.url for hit in archive.search("before:2026 council", now=NOW).hits] == [moved.url]


def test_dates_of_any_century_find_a_partition(archive):
    dates = [NOW.replace(year=year) for year in (1, 1899, 1999, 2000, 2026, 9999)]
    archive.load(
        batch(
            *[article(number, published=date) for number, date in enumerate(dates)],
            article(99, published=None),
        )
    )
    assert len(archive.search("council", now=NOW).hits) == 7
    assert archive.article(article(5).url).at == NOW
    assert archive.article(article(5).url).article.published == dates[5]


def test_hostile_text_is_loaded(archive):
    nasty = "NUL \x00 half \ud800 quote ' back \\ tab \t \u2028 line " + "x" * 5000
    made = article(
        1,
        nasty,
        title=nasty,
        authors=(nasty,),
        section=nasty,
        tags=(nasty,),
        standfirst=nasty,
        links=(nasty,),
        language="Klingon!",
        published_raw=nasty,
        credit=nasty,
    )
    archive.load(
        batch(
            made,
            Rejected(url=nasty, outlet="one", reason=Reason.EMPTY, fetched_at=NOW, detail=nasty),
            profile=nasty,
            doors=(DoorState(outlet="one", url=nasty, data={nasty: nasty}),),
            report={"detail": nasty, "state": "ok"},
            known=(Known(outlet="one", url=nasty, address=nasty, first_seen=NOW),),
        )
    )
    found = archive.article(made.url)
    assert found.article.language == "und"
    assert "quote ' back \\" in found.article.title


def test_a_text_too_long_for_the_index_is_kept_whole(archive):
    made = article(1, " ".join(f"word{number}ə" * 3 for number in range(120_000)))
    archive.load(batch(made))
    assert len(archive.article(made.url).article.text) > 1_500_000
    assert archive.search("word7əword7əword7ə", now=NOW).hits


def test_one_url_twice_in_a_batch_is_one_article(archive):
    report = archive.load(batch(article(1), article(1, BODY + "\nMore.", seen=NOW + HOUR)))
    assert (report.total("new"), report.total("doubles")) == (1, 1)
    assert archive.article(article(1).url).article.text.endswith("More.")


def test_a_failing_hook_undoes_the_load(archive):
    def hook(cursor, loaded):
        raise StorageError(f"no room for {len(loaded.new)}")

    with pytest.raises(StorageError, match="no room for 1"):
        archive.load(batch(article(1)), hooks=[hook])
    assert rows(archive, "select count(*) from article_urls") == [(0,)]
    assert archive.load(batch(article(1))).total("new") == 1


def test_hooks_see_what_was_loaded_and_add_to_the_report(archive):
    seen = []

    def hook(cursor, loaded):
        seen.append(loaded)
        cursor.execute("select count(*) from articles where id = any(%s)", (list(loaded.new),))
        return {"stories_new": cursor.fetchone()[0]}

    assert archive.load(batch(article(1), article(2)), hooks=[hook]).extra == {"stories_new": 2}
    assert set(seen[0].articles) == set(seen[0].new)


def test_the_crawls_memory_comes_back(archive):
    known = Known(
        outlet="one",
        url="http://one.localhost/1",
        address="http://one.localhost/1?x=1",
        first_seen=NOW,
        last_fetched=NOW,
        status=200,
        digest="d",
        checks=2,
        changes=1,
        published=NOW - HOUR,
        next_check=NOW + HOUR,
        door="http://one.localhost/feed",
    )
    unseen = Known(
        outlet="one", url="http://one.localhost/2", address="http://one.localhost/2", first_seen=NOW
    )
    door = DoorState(
        outlet="one",
        url="http://one.localhost/feed",
        etag='"x"',
        last_polled=NOW,
        interval=600.0,
        state=OutletState.BLOCKED,
        data={"page": "3"},
    )
    archive.load(batch(known=(known, unseen), doors=(door,)))
    assert list(archive.memory("one")) == [door, known, unseen]
    assert list(archive.memory("nobody")) == []
    older = replace(known, last_fetched=NOW - HOUR, digest="old")
    archive.load(
        batch(
            run="late", known=(older,), doors=(replace(door, last_polled=NOW - HOUR, etag="old"),)
        )
    )
    assert list(archive.memory("one")) == [door, known, unseen]


def test_profiles_are_kept_by_version(archive):
    archive.load(batch(profile="first"))
    archive.load(batch(run="b", profile="first"))
    archive.load(batch(run="c", profile="second"))
    assert archive.profile("one") == "second"
    assert archive.profile("one", version=1) == "first"
    assert archive.save_profile("one", "first") == 3
    assert archive.profile("nobody") is None


def test_an_outlets_change_of_state_enters_the_journal(archive):
    for run, state in (("a", "ok"), ("b", "blocked"), ("c", "blocked"), ("d", "ok")):
        archive.load(batch(run=run, report={"state": state, "pages": 3}))
    assert rows(
        archive,
        "select detail->>'from', detail->>'to' from events where kind = 'state' order by id",
    ) == [("ok", "blocked"), ("blocked", "ok")]
    assert rows(archive, "select distinct fetched from outlet_runs") == [(3,)]


def test_two_loaders_with_the_same_articles(database_url):
    parts = tuple(
        OutletBatch(
            outlet=outlet, articles=tuple(article(number, outlet=outlet) for number in range(150))
        )
        for outlet in (OUTLET, OTHER)
    )
    problems, reports = [], []

    def work(run, order):
        try:
            with Archive(database_url) as opened:
                for step in range(4):
                    seen = NOW + step * HOUR
                    body = BODY.replace("next week", f"in {step} weeks")
                    moved = tuple(
                        replace(
                            part,
                            articles=tuple(
                                replace(
                                    item,
                                    fetched_at=seen,
                                    blocks=(
                                        Block(
                                            kind=BlockKind.PARAGRAPH, text=body.replace("\n", " ")
                                        ),
                                    ),
                                )
                                for item in part.articles[::order]
                            ),
                        )
                        for part in parts[::order]
                    )
                    reports.append(
                        opened.load(Batch(run=f"{run}{step}", started=NOW, outlets=moved))
                    )
        except Exception as error:  # noqa: BLE001
            problems.append(error)

    threads = [
        threading.Thread(target=work, args=(name, order)) for name, order in (("a", 1), ("b", -1))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert sum(report.total("new") for report in reports) == 300
    with Archive(database_url) as opened:
        assert rows(opened, "select count(*), max(revision), count(distinct id) from articles") == [
            (300, 4, 300)
        ]
        assert rows(opened, "select count(*) from revisions where silent") == [(900,)]


def test_an_article_found_anew_at_the_moment_of_its_deletion_stands(archive):
    archive.load(batch(article(1), article(2)))
    later = NOW + HOUR
    moved = article(1, BODY.replace("Friday", "Monday"), seen=later)
    archive.load(batch(gone(1, seen=later), moved, gone(2, seen=later), run="later"))
    query = "select deleted_at is not null, count(*) from articles group by 1 order by 1"
    assert rows(archive, query) == [(False, 1), (True, 1)]
