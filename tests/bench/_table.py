"""A benchmark's table: printed, and with --write put into its own section of docs/benchmarks.md."""

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"


def markdown(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [f"| {' | '.join(heads)} |", f"|{'-|' * len(heads)}"]
    return "\n".join([*lines, *(f"| {' | '.join(str(cell) for cell in row)} |" for row in rows)])


def machine() -> str:
    """Return when and on what a benchmark ran, in one line."""
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.machine()}, Python "
        f"{platform.python_version()}"
    )


def section(name: str, text: str, *, write: bool) -> None:
    """Print a section.

    Write it between its marks in docs/benchmarks.md, at the end when it has none yet.
    """
    print(text)
    if not write:
        return
    block = f"<!-- {name}:begin -->\n{text.strip()}\n<!-- {name}:end -->"
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# Benchmarks\n"
    marked = re.compile(rf"<!-- {name}:begin -->.*?<!-- {name}:end -->", re.DOTALL)
    page = (
        marked.sub(lambda _: block, page)
        if marked.search(page)
        else f"{page.rstrip()}\n\n{block}\n"
    )
    PAGE.write_text(page, encoding="utf-8")
