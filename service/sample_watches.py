"""The sample's watches: what the tour's analyst wants to know."""

from news.watch import Watch
from storage.alerts import watches
from storage.archive.archive import Archive

RECIPIENT = "analyst@localhost"


def add(archive_url: str) -> list[str]:
    """Save the sample press's watches in the archive; return the names of those that were not there yet."""  # noqa: E501
    from press import SAMPLE_WATCHES

    with Archive(archive_url) as archive, archive.transaction() as cursor:
        known = {saved.watch.name for saved in watches.load(cursor)}
        fresh = [
            Watch(name=name, query=query, recipients=(RECIPIENT,))
            for name, query in SAMPLE_WATCHES
            if name not in known
        ]
        for watch in fresh:
            watches.save(cursor, watch)
    return [watch.name for watch in fresh]
