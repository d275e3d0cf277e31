"""`khabar outlets ...`, `backfill`, `import`: the real commands over the real press.

Crawls run in processes of their own, and the archive is a real one.
"""

import http.client
import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from crawl_month import START, Press

import crawlers
from cli.main import khabar
from crawlers import job as jobs
from crawlers import outlet_files as registry
from crawlers.warc import records
from news.crawl import Known
from news.errors import KhabarError
from news.urls import canonical
from pipeline import stages
from pipeline.errors import explain
from press import outlet_files
from press.rosters import roster
from storage import Archive

NAMES = ("harbourtimes", "goriposta", "aralcenter")
WORDS = ("Cement", "Timber", "Copper", "Barley", "Cotton", "Sulphur", "Marble")
ARTICLE = (
    '<html lang="en"><head><title>{title}</title>'
    '<meta property="og:type" content="article"></head>'
    "<body><article><h1>{title}</h1>{body}</article></body></html>"
)


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    served = Press(tmp_path_factory.mktemp("press"), "tour")
    yield served
    served.close()


@pytest.fixture(scope="module")
def outlets(press, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("outlets")
    outlet_files.write(roster("tour"), folder, press.port)
    for path in list(folder.glob("*/*.toml")):
        if path.stem not in NAMES:
            path.unlink()
    return folder


@pytest.fixture
def run(outlets, tmp_path, database_url, monkeypatch):
    """Call a command; gives (exit code, standard output, standard error)."""
    for name, value in {
        "KHABAR_HOME": tmp_path / "home",
        "KHABAR_OUTLETS": outlets,
        "KHABAR_ALLOW_LOOPBACK": "1",
        "KHABAR_DATABASE_URL": database_url,
    }.items():
        monkeypatch.setenv(name, str(value))

    def call(*words: object) -> tuple[int, str, str]:
        done = CliRunner().invoke(khabar, [str(word) for word in words])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            sentence = explain(done.exception)
            assert sentence is not None, done.exception
            return 1, done.stdout, done.stderr + sentence
        return done.exit_code, done.stdout, done.stderr

    return call


def fault(press: Press, outlet: str, name: str | None) -> None:
    line = http.client.HTTPConnection("127.0.0.1", press.port, timeout=10)
    line.request(
        "POST",
        "/_press/fault",
        json.dumps({"outlet": outlet, "fault": name}),
        {"Host": "127.0.0.1"},
    )
    assert line.getresponse().status == 200
    line.close()


def asked(press: Press) -> int:
    return len(press.log())


def test_check_says_what_works_and_what_does_not(run, press):
    fault(press, "goriposta", "forbidden")
    try:
        code, out, _ = run("outlets", "check", "harbourtimes", "goriposta")
    finally:
        fault(press, "goriposta", None)
    assert code == 1
    assert "harbourtimes: ok, 2 of 2 articles fetched" in out
    assert "goriposta: blocked" in out
    assert "1 of 2 outlets stand well; not goriposta" in out
    code, out, _ = run("outlets", "check", "goriposta", "--json")
    assert (code, json.loads(out)["state"], json.loads(out)["pages"]) == (0, "ok", 2)


def test_try_shows_articles_and_archives_nothing(run, database_url):
    code, out, _ = run("outlets", "try", "goriposta", "--pages", 2)
    assert code == 0
    assert out.count("sample http://goriposta.localhost") == 2
    assert " | ka | " in out
    with Archive(database_url) as archive:
        assert not list(archive.memory("goriposta"))


def test_an_outlet_that_does_not_answer_is_one_sentence(run, press):
    fault(press, "goriposta", "forbidden")
    try:
        code, out, err = run("outlets", "try", "goriposta", "--pages", 1)
    finally:
        fault(press, "goriposta", None)
    assert code == 1
    assert out.startswith("goriposta: blocked")
    assert "no page of goriposta could be fetched" in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("outlets", "check", "nowhere"), "there is no outlet 'nowhere'"),
        (("outlets", "try", "nowhere"), "there is no outlet 'nowhere'"),
        (
            ("outlets", "list", "--region", "moon"),
            "no outlet in region 'moon'; there are caspian, caucasus, central-asia",
        ),
        (("backfill", "nowhere", "--from", "2026-01-01"), "there is no outlet 'nowhere'"),
        (
            ("backfill", "harbourtimes", "--from", "yesterday"),
            "'yesterday' is no day such as 2026-03-01",
        ),
        (
            ("backfill", "harbourtimes", "--from", "2026-02-02", "--to", "2026-02-01"),
            "the last day, 2026-02-01, lies before the first, 2026-02-02",
        ),
        (("outlets", "add", "not a url"), "'not a url' is no web address"),
    ],
)
def test_wrong_words_are_one_sentence(run, words, says):
    code, _, err = run(*words)
    assert code != 0
    assert says in err
    assert "Traceback" not in err


def test_the_past_comes_into_the_archive_once(run, press, database_url):
    day = START.date() - timedelta(days=2)
    code, out, err = run("backfill", "harbourtimes", "--from", day)
    assert code == 0, err
    truth = {
        canonical(item["url"]) for item in press.truth(START) if item["outlet"] == "harbourtimes"
    }
    assert len(truth) > 5
    assert f"archived: {len(truth)} new" in out
    assert "read to the end" in err
    with Archive(database_url) as archive:
        assert {
            item.url for item in archive.memory("harbourtimes") if isinstance(item, Known)
        } == truth
        assert all(archive.article(url) for url in truth)
    code, out, _ = run("backfill", "harbourtimes", "--from", day)
    assert (code, "nothing new" in out) == (0, True)
    _, out, _ = run("outlets", "list", "--json", "--region", "caspian")
    [row] = [json.loads(line) for line in out.splitlines()]
    assert (row["name"], row["state"], row["week"]) == ("harbourtimes", "ok", len(truth))
    _, out, _ = run("outlets", "list")
    assert f"ok, polled {datetime.fromisoformat(row['polled']):%F %H:%M}" in out
    assert len(out.splitlines()) == len(NAMES)


def test_an_interrupted_backfill_is_finished_without_fetching_again(run, press, monkeypatch):
    def killed(*_: object, **__: object) -> None:
        raise KhabarError("killed here")

    with monkeypatch.context() as patch:
        patch.setattr(stages, "load", killed)
        assert run("backfill", "goriposta", "--from", "2026-02-20")[0] == 1
    before = asked(press)
    assert run("backfill", "goriposta", "--from", "2026-02-21")[1].count("archived") == 1, (
        "other days are another backfill"
    )
    assert asked(press) > before
    before = asked(press)
    code, out, err = run("backfill", "goriposta", "--from", "2026-02-20")
    assert code == 0
    assert "was interrupted, it is finished first" in err
    assert "archived: 10 known already" in out
    assert asked(press) == before


def test_a_stopped_backfill_goes_on_where_it_stopped(run, press, tmp_path, monkeypatch):
    """A crawl that was told to stop has a report and keeps its pages.

    The days are read again for the rest.
    """
    work = jobs.run
    stopped: list[int] = []

    def once(job, **options):
        if stopped:
            return work(job, **options)
        stopped.append(1)
        report = work(replace(job, options=replace(job.options, budget=3)), **options)
        path = job.folder / "report.json"
        path.write_text(
            path.read_text().replace('"finished":"done"', '"finished":"stopped"'), encoding="utf-8"
        )
        raise KhabarError(f"stopped with {report.pages}")

    monkeypatch.setattr(crawlers, "run", once)
    assert run("backfill", "harbourtimes", "--from", "2026-02-20")[0] == 1
    before = {item["path"] for item in press.log()}
    code, out, err = run("backfill", "harbourtimes", "--from", "2026-02-20")
    assert (code, before <= {item["path"] for item in press.log()}) == (0, True)
    assert "archived: 3 new" in err
    assert "archived: 7 new" in out
    assert len(list((tmp_path / "home" / "runs").glob("2*/done.json"))) == 2


def page(url: str, title: str, words: str, moment: datetime) -> records.Exchange:
    body = ARTICLE.format(
        title=title,
        body="".join(
            f"<p>{words} Paragraph {number} about {words.split(maxsplit=1)[0]} is long enough "
            f"to be kept, and {words.rsplit(maxsplit=1)[-1]} ends it.</p>"
            for number in range(6)
        ),
    )
    return records.Exchange(
        asked=url,
        url=url,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body.encode(),
        fetched_at=moment,
    )


@pytest.fixture
def archived(press, tmp_path):
    """Write a WARC of pages at one address of harbourtimes."""
    url = f"http://harbourtimes.localhost:{press.port}/2026/02/a-harbour-opens/"

    def write(name: str, *versions: tuple[str, datetime]) -> tuple[Path, str]:
        path = tmp_path / f"{name}.warc.gz"
        writer = records.Writer(path)
        for words, moment in versions:
            writer.write(page(url, "A harbour opens in Aktau after years of work", words, moment))
        writer.write(
            page(
                "http://stranger.example/1.html",
                "Somebody else's text",
                "Not ours at all.",
                versions[0][1],
            )
        )
        writer.close()
        return path, url

    return write


def test_an_older_file_does_not_undo_a_newer_text(run, archived, database_url):
    newer, url = archived("newer", ("The harbour has opened with nine cranes.", START))
    older, _ = archived(
        "older", ("The harbour will open with four cranes.", START - timedelta(days=5))
    )
    code, out, err = run("import", newer)
    assert code == 0, err
    assert "1 page of 1 outlet; 1 of sites that no outlet file names" in err
    assert "archived: 1 new" in out
    code, out, _ = run("import", older)
    assert (code, "archived: 1 known already" in out) == (0, True)
    with Archive(database_url) as archive:
        assert "nine cranes" in archive.article(canonical(url)).article.text
        assert len(archive.versions(canonical(url))) == 1
        [known] = [item for item in archive.memory("harbourtimes") if isinstance(item, Known)]
        assert known.last_fetched == START


def test_versions_in_the_order_of_time_are_an_edit(run, archived, database_url):
    older, url = archived(
        "older", ("The harbour will open with four cranes.", START - timedelta(days=5))
    )
    newer, _ = archived(
        "newer", ("The harbour has opened with nine cranes and a long quay.", START)
    )
    assert "archived: 1 new" in run("import", older)[1]
    assert "archived: 1 edited" in run("import", newer)[1]
    with Archive(database_url) as archive:
        assert "nine cranes" in archive.article(canonical(url)).article.text
        assert len(archive.versions(canonical(url))) == 2


def test_of_two_versions_in_one_file_the_newest_stands(run, archived, database_url):
    both, url = archived(
        "both",
        ("The harbour has opened with nine cranes.", START),
        ("The harbour will open with four cranes.", START - timedelta(days=5)),
    )
    assert "archived: 1 new" in run("import", both)[1]
    with Archive(database_url) as archive:
        assert "nine cranes" in archive.article(canonical(url)).article.text
        [known] = [item for item in archive.memory("harbourtimes") if isinstance(item, Known)]
        assert known.last_fetched == START


def test_a_page_that_is_gone_in_a_file_is_a_deletion(run, archived, database_url, tmp_path):
    first, url = archived("first", ("The harbour has opened with nine cranes.", START))
    assert "archived: 1 new" in run("import", first)[1]

    def gone(name: str, *moments: datetime) -> Path:
        path = tmp_path / f"{name}.warc.gz"
        writer = records.Writer(path)
        for moment in moments:
            for address in (url, url.replace("a-harbour-opens", "never-seen")):
                writer.write(
                    records.Exchange(
                        asked=address,
                        url=address,
                        status=404,
                        headers=(("Content-Type", "text/plain"),),
                        body=b"not here",
                        fetched_at=moment,
                    )
                )
        writer.close()
        return path

    assert "deleted" not in run("import", gone("before", START - timedelta(days=2)))[1]
    code, out, err = run("import", gone("after", START + timedelta(days=2)))
    assert (code, "archived: 1 deleted" in out) == (0, True), (out, err)
    assert "nothing new" in run("import", gone("again", START + timedelta(days=3)))[1]
    with Archive(database_url) as archive:
        assert archive.article(canonical(url)).deleted_at == START + timedelta(days=2)
        assert [item.url for item in archive.memory("harbourtimes") if isinstance(item, Known)] == [
            canonical(url)
        ]


def test_most_pages_behind_a_wall_are_a_state_of_the_outlet(run, press, tmp_path):
    path = tmp_path / "walled.warc.gz"
    writer = records.Writer(path)
    closed = (
        '<script type="application/ld+json">{"@type": "NewsArticle", '
        '"headline": "A quay", "isAccessibleForFree": false}</script></head>'
    )
    wall = "</h1><p>Subscribe to read the whole article.</p>"
    for number in range(4):
        exchange = page(
            f"http://harbourtimes.localhost:{press.port}/2026/02/quay-{number}/",
            f"{WORDS[number]} comes to the harbour of Aktau",
            f"{WORDS[number]} was seen near the {WORDS[number + 1]} and the "
            f"{WORDS[number + 2]}, says the {WORDS[number]} office.",
            START,
        )
        writer.write(
            replace(
                exchange,
                body=exchange.body.replace(b"</head>", closed.encode()).replace(
                    b"</h1>", wall.encode()
                )
                if number
                else exchange.body,
            )
        )
    writer.close()
    run("backfill", "harbourtimes", "--from", "2026-02-20", "--budget", "1")
    code, _, err = run("import", path)
    assert code == 0
    assert "harbourtimes: paywalled: 3 of 4 pages lie behind a wall" in err
    assert (
        "paywalled (3 of 4 pages lie behind a wall), polled"
        in run("outlets", "list", "--region", "caspian")[1]
    )


def test_files_that_hold_nothing_for_us_are_one_sentence(run, tmp_path):
    words, empty = tmp_path / "words.warc.gz", tmp_path / "empty.warc.gz"
    words.write_text("hello")
    empty.write_bytes(b"")
    assert "is no WARC file" in run("import", words)[2]
    code, _, err = run("import", empty)
    assert (code, err.count("no page of a known outlet in these files")) == (1, 1)
    assert not list((tmp_path / "home").glob("khabar-import-*"))
    assert not list((tmp_path / "home").glob("runs/*"))


def test_add_writes_a_file_that_crawls(run, press, tmp_path, monkeypatch):
    folder = tmp_path / "drafts"
    monkeypatch.setenv("KHABAR_OUTLETS", str(folder))
    code, out, _ = run(
        "outlets",
        "add",
        f"http://goriposta.localhost:{press.port}/",
        "--region",
        "caucasus",
        "--yes",
    )
    assert code == 0
    assert out.count("sample http://") == 5
    outlet = registry.load_outlet(folder / "caucasus" / "goriposta.toml")
    assert "ka" in outlet.languages
    assert {door.url for door in outlet.doors} >= {
        f"http://goriposta.localhost:{press.port}/atom.xml"
    }
    code, _, err = run(
        "outlets",
        "add",
        f"http://goriposta.localhost:{press.port}/",
        "--name",
        "goriposta",
        "--yes",
    )
    assert (code, "exists already" in err) == (1, True)
