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
    one, other = urlsplit(url), urlsplit(canonical)
    if one.path == other.path and one.netloc == other.netloc:
        return _parameter(one.query, other.query)

    if one.query != other.query:
        return None

    host = one.netloc.removesuffix(f".{other.netloc}")

    if one.path == other.path:
        return f"host {host}" if host != one.netloc and "." not in host else None

    if one.netloc != other.netloc:
        return None

    first = one.path.removesuffix(other.path)
    last = one.path.removeprefix(other.path.rstrip("/"))

    if first != one.path and first.count("/") == 1 and len(first) > 1:
        return f"first {first[1:]}"

    if last != one.path and last.strip("/").isalpha():
        return f"last {last.strip('/')}"

    return None


def _parameter(query: str, fewer: str) -> str | None:
    """Return the one parameter that a query has and the other has not."""
    pairs, others = parse_qsl(query), parse_qsl(fewer)
    more = [name for name, value in pairs if (name, value) not in others]
    is_rest_same = len(pairs) == len(others) + 1

    return f"parameter {more[0]}" if len(more) == 1 and is_rest_same else None


def enter(proofs: Proofs, rule: str, *, is_proof: bool) -> dict[str, tuple[int, int]]:
    """Return the proofs with one more page for a rule, or against it."""
    fresh = dict(proofs)
    pro, contra = fresh.pop(rule, (0, 0))
    fresh[rule] = (pro + is_proof, contra + (not is_proof))

    return dict(list(fresh.items())[-_AT_MOST:])


def without(url: str, proofs: Proofs) -> str:
    """Return an address without what is proved to make no difference at its outlet."""
    for rule, (pro, contra) in proofs.items():
        if pro >= _PROOFS and not contra:
            url = _applied(url, *rule.split(" ", 1))

    return url


def _applied(url: str, kind: str, value: str) -> str:
    parts = urlsplit(url)
    match kind:
        case "parameter":
            kept = [pair for pair in parse_qsl(parts.query) if pair[0] != value]
            if len(kept) == len(parse_qsl(parts.query)):
                return url

            return parts._replace(query=urlencode(kept)).geturl()
        case "first":
            if parts.path.startswith(f"/{value}/") and parts.path != f"/{value}/":
                return parts._replace(path=parts.path.removeprefix(f"/{value}")).geturl()
        case "last":
            shorter = parts.path.rstrip("/").removesuffix(f"/{value}")
            if shorter not in {"", parts.path.rstrip("/")}:
                return parts._replace(path=shorter).geturl()
        case _:
            return parts._replace(netloc=parts.netloc.removeprefix(f"{value}.")).geturl()

    return url
