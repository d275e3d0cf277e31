"""How fast the look-back window takes articles in when it is full.

A real PostgreSQL, days of prints, batches looked up and inserted.
"""

import contextlib
import shutil
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import psutil
import psycopg2

import dedupe
from storage import upkeep
from storage.stories.fingerprints import ArchiveWindow

LENGTH = 480  # words, about 3 kB of text
VOCABULARY = 50_000
PER_DAY = 125_000
BATCH = 5_000
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def texts_as_prints(random, count):
    """Return prints of random texts.

    The frequency of a word falls with its rank as Zipf and Mandelbrot have it.
    """
    heights = np.cumsum(1 / (np.arange(VOCABULARY) + 40))
    ranks = np.searchsorted(heights / heights[-1], random.random((count, LENGTH)))
    words = ((ranks.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)).astype(
        np.uint32
    )
    return dedupe.unpack_prints([row.astype("<u4").tobytes() for row in words])


def measure(articles):
    """Return articles/s of looking up and inserting batches into a window that holds `articles`.

    And the sizes on disk.
    """
    folder = Path(tempfile.mkdtemp(prefix="khabar-bench-pg-"))
    try:
        server = upkeep.start_server(folder, settings={"fsync": "off", "synchronous_commit": "off"})
        url = upkeep.create_database(server, "bench")
        upkeep.migrate(url)
        with contextlib.closing(psycopg2.connect(url)) as connection:
            return fill_and_ask(connection, articles)
    finally:
        upkeep.stop_server(folder)
        shutil.rmtree(folder, ignore_errors=True)


def fill_and_ask(connection, articles):
    random = np.random.default_rng(5)
    count = max(1, articles // PER_DAY)
    number = 0
    kept = []
    for day in range(count):
        with connection, connection.cursor() as cursor:
            window = ArchiveWindow(
                cursor, dedupe.unpack_prints, now=NOW - timedelta(days=count - 1 - day)
            )
            for _ in range(articles // count // BATCH):
                prints = texts_as_prints(random, BATCH)
                kept = kept[-200:] + prints[:20]
                window.add(dict(enumerate(prints, start=number)))
                number += BATCH
        print(f"  {number:,} in the window", flush=True)
    with connection, connection.cursor() as cursor:
        cursor.execute("analyze")
    return [ask(connection, random, number, kept, size) for size in (1_000, 5_000)], sizes(
        connection
    )


def ask(connection, random, number, kept, size):
    """Return (batch, articles/s by the clock, articles/s by CPU of client and server).

    Medians of five batches, a tenth of each known texts.
    """
    rates = []
    backend = psutil.Process(connection.get_backend_pid())

    def cpu_seconds():
        times = backend.cpu_times()
        return time.process_time() + times.user + times.system

    for turn in range(5):
        prints = texts_as_prints(random, size - size // 10) + [
            kept[index % len(kept)] for index in range(size // 10)
        ]
        batch = dict(enumerate(prints, start=number + size * 10_000 + turn * size))
        wall, cpu = time.perf_counter(), cpu_seconds()
        with connection, connection.cursor() as cursor:
            window = ArchiveWindow(cursor, dedupe.unpack_prints, now=NOW)
            keys = np.unique(np.concatenate([printed.keys for printed in prints]))
            found = window.bearers(keys)
            window.masked(keys)
            window.add(batch)
        assert found
        rates.append((size / (time.perf_counter() - wall), size / (cpu_seconds() - cpu)))
    wall, cpu = np.median(np.array(rates), axis=0)
    return size, float(wall), float(cpu)


def sizes(connection):
    with connection.cursor() as cursor:
        cursor.execute(
            "select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent "
            "= 'fingerprint_keys'::regclass"
        )
        keys = cursor.fetchone()[0]
        cursor.execute(
            "select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent "
            "= 'fingerprints'::regclass"
        )
        return int(keys), int(cursor.fetchone()[0])
