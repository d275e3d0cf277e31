"""What a door says of articles that are known: a later date, another headline, another text. It costs no request to notice."""

import hashlib
import itertools
from collections.abc import Mapping

from crawlers.discovery.reading import Entry
from news.crawl import DoorState, Known

_FETCHED = 200


def said(entry: Entry) -> str:
    """Return what a door says of an article in eight letters: when they change, the article may have."""
    return short(f"{entry.title or ''}\n{entry.gist}")


def shown(state: DoorState) -> dict[str, str]:
    """Return what a door said of its articles, by shortened URL."""
    return dict(
        pair.split(":", 1) for pair in state.data.get("shown", "").split(" ") if ":" in pair
    )


def showing(found: Mapping[str, str], before: Mapping[str, str], most: int) -> str:
    """Return what to remember of a reading (`said` by URL) and of the readings before it; the newest `most` articles."""
    here = {short(url): gist for url, gist in itertools.islice(found.items(), most)}
    kept = here | {key: gist for key, gist in before.items() if key not in here}
    return " ".join(f"{key}:{gist}" for key, gist in itertools.islice(kept.items(), most))


def changed(known: Known, entry: Entry, before: Mapping[str, str]) -> bool:
    """Tell whether a door says that an article has changed: since it was fetched by its date, or since the last reading by its words."""
    if known.last_fetched is None or known.status != _FETCHED:
        return False
    if entry.updated is not None and entry.updated > known.last_fetched:
        return True
    return before.get(short(known.url), said(entry)) != said(entry)


def short(text: str) -> str:
    """Return eight letters that stand for a text."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()
