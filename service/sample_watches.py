"""The sample's watches: what the tour's analyst wants to know."""

from news.watch import Watch
from storage import Archive, alerts

RECIPIENT = "analyst@localhost"


def add(archive_url: str) -> list[str]:
    """Save the sample press's watches in the archive.

    Return the names of those that were not there yet.
    """
    from press import SAMPLE_WATCHES

    with Archive(archive_url) as archive, archive.transaction() as cursor:
        known = {saved.watch.name for saved in alerts.load_watches(cursor)}
        fresh = [
            Watch(
                name=name,
                query=query,
                recipients=(RECIPIENT,),
            )
            for name, query in SAMPLE_WATCHES
            if name not in known
        ]
        for watch in fresh:
            alerts.save_watch(cursor, watch)
    return [watch.name for watch in fresh]
