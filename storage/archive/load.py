"""Load: the only writer of articles. One batch, one transaction: all of it is in the archive, or nothing.

Keys go first, and the database says what is new, changed or the same; only new and changed articles are analysed and sent. Rows
are locked in one order by every loader, so that two of them at once never wait in a ring. A batch that is in the archive is known by its digest.
"""

import contextlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import psycopg2
from psycopg2 import errors

from news.outlet import Outlet
from storage.archive import memory, partitions
from storage.archive.batch import Batch, Hook, Loaded, LoadReport, OutletBatch, OutletCounts
from storage.archive.rows import at_of, clean, cleaned, json_of
from storage.archive.writing import Writer
from storage.errors import StorageError
from storage.sql.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection
    from psycopg2.extensions import cursor as Cursor

__all__ = ["Batch", "Hook", "LoadReport", "Loaded", "OutletBatch", "OutletCounts", "load"]

_ATTEMPTS = 5  # a deadlock with a foreign session is resolved by trying again


def load(connection: "Connection", batch: Batch, hooks: Sequence[Hook] = ()) -> LoadReport:
    """Write a batch; return what became of its pages. Raises StorageError; then nothing of it was written."""
    for attempt in range(_ATTEMPTS):
        try:
            run, outlets = _prepare(connection, batch)
            report, touched = _load(connection, batch, hooks, (run, outlets))
            _clean(connection, touched)
        except (errors.DeadlockDetected, errors.SerializationFailure):
            if attempt == _ATTEMPTS - 1:
                raise
        except psycopg2.Error as error:
            raise StorageError(
                f"run {batch.run} could not be loaded, nothing of it was written: {' '.join(str(error).split())}"
            ) from error
        else:
            return report
    raise AssertionError


def _prepare(connection: "Connection", batch: Batch) -> tuple[int, dict[str, int]]:
    """Make what a batch refers to: run, outlets, partitions; return the run's number and the outlets'. Harmless when the load then fails."""
    with connection, connection.cursor() as cursor:
        cursor.execute(
            statement("load", "ensure_run"), {"name": batch.run, "started": batch.started}
        )
        cursor.execute(statement("load", "run_number"), {"name": batch.run})
        run = _one(cursor)
        outlets = ensure_outlets(cursor, [part.outlet for part in batch.outlets])
    articles = [article for part in batch.outlets for article in part.articles]
    partitions.ensure(
        connection,
        "articles",
        {partitions.month_of(at_of(item.published, item.fetched_at)) for item in articles}
        | {partitions.month_of(item.fetched_at) for item in articles},
    )
    fetched = [
        *(item.fetched_at for item in articles),
        *(item.fetched_at for part in batch.outlets for item in part.rejected),
    ]
    partitions.ensure(connection, "pages", {partitions.month_of(moment) for moment in fetched})
    return run, outlets


def ensure_outlets(cursor: "Cursor", outlets: Iterable[Outlet]) -> dict[str, int]:
    """Write outlets as their files have them; return their numbers by name."""
    found = {item.name: item for item in outlets}
    for name in sorted(found):
        item = found[name]
        cursor.execute(
            statement("load", "ensure_outlet"),
            {
                "name": name,
                "region": item.region,
                "title": clean(item.title),
                "home": clean(item.home),
                "country": item.country,
                "languages": list(item.languages),
                "timezone": item.timezone,
                "active": item.active,
            },
        )
    cursor.execute(statement("load", "outlet_numbers"), {"names": list(found)})
    return dict(cursor.fetchall())


def _one(cursor: "Cursor") -> Any:
    row = cursor.fetchone()
    return row[0] if row else None


def _load(
    connection: "Connection",
    batch: Batch,
    hooks: Sequence[Hook],
    numbers: tuple[int, dict[str, int]],
) -> tuple[LoadReport, list[str]]:
    """Write a batch in one transaction; return the report and the partitions that were written to."""
    run, outlets = numbers
    digest = batch.digest()
    with connection, connection.cursor() as cursor:
        cursor.execute(statement("load", "claim"), {"digest": digest, "run": run})
        if not cursor.rowcount:
            cursor.execute(statement("load", "repeated"), {"digest": digest})
            return _read_report(batch.run, _one(cursor)), []
        writer = Writer(cursor=cursor, run=run, outlets=outlets)
        counts = writer.write(batch)
        memory.save_known(
            cursor,
            ((outlets[part.outlet.name], item) for part in batch.outlets for item in part.known),
        )
        for part in sorted(batch.outlets, key=lambda item: item.outlet.name):
            _save_outlet(cursor, part, (run, outlets[part.outlet.name]), counts[part.outlet.name])
        cursor.execute(
            statement("load", "state_changes"), {"run": run, "outlets": list(outlets.values())}
        )
        report = LoadReport(
            run=batch.run,
            outlets=tuple(counts.values()),
            extra=_call(hooks, cursor, writer.loaded(batch.run)),
        )
        cursor.execute(
            statement("load", "report"), {"digest": digest, "report": json_of(asdict(report))}
        )
    return report, writer.partitions()


def _call(hooks: Sequence[Hook], cursor: "Cursor", loaded: Loaded) -> dict[str, int]:
    """Run the hooks inside the transaction; return their counts together."""
    extra: Counter[str] = Counter()
    for hook in hooks:
        extra.update(hook(cursor, loaded))
    return dict(extra)


def _save_outlet(
    cursor: "Cursor", part: OutletBatch, numbers: tuple[int, int], counts: OutletCounts
) -> None:
    """Write what belongs to the outlet and not to its articles: doors, profile, how it fared."""
    run, outlet = numbers
    memory.save_doors(cursor, outlet, part.doors)
    if part.profile is not None:
        memory.save_profile(cursor, outlet, part.profile, run)
    values = {
        name: getattr(counts, name)
        for name in ("fetched", "new", "revised", "corrected", "unchanged", "deleted", "returned")
    }
    cursor.execute(
        statement("load", "outlet_run"),
        {
            **values,
            "run": run,
            "outlet": outlet,
            "state": str(part.report.get("state", "ok")),
            "rejected": json_of(dict(counts.rejected)),
            "report": json_of(cleaned(dict(part.report))),
        },
    )


def _read_report(run: str, stored: Mapping[str, Any]) -> LoadReport:
    """Return the report of a batch that was loaded before."""
    return LoadReport(
        run=run,
        outlets=tuple(OutletCounts(**item) for item in stored["outlets"]),
        extra=stored["extra"],
        repeated=True,
    )


def _clean(connection: "Connection", touched: list[str]) -> None:
    """Merge the text indexes' pending lists, after the commit: searches need not read them any more."""
    if not touched:
        return
    with (
        contextlib.suppress(errors.InsufficientPrivilege, errors.UndefinedTable),
        connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(statement("load", "text_indexes"), {"partitions": touched})
        for (index,) in cursor.fetchall():
            cursor.execute(statement("load", "clean_index"), {"index": index})
