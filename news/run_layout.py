"""The names of the files of a run's folder, in one place.

Who writes one and who reads it agree here.

A run is `runs/<time>/`; each outlet of it has `<region>/<outlet>/` below. A file that exists is
whole: it is written under a temporary name first.
"""

# Of the run: runs/<time>/NAME.
RUN = "run.json"  # when it began, over which outlets
BACKFILL = "backfill.json"  # the days that were asked for, in a run that fetches an outlet's past
DEDUPE = "dedupe.json"  # counts of copies among the run's own articles
LOAD = "load.json"  # counts of what came into the archive; each outlet has one of its own too
DONE = "done.json"  # the closing report; its being there says that nothing is left to do
LOCK = ".working"  # held by the process that works on the folder

# Of one outlet: runs/<time>/<region>/<outlet>/NAME.
OUTLET = "outlet.json"  # the outlet as it was when the run began
MEMORY = "memory.jsonl"  # what the crawl is given: known addresses and doors, from the archive
JOURNAL = ".crawl.jsonl.part"  # what a crawl that is under way has learnt so far
CRAWLED = "crawl.jsonl"  # what the crawl has learnt of addresses and doors
PAGES = "pages.warc.gz"  # the fetched pages, WARC 1.1, a gzip member for each record
DOORS = "doors.warc.gz"  # the doors as they answered
REPORT = "report.json"  # counts of the crawl, and the outlet's state
ARTICLES = "articles.jsonl"  # news.article.Article, one JSON line each
REJECTED = "rejected.jsonl"  # news.article.Rejected, one JSON line each
PROFILE_BEFORE = "profile.before.json"  # what earlier runs have learnt of the outlet's pages
PROFILE = "profile.json"  # the same after this run
NOTICED = "noticed.json"  # what happened to the outlet's template: name, detail
FAILED = "failed.json"  # the stage that could not do its work, and why
SKIPPED = "skipped.json"  # why the outlet was left to the next run
SLICED = "sliced.json"  # which articles were loaded while the crawl went on, and their counts

# Patterns below the folder of all runs.
ANY_RUN = "2*"  # a run's name begins with the year
ANY_OUTLET = "2*/*/*"  # an outlet's folder in any run
