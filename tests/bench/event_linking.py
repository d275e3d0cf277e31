"""Bench of events as a whole: the press's own reports, loaded and linked into one archive.

Run as `khabar bench event_linking`.

    --size 5000     articles; the press's own, as many of its newest days as that takes

The reports go through what a run does: one load a batch with the forming of stories, then the
linking of events after each load. Told is CPU time: of this process (fingerprints, vectors,
grouping) and of its server process, so that other work on the machine does not count. By the
press's truth, pairs of stories that tell of one event give precision and recall.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The root first: tests/dedupe and tests/bench/dedupe.py must not stand in for the package.
sys.path[:] = [
    str(ROOT),
    *[path for path in sys.path if Path(path or ".").resolve() != Path(__file__).resolve().parent],
    str(Path(__file__).parent),
]

from _search import backend_cpu  # noqa: E402

from news.article import Article, Block, BlockKind  # noqa: E402
from news.outlet import Outlet  # noqa: E402
from pipeline.run.dedupe import form_hook  # noqa: E402
from pipeline.run.link_events import EventLinker  # noqa: E402
from press.rosters import roster  # noqa: E402
from press.world import Piece, World  # noqa: E402
from storage import Archive, Batch, OutletBatch, upkeep  # noqa: E402

_START = datetime(2026, 11, 1, tzinfo=UTC)
_BATCH = 250  # articles of one load
_SEED = 6


def newest(world: World, size: int) -> list[Piece]:
    """Return the first `size` reports of the press's world by their time."""
    pieces: list[Piece] = []
    days = 1

    while len(pieces) < size:
        days *= 2
        pieces = list(world.truth(world.start + timedelta(days=days)))

    return sorted(pieces, key=lambda piece: piece.published)[:size]


def article_of(world: World, piece: Piece, number: int) -> Article:
    """Return a report as an article at an address of its number."""
    draft = world.draft(piece)
    texts = [block.text for block in draft.blocks if block.kind != "caption"]

    return Article(
        url=f"http://{piece.outlet}.example/{number}",
        outlet=piece.outlet,
        title=draft.title,
        blocks=tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts),
        language=piece.language,
        fetched_at=piece.published,
        published=piece.published,
    )


def outlet_of(name: str, language: str) -> Outlet:
    """Return an outlet of the archive for one of the press's."""
    return Outlet(
        name=name,
        region="test",
        title=name,
        home=f"http://{name}.example/",
        country="GE",
        languages=(language,),
        timezone="UTC",
        doors=(),
    )


def batches(articles: Mapping[int, Article]) -> Iterator[Batch]:
    """Yield the articles as loads, each with the outlets it has something of."""
    rows = list(articles.values())

    for number in range(0, len(rows), _BATCH):
        several = rows[number : number + _BATCH]
        outlets: dict[str, list[Article]] = {}
        for article in several:
            outlets.setdefault(article.outlet, []).append(article)

        yield Batch(
            run=f"bench-{number}",
            started=several[-1].fetched_at,
            outlets=tuple(
                OutletBatch(outlet=outlet_of(name, own[0].language), articles=tuple(own))
                for name, own in outlets.items()
            ),
        )


def pairs(groups: Counter[object]) -> int:
    """Return how many pairs groups of these sizes hold."""
    return sum(size * (size - 1) // 2 for size in groups.values())


def agreement(archive: Archive, truth: Mapping[int, str]) -> tuple[int, float, float]:
    """Return how many stories have events, and precision and recall of pairs of stories.

    A story is judged by its leading article.
    """
    with archive.transaction() as cursor:
        cursor.execute(
            "select u.url, e.event_id from stories s join article_urls u on u.id = s.lead_id "
            "left join story_events e on e.story_id = s.id"
        )
        rows = cursor.fetchall()

    told = [(truth[int(url.rpartition("/")[2])], event) for url, event in rows]
    linked = [(name, event) for name, event in told if event is not None]
    right = pairs(Counter(linked))
    joined = pairs(Counter(event for _, event in linked))
    wanted = pairs(Counter(name for name, _ in told))

    return len(linked), right / max(joined, 1), right / max(wanted, 1)


def main() -> None:
    """Start a server of its own for `run`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=5000)
    size = parser.parse_args().size

    folder = Path(tempfile.mkdtemp(prefix="khabar-events-")) / "server"
    served_by = upkeep.start_server(folder)
    try:
        url = upkeep.create_database(served_by, "bench")
        upkeep.migrate(url)
        run(url, size)
    finally:
        upkeep.discard_server(folder)


def run(url: str, size: int) -> None:
    """Load and link, telling how far it is, then print the figures."""
    world = World(roster("tour"), _SEED, _START)
    pieces = newest(world, size)
    articles = {number: article_of(world, piece, number) for number, piece in enumerate(pieces)}
    truth = {number: piece.event for number, piece in enumerate(pieces)}

    with Archive(url) as archive:
        linker = EventLinker()
        served, loading, linking = backend_cpu(archive), 0.0, 0.0

        for number, batch in enumerate(batches(articles), 1):
            began = time.process_time()
            archive.load(batch, hooks=[form_hook(batch.started)])
            loaded = time.process_time()
            linker.link(archive, batch.started)
            loading += loaded - began
            linking += time.process_time() - loaded
            print(f"{number * _BATCH}: linking {linking:.0f} CPU s", flush=True)

        stories, precision, recall = agreement(archive, truth)
        print(
            f"{size} articles of {pieces[0].published:%d %b} to {pieces[-1].published:%d %b}: "
            f"load {loading:.0f}, link {linking:.0f}, server {backend_cpu(archive) - served:.0f} "
            f"CPU s; {stories} stories in events, precision {precision:.3f}, recall {recall:.3f}"
        )


if __name__ == "__main__":
    main()
