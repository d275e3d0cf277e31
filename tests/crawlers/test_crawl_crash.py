"""A crawl that breaks down says so to its caller and to Sentry, once, and keeps secrets at home."""

import gzip
import json

import brotli
import pytest
from httpreceiver import Keeper, receiving

from crawlers import job as jobs
from crawlers import sentry
from crawlers.errors import CrawlError


@pytest.fixture
def sink():
    with receiving(Keeper) as server:
        yield server


def dsn_of(sink) -> str:
    return f"http://key@127.0.0.1:{sink.server_address[1]}/1"


def events(sink) -> list[dict]:
    """Return the events that came, as Sentry's envelopes hold them."""
    found = []
    for headers, body in sink.got:
        packed = headers.get("Content-Encoding", "")
        unpack = {"gzip": gzip.decompress, "br": brotli.decompress}.get(packed, bytes)
        for line in unpack(body).splitlines():
            held = json.loads(line)
            if "exception" in held:
                found.append(held)
    return found


def broken_job(job_of, outlet_of, **options):
    """Return a job whose journal cannot be written: a surprise to the crawl."""
    job = job_of(outlet_of(("feed", "/rss")), **options)
    (job.folder / "crawl.jsonl").mkdir()
    return job


def test_a_breakdown_is_reported_once_with_its_outlet(site, outlet_of, job_of, sink):
    job = broken_job(job_of, outlet_of, sentry_dsn=dsn_of(sink), run="20261122T120000Z")
    for _ in range(2):
        with pytest.raises(jobs.CrashedError) as caught:
            jobs.run(job, progress=False)
        assert caught.value.reported
        assert "crawl.log" in str(caught.value)
    (event,) = events(sink)
    assert event["tags"] == {"outlet": "outlet", "stage": "crawl", "run": "20261122T120000Z"}
    assert event["exception"]["values"][-1]["type"] == "IsADirectoryError"
    assert not any("vars" in frame for frame in frames(event))


def frames(event: dict) -> list[dict]:
    found = []
    for value in event["exception"]["values"]:
        found += value.get("stacktrace", {}).get("frames", [])
    return found


def test_without_sentry_a_breakdown_is_told_to_the_caller_alone(site, outlet_of, job_of):
    job = broken_job(job_of, outlet_of)
    with pytest.raises(jobs.CrashedError) as caught:
        jobs.run(job, progress=False)
    assert not caught.value.reported
    assert not (job.folder / ".crashed").exists()


def test_without_an_address_nothing_is_begun(outlet_of, job_of):
    job = job_of(outlet_of(("feed", "/rss")))
    sentry.begin(job)
    sentry.crashed(job, ValueError("x"))
    sentry.end(job)
    assert not (job.folder / ".crashed").exists()


def test_a_job_that_cannot_be_read_is_one_sentence(outlet_of, job_of):
    job = job_of(outlet_of(("feed", "/rss")))
    with pytest.raises(CrawlError, match="not a crawl job"):
        jobs.load(job.folder / "job.json")
