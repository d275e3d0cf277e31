"""Keep the archive of a release: schema and a few rows of everything, as VERSION.sql.

`python -P tests/storage/schemas/keep.py` writes it beside this file. Run it when a release is made,
and again only until then: every later Khabar must be able to take this archive on
(test_storage_upgrade.py).
"""

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(__file__).parent


def version() -> str:
    """Return the version that the project has now."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "version"
    ]


def fill(url: str, folder: Path) -> None:
    """Put something into nearly every table.

    Edits, deletions, returns, stories, copies, watches, mails, what the crawl remembers.
    """
    from archivegen import BODY, HOUR, NOW, OUTLET, article, batch, gone
    from watchworld import World

    from news.crawl import DoorState, Known
    from pipeline.run.dedupe import form_hook
    from storage.archive.archive import Archive
    from storage.upkeep import housekeeping

    hooks = [form_hook(NOW)]
    memory = Known(
        outlet="one",
        url=f"{OUTLET.home}1",
        address=f"{OUTLET.home}1?x",
        first_seen=NOW,
        last_fetched=NOW,
        status=200,
        digest="d",
        next_check=NOW + HOUR,
    )
    door = DoorState(
        outlet="one", url=f"{OUTLET.home}feed", etag='"x"', last_polled=NOW, data={"page": "3"}
    )
    long = (
        BODY
        + "\n"
        + " ".join(
            f"The {number}th speaker in Tbilisi asked for 'more' time." for number in range(40)
        )
    )
    with Archive(url) as archive:
        archive.load(
            batch(
                *(article(number, long if number < 3 else BODY) for number in range(1, 8)),
                run="first",
                known=(memory,),
                doors=(door,),
                profile="{}",
            ),
            hooks,
        )
        archive.load(
            batch(
                article(1, BODY + "\nCorrection: it met on Monday.", seen=NOW + HOUR),
                article(2, BODY, seen=NOW + HOUR, title="Əliyev"),
                gone(3, seen=NOW + HOUR),
                gone(4, seen=NOW + HOUR),
                article(900, published=None),
                run="second",
            ),
            hooks,
        )
        archive.load(
            batch(article(4, seen=NOW + 2 * HOUR), article(30_000), article(300_000), run="third"),
            hooks,
        )
        housekeeping.forget_article(archive.connection, article(7).url, "on request")
        with archive.transaction() as cursor:
            cursor.execute(
                "insert into notes (article_id, author, body)"
                " select id, 'ana', 'ask again' from article_urls order by id limit 1"
            )
    world = World(url, folder)
    try:
        world.watch()
        world.watch("Bridge", "bridge OR title:council", to=("ana@reader.test", "ben@reader.test"))
        first = world.publish(story="talks")
        world.publish("herald", "Transit again", "Transit talks went on.", story="talks")
        assert world.mails()
        world.load(
            world.article(
                "wire",
                first.title,
                first.text.replace("Tbilisi", "Baku"),
                path=first.url.rsplit("/", 1)[1],
            )
        )
        world.match()
        world.publish("wire", "Transit tomorrow", "More transit.", story="more", follows="talks")
    finally:
        world.archive.close()


def dump(url: str) -> str:
    """Return an archive as SQL statements."""
    from storage import upkeep

    command = [
        str(upkeep.binaries() / "pg_dump"),
        "--no-owner",
        "--no-privileges",
        "--inserts",
        "--rows-per-insert=100",
    ]
    with upkeep.program_environment(url) as environment:
        made = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
            env=environment,
        ).stdout
    lines = [
        line for line in made.splitlines() if line and not line.startswith(("--", "\\", "SET "))
    ]
    return "\n".join(line for line in lines if "pg_catalog.set_config" not in line) + "\n"


def main() -> None:
    """Make the file of the present version."""
    from storage import upkeep

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "pg"
        try:
            url = upkeep.create_database(upkeep.start_server(folder), "kept")
            upkeep.migrate(url)
            (Path(name) / "mails").mkdir()
            fill(url, Path(name) / "mails")
            (FOLDER / f"{version()}.sql").write_text(dump(url), encoding="utf-8")
        finally:
            upkeep.discard_server(folder)


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    main()
