"""Search results as files: CSV, JSON lines, Parquet. Rows stream; nothing is held but one page."""

import contextlib
import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from storage.search.search import Result

_PAGE = 1000


class ExportFormat(StrEnum):
    """What an export may be."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


COLUMNS = tuple(item.name for item in fields(Result))
_TIMES = ("at", "published_at", "first_seen_at", "deleted_at")
_NUMBERS = ("id", "revision", "edits", "words")
# A spreadsheet would run a cell that begins so as a formula, and the text is not ours (OWASP, CSV injection).
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")

Progress = Callable[[int], None]


def export_results(
    results: Iterable[Result], path: Path, form: ExportFormat, progress: Progress
) -> int:
    """Write results into a file; return how many. The file appears under its name when it is whole."""
    temporary = path.with_name(f".{path.name}.part")
    writer = {ExportFormat.CSV: _csv, ExportFormat.JSONL: _jsonl, ExportFormat.PARQUET: _parquet}[
        form
    ]
    try:
        count = writer(results, temporary, progress)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return count


def row_of(result: Result) -> dict[str, Any]:
    """Return a result's columns, the authors as a list."""
    return {
        name: list(value) if isinstance(value := getattr(result, name), tuple) else value
        for name in COLUMNS
    }


def json_line(result: Result) -> str:
    """Return a result as one line of JSON, moments in ISO 8601."""
    row = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row_of(result).items()
    }
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def cells(result: Result) -> list[str]:
    """Return a result as cells of a spreadsheet: lists joined, formulas made harmless by a quote."""
    return [_cell(value) for value in row_of(result).values()]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    text = "; ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULAS) and not isinstance(value, int) else text


def _csv(results: Iterable[Result], path: Path, progress: Progress) -> int:
    # The mark at the beginning lets spreadsheets see that it is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        return _each(results, progress, lambda page: writer.writerows(map(cells, page)))


def _jsonl(results: Iterable[Result], path: Path, progress: Progress) -> int:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        return _each(
            results,
            progress,
            lambda page: file.writelines(json_line(result) + "\n" for result in page),
        )


def _parquet(results: Iterable[Result], path: Path, progress: Progress) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = (
        dict.fromkeys(COLUMNS, pa.string())
        | dict.fromkeys(_NUMBERS, pa.int64())
        | dict.fromkeys(_TIMES, pa.timestamp("us", tz="UTC"))
    )
    schema = pa.schema(
        [
            (name, kind)
            for name, kind in (
                kinds | {"authors": pa.list_(pa.string()), "silent": pa.bool_()}
            ).items()
        ]
    )
    with contextlib.closing(pq.ParquetWriter(path, schema, compression="zstd")) as writer:
        return _each(
            results,
            progress,
            lambda page: writer.write_table(
                pa.Table.from_pylist([row_of(result) for result in page], schema=schema)
            ),
        )


def _each(
    results: Iterable[Result], progress: Progress, write: Callable[[list[Result]], object]
) -> int:
    count = 0
    for page in _pages(results):
        write(page)
        count += len(page)
        progress(count)
    return count


def _pages(results: Iterable[Result]) -> Iterator[list[Result]]:
    iterator = iter(results)
    while page := list(islice(iterator, _PAGE)):
        yield page
