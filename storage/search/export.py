"""Search results as files: CSV, JSON lines, Parquet. Rows stream; nothing is held but one page."""

import contextlib
import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, Literal, assert_never

from storage.search.results import Result

_PAGE = 1000


class ExportFormat(StrEnum):
    """What an export may be."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


COLUMNS = tuple(item.name for item in fields(Result))
_TIMES = ("at", "published_at", "first_seen_at", "deleted_at")
_NUMBERS = ("id", "revision", "edits", "words")
# A spreadsheet would run a cell that begins so as a formula, and the text is not ours (OWASP,
# CSV injection).
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")

Progress = Callable[[int], None]


def export_results(
    results: Iterable[Result],
    path: Path,
    form: ExportFormat,
    progress: Progress,
) -> int:
    """Write results into a file; return how many.

    The file appears under its name when it is whole. `progress` hears how many are written.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        count = _writer(form)(results, temporary, progress)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)

    return count


def pieces(
    results: Iterable[Result],
    form: Literal[ExportFormat.CSV, ExportFormat.JSONL],
    most: int,
) -> Iterator[str]:
    """Yield the text of a file page by page; where there are more than `most`, its end says so."""
    iterator = iter(results)
    pages = _pages(islice(iterator, most))
    cut = f"Cut after the newest {most} articles; before:DATE in the query finds older ones."
    if form is ExportFormat.JSONL:
        for page in pages:
            yield "".join(f"{json_line(result)}\n" for result in page)
        if next(iterator, None) is not None:
            yield json.dumps({"notice": cut}) + "\n"

        return

    # The mark at the beginning lets spreadsheets see that it is UTF-8.
    yield "\ufeff" + _rows([COLUMNS])
    for page in pages:
        yield _rows(map(cells, page))
    if next(iterator, None) is not None:
        blanks = [""] * (len(COLUMNS) - 1)
        yield _rows([[cut, *blanks]])


def _rows(rows: Iterable[Sequence[str]]) -> str:
    """Return rows of cells as text of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)

    return text.getvalue()


def _writer(form: ExportFormat) -> Callable[[Iterable[Result], Path, Progress], int]:
    match form:
        case ExportFormat.CSV:
            return _csv
        case ExportFormat.JSONL:
            return _jsonl
        case ExportFormat.PARQUET:
            return _parquet
        case _:
            assert_never(form)


def row_of(result: Result) -> dict[str, Any]:
    """Return a result's columns, the authors as a list."""
    row = {name: getattr(result, name) for name in COLUMNS}
    row["authors"] = list(result.authors)

    return row


def json_line(result: Result) -> str:
    """Return a result as one line of JSON, moments in ISO 8601."""
    row = row_of(result)
    for name, value in row.items():
        if isinstance(value, datetime):
            row[name] = value.isoformat()

    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def cells(result: Result) -> list[str]:
    """Return a result as cells of a spreadsheet.

    Lists are joined, formulas made harmless by a quote.
    """
    return [_cell(value) for value in row_of(result).values()]


def _cell(value: Any) -> str:
    if value is None:
        return ""

    if isinstance(value, datetime):
        return value.isoformat()

    if isinstance(value, int):
        return str(value)

    text = "; ".join(value) if isinstance(value, list) else str(value)

    return f"'{text}" if text.startswith(_FORMULAS) else text


def _csv(results: Iterable[Result], path: Path, progress: Progress) -> int:
    # The mark at the beginning lets spreadsheets see that it is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        count = 0

        for page in _pages(results):
            writer.writerows(map(cells, page))
            count += len(page)
            progress(count)

    return count


def _jsonl(results: Iterable[Result], path: Path, progress: Progress) -> int:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        count = 0
        for page in _pages(results):
            file.writelines(f"{json_line(result)}\n" for result in page)
            count += len(page)
            progress(count)

    return count


def _parquet(results: Iterable[Result], path: Path, progress: Progress) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = _schema()

    with contextlib.closing(pq.ParquetWriter(path, schema, compression="zstd")) as writer:
        count = 0

        for page in _pages(results):
            rows = [row_of(result) for result in page]
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            count += len(page)
            progress(count)

    return count


def _schema() -> Any:
    """Return the Parquet schema of a result's columns (pyarrow.Schema)."""
    import pyarrow as pa

    kinds = dict.fromkeys(COLUMNS, pa.string())
    for name in _NUMBERS:
        kinds[name] = pa.int64()

    for name in _TIMES:
        kinds[name] = pa.timestamp("us", tz="UTC")

    kinds["authors"] = pa.list_(pa.string())
    kinds["silent"] = pa.bool_()

    return pa.schema(list(kinds.items()))


def _pages(results: Iterable[Result]) -> Iterator[list[Result]]:
    """Yield results in lists of a page's length."""
    iterator = iter(results)
    while page := list(islice(iterator, _PAGE)):
        yield page
