"""What two pages of an outlet have proved the same differ by: a parameter, a part of the path.

`/m/12-a`, `/12-a?from=list` and `/12-a` are one article at one outlet and three at another. Where
pages that name one canonical address turned out to be one article, what their addresses differ by
is remembered; after two such pages, and none that spoke against it, it is left off.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

_PROOFS = 2
_AT_MOST = 20  # rules of an outlet

Proofs = Mapping[str, tuple[int, int]]  # by rule: pages that proved it, pages that spoke against it


def between(url: str, canonical: str) -> str | None:
    """Return by what an address differs from the canonical one of its page; None for much."""
    one = urlsplit(url)
    other = urlsplit(canonical)
    is_same_host = one.netloc == other.netloc
    is_same_path = one.path == other.path

    if is_same_path and is_same_host:
        return _parameter(one.query, other.query)

    if one.query != other.query:
        return None

    if is_same_path:
        return _host(one.netloc, other.netloc)

    return _folder(one.path, other.path) if is_same_host else None


def _host(longer: str, host: str) -> str | None:
    """Return the one label that a host has before another one."""
    label = longer.removesuffix(f".{host}")
    is_before = label != longer

    if is_before and "." not in label:
        return f"host {label}"

    return None


def _folder(longer: str, path: str) -> str | None:
    """Return the one part that a path has before another path, or behind it."""
    first = longer.removesuffix(path)
    is_one_part = first.count("/") == 1 and len(first) > 1

    if first != longer and is_one_part:
        return f"first {first[1:]}"

    last = longer.removeprefix(path.rstrip("/"))
    word = last.strip("/")

    if last != longer and word.isalpha():
        return f"last {word}"

    return None


def _parameter(query: str, fewer: str) -> str | None:
    """Return the one parameter that a query has and the other has not."""
    pairs = parse_qsl(query)
    others = parse_qsl(fewer)
    more = []

    for pair in pairs:
        if pair not in others:
            more.append(pair[0])

    is_rest_same = len(pairs) == len(others) + 1

    if len(more) == 1 and is_rest_same:
        return f"parameter {more[0]}"

    return None


def enter(proofs: Proofs, rule: str, *, is_proof: bool) -> dict[str, tuple[int, int]]:
    """Return the proofs with one more page for a rule, or against it."""
    fresh = dict(proofs)
    pro, contra = fresh.pop(rule, (0, 0))

    if is_proof:
        pro += 1
    else:
        contra += 1

    fresh[rule] = (pro, contra)
    latest = list(fresh.items())[-_AT_MOST:]

    return dict(latest)


def without(url: str, proofs: Proofs) -> str:
    """Return an address without what is proved to make no difference at its outlet."""
    for rule, (pro, contra) in proofs.items():
        if pro >= _PROOFS and not contra:
            url = _applied(url, *rule.split(" ", 1))

    return url


def _applied(url: str, kind: str, value: str) -> str:
    """Return an address as a proved rule leaves it; as it was where the rule does not apply."""
    parts = urlsplit(url)
    match kind:
        case "parameter":
            return _without_parameter(url, value)
        case "first":
            path = _without_first(parts.path, value)
            return parts._replace(path=path).geturl()
        case "last":
            path = _without_last(parts.path, value)
            return parts._replace(path=path).geturl()
        case _:
            host = parts.netloc.removeprefix(f"{value}.")
            return parts._replace(netloc=host).geturl()


def _without_parameter(url: str, name: str) -> str:
    """Return an address without a parameter; one that has none as it is written."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query)
    kept = [pair for pair in pairs if pair[0] != name]

    if len(kept) == len(pairs):
        return url

    query = urlencode(kept)

    return parts._replace(query=query).geturl()


def _without_first(path: str, folder: str) -> str:
    """Return a path without its first folder, unless there is nothing else."""
    start = f"/{folder}/"
    if path.startswith(start) and path != start:
        return path.removeprefix(f"/{folder}")

    return path


def _without_last(path: str, word: str) -> str:
    """Return a path without its last word, unless there is nothing else."""
    whole = path.rstrip("/")
    shorter = whole.removesuffix(f"/{word}")

    if shorter in {"", whole}:
        return path

    return shorter
