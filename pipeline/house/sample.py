"""The sample's watches: what the tour's analyst wants to know."""


def add(archive_url: str) -> list[str]:
    """Save the sample press's watches in the archive; return the names of those that were not there yet."""
    del archive_url
    return []
