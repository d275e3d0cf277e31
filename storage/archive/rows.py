"""The values of which rows of articles are made: pure."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from news.article import Article, Block, BlockKind
from storage.sql.values import clean

_LINE_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def key_of(url: str) -> UUID:
    """Return the identity of a canonical URL; the same as url_key(url) in the database."""
    digest = hashlib.sha256(clean(url).encode()).digest()
    return UUID(bytes=digest[:16])


def hash_of(*parts: str) -> UUID:
    """Return a 128-bit hash over texts, their borders included."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = clean(part).encode()
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)

    return UUID(bytes=digest.digest())


def language_of(article: Article) -> str:
    """Return the language code, `und` when it is none."""
    code, _, _ = article.language.lower().replace("_", "-").partition("-")
    return code if _LANGUAGE.fullmatch(code) else "und"


def at_of(published: datetime | None, first_seen: datetime) -> datetime:
    """Return an article's own time: its publication, but never later than it was first seen."""
    if published is None:
        return first_seen

    return min(published, first_seen)


def offset_of(moment: datetime | None) -> int | None:
    """Return the minutes east of UTC of an aware datetime."""
    if moment is None:
        return None

    offset = moment.utcoffset() or timedelta()

    return round(offset.total_seconds() / 60)


def line_of(block: Block) -> str:
    """Return a block's text as one line."""
    return clean(_one_line(block.text))


def _one_line(text: str) -> str:
    if len(text.splitlines()) > 1 or text[-1:].isspace():
        return _LINE_BREAKS.sub(" ", text)

    return text


def _text_blocks(article: Article) -> list[Block]:
    """Return the blocks that make the body: all but captions."""
    return [block for block in article.blocks if block.kind is not BlockKind.CAPTION]


def body_of(article: Article) -> str:
    """Return the body, one block a line, captions left out."""
    lines = [_one_line(block.text) for block in _text_blocks(article)]
    return clean("\n".join(lines))


def shape_of(article: Article) -> str:
    """Return what each line of the body is; empty when all are plain paragraphs."""
    blocks = _text_blocks(article)
    names = [f"{block.kind.value}{block.level or ''}" for block in blocks]
    if any(name != "p" for name in names):
        return " ".join(names)

    # One empty paragraph alone would read back as none, so it is named.
    has_text = any(block.text for block in article.blocks)

    return "p" if len(names) == 1 and not has_text else ""


def details_of(article: Article) -> dict[str, Any]:
    """Return what is shown but never searched; empty values are left out."""
    captions = []
    for index, block in enumerate(article.blocks):
        if block.kind is BlockKind.CAPTION:
            captions.append([index, block.level, line_of(block)])

    pruned = Counter(item.rule for item in article.pruned)

    details: dict[str, Any] = {
        "captions": captions,
        "links": list(article.links),
        "images": list(article.images),
        "chosen": article.chosen,
        "published_raw": article.published_raw,
        "published_source": article.published_source,
        "pruned": dict(pruned),
    }

    return {name: value for name, value in details.items() if value}


def blocks_of(
    body: str,
    shape: str,
    captions: Sequence[Sequence[Any]] = (),
) -> tuple[Block, ...]:
    """Return the blocks of a body and its shape, captions put back where they stood.

    A caption is (index, level, text), as `details_of` keeps it.
    """
    lines = body.split("\n") if body or shape else []
    names = shape.split(" ") if shape else ["p"] * len(lines)
    blocks = [_block(name, line) for name, line in zip(names, lines, strict=True)]
    for index, level, text in captions:
        caption = Block(kind=BlockKind.CAPTION, text=text, level=level)
        blocks.insert(index, caption)

    return tuple(blocks)


def _block(name: str, line: str) -> Block:
    kind = name.rstrip("0123456789")
    level = int(name[len(kind) :] or 0)
    return Block(kind=BlockKind(kind), text=line, level=level)


def json_of(value: Any) -> str:
    """Return a value as JSON that the database can hold: jsonb refuses NUL even when escaped."""
    return json.dumps(
        cleaned(value),
        ensure_ascii=False,
        separators=(",", ":"),
        default=str,
    )


def cleaned(value: Any) -> Any:
    """Return a JSON value with every text in it cleaned."""
    if isinstance(value, str):
        return clean(value)

    if isinstance(value, Mapping):
        return {clean(str(name)): cleaned(item) for name, item in value.items()}

    if isinstance(value, list | tuple):
        return [cleaned(item) for item in value]

    return value
