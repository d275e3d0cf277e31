"""The sample's first run is one digest, and by the press's own truth few events open in two mails.

Slow: two whole passes over the sample press, a day apart.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import urllib.request
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from httpreceiver import Keeper, receiving

from news.urls import canonical
from news.watch import Watch
from pipeline import settings as configuration
from press import SAMPLE_WATCHES
from service import rehearsal
from storage import Archive, alerts

pytestmark = [pytest.mark.slow, pytest.mark.house]
ANALYST = "analyst@localhost"
# What opens an event for a reader; all else is told of one that she knows.
OPENING = {"new", "first_mention"}


def keep_port_of_its_own(home: Path) -> None:
    """Have this home's press on a port that no other house takes between two passes."""
    press = home / "press"
    press.mkdir(parents=True)
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        (press / "port").write_text(str(probe.getsockname()[1]), encoding="ascii")


def run_sample(home: Path, database_url: str) -> dict:
    """One pass, as the command does it; return its report."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KHABAR")}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "cli.main", "run", "--sample", "--all", "--json"],
        env={**kept, "KHABAR_HOME": str(home), "KHABAR_DATABASE_URL": database_url},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        timeout=1800,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def truth_of(home: Path, monkeypatch, database_url: str) -> dict[str, dict]:
    """What the press knows of its articles, by every address of theirs."""
    monkeypatch.setenv("KHABAR_HOME", str(home))
    monkeypatch.setenv("KHABAR_DATABASE_URL", database_url)
    settings = configuration.read()
    with rehearsal.sample_served(settings):
        port = (home / "press" / "port").read_text().strip()
        with urllib.request.urlopen(f"http://localhost:{port}/_press/truth") as answer:
            rows = [json.loads(line) for line in answer.read().decode().splitlines()]
    by_address = {canonical(row["url"]): row for row in rows}
    return {**{canonical(row["url_now"]): row for row in rows}, **by_address}


def told(payload: dict, truth: dict[str, dict]) -> list[tuple[str, str]]:
    """What an alert tells: (kind, event), an article without an event standing for itself."""
    found = []
    for section in payload["watches"]:
        for item in section["items"]:
            known = truth[canonical(item["url"])]
            kind = "retold" if item["retold"] else item["kind"]
            found.append((kind, known["event"] or item["url"]))
    return found


def unaccounted(archive: Archive) -> list[tuple]:
    """Which matches are neither told to a reader of theirs nor kept back under a name."""
    with archive.transaction() as cursor:
        cursor.execute(
            "select matches.id, subscriptions.address, state, reason from matches "
            "join subscriptions using (watch_id) left join deliveries on match_id = matches.id "
            "and deliveries.address = subscriptions.address "
            "where state is null or state = 'waiting' or (state = 'skipped' and reason = '')"
        )
        return cursor.fetchall()


@pytest.mark.parametrize("hour", [1, 13])
def test_the_first_run_is_one_digest_whatever_the_press_has_written_by_the_hour(
    database_url, tmp_path, hour
):
    home = tmp_path / "home"
    keep_port_of_its_own(home)
    (home / "press" / "now").write_text(f"2026-11-27T{hour:02}:00:00+00:00", encoding="ascii")
    run_sample(home, database_url)
    assert len(list((home / "mail").glob("*.eml"))) == 1
    with contextlib.closing(Archive(database_url)) as archive:
        assert unaccounted(archive) == []


def test_the_first_run_is_one_digest_and_few_events_open_in_two_mails(
    database_url, tmp_path, monkeypatch
):
    home = tmp_path / "home"
    keep_port_of_its_own(home)
    with receiving(Keeper) as hook:
        way = f"webhook+http://127.0.0.1:{hook.server_port}/in"
        watches = [
            Watch(name=name, query=query, recipients=(ANALYST, way))
            for name, query in SAMPLE_WATCHES
        ]
        with contextlib.closing(Archive(database_url)) as archive, archive.transaction() as cursor:
            for watch in watches:
                alerts.save_watch(cursor, watch)
        run_sample(home, database_url)
        first = [json.loads(body) for _, body in hook.got]
        assert len(list((home / "mail").glob("*.eml"))) == 1
        assert len(first) == 1
        assert first[0]["template"] == "digest"

        clock = home / "press" / "now"
        clock.write_text(
            (datetime.fromisoformat(clock.read_text()) + timedelta(days=1)).isoformat()
        )
        run_sample(home, database_url)
        payloads = [json.loads(body) for _, body in hook.got]
    truth = truth_of(home, monkeypatch, database_url)
    by_mail = [told(payload, truth) for payload in payloads]
    print(f"{len(payloads)} mails, {sum(map(len, by_mail))} events and developments")
    assert len(by_mail[0]) > 5
    openings = Counter()
    for mail in by_mail:
        events = {event for kind, event in mail if kind in OPENING}
        openings.update(events)
    twice = [event for event, count in openings.items() if count > 1]
    # Tellings that were not found to be one event open it twice: what linking misses of the press.
    print(f"{len(openings)} events opened, {len(twice)} of them in two mails")
    assert len(twice) * 10 <= len(openings)
    lines = Counter(event for kind, event in by_mail[0] if kind in OPENING)
    doubled = sum(1 for count in lines.values() if count > 1)
    # An event whose tellings were not found to be one stands in two lines of the digest.
    print(f"the digest has {lines.total()} lines of {len(lines)} events, {doubled} stand twice")
    assert doubled * 4 <= len(lines)
