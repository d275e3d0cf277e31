"""Watches against articles: exact, how fast, and how soon after the commit the mail is there.

khabar bench watches [--write] [--exact N] [--only exact|speed|latency]: N queries against N
articles in the exactness part (10000: some minutes).
"""

import argparse
import contextlib
import email
import gc
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from unittest.mock import patch

import psutil
import psycopg2
from psycopg2.extras import execute_values

ROOT = Path(__file__).resolve().parents[2]
# This folder and tests/ hold names of our packages (this very file): they come last.
sys.path[:] = [
    str(ROOT),
    *(path for path in sys.path if path != str(Path(__file__).parent)),
    str(ROOT / "tests"),
    str(Path(__file__).parent),
]

from _articles import END, chunk, outlets  # noqa: E402
from _queries import _query  # noqa: E402
from _table import machine, markdown, section  # noqa: E402
from querygen import document, query  # noqa: E402
from watchworld import World, free_port  # noqa: E402

from news.article import Article  # noqa: E402
from news.query import Document, QueryError, parse, plan  # noqa: E402
from news.query.evaluate import _Evaluation, _indexed  # noqa: E402
from news.query.nodes import And, Not, Or  # noqa: E402
from news.text import index_document, query_terms  # noqa: E402
from news.text.aliases import Aliases  # noqa: E402
from news.watch import Watch  # noqa: E402
from storage import upkeep  # noqa: E402  # noqa: E402
from storage.archive import terms  # noqa: E402
from storage.search import TermVector  # noqa: E402
from storage.search.compiling import tsquery  # noqa: E402
from watches.matching import Matcher, Subject  # noqa: E402

# What analysts watch: names and rare words, pairs, phrases, alternatives, exclusions; single common
# words and whole languages are no watches.
KINDS = (
    "rare",
    "two words",
    "two words",
    "phrase",
    "phrase",
    "or",
    "not",
    "near",
    "title",
    "mixed",
)
SIZES = {
    100: 1000,
    1_000: 1000,
    10_000: 100,
    100_000: 10,
}  # watches -> articles that the cross join gets
_LONG = 5  # letters; the two hundred most frequent words are shorter
# articles that a running service has read before: made-up words have a longer tail than real ones
_READ = 11_000
TITLES = {
    "speed": ("## Watches", "watches"),
    "latency": ("### From the commit to the mail", "watches-latency"),
    "exact": ("### Watches against the reference", "watches-exact"),
}
BLOCKS = range(3)  # of 1,000 articles, measured one by one
_LONGEST = 3000  # characters of a tsquery: PostgreSQL keeps none larger than a page


class Remembering(_Evaluation):
    """The reference, with its answers to equal parts of queries remembered for one document.

    Equal parts must be one object: see `shared`.
    """

    def __init__(self, item: Document) -> None:
        super().__init__(_indexed(item), item, Aliases.default())
        self._known = {}
        self._stand = {}

    def holds(self, node) -> bool:
        """Return whether a part holds.

        The reference's answer, without the words that are its reason.
        """
        known = self._known.get(id(node))
        if known is None:
            match node:
                case And():
                    known = all(map(self.holds, node.parts))
                case Or():
                    known = any(map(self.holds, node.parts))
                case Not():
                    known = not self.holds(node.part)
                case _:
                    known = self.ask(node) is not None
            self._known[id(node)] = known
        return known

    def _spans(self, node):
        try:
            return self._stand[id(node)][1]
        except KeyError:
            found = super()._spans(node)
            self._stand[id(node)] = (
                node,
                found,
            )  # the node, too: a number is given again when its object is gone
            return found


def shared(node, known):
    """Return an equal query whose equal parts are one object."""
    held = {}
    for name in ("parts", "part", "left", "right"):
        inner = getattr(node, name, None)
        if inner is not None:
            held[name] = (
                tuple(shared(part, known) for part in inner)
                if isinstance(inner, tuple)
                else shared(inner, known)
            )
    return known.setdefault(node, replace(node, **held) if held else node)


@cache
def _terms_of(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return query_terms(word, aliases=Aliases.default())


@patch("news.query.evaluate.query_terms", lambda word, **_: _terms_of(word))
def exact(server, size: int) -> str:
    """Compare every pair with the reference.

    Every other part is matched from the terms that PostgreSQL keeps, not from the text.
    """
    chance = random.Random(2026)
    documents = [document(chance) for _ in range(size)]
    queries, known = [], {}
    while len(queries) < size:
        with contextlib.suppress(QueryError):
            queries.append(parse(str(query(chance))))
    roots = [shared(asked.root, known) for asked in queries]
    matcher = Matcher(
        [
            Watch(name=str(number), query=str(asked), recipients=())
            for number, asked in enumerate(queries)
        ]
    )
    agreed = differed = 0
    begun = time.process_time()
    for number, start in enumerate(range(0, size, 100)):
        part = documents[start : start + 100]
        kept = stored(server, part) if number % 2 else [None] * len(part)
        found = [set() for _ in part]
        for place, watch in matcher.pairs(
            [Subject(document=item, indexed=index) for item, index in zip(part, kept, strict=True)]
        ):
            found[place].add(watch)
        for place, item in enumerate(part):
            reference = Remembering(item)
            expected = {watch for watch, root in enumerate(roots) if reference.holds(root)}
            agreed += len(expected & found[place])
            differed += len(expected ^ found[place])
        if number % 5 == 4:
            print(
                f"{start + 100:,} articles: {agreed:,} agree, {differed} differ, "
                f"{time.process_time() - begun:.0f} s of CPU",
                file=sys.stderr,
                flush=True,
            )
    return (
        f"{size:,} random queries x {size:,} articles, half of them matched from their stored "
        f"terms: {agreed:,} matches agree with the naive evaluation, {differed} differ."
    )


def stored(server, documents) -> list[TermVector]:
    """Return the terms of documents as PostgreSQL keeps and prints them."""
    made = [
        Article(
            url="https://exact.test/",
            outlet=item.outlet,
            title=item.title,
            blocks=(),
            language=item.language,
            fetched_at=END,
        )
        for item in documents
    ]
    with (
        contextlib.closing(psycopg2.connect(upkeep.create_database(server, "exact"))) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "select array(select terms::tsvector::text from unnest(%s::text[]) with "
            "ordinality as given (terms, place) order by place)",
            (
                [
                    terms.literal(article, body=item.text)
                    for article, item in zip(made, documents, strict=True)
                ],
            ),
        )
        return list(map(TermVector, cursor.fetchone()[0]))


def watches(count: int, articles) -> list[str]:
    """Return so many queries, made from the articles' own words."""
    chance = random.Random(3)
    found = []
    while len(found) < count:
        article = chance.choice(articles)
        found.append(_query(chance.choice(KINDS), chance, article, _telling(chance, article)))
    return found


def _telling(chance, article) -> list[str]:
    """Return nine words in a row that begin with longer ones: nobody watches "of the"."""
    words = [word.strip(".,") for block in article.blocks for word in block.text.split()]
    for _ in range(200):
        place = chance.randrange(len(words) - 8)
        if min(map(len, words[place : place + 4])) >= _LONG:
            break
    return words[place : place + 9]


def speed(server, sizes: dict[int, int]) -> tuple[list[list[object]], str]:
    """Return rows of figures, and what else was measured: the yardstick of a busy machine."""
    of = outlets()
    articles = [
        article
        for number in range(_READ // 1000 + len(BLOCKS))
        for article in chunk(number, _READ + 1000 * len(BLOCKS), of)
    ]
    with (
        contextlib.closing(psycopg2.connect(upkeep.create_database(server, "cross"))) as connection,
        connection,
        connection.cursor() as cursor,
    ):
        keep(cursor, articles[_READ:])
        rows = [measure(cursor, count, joined, articles) for count, joined in sizes.items()]
        printing = backend_cpu(cursor, "select count(length(terms::text)) from articles")
    begun = time.process_time()
    for article in articles[_READ:]:
        index_document(article.title, article.text, article.language)
    analysed = 1000 * len(BLOCKS) / (time.process_time() - begun)
    return rows, (
        "In the same run: PostgreSQL prints the terms of "
        f"{1000 * len(BLOCKS) / printing:,.0f} articles/s (its own CPU, not in the figures "
        "above); "
        f"news.text.index_document, words known, {analysed:,.0f} articles/s."
    )


def keep(cursor, articles) -> None:
    """Put articles' terms where an archive has them."""
    cursor.execute("drop table if exists articles, watches")
    cursor.execute("create table articles (id int, terms tsvector)")
    marked = [
        (
            number,
            terms.literal(
                article, [terms.mark("o", article.outlet), terms.mark("l", article.language)]
            ),
        )
        for number, article in enumerate(articles)
    ]
    execute_values(cursor, "insert into articles values %s", marked, template="(%s,%s::tsvector)")


def measure(cursor, count: int, joined: int, articles) -> list[object]:
    """Return one row: median of the blocks, CPU time of this process."""
    queries = watches(count, articles)
    saved = [
        Watch(name=str(number), query=text, recipients=()) for number, text in enumerate(queries)
    ]
    begun = time.process_time()
    matcher = Matcher(saved)
    made = time.process_time() - begun
    for start in range(0, _READ, 1000):  # a running service has read before
        matcher.pairs([of_text(article) for article in articles[start : start + 1000]])
    blocks = [(1000 * number, articles[_READ + 1000 * number :][:1000]) for number in BLOCKS]
    gc.collect()
    gc.freeze()  # as pipeline.alerts.watch_cache does
    known = [rate(lambda part=part: matcher.pairs(list(map(of_text, part)))) for _, part in blocks]
    index = [
        rate(lambda first=first, part=part: matcher.pairs(of_index(cursor, first, part)))
        for first, part in blocks
    ]
    worded = [
        rate(
            lambda first=first, part=part: [
                fit.terms for fit in matcher.run(of_index(cursor, first, part))
            ]
        )
        for first, part in blocks
    ]
    new = []
    for _, part in blocks:
        fresh = Matcher(saved)
        new.append(rate(lambda part=part, fresh=fresh: fresh.pairs(list(map(of_text, part)))))
    gc.unfreeze()
    pairs = matcher.pairs(of_index(cursor, *blocks[0]))
    seconds, hits, held = cross_join(cursor, queries, joined)
    ours = Counter(watch for subject, watch in pairs if subject < joined and watch in held)
    row = [
        f"{count:,}",
        *(f"{statistics.median(rates):,.0f}" for rates in (index, worded, known, new)),
        f"{joined / seconds:,.1f}",
        f"{statistics.median(index) * seconds / joined:,.0f}",
        f"{len(pairs) / 1000:.1f}",
        f"{made:.1f}",
        f"yes, {hits.total():,}" if hits == ours else f"no: {hits.total()} and {ours.total()}",
    ]
    print(*row, file=sys.stderr, flush=True)
    return row


def rate(work) -> float:
    """Return articles a second of this process's CPU time, for work on 1,000."""
    begun = time.process_time()
    work()
    return 1000 / (time.process_time() - begun)


def of_text(article) -> Subject:
    """Return an article of which only the text is known."""
    return Subject(
        document=Document(
            title=article.title, text=article.text, language=article.language, outlet=article.outlet
        )
    )


def of_index(cursor, first: int, articles) -> list[Subject]:
    """Return articles as the archive hands them out: with their terms."""
    cursor.execute(
        "select terms::text from articles where id >= %s and id < %s order by id",
        (first, first + len(articles)),
    )
    return [
        replace(of_text(article), indexed=TermVector(text))
        for article, (text,) in zip(articles, cursor.fetchall(), strict=True)
    ]


def backend_cpu(cursor, query: str, *values) -> float:
    """Return the CPU seconds of the database for a query."""
    cursor.execute("select pg_backend_pid()")
    backend = psutil.Process(cursor.fetchone()[0])
    begun = sum(backend.cpu_times()[:2])
    cursor.execute(query, values)
    return max(0.01, sum(backend.cpu_times()[:2]) - begun)


def cross_join(cursor, queries: list[str], joined: int) -> tuple[float, Counter, set[int]]:
    """Return the CPU seconds of the database for all pairs, and which watches match how often.

    A query too big for a row is left out.
    """
    cursor.execute("drop table if exists watches")
    cursor.execute("create table watches (id int, query tsquery)")
    asked = [(number, tsquery(plan(parse(text)))) for number, text in enumerate(queries)]
    small = [(number, text) for number, text in asked if len(text) < _LONGEST]
    execute_values(
        cursor, "insert into watches values %s", small, template="(%s,%s::tsquery)", page_size=1000
    )
    cursor.execute("analyze articles, watches")
    cursor.execute("set max_parallel_workers_per_gather = 0")
    seconds = backend_cpu(
        cursor,
        "select watches.id from (select terms from articles where id < %s) as articles "
        "join watches on terms @@ query",
        joined,
    )
    hits = Counter(row[0] for row in cursor.fetchall())
    return seconds, hits, {number for number, _ in small}


def latency(server, folder: Path, count: int = 10_000, articles: int = 60) -> str:
    """Return how long after the commit of an article its mail was in the sink."""
    url = upkeep.create_database(server, "latency")
    upkeep.migrate(url)
    world = World(url, folder / "unused", now=datetime.now(UTC))
    of = outlets()
    made = [article for number in range(2) for article in chunk(number, 4000, of)]
    with world.archive.transaction() as cursor:
        rows = [(f"w{number}", text) for number, text in enumerate(watches(count - 1, made))]
        execute_values(cursor, "insert into watches (name, query) values %s", rows)
        cursor.execute(
            "insert into addresses (address, domain) values ('ana@reader.test', 'reader.test')"
        )
        cursor.execute(
            "insert into subscriptions (watch_id, address) select id, 'ana@reader.test' "
            "from watches"
        )
    world.watch("Latency", "sinkword")
    port = free_port()
    environment = {
        **os.environ,
        "KHABAR_HOME": str(folder),
        "KHABAR_DATABASE_URL": url,
        "KHABAR_SMTP_URL": f"smtp://127.0.0.1:{port}",
        "PYTHONPATH": str(ROOT),
    }
    parts = [
        subprocess.Popen([sys.executable, *command], env=environment, stdout=subprocess.DEVNULL)
        for command in (
            [
                "-m",
                "watches.delivery.mailbox",
                "--port",
                str(port),
                "--folder",
                str(folder / "mail"),
            ],
            ["-m", "cli.main", "watch", "follow"],
        )
    ]
    try:
        committed = {}
        for number in range(-5, articles):
            article = made[number + 5]
            world.now = datetime.now(UTC)
            world.publish(
                title=f"{article.title} sinkword {number}",
                text=article.text,
                path=str(number),
                language=article.language,
            )
            committed[f"sinkword {number}"] = time.time_ns()
            time.sleep(25 if number == -5 else 0.5)
        deadline = time.monotonic() + 60
        while (
            len(list((folder / "mail").glob("*.eml"))) < articles + 5
            and time.monotonic() < deadline
        ):
            time.sleep(0.2)
        arrived = {}
        for path in (folder / "mail").glob("*.eml"):
            subject = str(
                email.message_from_bytes(path.read_bytes(), policy=email.policy.default)["subject"]
            )
            arrived["sinkword " + subject.rpartition("sinkword ")[2]] = int(path.name.split("-")[0])
        waits = sorted(
            (arrived[key] - moment) / 1e9
            for key, moment in list(committed.items())[5:]
            if key in arrived
        )
        return (
            f"From the commit of an article to its mail in the sink, {count:,} watches, "
            f"{len(waits)} of {articles} articles arrived, one every half "
            f"second: p50 {waits[len(waits) // 2]:.2f} s, p95 "
            f"{waits[int(len(waits) * 0.95)]:.2f} s, most {waits[-1]:.2f} s."
        )
    finally:
        for process in parts:
            process.kill()
            process.wait()
        world.archive.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--exact", type=int, default=1000)
    parser.add_argument("--only", choices=("exact", "speed", "latency"))
    parser.add_argument("--sizes", type=int, nargs="*", choices=SIZES)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="khabar-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = upkeep.start_server(folder / "pg", settings={"fsync": "off"})
        try:
            for part, measured in (
                (
                    "speed",
                    lambda: table(
                        server, {count: SIZES[count] for count in options.sizes or SIZES}
                    ),
                ),
                ("latency", lambda: latency(server, folder)),
                ("exact", lambda: exact(server, options.exact)),
            ):
                if options.only in {None, part}:
                    said = measured()
                    title = TITLES[part]
                    section(
                        title[1],
                        f"{title[0]}\n\n{machine()}, load {os.getloadavg()[0]:.1f} while "
                        f"it ran.\n\n{said}",
                        write=options.write,
                    )
        finally:
            upkeep.stop_server(folder / "pg")


def table(server, sizes: dict[int, int]) -> str:
    """Return the figures of speed as they are written."""
    rows, beside = speed(server, sizes)
    heads = [
        "watches",
        "from the index",
        "with words",
        "from text",
        "from text, nothing read before",
        "cross join",
        "ratio",
        "matches/article",
        "compile, s",
        "same matches",
    ]
    return "\n".join(
        [
            "Articles a second of one core, CPU time, median of three blocks of 1,000 "
            "articles. *From the index*: an archive's articles with the terms that it "
            "keeps, fetched and matched; *with words*: and the words of every match looked "
            "up. *From text*: analysed here, after "
            f"{_READ:,} other articles, and with an analyser that has never met a word. "
            "*Cross join*: `terms @@ query` in PostgreSQL.",
            "",
            markdown(heads, rows),
            "",
            beside,
        ]
    )


if __name__ == "__main__":
    main()
