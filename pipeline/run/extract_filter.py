"""Extraction as a filter: lines of JSON that name pages in, lines of what they carry out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from news.article import Article, Page, Rejected
from pipeline.run.sites import Sites

if TYPE_CHECKING:
    from extract import SiteProfile

UNKNOWN = "http://unknown.invalid/"  # the address of a page that was given without one


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One line that names a page; `error` says why a line names none."""

    id: Any
    path: str = ""
    url: str = UNKNOWN
    outlet: str = ""
    error: str = ""


def page_of(body: bytes, url: str) -> Page:
    """Return a page made of a file, fetched now."""
    return Page(
        url=url,
        final_url=url,
        status=200,
        headers=(),
        body=body,
        fetched_at=datetime.now(UTC),
    )


def filter_lines(
    source: TextIO,
    target: TextIO,
    known: Sites,
) -> None:
    """Read lines that name pages, write lines of what they carry, in the same order.

    A page's outlet is the one whose file has the job's "outlet" as its name, or else the address's
    host; its zone, languages and layouts count. A first pass learns each outlet's recurring blocks,
    so that siblings help each other; pages are read from disk twice and none is held in memory.
    """
    jobs = [job_of(line, known) for line in source if line.strip()]
    profiles = _profiles(jobs, known)
    for job in jobs:
        row = answer(job, profiles, known)
        target.write(json.dumps(row, ensure_ascii=False) + "\n")
        target.flush()


def _profiles(jobs: list[Job], known: Sites) -> "dict[str, SiteProfile]":
    """Learn the outlets of which there is more than one page."""
    import extract

    groups: dict[str, list[Job]] = {}
    for job in jobs:
        if not job.error:
            groups.setdefault(job.outlet, []).append(job)
    profiles: dict[str, SiteProfile] = {}
    for name, members in groups.items():
        if len(members) > 1:
            outlet = known.of(members[0].url, name)
            profiles[name] = extract.learn(None, _pages(members), outlet)
    return profiles


def job_of(line: str, known: Sites) -> Job:
    """Return one line's job; a line that names no page is answered with its error."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Job(
            id=None,
            error=f"not a job: {error}",
        )
    if not isinstance(value, dict) or not isinstance(value.get("path"), str):
        expected = 'an object with "id", "path" and "url" was expected'
        return Job(
            id=None,
            error=f"not a job: {expected}",
        )
    url = value.get("url")
    name = value.get("outlet")
    address = url if isinstance(url, str) and url else UNKNOWN
    outlet = known.of(address, name if isinstance(name, str) else None)
    return Job(
        id=value.get("id"),
        path=value["path"],
        url=address,
        outlet=outlet.name,
    )


def _pages(jobs: list[Job]) -> Iterator[Page]:
    """Yield the jobs' pages that can be read."""
    for job in jobs:
        try:
            body = Path(job.path).read_bytes()
        except (OSError, ValueError):
            continue
        yield page_of(body, job.url)


def answer(
    job: Job,
    profiles: "dict[str, SiteProfile]",
    known: Sites,
) -> dict[str, Any]:
    """Return one job's output line."""
    import extract

    if job.error:
        return _failed(job, job.error)
    try:
        body = Path(job.path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        return _failed(job, f"{job.path}: {reason}")
    outlet = known.of(job.url, job.outlet)
    result = extract.extract(page_of(body, job.url), outlet, profiles.get(job.outlet))
    return _row(job, result)


def _failed(job: Job, detail: str) -> dict[str, Any]:
    """Return the line of a job whose page could not be read."""
    return {
        "id": job.id,
        "title": "",
        "text": "",
        "published": None,
        "authors": [],
        "language": "und",
        "rejected": "error",
        "detail": detail,
    }


def _row(job: Job, result: Article | Rejected) -> dict[str, Any]:
    """Return the line of a page that was read."""
    row: dict[str, Any] = {
        "id": job.id,
        "title": result.title,
        "text": result.text,
        "published": result.published.isoformat() if result.published else None,
        "authors": list(result.authors),
    }
    if isinstance(result, Rejected):
        return {
            **row,
            "language": "und",
            "rejected": str(result.reason),
            "detail": result.detail,
        }
    return {
        **row,
        "language": result.language,
        "rejected": None,
    }
