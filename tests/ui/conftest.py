"""An archive with a story in two outlets, an edit, a deletion, a Persian and a hostile article.

And the application over it.
"""

import threading
import time
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, HTTPException, Request

from news.article import Article, Block, BlockKind, Pruned, Reason, Rejected
from news.outlet import Door, DoorKind, Outlet

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
TOKEN = "planted-feed-token"
WIRE = (
    "The new compressor station near the Sangachal terminal was switched on this morning, "
    "the operator said in a statement. "
    "It moves gas into the southern pipeline at twice the pressure of the old one, and "
    "three crews watch it around the clock. "
    "Engineers had tested the valves since January, first without gas and then with a "
    "third of the load, and found two small leaks. "
    "The ministry expects that deliveries grow by a fifth before the winter, when demand "
    "on the coast is highest."
)


def outlet(name: str, **fields: object) -> Outlet:
    return Outlet(
        **{
            "name": name,
            "region": "caspian",
            "title": name.title(),
            "home": f"https://{name}.example/",
            "country": "AZ",
            "languages": ("en",),
            "timezone": "Asia/Baku",
            "doors": (Door(kind=DoorKind.FEED, url=f"https://{name}.example/rss"),),
            **fields,
        }
    )


def article(
    name: str, slug: str, title: str, text: str, hours: int = 0, **fields: object
) -> Article:
    return Article(
        **{
            "url": f"https://{name}.example/{slug}",
            "outlet": name,
            "title": title,
            "language": "en",
            "fetched_at": START + timedelta(hours=hours, minutes=5),
            "published": START + timedelta(hours=hours),
            "published_source": "json-ld",
            "published_raw": "2026-03-01T12:00:00+04:00",
            "blocks": tuple(
                Block(kind=BlockKind.PARAGRAPH, text=line) for line in text.split("\n")
            ),
            **fields,
        }
    )


HOSTILE = '<script>alert(1)</script> & "quotes" <img src=x onerror=alert(2)>'
PERSIAN = "خط لوله تازه در کرانه خزر گشوده شد و از امروز گاز را به جنوب می‌رساند."


def batches():
    """What two runs bring: the second edits one article and finds another deleted."""
    from storage import Batch, OutletBatch

    wire = article(
        "bulletin",
        "gas",
        "Compressor station switched on",
        WIRE,
        pruned=(Pruned(text="Read also", rule="related", confidence=0.9),),
        authors=("A. Writer",),
        links=("https://example.org/a", "javascript:alert(3)"),
    )
    copy = article("herald", "gas-copy", "New compressor station at work", WIRE, 2)
    edited = article(
        "bulletin",
        "rail",
        "Railway to open in May",
        "The railway opens in May.\nIt has nine stations and two tunnels.",
        1,
    )
    doomed = article(
        "herald",
        "doomed",
        "A harbour crane falls",
        "A crane fell in the harbour at noon and nobody was hurt, the port said.",
        1,
    )
    hostile = article(
        "herald", "hostile", HOSTILE, HOSTILE + "\nA line with ]]> and \u202e reversed text.", 3
    )
    persian = article("khazar", "fa", "خط لوله تازه در خزر", PERSIAN, 4, language="fa")
    first = Batch(
        run="2026-03-01T080000Z",
        started=START,
        outlets=(
            OutletBatch(
                outlet=outlet("bulletin"),
                articles=(wire, edited),
                report={"state": "ok", "fetched": 3},
            ),
            OutletBatch(
                outlet=outlet("herald"),
                articles=(copy, doomed, hostile),
                report={"state": "ok", "fetched": 3},
            ),
            OutletBatch(
                outlet=outlet("khazar", languages=("fa",)),
                articles=(persian,),
                report={"state": "blocked", "fetched": 1},
            ),
        ),
    )
    later = START + timedelta(days=1)
    second = Batch(
        run="2026-03-02T080000Z",
        started=later,
        outlets=(
            OutletBatch(
                outlet=outlet("bulletin"),
                report={"state": "ok", "fetched": 1},
                articles=(
                    article(
                        "bulletin",
                        "rail",
                        "Railway to open in June",
                        "The railway opens in June.\nIt has nine stations and two tunnels.",
                        1,
                        fetched_at=later,
                    ),
                ),
            ),
            OutletBatch(
                outlet=outlet("herald"),
                report={"state": "ok", "fetched": 1},
                rejected=(
                    Rejected(
                        url="https://herald.example/doomed",
                        outlet="herald",
                        reason=Reason.GONE,
                        fetched_at=later,
                    ),
                ),
            ),
        ),
    )
    return first, second


@pytest.fixture(scope="module")
def archive_url(server, template):
    """The URL of the filled archive."""
    import contextlib

    import psycopg2

    from news.watch import Watch
    from pipeline.run import dedupe
    from storage import Archive, alerts

    name = "ui_pages"
    with contextlib.closing(psycopg2.connect(server.url("postgres"))) as connection:
        connection.autocommit = True
        connection.cursor().execute(f'drop database if exists "{name}"')
        connection.cursor().execute(f'create database "{name}" template "{template}"')
    url = server.url(name)
    with Archive(url) as archive:
        for batch in batches():
            archive.load(batch, hooks=dedupe.hooks(batch.started))
        with archive.transaction() as cursor:
            alerts.save_watch(
                cursor,
                Watch(
                    name="Gas & <oil>",
                    query="compressor OR pipeline",
                    recipients=("analyst@localhost",),
                ),
            )
    return url


def _keep_run(home):
    """Leave the first run's folder where the pages look for what was left out."""
    from news import codec

    for part in batches()[0].outlets:
        folder = home / "runs" / "2026-03-01T080000Z" / "caspian" / part.outlet.name
        folder.mkdir(parents=True)
        lines = "".join(codec.dump(item) + "\n" for item in part.articles)
        (folder / "articles.jsonl").write_text(lines, encoding="utf-8")


@pytest.fixture(scope="module")
def application(archive_url, tmp_path_factory):
    """The application over the archive."""
    from pipeline import settings
    from ui.app import create
    from ui.people import Person, Role

    async def login(request: Request) -> Person:
        name = request.headers.get("x-user")
        if not name:
            raise HTTPException(401, "Not authenticated")
        return Person(name, Role[request.headers.get("x-role", "admin").upper()])

    home = tmp_path_factory.mktemp("home")
    _keep_run(home)
    read = settings.read(
        {
            "KHABAR_HOME": str(home),
            "KHABAR_DATABASE_URL": archive_url,
            "KHABAR_PUBLIC_URL": "http://khabar.example",
            "KHABAR_FEED_TOKEN": TOKEN,
            "KHABAR_SECRET": "a planted secret for links",
        }
    )
    created = create(read, login=login)
    yield created
    created.state.archives.close()


@pytest.fixture(scope="module")
def address(application):
    """Where the application is served, for real, on loopback."""
    outside = FastAPI()
    outside.mount("/khabar", application)
    server = uvicorn.Server(
        uvicorn.Config(outside, host="127.0.0.1", port=0, log_level="error", lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def client(address):
    """A browser that is logged in."""
    with httpx.Client(base_url=address, headers={"x-user": "analyst"}, trust_env=False) as browser:
        yield browser


@pytest.fixture
def stranger(address):
    """A browser that is not."""
    with httpx.Client(base_url=address, trust_env=False) as browser:
        yield browser
