"""What a crawl has seen and not fetched stays wanted."""

import json
from datetime import date

from crawlers import job as jobs
from news import codec
from news.crawl import Known
from news.urls import canonical


def test_what_a_crawl_saw_and_did_not_fetch_is_fetched_by_the_backfill(site, outlet_of, job_of):
    site.feed("/feed", ["/news/1.html", "/news/2.html"])
    for number in (1, 2):
        site.article(f"/news/{number}.html")
    job = job_of(outlet_of(("feed", "/feed")), since=date(2026, 1, 1))
    seen = Known(
        outlet="outlet",
        url=canonical(site.url("/news/1.html")),
        address=site.url("/news/1.html"),
        first_seen=job.now,
        next_check=job.now,
    )
    (job.folder / "memory.jsonl").write_text(
        json.dumps({"known": codec.plain(seen)}) + "\n", encoding="utf-8"
    )
    report = jobs.run(job, progress=False)
    assert (report.pages, report.pending) == (2, 0)
