"""Small articles and batches for tests of the archive."""

from datetime import UTC, datetime, timedelta

from news.article import Article, Block, BlockKind, Reason, Rejected
from news.outlet import Outlet
from storage import Batch, OutletBatch

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
OUTLET = Outlet(
    name="one",
    region="caucasus",
    title="One",
    home="https://one.localhost/",
    country="AZ",
    languages=("az",),
    timezone="Asia/Baku",
    doors=(),
)
OTHER = Outlet(
    name="two",
    region="caucasus",
    title="Two",
    home="https://two.localhost/",
    country="GE",
    languages=("en",),
    timezone="UTC",
    doors=(),
)
BODY = (
    "The council met in Baku on Friday.\nIt will decide on the bridge next week.\nNobody spoke "
    "against it."
)


def article(number=1, body=BODY, *, outlet=OUTLET, seen=NOW, **fields):
    """Return article `number` of an outlet, published as many hours before as its number says."""
    values = {
        "url": f"{outlet.home}news/{number}",
        "outlet": outlet.name,
        "title": f"Council meets {number}",
        "language": "en",
        "fetched_at": seen,
        "published": NOW - number * HOUR,
        "extractor": "1",
        "blocks": tuple(Block(kind=BlockKind.PARAGRAPH, text=line) for line in body.split("\n")),
        **fields,
    }
    return Article(**values)


def gone(number=1, *, outlet=OUTLET, seen=NOW):
    """Return the answer 404 or 410 for article `number`."""
    return Rejected(
        url=f"{outlet.home}news/{number}", outlet=outlet.name, reason=Reason.GONE, fetched_at=seen
    )


def batch(*items, run="run", outlet=OUTLET, **fields):
    """Return a batch of one outlet: articles and rejected pages in any order."""
    part = OutletBatch(
        outlet=outlet,
        articles=tuple(item for item in items if isinstance(item, Article)),
        rejected=tuple(item for item in items if isinstance(item, Rejected)),
        **fields,
    )
    return Batch(run=run, started=NOW, outlets=(part,))
