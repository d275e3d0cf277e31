"""Load: the only writer of articles. One batch, one transaction: all of it is kept, or nothing.

Keys go first, and the database says what is new, changed or the same; only new and changed
articles are analysed and sent. Rows are locked in one order by every loader, so that two of them
at once never wait in a ring. A batch that is in the archive is known by its digest.
"""

import contextlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import psycopg2
from psycopg2 import errors

from news.crawl import Known
from news.outlet import Outlet
from storage.archive import memory, partitions
from storage.archive.batch import Batch, Hook, Loaded, LoadReport, OutletBatch, OutletCounts
from storage.archive.rows import at_of, cleaned, json_of
from storage.archive.seen import fetches
from storage.archive.writing import Writer
from storage.errors import StorageError
from storage.sql.statements import execute, fetch_all, fetch_value
from storage.sql.values import clean

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection
    from psycopg2.extensions import cursor as Cursor

_ATTEMPTS = 5  # a deadlock with a foreign session is resolved by trying again


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbers:
    """The numbers by which the tables know a run and its outlets."""

    run: int
    outlets: Mapping[str, int]  # by name


def load(connection: "Connection", batch: Batch, hooks: Sequence[Hook] = ()) -> LoadReport:
    """Write a batch; return what became of its pages.

    Raises StorageError; then nothing of it was written.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            numbers = _prepare(connection, batch)
            report, touched = _load(connection, batch, hooks, numbers)
            _merge_pending(connection, touched)
        except (errors.DeadlockDetected, errors.SerializationFailure):
            if attempt == _ATTEMPTS:
                raise
        except psycopg2.Error as error:
            reason = " ".join(str(error).split())
            raise StorageError(
                f"run {batch.run} could not be loaded, nothing of it was written: {reason}"
            ) from error
        else:
            return report

    raise AssertionError


def _prepare(connection: "Connection", batch: Batch) -> _Numbers:
    """Make what a batch refers to: run, outlets, partitions. Harmless if the load then fails."""
    with connection, connection.cursor() as cursor:
        execute(cursor, "load.ensure_run", name=batch.run, started=batch.started)
        run = fetch_value(cursor, "load.run_number", name=batch.run)
        outlets = ensure_outlets(cursor, [part.outlet for part in batch.outlets])

    _ensure_partitions(connection, batch)

    return _Numbers(run=run or 0, outlets=outlets)


def _ensure_partitions(connection: "Connection", batch: Batch) -> None:
    """Make the months that a batch writes to."""
    article_months = set()
    page_months = set()

    for part in batch.outlets:
        for article in part.articles:
            at = at_of(article.published, article.fetched_at)
            article_months.add(partitions.month_of(at))
            article_months.add(partitions.month_of(article.fetched_at))

        for moment in fetches(part):
            page_months.add(partitions.month_of(moment))

    partitions.ensure(connection, "articles", article_months)
    partitions.ensure(connection, "pages", page_months)


def ensure_outlets(cursor: "Cursor", outlets: Iterable[Outlet]) -> dict[str, int]:
    """Write outlets as their files have them; return their numbers by name."""
    by_name = {outlet.name: outlet for outlet in outlets}
    # In one order, as all that loaders lock.
    for name, outlet in sorted(by_name.items()):
        execute(
            cursor,
            "load.ensure_outlet",
            name=name,
            region=outlet.region,
            title=clean(outlet.title),
            home=clean(outlet.home),
            country=outlet.country,
            languages=list(outlet.languages),
            timezone=outlet.timezone,
            active=outlet.active,
        )

    return dict(fetch_all(cursor, "load.outlet_numbers", names=list(by_name)))


def _load(
    connection: "Connection",
    batch: Batch,
    hooks: Sequence[Hook],
    numbers: _Numbers,
) -> tuple[LoadReport, list[str]]:
    """Write a batch in one transaction.

    Returns the report, and the partitions of articles that were written to.
    """
    digest = batch.digest()
    with connection, connection.cursor() as cursor:
        if not execute(cursor, "load.claim", digest=digest, run=numbers.run):
            stored = fetch_value(cursor, "load.repeated", digest=digest)
            return _read_report(batch.run, stored or {}), []

        writer = Writer(cursor=cursor, run=numbers.run, outlets=numbers.outlets)
        counts = writer.write(batch)
        _save_memory(cursor, batch, numbers, counts)

        report = LoadReport(
            run=batch.run,
            outlets=tuple(counts.values()),
            extra=_call(hooks, cursor, writer.loaded(batch.run)),
        )

        execute(cursor, "load.report", digest=digest, report=json_of(asdict(report)))

    return report, writer.partitions()


def _call(hooks: Sequence[Hook], cursor: "Cursor", loaded: Loaded) -> dict[str, int]:
    """Run the hooks inside the transaction; return their counts together."""
    extra: Counter[str] = Counter()
    for hook in hooks:
        extra.update(hook(cursor, loaded))

    return dict(extra)


def _save_memory(
    cursor: "Cursor",
    batch: Batch,
    numbers: _Numbers,
    counts: Mapping[str, OutletCounts],
) -> None:
    """Write what the crawl remembers, and how each outlet fared in this run."""
    known: list[tuple[int, Known]] = []
    for part in batch.outlets:
        number = numbers.outlets[part.outlet.name]
        known.extend((number, item) for item in part.known)

    memory.save_known(cursor, known)

    for part in sorted(batch.outlets, key=lambda part: part.outlet.name):
        _save_outlet(cursor, part, numbers, counts[part.outlet.name])

    whole = [numbers.outlets[part.outlet.name] for part in batch.outlets if not part.partial]
    execute(cursor, "load.state_changes", run=numbers.run, outlets=whole)


def _save_outlet(
    cursor: "Cursor",
    part: OutletBatch,
    numbers: _Numbers,
    counts: OutletCounts,
) -> None:
    """Write what belongs to the outlet and not to its articles: doors, profile, how it fared."""
    number = numbers.outlets[part.outlet.name]
    memory.save_doors(cursor, number, part.doors)
    if part.profile is not None:
        memory.save_profile(cursor, number, part.profile, numbers.run)

    execute(
        cursor,
        "load.outlet_run",
        run=numbers.run,
        outlet=number,
        state=str(part.report.get("state", "ok")),
        fetched=counts.fetched,
        new=counts.new,
        revised=counts.revised,
        corrected=counts.corrected,
        unchanged=counts.unchanged,
        deleted=counts.deleted,
        returned=counts.returned,
        rejected=json_of(dict(counts.rejected)),
        report=json_of(cleaned(dict(part.report))),
    )


def _read_report(run: str, stored: Mapping[str, Any]) -> LoadReport:
    """Return the report of a batch that was loaded before."""
    outlets = tuple(OutletCounts(**counts) for counts in stored["outlets"])
    return LoadReport(run=run, outlets=outlets, extra=stored["extra"], repeated=True)


def _merge_pending(connection: "Connection", touched: list[str]) -> None:
    """Merge the text indexes' pending lists, after the commit: searches need not read them."""
    if not touched:
        return

    # Another user's index, or one that housekeeping has just rebuilt, is merged another time.
    harmless = contextlib.suppress(errors.InsufficientPrivilege, errors.UndefinedTable)
    with harmless, connection, connection.cursor() as cursor:
        for (index,) in fetch_all(cursor, "load.text_indexes", partitions=touched):
            execute(cursor, "load.clean_index", index=index)
