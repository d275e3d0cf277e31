"""Loader or server killed at random moments of a load.

After a restart and a rerun the archive is the one of an undisturbed load.
"""

import random
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest

from storage import upkeep as postgres
from storage.server import location

ROOT = Path(__file__).resolve().parents[2]
LOADER = """
import sys
sys.path[:0] = [{root!r}, {root!r} + "/tests"]
from archivegen import NOW, HOUR, BODY, article, batch, gone
from storage.archive.archive import Archive
print("up", flush=True)
with Archive(sys.argv[1]) as archive:
    for step in range(4):
        seen = NOW + step * HOUR
        body = BODY.replace("next week", f"in {{step}} weeks") + " More words of every kind." * 20
        items = []
        for number in range(60):
            if (number + step) % 9 == 8:
                items.append(gone(number, seen=seen))
            else:
                items.append(article(number + 20 * step, body, seen=seen))
        archive.load(batch(*items, run=f"run{{step}}", profile=str(step)))
print("done", flush=True)
"""
# Everything but what counts up by itself (ids) and what says when a row was written.
STATE = """
select string_agg(line, E'\\n' order by line) from (
    select 'a ' || u.url || ' ' || md5(concat_ws('|', a.at, a.title, a.body, a.revision, a.edits,
        a.deleted_at, a.first_seen_at, a.terms, u.checked_at)) as line
    from articles a join article_urls u using (id, at)
    union all select 'r ' || u.url || ' ' || concat_ws('|', r.number, r.seen_at, r.kind, r.silent,
        md5(r.before_body), r.changes)
    from revisions r join article_urls u on u.id = r.article_id
    union all select 'p ' || concat_ws('|', key, fetched_at, outcome) from pages
    union all select 'o ' || concat_ws('|', runs.name, o.new, o.revised, o.deleted, o.returned,
        o.unchanged) from outlet_runs o join runs on runs.id = run_id
    union all select 's ' || concat_ws('|', version, profile) from site_profiles
    union all select 'l ' || count(*) from loads
) as lines
"""


def state(url):
    connection = psycopg2.connect(url)
    try:
        cursor = connection.cursor()
        cursor.execute(STATE)
        return cursor.fetchone()[0]
    finally:
        connection.close()


def load(url, after=None):
    """Load everything in a process of its own; kill it `after` seconds of loading.

    Return whether it got to the end.
    """
    command = [sys.executable, "-c", LOADER.format(root=str(ROOT)), url]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout.readline() == "up\n"
        if after is not None:
            time.sleep(after)
            process.kill()
        return "done" in process.stdout.read()


@pytest.mark.parametrize("times", [4, pytest.param(100, marks=pytest.mark.slow)])
def test_a_killed_loader_leaves_nothing_half(new_database, times):
    undisturbed = new_database()
    begun = time.monotonic()
    assert load(undisturbed)
    seconds = time.monotonic() - begun
    expected, chance = state(undisturbed), random.Random(times)
    url = new_database()
    for count in range(times):
        if count % 4 == 0:
            url = new_database()
        load(url, after=chance.uniform(0, seconds))
        if count % 4 == 3:
            assert load(url)
            assert state(url) == expected


@pytest.mark.parametrize("times", [2, pytest.param(100, marks=pytest.mark.slow)])
def test_a_killed_server_has_lost_nothing_that_was_loaded(new_database, tmp_path, times):
    from storage.sql import migrate

    undisturbed = new_database()
    begun = time.monotonic()
    assert load(undisturbed)
    seconds = time.monotonic() - begun
    expected, chance = state(undisturbed), random.Random(times)
    folder = tmp_path / "pg"
    try:
        url = postgres.create_database(postgres.start_server(folder), "killed")
        migrate.migrate(url)
        for count in range(times):
            with subprocess.Popen(
                [sys.executable, "-c", LOADER.format(root=str(ROOT)), url],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            ) as process:
                assert process.stdout.readline() == "up\n"
                time.sleep(chance.uniform(0, seconds))
                kill(folder)
                process.wait(60)
            postgres.start_server(folder)
            if count % 5 == 4 or count == times - 1:
                assert load(url)
                assert state(url) == expected
                url = postgres.create_database(postgres.start_server(folder), f"killed{count}")
                migrate.migrate(url)
    finally:
        postgres.discard_server(folder)


def kill(folder):
    import os
    import signal

    os.kill(
        int((location.find_data(folder) / "postmaster.pid").read_text().splitlines()[0]),
        signal.SIGKILL,
    )
