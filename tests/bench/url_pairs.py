"""Canonical addresses over pairs from outside: how many are wrongly merged, how many split.

`KHABAR_BENCH_PAIRS=FILE ./khabar bench url_pairs`. FILE has a pair a line: left, right and `same`
or `different`, between tabs. No such file lies here, since what it is made of is others' work:

- for `same`, names of AdGuard's TrackParamFilter/sections/general_url.txt, of the global rules in
  ClearURLs' data.min.json, of Firefox' privacy.query_stripping.strip_list and of Brave's
  brave-lists/clean-urls.json, each after an address of a real article; an article's canonical
  address beside its amphtml; what the tests of w3lib, url-normalize and courlan call equal;
- for `different`, two links of one page to one path with other words and other parameters (those
  that differ in names of the lists alone are `same`); addresses of several articles of one site;
  what those tests keep apart.

`url_pairs_made.py` makes another such file out of a folder of kept pages and ClearURLs' rules.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The root first: tests/news must not stand in for the package of that name.
sys.path[:0] = [str(ROOT)]

from news.urls import same_article  # noqa: E402

MOST_SPLIT = 0.02


def read(path: Path) -> list[tuple[str, str, bool]]:
    """Return the pairs of a file: two addresses, and whether they are one page's."""
    pairs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        left, right, verdict = line.split("\t")
        pairs.append((left, right, {"same": True, "different": False}[verdict]))

    return pairs


def main() -> int:
    """Print both figures and each wrong pair; return 1 where a goal is missed."""
    name = os.environ.get("KHABAR_BENCH_PAIRS")
    if not name:
        print("KHABAR_BENCH_PAIRS names no file; the first lines of this bench say how to make one")
        return 2

    pairs = read(Path(name))
    merged = [pair for pair in pairs if not pair[2] and same_article(*pair[:2])]
    split = [pair for pair in pairs if pair[2] and not same_article(*pair[:2])]
    one_page = sum(pair[2] for pair in pairs)

    for word, wrong in (("merged", merged), ("split", split)):
        for left, right, _ in wrong:
            print(f"{word}: {left}  {right}")

    share = len(split) / max(one_page, 1)
    print(f"wrongly merged: {len(merged)} of {len(pairs) - one_page} (goal 0)")
    print(f"split: {len(split)} of {one_page}, {share:.1%} (goal at most {MOST_SPLIT:.0%})")

    return int(bool(merged) or share > MOST_SPLIT)


if __name__ == "__main__":
    sys.exit(main())
