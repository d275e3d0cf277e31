"""What extraction left out of an article. The archive keeps counts by rule; the run folder, while it is kept, the blocks themselves."""

import json
from typing import Any

from news.errors import KhabarError
from pipeline.run import run_folder
from pipeline.settings import Settings

_MOST_BYTES = 50_000_000  # of a file of articles; a larger one is not searched while somebody waits for a page
_SHOWN = 200


def of(settings: Settings, article: Any) -> list[dict[str, Any]]:
    """Return {"text", "rule", "confidence"} of each block left out, in the page's order; none when the run's folder is gone."""
    try:
        run = run_folder.find(settings.runs, article.run)
        path = next(
            (folder.articles for folder in run.outlets() if folder.outlet == article.outlet), None
        )
        if path is None or not path.exists() or path.stat().st_size > _MOST_BYTES:
            return []
        needle = json.dumps(article.url, ensure_ascii=False)
        with path.open(encoding="utf-8") as file:
            found = next(
                (
                    held
                    for line in file
                    if needle in line and (held := json.loads(line)).get("url") == article.url
                ),
                None,
            )
    except (KhabarError, OSError, ValueError):
        return []
    return list((found or {}).get("pruned", []))[:_SHOWN]
