"""The sample press as extraction is measured on it.

Every theme plain and disguised, templates drawn by seed, and the seeds' own pages.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import _extraction_metrics as metrics
import _extraction_variants as variants
import _table
from lxml import html as lxml_html

from extract import api
from extract.page import dom
from news.article import Article, Page
from pipeline.run.sites import outlet_of
from press.templates import THEMES, Disguise, render, samples, unknown

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def press_pages() -> list[str]:
    """Return the table over the sample press.

    Every theme as it is and disguised, and templates drawn by seed; 5 pages each.
    """
    rows = []
    plain = [(theme, language, None) for theme in THEMES for language in ("en", "az", "ru")]
    rows.append(press_row("themes as they are", plain))
    rows.append(
        press_row(
            "opaque class names",
            [(theme, language, Disguise(seed=7, tags=False)) for theme, language, _ in plain],
        )
    )
    rows.append(
        press_row(
            "opaque names, no semantic tags, cards inside",
            [(theme, language, Disguise(seed=5)) for theme, language, _ in plain],
        )
    )
    languages = ("en", "ru", "ka", "hy", "fa", "tr", "az")
    rows.append(
        press_row(
            "unknown templates (seeds 0 to 20)",
            [(seed, languages[seed % 7], None) for seed in range(21)],
        )
    )
    heads = [
        "sample press",
        "pages",
        "alone P",
        "alone R",
        "paragraphs lost",
        "lines of other articles",
        "5 pages seen: P",
        "R",
        "paragraphs lost",
        "lines of other articles",
    ]
    return [
        "",
        "Token precision counts the standfirst as the article's.",
        "",
        _table.markdown(heads, rows),
    ]


def press_row(name: str, cases: list[tuple[Any, str, Any]]) -> list[object]:
    """Return one row: pages alone, and with a profile learnt from the template's five pages."""
    alone, learnt = Score(), Score()
    for case in cases:
        pages = press_case(*case)
        outlet = outlet_of(pages[0][0].url)
        site = api.learn(None, [page for page, _ in pages], outlet)
        for page, truth in pages:
            alone.add(api.extract(page, outlet, None), truth)
            learnt.add(api.extract(page, outlet, site), truth)
    return [name, alone.pages, *alone.cells(), *learnt.cells()]


class Score:
    """Running sums over judged pages."""

    def __init__(self) -> None:
        self.pages, self.precision, self.recall, self.lost, self.foreign = 0, 0.0, 0.0, 0, 0

    def add(self, found: Any, truth: Any) -> None:
        """Judge one page."""
        text = found.text if isinstance(found, Article) else ""
        precision, recall, _ = metrics.overlap(
            text, "\n".join((truth.standfirst, *truth.paragraphs))
        )
        _, body_recall, _ = metrics.overlap(text, "\n".join(truth.paragraphs))
        del recall
        lines = set(text.split("\n"))
        own = {" ".join(line.split()) for line in truth.paragraphs}
        self.pages += 1
        self.precision += precision
        self.recall += body_recall
        self.lost += sum(line not in text for line in own)
        self.foreign += sum(line in lines and line not in own for line in truth.clutter)

    def cells(self) -> list[str]:
        """Return the means and counts as cells."""
        return [
            f"{self.precision / self.pages:.4f}",
            f"{self.recall / self.pages:.4f}",
            str(self.lost),
            str(self.foreign),
        ]


def press_case(theme: Any, language: str, disguise: Any) -> list[tuple[Page, Any]]:
    """Return five pages of one template with their truth; a number: the seed of a drawn one."""
    articles = samples(11 + (theme if isinstance(theme, int) else 0), language, 9)
    made = []
    for place, article in enumerate(articles[:5]):
        others = [other for other in articles if other is not article]
        others = others[place % 3 :] + others[: place % 3]
        html, truth = (
            unknown(article, others, seed=theme)
            if isinstance(theme, int)
            else render(article, others, theme=theme, disguise=disguise)
        )
        made.append(
            (
                Page(
                    url=truth.url,
                    final_url=truth.url,
                    status=200,
                    headers=(),
                    body=html.encode(),
                    fetched_at=NOW,
                ),
                truth,
            )
        )
    return made


def seed_pages(draws: int = 6) -> list[str]:
    """Return the table over ../shared/seeds.

    Real pages whose cards carry whole articles, as they are and disguised, each alone.
    """
    if not SEEDS.is_dir():
        return []
    golds = {
        path.stem[:3]: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((SEEDS / "gold").glob("*.json"))
    }
    golds = {name: {**gold, "text": "\n".join(gold["body"])} for name, gold in golds.items()}
    plain, opaque, flat, planted = [], [], [], []
    for path in sorted((SEEDS / "html").glob("*.html")):
        gold = golds[path.stem[:3]]
        others = [
            {"title": other["title"], "body": other["text"]}
            for other in golds.values()
            if other is not gold
        ]
        plain.append((path, gold, None))
        opaque += [(path, gold, variants.disguise(draw, tags=False)) for draw in range(draws)]
        flat += [(path, gold, variants.disguise(draw, tags=True)) for draw in range(draws)]
        planted += [
            (
                path,
                gold,
                variants.disguise(
                    draw, tags=True, before=variants.plant(draw, others, gold["text"])
                ),
            )
            for draw in range(4 * draws)
        ]
    rows = [
        seed_row(name, cases)
        for name, cases in (
            ("as they are", plain),
            ("opaque class names", opaque),
            ("and no semantic tags", flat),
            ("and cards of others inside the text's container", planted),
        )
    ]
    return [
        "",
        _table.markdown(
            [
                "seeds, each page alone",
                "pages",
                "token P",
                "token R",
                "lowest P",
                "lines lost",
                "lines of other articles",
            ],
            rows,
        ),
    ]


def seed_row(name: str, cases: list[tuple[Path, dict[str, Any], Any]]) -> list[object]:
    """Return one row.

    Mean precision and recall of tokens, lines lost and lines of other articles kept.
    """
    scores, lost, foreign = [], 0, 0
    for place, (path, gold, edit) in enumerate(cases):
        body = path.read_bytes()
        if edit:
            root = dom.parse(body.decode("utf-8"))
            edit(root)
            for element in root.iter():
                element.attrib.pop("data-foreign", None)
            body = lxml_html.tostring(root, encoding="utf-8")
        url = f"https://seed.invalid/page/{place}"
        found = api.extract(
            Page(url=url, final_url=url, status=200, headers=(), body=body, fetched_at=NOW),
            outlet_of(url),
            None,
        )
        text = found.text if isinstance(found, Article) else ""
        lines = text.split("\n")
        own = {" ".join(line.split()) for line in gold["body"]}
        scores.append(metrics.overlap(text, gold["text"]))
        lost += sum(line not in lines for line in own)
        foreign += sum(line in lines and line not in own for line in gold["clutter"])
    count = len(scores)
    return [
        name,
        count,
        *(f"{sum(score[place] for score in scores) / count:.4f}" for place in (0, 1)),
        f"{min(score[0] for score in scores):.3f}",
        lost,
        foreign,
    ]
