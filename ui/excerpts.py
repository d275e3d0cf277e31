"""Pure: what of a text is shown in a list, with the words that a query found marked."""

from collections.abc import Iterable, Sequence

from news.query import Hit

Pieces = list[tuple[str, bool]]  # a text and whether it is marked

_LENGTH = 280  # characters of an excerpt
_SLACK = 40  # characters that are looked through for the beginning of a word


def marked(
    text: str,
    spans: Iterable[tuple[int, int]],
) -> Pieces:
    """Cut a text at the spans; the spans are marked. Overlapping ones are joined."""
    pieces: Pieces = []

    done = 0
    for start, end in sorted(spans):
        if end <= done:
            continue

        begin = max(start, done)
        if begin > done:
            pieces.append((text[done:begin], False))

        pieces.append((text[begin:end], True))
        done = end

    if done < len(text):
        pieces.append((text[done:], False))

    return pieces


def title(text: str, hits: Sequence[Hit]) -> Pieces:
    """Return a title with its found words marked."""
    return marked(
        text,
        [(hit.start, hit.end) for hit in hits if hit.title],
    )


def excerpt(text: str, hits: Sequence[Hit], length: int = _LENGTH) -> Pieces:
    """Return a stretch of text around its first found word, or its beginning."""
    spans = [(hit.start, hit.end) for hit in hits if not hit.title]
    start = (
        _start(
            text,
            spans[0][0],
            length,
        )
        if spans
        else 0
    )

    stop = _stop(text, start, length)

    inside = []
    for first, last in spans:
        if first < stop and last > start:
            inside.append(
                (
                    max(first, start) - start,
                    min(last, stop) - start,
                )
            )

    pieces = marked(
        text[start:stop].replace("\n", " "),
        inside,
    )
    if start:
        pieces.insert(0, ("… ", False))
    if stop < len(text):
        pieces.append((" …", False))

    return pieces


def _start(text: str, first_hit: int, length: int) -> int:
    """Return where an excerpt begins: a third of its length before the first found word."""
    start = max(0, first_hit - length // 3)
    if start == 0:
        return 0

    blank = text.find(" ", start, start + _SLACK)

    return blank + 1 or start


def _stop(text: str, start: int, length: int) -> int:
    """Return where an excerpt ends: at the last blank of its second half."""
    stop = min(len(text), start + length)
    if stop == len(text):
        return stop

    middle = start + length // 2

    return max(text.rfind(" ", middle, stop), middle)
