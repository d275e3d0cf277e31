"""What searching an archive of the bench costs: milliseconds by the clock, and of a server's CPU.

One query after another on one connection, each once to warm up and once measured.
"""

import time
from collections.abc import Callable
from pathlib import Path

import _articles
import _queries

from storage import Archive
from storage.search import Order

Spent = tuple[float, float]  # milliseconds in the database, of them on a CPU
HEADS = ("queries", "p50", "p95", "p99", "longest", "CPU p50", "CPU p95", "CPU longest")


def backend_cpu(archive: Archive) -> float:
    """Return the CPU seconds of our server process so far.

    What other programs do meanwhile does not count (Linux, same machine, root or same user).
    """
    path = Path(f"/proc/{archive.connection.info.backend_pid}/schedstat")
    try:
        return int(path.read_text(encoding="ascii").split()[0]) / 1e9
    except OSError:
        return float("nan")


def measure(url: str, size: int, asked: str, each: int) -> dict[str, list[Spent]]:
    """Return what was spent by kind of query; `asked`: newest, relevance or facets."""
    found: dict[str, list[Spent]] = {}
    with Archive(url) as archive:
        ask = _asking(archive, asked)
        for kind, query in _queries.queries(size, each):
            ask(query)
            cpu, begun = backend_cpu(archive), time.perf_counter()
            ask(query)
            wall = 1000 * (time.perf_counter() - begun)
            found.setdefault(kind, []).append((wall, 1000 * (backend_cpu(archive) - cpu)))

    return found


def _asking(archive: Archive, asked: str) -> Callable[[str], object]:
    if asked == "facets":
        return archive.facets
    return lambda query: archive.search(query, order=Order(asked), limit=20, now=_articles.END)


def figures(name: str, found: dict[str, list[Spent]]) -> list[object]:
    """Return a row: queries, p50, p95, p99, longest; the same of CPU alone."""
    walls = sorted(spent[0] for part in found.values() for spent in part)
    cpus = sorted(spent[1] for part in found.values() for spent in part)
    at = [min(len(walls) - 1, int(len(walls) * share)) for share in (0.5, 0.95, 0.99)]

    return [
        name,
        len(walls),
        *[f"{walls[place]:.2f}" for place in at],
        f"{walls[-1]:.1f}",
        f"{cpus[at[0]]:.2f}",
        f"{cpus[at[1]]:.2f}",
        f"{cpus[-1]:.1f}",
    ]
