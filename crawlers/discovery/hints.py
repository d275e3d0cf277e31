"""What a door says of articles that are known: a later date, another headline, another text.

It costs no request to notice.
"""

import hashlib
import itertools
from collections.abc import Mapping

from crawlers.discovery.reading import Entry
from news.crawl import Known

_FETCHED = 200


def words_of(entry: Entry) -> str:
    """Return what a door says of an article in eight letters.

    When they change, the article may have.
    """
    return short(f"{entry.title or ''}\n{entry.gist}")


def remember(found: Mapping[str, str], before: Mapping[str, str], most: int) -> dict[str, str]:
    """Return what to remember of a reading and of those before it, by shortened URL.

    `found` has `words_of` by URL. The newest `most` articles are kept.
    """
    newest = itertools.islice(found.items(), most)
    kept = {short(url): words for url, words in newest}

    for key, words in before.items():
        kept.setdefault(key, words)

    return dict(itertools.islice(kept.items(), most))


def says_changed(known: Known, entry: Entry, before: Mapping[str, str]) -> bool:
    """Tell whether a door says that an article has changed.

    Either since it was fetched, by its date, or since the door's last reading, by its words.
    """
    if known.last_fetched is None or known.status != _FETCHED or not known.digest:
        # Nothing of what has no digest was kept: it is another address of an article, or none.
        return False

    if entry.updated is not None and entry.updated > known.last_fetched:
        return True

    words = words_of(entry)

    return before.get(short(known.url), words) != words


def short(text: str) -> str:
    """Return eight letters that stand for a text."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()
