"""A small house of evidence by hand: pages, their days' trees, a package of all of it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

from crawlers.warc import records
from evidence.assemble import House, Kept, assemble
from evidence.exchanges import exchanges, members
from evidence.head import NONE, SignedHead, sign_head
from evidence.judge_stamps import Stamp
from evidence.key_statement import state_key
from evidence.package import Title
from evidence.past import Missing, Past, PastVersion
from evidence.proven import Proof
from evidence.signing import Key, new_key
from evidence.tree import Tree, leaf_hash

FIRST = datetime(2026, 11, 3, 10, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> \"'&\u202e خبر"
URL = "https://kanar.example/news/1"
TITLE = Title(title=f"Story {HOSTILE}", description="d", software="khabar test")


def page(text: str, moment: datetime, *, status: int = 200, since=None) -> records.Exchange:
    body = f"<html><title>t</title><p>{text}</p></html>".encode() if status == 200 else b""
    return records.Exchange(
        asked=URL,
        url=URL,
        status=status,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body,
        fetched_at=moment,
        request_headers=(("User-Agent", "khabar"),),
        unchanged_since=since,
    )


def pages() -> list[records.Exchange]:
    """Return an article's fetches: first, the same, edited, gone; a day each."""
    days = [FIRST + timedelta(days=number) for number in range(4)]
    return [
        page("It stood there on Tuesday.", days[0]),
        page("", days[1], since=days[0]),
        page("It was gone on Wednesday.", days[2]),
        page("", days[3], status=404),
    ]


def warc(path: Path, held: list[records.Exchange]) -> Path:
    writer = records.Writer(path)
    for item in held:
        writer.write(item)
    writer.close()
    return path


@dataclass
class Made:
    """A package and what went into it."""

    key: Key
    heads: list[SignedHead]
    data: bytes = b""
    stamps: list[tuple[Stamp, bytes]] = field(default_factory=list)


def versions() -> list[PastVersion]:
    return [
        PastVersion(
            number=1, kind="first", since=FIRST, title=HOSTILE, text="It stood there.", diff=""
        ),
        PastVersion(
            number=2,
            kind="edit",
            since=FIRST + timedelta(days=2),
            title="عنوان",
            text="It was gone.",
            diff="-It stood there.\n+It was gone.",
        ),
    ]


def made(folder: Path, stamp=None, key: Key | None = None, unsigned: int = 0) -> Made:
    """Return a package; `stamp(heads)` gives its stamps, `unsigned` last pages have no day."""
    key = key or new_key()
    path = warc(folder / "pages.warc.gz", pages())
    data = path.read_bytes()
    found = list(exchanges(BytesIO(data)))
    info = next(members(BytesIO(data)))
    heads: list[SignedHead] = []
    kept: list[Kept] = []
    for number, item in enumerate(found):
        leaf = leaf_hash(item.leaf.text)
        others = [leaf_hash(bytes([other])) for other in range(number * 3)]
        tree = Tree([*others, leaf])
        day = date(2026, 11, 3) + timedelta(days=number)
        signed = number < len(found) - unsigned
        proof = Proof(day=day, index=len(others), path=tuple(tree.proof(len(others))))
        if signed:
            previous = heads[-1].hash if heads else NONE
            now = datetime(2026, 11, 4, 3, tzinfo=UTC) + timedelta(days=number)
            heads.append(sign_head(key, day, tree.root, tree.size, previous=previous, now=now))
        kept.append(
            Kept(
                data=data[item.offset : item.offset + item.length],
                title=HOSTILE,
                proof=proof if signed else None,
            )
        )
    stamps = stamp(heads) if stamp else []
    house = House(
        key=key,
        statements=[state_key(key, previous=b"", old=None, now=FIRST)],
        heads=heads,
        stamps=stamps,
    )
    file = BytesIO()
    past = Past(
        number=1, url=URL, outlet="kanar", title=HOSTILE, language="fa", versions=versions()
    )
    gone = Missing(
        url=URL, fetched_at=FIRST, status=200, why=f"{HOSTILE} its pages were kept for 45 days"
    )
    assemble(
        file,
        TITLE,
        house,
        articles=[past],
        kept=iter(kept),
        missing=[gone],
        info=data[: info.length],
        now=datetime(2026, 11, 8, tzinfo=UTC),
    )
    return Made(key, heads, file.getvalue(), stamps)
