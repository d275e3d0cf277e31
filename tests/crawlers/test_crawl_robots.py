"""robots.txt: a group that names our version is ours."""

import pytest

from crawlers import job as jobs


@pytest.mark.parametrize("agent", ["Khabar", "khabar/0.1", "Khabar/9.9 # the monitor"])
def test_a_group_for_us_is_kept_to_whatever_version_it_names(site, outlet_of, job_of, agent):
    rules = f"User-agent: {agent}\nDisallow: /news/\n\nUser-agent: *\nDisallow:\n"
    site.page("/robots.txt", rules, "text/plain")
    site.article("/news/1234-a-headline", "x " * 900)
    site.feed("/feed", ["/news/1234-a-headline"])
    report = jobs.run(job_of(outlet_of(("feed", "/feed"))), progress=False)
    assert (report.new, report.faults) == (0, {"disallowed": 1})
