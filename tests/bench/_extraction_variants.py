"""Pages to learn from.

Real ones as they are, with their names taken away, with whole articles of others planted in them,
and bare ones.

The judge of segments must not lean on class names, on semantic tags or on JSON-LD, and must have
seen what a teaser card that carries a whole article looks like; so each real page is shown in
several makes. Nothing of the pages is kept but the trees' numbers.
"""

import random
import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from lxml import etree

from extract.page import segments, title

Row = dict[str, Any]
Edit = Callable[[Any], None]
_WORD = re.compile(r"\w+")
SEMANTIC = frozenset(
    [
        "article",
        "section",
        "nav",
        "aside",
        "header",
        "footer",
        "main",
        "figure",
        "figcaption",
        "h2",
        "h3",
        "h4",
        "hgroup",
        "time",
        "address",
    ]
)
HEADINGS = (
    "Related articles",
    "Read also",
    "You may also like",
    "Popular",
    "Editor's choice",
    "Читайте также",
    "По теме",
    "Oxşar xəbərlər",
    "Son xəbərlər",
    "İlgili haberler",
    "Կարդացեք նաև",
    "ასევე წაიკითხეთ",
    "مطالب مرتبط",
    "Latest news",
    "More stories",
    "",
)
MENU = (
    "Home",
    "News",
    "Politics",
    "Главная",
    "Новости",
    "Экономика",
    "Ana səhifə",
    "Haberler",
    "Գլխավոր",
    "მთავარი",
    "خانه",
    "Contacts",
    "About us",
    "Archive",
)
FOOT = (
    "© 2024 Site. All rights reserved",
    "Copyright Site",
    "При использовании материалов ссылка на Site обязательна",
    "Bütün hüquqlar qorunur. Site",
    "",
)
DATES = ("", "", "12.05.2021 14:30", "May 12, 2021", "12 мая 2021, 14:30", "12 May 2021 | 14:30")


def labels(runs: list[segments.Segment], gold: str) -> list[int]:
    """Return 1 for each segment that stands in the gold text, 0 for the others.

    Planted elements are never the article's.
    """
    lines = {title.key(line) for line in gold.split("\n")}
    words, whole = _WORD.findall(gold.casefold()), title.key(gold)
    threes = set(zip(words, words[1:], words[2:], strict=False))
    return [0 if _planted(run) else _label(run.text, lines, threes, whole) for run in runs]


def _planted(run: segments.Segment) -> bool:
    return any(element.get("data-foreign") for element in (run.node, *run.node.iterancestors()))


def _label(text: str, lines: set[str], threes: set[tuple[str, ...]], whole: str) -> int:
    words = _WORD.findall(text.casefold())
    if len(words) >= 6:
        return int(
            sum(three in threes for three in zip(words, words[1:], words[2:], strict=False))
            >= 0.6 * (len(words) - 2)
        )
    key = title.key(text)
    return int(key in whole if len(words) >= 4 else key in lines and bool(words))


def disguise(seed: int, *, tags: bool, before: Edit | None = None) -> Edit:
    """Return an edit that makes names opaque and, if asked, semantic tags plain.

    `before` is applied first.
    """
    rng, known = random.Random(seed), dict[str, str]()

    def opaque(word: str) -> str:
        return known.setdefault(
            word, "x" + "".join(rng.choice("abcdefghijkmqz0123456789") for _ in range(5))
        )

    def edit(root: Any) -> None:
        if before:
            before(root)
        for element in root.iter(etree.Element):
            for name in ("class", "id"):
                if element.get(name):
                    element.set(name, " ".join(opaque(word) for word in element.get(name).split()))
            for name in ("itemprop", "role", "rel"):
                element.attrib.pop(name, None)
            if tags and element.tag in SEMANTIC:
                element.tag = "div"

    return edit


def plant(seed: int, others: Sequence[Row], gold: str) -> Edit:
    """Return an edit that puts teaser cards of other articles, short or whole.

    Into the container of the article's text.
    """

    def edit(root: Any) -> None:
        rng, shares = random.Random(seed), dict[Any, int]()
        runs = segments.segments(root)
        for run, label in zip(runs, labels(runs, gold), strict=True):
            parent = run.node.getparent() if label and len(run.text) > 80 else None
            if parent is not None:
                shares[parent] = shares.get(parent, 0) + len(run.text)
        if not shares:
            return
        box = max(shares, key=lambda element: shares[element])
        while (
            rng.random() < 0.25
            and box.getparent() is not None
            and box.getparent().tag not in {"body", "html"}
        ):
            box = box.getparent()
        for _ in range(rng.randint(1, 2)):
            _card_block(rng, box, others)

    return edit


def _card_block(rng: random.Random, box: Any, others: Sequence[Row]) -> None:
    block = etree.SubElement(
        box,
        "div",
        {"data-foreign": "1", "class": rng.choice(("block", "widget-a", "rel", "view", "more-x"))},
    )
    if heading := rng.choice(HEADINGS):
        etree.SubElement(block, rng.choice(("h2", "h3", "h4", "div", "p", "strong"))).text = heading
    look = {
        "wrapped": rng.random() < 0.25,
        "tag": rng.choice(("p", "p", "div", "span")),
        "title": rng.choice(("h2", "h3", "h4", "div")),
        "label": rng.random() < 0.5,
        "date": rng.random() < 0.4,
        "image": rng.random() < 0.6,
        "whole": rng.random() < 0.6,
    }
    for other in rng.sample(list(others), rng.choice((1, 1, 2, 3, 4))):
        _card(rng, block, other, look)
    if rng.random() < 0.3:
        box.remove(block)
        box.insert(rng.randint(len(box) // 2, len(box)), block)


def _card(rng: random.Random, block: Any, other: Row, look: dict[str, Any]) -> None:
    card, href = etree.SubElement(block, "div", {"class": "card-q"}), f"/n/{rng.randint(1, 10**6)}"
    if look["label"]:
        etree.SubElement(card, "div").text = rng.choice(
            ("News", "Politics", "Новости", "Gündəm", "Ekonomi")
        )
    if look["image"]:
        etree.SubElement(etree.SubElement(card, "a", {"href": href}), "img", {"src": "x.jpg"})
    if look["wrapped"]:
        etree.SubElement(etree.SubElement(card, "a", {"href": href}), look["title"]).text = other[
            "title"
        ]
    else:
        etree.SubElement(etree.SubElement(card, look["title"]), "a", {"href": href}).text = other[
            "title"
        ]
    if look["date"]:
        etree.SubElement(card, "span").text = "12.03.2024"
    text = other["body"].replace("\n", " ")[
        : 8000 if look["whole"] else rng.choice((200, 500, 3000, 6000))
    ]
    inner = card if rng.random() < 0.5 else etree.SubElement(card, "div")
    etree.SubElement(inner, look["tag"]).text = text + rng.choice(
        ("", "", "...", " (click headline to read more)", " Read more")
    )


def bare(row: Row, seed: int, others: Sequence[Row]) -> tuple[Row, bytes]:
    """Return a row with some of its paragraphs, and a page of the plainest make around them."""
    rng = random.Random(seed)
    lines = [line for line in row["body"].split("\n") if line.strip()][
        : rng.choice((3, 5, 8, 12, 40))
    ]
    body = _body(rng, [escape(line) for line in lines])
    heading = rng.choice(("h1", "h1", "h2", "div", "b"))
    head, date = f"<{heading}>{escape(row['title'])}</{heading}>", rng.choice(DATES)
    when = (
        f"<div>{date}</div>"
        if date and rng.random() < 0.5
        else (f"<span>{date}</span>" if date else "")
    )
    link = rng.choice(('<a href="/{0}">{1}</a> ', '<li><a href="/{0}">{1}</a></li>'))
    menu = (
        "".join(
            link.format(place, name)
            for place, name in enumerate(rng.sample(MENU, rng.randint(2, 9)))
        )
        if rng.random() < 0.7
        else ""
    )
    titles = "".join(
        f'<li><a href="/n/{place}">{escape(other["title"])}</a></li>'
        for place, other in enumerate(rng.sample(list(others), rng.randint(2, 8)))
    )
    related = f"<div>{rng.choice(HEADINGS)}<ul>{titles}</ul></div>" if rng.random() < 0.6 else ""
    foot = f"<p>{rng.choice(FOOT)}</p>"
    shape = rng.choice(
        (
            "<div>{menu}</div>{head}{when}{body}{related}{foot}",
            "<table><tr><td width=150>{menu}</td><td>{head}{when}{body}</td><td>"
            "{related}</td></tr></table>{foot}",
            '<ul>{menu}</ul><div class="c"><div>{head}</div><div class="t">'
            "{when}{body}</div></div>{related}{foot}",
            "<div><div>{menu}</div><div>{head}{when}{body}</div></div>{related}{foot}",
        )
    )
    name = row["title"] if rng.random() < 0.5 else f"{row['title']} | Site"
    page = shape.format(menu=menu, head=head, when=when, body=body, related=related, foot=foot)
    return {
        **row,
        "body": "\n".join(lines),
    }, f"<html><head><title>{escape(name)}</title></head><body>{page}</body></html>".encode()


def _body(rng: random.Random, lines: list[str]) -> str:
    make = rng.choice(("p", "p", "p", "div", "<br><br>", "<br>\n"))
    if make.startswith("<br>"):
        return make.join(lines)
    items = [line for line in lines if len(line) < 200][:4] if rng.random() < 0.25 else []
    listed = "".join(f"<li>{line}</li>" for line in items)
    return "".join(f"<{make}>{line}</{make}>" for line in lines) + (
        f"<ul>{listed}</ul>" if len(items) > 1 else ""
    )
