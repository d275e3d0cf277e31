"""An edit is what changed on the page: pages fetched again, by other profiles, layouts, versions.

`python -m pytest -m slow tests/extract/test_extract_refetches.py` compares 10,000 re-fetches of
pages that nobody edited and 3,000 that somebody did; the default suite takes a small share of both.
"""

import random
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial

import pytest

from extract import api, extract, learn
from extract.blocks import choose, model
from extract.page import reading
from news.article import Article, BlockKind, Page
from news.outlet import Layout
from news.revisions import Text, Verdict, compare
from pipeline.run.sites import outlet_of
from press.templates import THEMES, Disguise, render, samples, unknown

FETCHED = datetime(2026, 11, 1, 9, tzinfo=UTC)
LANGUAGES = ("en", "ru", "az", "ka", "hy", "fa", "tr")
LEARNT = 4  # other pages of the outlet that a profile has seen
SHIFTS = (0.0, -1.0, 0.0, 0.3)  # by how much each version's judge is readier to keep a block
MERGING = 2  # the version that runs some paragraphs together
KINDS = ("words", "numbers", "headline", "standfirst", "moved", "removed")
WHOLE = 1_000  # edits from which on every kind must have been among them
SEEN = 0.99  # share of the planted edits that must be told


@dataclass(frozen=True)
class Way:
    """One way of reading a page: what the outlet's profile knew, its layout, the version."""

    profiled: bool
    layout: bool
    version: int
    others: int  # from which of the outlet's other articles the page's cards are


WAYS = (
    Way(profiled=False, layout=False, version=0, others=0),
    Way(profiled=True, layout=False, version=0, others=1),
    Way(profiled=False, layout=False, version=1, others=2),
    Way(profiled=True, layout=False, version=1, others=0),
    Way(profiled=False, layout=False, version=2, others=1),
    Way(profiled=True, layout=True, version=2, others=2),
    Way(profiled=False, layout=True, version=0, others=3),
    Way(profiled=False, layout=False, version=3, others=0),
    Way(profiled=False, layout=False, version=3, others=1),
)


@cache
def judges(version):
    """Return the judges of an earlier or a later version of the extractor."""
    known = model.load()
    return model.Judges(
        first=shifted(known.first, SHIFTS[version]),
        second=shifted(known.second, SHIFTS[version]),
    )


def shifted(judge, by):
    """Return a judge that is readier to keep a block."""
    return model.build({**judge.stored, "base": judge.stored["base"] + by})


class Template:
    """An outlet of the press with its articles, laid out by one template."""

    def __init__(self, seed):
        self.seed = seed
        self.articles = samples(seed, LANGUAGES[seed % len(LANGUAGES)], 12)
        self.profile = None
        for number in range(1, LEARNT + 1):
            page = self.page(self.articles[number], number)
            self.profile = learn(self.profile, [page], self.outlet())

    def outlet(self, *, layout=False):
        plain = outlet_of(self.articles[0].url)
        if not layout:
            return plain
        return replace(plain, layouts=(Layout(drop=(".tags", "aside", ".share")),))

    def page(self, article, others, days=0):
        near = [self.articles[(others + step) % 11 + 1] for step in range(3)]
        theme = self.seed % (len(THEMES) + 2)
        if theme < len(THEMES):
            veiled = Disguise(seed=self.seed, inside=False) if self.seed % 3 == 0 else None
            html, _ = render(article, near, theme=THEMES[theme], disguise=veiled)
        else:
            html, _ = unknown(article, near, seed=self.seed)
        return Page(
            url=article.url,
            final_url=article.url,
            status=200,
            headers=(),
            body=html.encode(),
            fetched_at=FETCHED + timedelta(days=days),
        )

    def read(self, article, way):
        """Return an article's text as it is read in some way; None for a rejected page."""
        page = self.page(article, way.others * 3, days=way.others)
        site = self.profile if way.profiled else None
        kept = api.choose
        api.choose = partial(choose.choose, judges=judges(way.version))
        try:
            found = extract(page, self.outlet(layout=way.layout), site)
        finally:
            api.choose = kept
        if not isinstance(found, Article):
            return None
        return self.text(found, way, str(zlib.crc32(page.body)))

    def text(self, found, way, digest):
        blocks = [block.text for block in found.blocks]
        if way.version == MERGING:
            blocks = run_together(blocks)
        return Text(
            title=found.title,
            standfirst=found.standfirst,
            body="\n".join(blocks),
            extractor=str(way.version),
            page_digest=digest,
            page_lines=found.page_lines,
        )


def run_together(blocks):
    """Return blocks as a version has them that does not part every two paragraphs."""
    found = blocks[:1]
    for block in blocks[1:]:
        if zlib.crc32(block.encode()) % 4 == 0:
            found[-1] = f"{found[-1]} {block}"
        else:
            found.append(block)
    return found


def edited(rng, article, kind):
    """Return an article that its outlet edited; None where it has nothing of this kind."""
    blocks = list(article.blocks)
    paragraphs = [n for n, block in enumerate(blocks) if block.kind is BlockKind.PARAGRAPH]
    at = rng.choice(paragraphs)
    words = blocks[at].text.split()
    match kind:
        case "headline":
            return replace(article, title=f"{article.title} {rng.randrange(10, 99)}")
        case "standfirst":
            return replace(article, standfirst=f"{article.standfirst} {rng.randrange(10, 99)}")
        case "words":
            place = rng.randrange(len(words))
            words[place] = words[place][::-1] + "ost"
        case "numbers":
            place = rng.randrange(len(words))
            words.insert(place, str(rng.randrange(100, 999)))
        case "removed":
            if len(paragraphs) < 3:
                return None
            del blocks[at]
            return replace(article, blocks=tuple(blocks))
        case _:
            if len(paragraphs) < 3:
                return None
            other = rng.choice([n for n in paragraphs if blocks[n].text != blocks[at].text])
            blocks[at], blocks[other] = blocks[other], blocks[at]
            return replace(article, blocks=tuple(blocks))
    blocks[at] = replace(blocks[at], text=" ".join(words))
    return replace(article, blocks=tuple(blocks))


def shows(template, article):
    """Tell whether a template shows the standfirst to readers, and not only to machines."""
    found = reading.read(template.page(article, 0), template.outlet())
    standfirst = article.standfirst
    return bool(standfirst) and any(standfirst in segment.text for segment in found.segments)


def untouched(count, first=0):
    """Give what is told of pages that were fetched again and not edited."""
    given = 0
    for seed in range(first, 10_000):
        template = Template(seed)
        article = template.articles[0]
        texts = [template.read(article, way) for way in WAYS]
        for old in texts:
            for new in texts:
                if old is None or new is None or old is new:
                    continue
                yield seed, old, new, compare(old, new)
                given += 1
                if given == count:
                    return


def planted(count, first=0):
    """Give what is told of pages whose outlet edited them between two fetches."""
    given = 0
    for seed in range(first, 10_000):
        template = Template(seed)
        rng = random.Random(f"edits {seed}")
        article = template.articles[0]
        before = [template.read(article, way) for way in WAYS]
        for kind in KINDS * 2:
            if kind == "standfirst" and not shows(template, article):
                continue
            changed = edited(rng, article, kind)
            if changed is None:
                continue
            new = template.read(changed, rng.choice(WAYS))
            for old in rng.sample(before, 2):
                if old is None or new is None:
                    continue
                yield kind, old, new, compare(old, new)
                given += 1
                if given == count:
                    return


def check_untouched(count, first=0):
    wrong = []
    for seed, old, new, change in untouched(count, first):
        if change.verdict is Verdict.EDIT:
            wrong.append((seed, old.page_digest, new.page_digest, change.added, change.removed))
    assert wrong == []


def check_planted(count, first=0):
    told = Counter()
    all_ = Counter()
    for kind, _, _, change in planted(count, first):
        all_[kind] += 1
        told[kind] += change.verdict is Verdict.EDIT
    missed = {kind: all_[kind] - told[kind] for kind in all_ if all_[kind] > told[kind]}
    assert told.total() >= SEEN * count, missed
    assert len(all_) == len(KINDS) or count < WHOLE


def test_pages_fetched_again_are_no_edits_whatever_reads_them():
    check_untouched(120)


def test_what_an_outlet_edits_is_an_edit_whatever_reads_it():
    check_planted(66)


@pytest.mark.slow
def test_ten_thousand_pages_fetched_again_are_no_edits():
    check_untouched(10_000, first=3)


@pytest.mark.slow
def test_three_thousand_edits_are_told():
    check_planted(3_000, first=3)
