"""Kept runs extracted again.

Better texts are corrections, outlets' edits stay edits, and a kill in the middle changes nothing.
"""

import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kept_runs import OUTLET, kept, pages, passed, with_layout

from cli import outlets_list
from news import codec
from news.article import Article, Block, BlockKind
from pipeline import outlet_status, settings, stages
from pipeline.run import reextract, run_record
from pipeline.run.run_folder import RunError, RunFolder
from storage import Archive, outlet_journal

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)
JUNK = Block(
    kind=BlockKind.PARAGRAPH,
    text="Subscribe to the harbour letter, which is sent every Monday and costs nothing at all.",
)


@pytest.fixture
def house(database_url, tmp_path):
    return settings.read({"KHABAR_HOME": str(tmp_path), "KHABAR_DATABASE_URL": database_url})


def loaded_badly(house, run: RunFolder) -> list[Article]:
    """Load a run as an extractor of old would have read it.

    A line of clutter more, a paragraph less. Return what is right.
    """
    [folder] = run.outlets()
    stages.extract(house, run.name, folder.outlet)
    right = [
        codec.load(Article, line)
        for line in folder.articles.read_text(encoding="utf-8").splitlines()
    ]
    worse = [
        dataclasses.replace(one, blocks=(*one.blocks[:-1], JUNK), extractor="0") for one in right
    ]
    folder.articles.write_text("".join(codec.dump(one) + "\n" for one in worse), encoding="utf-8")
    stages.dedupe(house, run.name)
    stages.load(house, run.name)
    return right


def standing(house) -> dict[str, str]:
    with Archive(house.database_url) as archive:
        return {url: archive.article(url).article.text for url in _urls(archive)}


def _urls(archive) -> list[str]:
    with archive.transaction() as cursor:
        cursor.execute("select url from article_urls order by url")
        return [url for (url,) in cursor.fetchall()]


def kinds(house) -> list[str]:
    with Archive(house.database_url) as archive:
        return [version.kind for url in _urls(archive) for version in archive.versions(url)]


def test_better_texts_are_corrections(house):
    run = kept(house, AT, pages("broad", 3))
    right = loaded_badly(house, run)
    said: list[str] = []
    report = reextract.extract(house, run, said.append)
    assert report["load"]["corrected"] == len(right)
    assert (report["load"]["revised"], report["load"]["new"]) == (0, 0)
    assert said == [f"kanar: {len(right)} articles"]
    assert report["line"].endswith(f"in the archive: {len(right)} read better than before")
    assert standing(house) == {one.url: one.text for one in right}
    assert set(kinds(house)) == {"first", "correction"}
    assert reextract.extract(house, run)["line"].endswith("nothing changed")


def test_a_text_may_go_back_to_what_it_was(house):
    run = kept(house, AT, pages("broad", 3))
    passed(house, run)
    first = standing(house)
    [folder] = run.outlets()
    plain = run_record.read_outlet(folder)
    run_record.write_outlet(folder, with_layout(drop=("p:first-of-type",)))
    assert reextract.extract(house, run)["load"]["corrected"] > 0
    assert standing(house) != first
    run_record.write_outlet(folder, plain)
    assert reextract.extract(house, run)["load"]["corrected"] > 0
    assert standing(house) == first


def test_what_the_outlet_changed_meanwhile_stands(house):
    held = pages("broad", 3)
    old = kept(house, AT, held)
    right = loaded_badly(house, old)
    edited = [
        (
            url,
            html.replace(
                right[0].blocks[-1].text,
                "The office denied all of it on the next day, and nobody was hurt.",
            ),
        )
        for url, html in held
    ]
    passed(house, kept(house, AT + timedelta(days=1), edited))
    now = standing(house)
    assert "The office denied all of it" in now[right[0].url]
    report = reextract.extract(house, old)
    assert (report["load"]["corrected"], report["load"]["revised"]) == (0, 0)
    assert standing(house) == now


def counted(html: str, number: int) -> str:
    """Return a page as it is served once more: its counter has gone on."""
    return html.replace("</body>", f"<div>Readers so far: {number}</div></body>")


def test_a_page_that_another_layout_reads_otherwise_is_not_edited_by_its_outlet(house):
    held = pages("broad", 3)
    passed(house, kept(house, AT, [(url, counted(html, 1)) for url, html in held]))
    first = standing(house)
    ruled = kept(
        house,
        AT + timedelta(days=1),
        [(url, counted(html, 2)) for url, html in held],
        with_layout(drop=("p:first-of-type",)),
    )
    report = passed(house, ruled)["outlets"]["kanar"]
    assert standing(house) != first
    assert (report["revised"], report["corrected"]) == (0, len(held))
    back = passed(
        house, kept(house, AT + timedelta(days=2), [(url, counted(html, 3)) for url, html in held])
    )["outlets"]["kanar"]
    assert (back["revised"], back["corrected"]) == (0, len(held))
    assert standing(house) == first


def test_a_line_that_the_profile_learns_to_leave_out_was_not_taken_out_by_the_outlet(house):
    note = (
        "Whoever saw the light go out is asked to tell the keeper at the gate of the tower, by "
        "day or by night."
    )
    held = [
        (url, html.replace("</article>", f"<div class=plea><p>{note}</p></div></article>"))
        for url, html in pages("column", 3)
    ]
    one, *others = held
    passed(house, kept(house, AT, [one]))
    assert note in "".join(standing(house).values())
    report = passed(
        house, kept(house, AT + timedelta(days=1), [(one[0], counted(one[1], 2)), *others])
    )["outlets"]["kanar"]
    assert note not in "".join(standing(house).values())
    assert (report["revised"], report["corrected"], report["new"]) == (0, 1, len(others))


def test_pages_that_are_gone_are_named(house):
    run = kept(house, AT, pages("broad", 3))
    passed(house, run)
    [folder] = run.outlets()
    before = standing(house)
    folder.pages.unlink()
    with pytest.raises(RunError, match="not kept any more"):
        reextract.extract(house, run)
    assert standing(house) == before


def test_two_do_not_work_on_one_run(house):
    run = kept(house, AT, pages("broad", 3))
    with run_record.working(run.path) as free:
        assert free
        with pytest.raises(RunError, match="worked on by another"):
            reextract.extract(house, run)


@pytest.mark.slow
def test_killed_anywhere_and_made_again(house, tmp_path):
    run = kept(house, AT, pages("broad", 3, 12))
    right = loaded_badly(house, run)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KHABAR_")},
        "KHABAR_HOME": str(tmp_path),
        "KHABAR_DATABASE_URL": house.database_url,
    }
    command = [sys.executable, "-P", "-m", "cli.main", "extract", "--run", run.name, "--json"]
    for wait in (0.6, 1.2, 1.8, 2.4, 3.0):
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert set(standing(house)) == {one.url for one in right}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=300
    )
    assert json.loads(done.stdout)["outlets"]["kanar"]["articles"] == len(right)
    assert standing(house) == {one.url: one.text for one in right}
    assert set(kinds(house)) == {"first", "correction"}
    assert kinds(house).count("correction") == len(right)


@pytest.mark.parametrize(("after", "noticed"), [("column", True), ("broad", False)])
def test_a_redesign_reaches_the_outlets_health(house, after, noticed):
    today = datetime.now(UTC) - timedelta(hours=2)
    assert (
        passed(house, kept(house, today - timedelta(days=8), pages("broad", 3)))["problems"] == []
    )
    run = kept(house, today, pages(after, 4))
    found = passed(house, run)["problems"]
    assert [line.split(":")[1].strip() for line in found] == (["redesign"] if noticed else [])
    passed(house, kept(house, today + timedelta(hours=1), pages(after, 5)))
    with Archive(house.database_url) as archive, archive.transaction() as cursor:
        told = [one for one in outlet_journal(cursor, "kanar") if one.kind == "redesign"]
    with Archive(house.database_url) as archive:
        status = outlet_status.of(archive, OUTLET, datetime.now(UTC))
        row = outlets_list.row_of(OUTLET, status)
    assert [one.run for one in told] == ([run.name] if noticed else [])
    assert row["state"] == "ok"
    assert row.get("redesigned") == (f"{today:%F}" if noticed else None)
    if noticed:
        assert "place unknown before" in told[0].detail["detail"]


def explained(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KHABAR_")},
        "KHABAR_HOME": str(home),
    }
    return subprocess.run(
        [sys.executable, "-P", "-m", "cli.main", "explain", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def test_a_kept_page_is_explained_as_its_run_read_it(house, tmp_path):
    held = pages("broad", 3)
    passed(house, kept(house, AT, held))
    [text, *_] = standing(house).values()
    done = explained(tmp_path, held[0][0])
    assert done.returncode == 0, done.stderr
    assert f"kanar (tests), profile of {len(held)} articles" in done.stdout
    shown = [line for line in done.stdout.splitlines() if line.startswith("kept")]
    assert len(shown) == len(text.split("\n"))
    path = tmp_path / "page.html"
    path.write_text(held[1][1], encoding="utf-8")
    assert (
        "kanar.localhost (no outlet file), no profile"
        in explained(tmp_path, str(path), "--url", held[1][0]).stdout
    )
    unknown = explained(tmp_path, "http://kanar.localhost/never")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert len(unknown.stderr.strip().splitlines()) == 1
    path.write_text("<html><title>404</title><h1>Page not found</h1></html>", encoding="utf-8")
    assert "error_page" in explained(tmp_path, str(path)).stdout
    path.write_bytes(b"")
    assert "empty" in explained(tmp_path, str(path)).stdout
