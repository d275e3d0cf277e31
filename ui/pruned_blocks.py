"""The blocks of a page that extraction left out of its article.

The archive keeps counts by rule; the run folder, while it is kept, the blocks themselves.
"""

import json
from pathlib import Path
from typing import Any

from news.errors import KhabarError
from pipeline.run import run_folder
from pipeline.settings import Settings

# Bytes of a file of articles; a larger one is not searched while somebody waits for a page.
_MOST_BYTES = 50_000_000
_SHOWN = 200


def of(
    settings: Settings,
    article: Any,
) -> list[dict[str, Any]]:
    """Return {"text", "rule", "confidence"} of each block left out, in the page's order.

    Empty when the run's folder is gone or cannot be read: the page shows the counts then.
    """
    try:
        path = _articles_file(settings, article)
        if path is None or path.stat().st_size > _MOST_BYTES:
            return []

        record = _record_of(path, article.url)
    except (KhabarError, OSError, ValueError):
        return []

    return list(record.get("pruned", []))[:_SHOWN]


def _articles_file(settings: Settings, article: Any) -> Path | None:
    run = run_folder.find(settings.runs, article.run)
    for folder in run.outlets():
        if folder.outlet == article.outlet:
            return folder.articles if folder.articles.exists() else None

    return None


def _record_of(path: Path, url: str) -> dict[str, Any]:
    """Return an article's record, empty when the file has none."""
    needle = json.dumps(url, ensure_ascii=False)  # a cheap look before a line is parsed
    with path.open(encoding="utf-8") as file:
        for line in file:
            if needle not in line:
                continue

            record: dict[str, Any] = json.loads(line)
            if record.get("url") == url:
                return record

    return {}
