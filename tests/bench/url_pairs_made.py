"""Make a file of pairs for `url_pairs` out of kept pages and a list of tracking parameters.

    python -P tests/bench/url_pairs_made.py PAGES RULES OUT

PAGES is a folder of HTML files; RULES is ClearURLs' `data.min.json` (the package Unalix carries
one). Half of 500 pairs are one page: an address with a parameter of ClearURLs' global rules, a
canonical address and its page's other name for itself (amphtml, og:url). Half are two pages: two
links of one page to one path whose words and parameters differ, then articles of one host.
"""

import itertools
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import html

_EACH = 250
_OF_ONE_HOST = 5  # pairs at most: no site has the say
_OWN = "//link[@rel='canonical']/@href"
# By their makers' documentation, in no rule of the list: buttons of WordPress and LinkedIn, calls
# of HubSpot, campaigns within a site (Adobe).
_OF_MAKERS = frozenset({"share", "trk", "hsctatracking"})
_FAMILIES = ("utm_", "itm_")
# A rule is an expression; these are names that each stands for.
_NAMES = {
    "utm(?:_[a-z_]*)?": ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term"),
    "ga_[a-z_]+": ("ga_source", "ga_campaign"),
    "fb_action_(?:types|ids)": ("fb_action_types", "fb_action_ids"),
    "fb_(?:source|ref)": ("fb_source", "fb_ref"),
    "action_(?:object|type|ref)_map": ("action_object_map", "action_type_map"),
    "hmb_(?:campaign|medium|source)": ("hmb_campaign", "hmb_source"),
    "otm_[a-z_]*": ("otm_source",),
    "wt_?z?mc": ("wt_mc", "wt_zmc", "wtmc"),
    "[a-z]?mc": ("mc", "emc"),
    "vn(?:_[a-z]*)+": ("vn_source",),
    "ref_?": ("ref", "ref_"),
}
Pair = tuple[str, str]


def _tracking_names(rules: Path) -> list[str]:
    """Return names of parameters that the global rules call tracking."""
    providers = json.loads(rules.read_text(encoding="utf-8"))["providers"]
    names: list[str] = []
    for rule in providers["globalRules"]["rules"]:
        bare = rule.removeprefix("(?:%3F)?")
        names += _NAMES.get(bare, (bare,))

    return [name for name in names if re.fullmatch(r"\w+", name)]


def _pages(folder: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    """Yield the pages that name their own address, with it."""
    for path in sorted(folder.rglob("*.html")):
        content = path.read_bytes()
        if not content.strip():
            continue

        tree = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
        own = [link for link in tree.xpath(_OWN) if link.startswith("http")]
        if own and urlsplit(own[0]).path.strip("/"):
            yield own[0], tree


def _other_links(
    own: str, tree: html.HtmlElement, tracking: set[str]
) -> Iterator[tuple[Pair, bool]]:
    """Yield two links of a page to one path: other words, other parameters.

    With each pair whether they are one page's: nothing but tracking parameters differs.
    """
    by_path: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for link in tree.iter("a"):
        words = " ".join(link.text_content().split())
        try:
            url = urljoin(own, link.get("href", "").strip())
            parts = urlsplit(url)
        except ValueError:
            continue

        if parts.query and words and parts.netloc == urlsplit(own).netloc:
            by_path[parts.path].append((url, words))

    for links in by_path.values():
        for (left, said), (right, says) in itertools.pairwise(links):
            differing = _values(left) ^ _values(right)
            if said != says and differing:
                yield (left, right), all(_is_tracking(name, tracking) for name, _ in differing)


def _values(url: str) -> frozenset[tuple[str, str]]:
    return frozenset(parse_qsl(urlsplit(url).query))


def _is_tracking(name: str, tracking: set[str]) -> bool:
    name = name.lower()

    return name in tracking or name in _OF_MAKERS or name.startswith(_FAMILIES)


def main() -> None:
    """Write the file and print what it is made of."""
    folder, rules, out = map(Path, sys.argv[1:])
    draw = random.Random(12)
    names = _tracking_names(rules)
    pages = list(_pages(folder))
    by_host: dict[str, list[str]] = defaultdict(list)
    linked: dict[bool, list[Pair]] = {True: [], False: []}

    for own, tree in pages:
        by_host[urlsplit(own).netloc].append(own)
        for pair, is_one in list(_other_links(own, tree, set(names)))[:_OF_ONE_HOST]:
            linked[is_one].append(pair)

    marked = []
    for number, (own, _) in enumerate(draw.sample(pages, len(pages))):
        joint = "&" if "?" in own else "?"
        value = ("newsletter", "facebook", "email", "social")[number % 4]
        marked.append((own, f"{own}{joint}{names[number % len(names)]}={value}"))

    apart = []
    for urls in by_host.values():
        different = sorted(set(urls))
        apart += list(itertools.pairwise(different))[:_OF_ONE_HOST]

    shared, others = linked[True], linked[False]
    same = [*draw.sample(shared, min(len(shared), _EACH // 2)), *marked][:_EACH]
    different = [
        *draw.sample(others, min(len(others), _EACH // 2)),
        *draw.sample(apart, len(apart)),
    ]
    lines = [f"{left}\t{right}\tsame" for left, right in same]
    lines += [f"{left}\t{right}\tdifferent" for left, right in different[:_EACH]]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(pages)} pages, {len(names)} names of parameters")
    print(f"links: {len(shared)} pairs of one page, {len(others)} of two; {len(apart)} apart")


if __name__ == "__main__":
    main()
