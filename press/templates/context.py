"""From articles to what the templates ask for: names, dates in words, cards, JSON-LD."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from news.article import Block, BlockKind
from press import jalali, names
from press.address import SECTIONS, slug
from press.lexicon import lexicon
from press.templates.shown import House, Shown

_SHORT = {"en": "%d/%m/%Y", "fa": "%Y/%m/%d"}


def words(at: datetime, language: str) -> str:
    """Return a date in words; Persian sites name it by their own calendar."""
    if language == "fa":
        return jalali.words(at.date())

    return names.long_date(at.date(), language)


def article_context(
    article: Shown, others: Sequence[Shown], house: House, theme: str
) -> dict[str, Any]:
    """Return the template's `page` for one article among others."""
    page = chrome(article.language, house, article.published, others)
    iso = article.published.isoformat(timespec="seconds") if house.dates else ""
    body = grouped(article.blocks)
    page |= {
        "article": True,
        "title": article.title,
        "standfirst": article.standfirst,
        "byline": article.byline,
        "number": article.number,
        "canonical": article.url,
        "image": article.image,
        "section": article.section_name,
        "body": body,
        "split": (body[:3], body[3:]),
        "iso": iso,
        "author_slug": slug(article.byline, article.language),
        "section_link": f"/section/{SECTIONS[article.section]}",
        "views": 90 + article.number * 37 % 4000,
        "modified_iso": article.modified.isoformat(timespec="seconds")
        if article.modified and house.dates
        else "",
        "tags": _tags(article),
        **_when(article.published, article.language, house),
        "related": [card(other, house) for other in others[:4]],
        "popular": [card(other, house) for other in others[4:7]],
        "ld": _linked_data(article, house),
        "suffix": house.noise or theme == "tabloid",
        "amp": "",
        "state": _state(article) if theme == "app" else "",
    }

    return page


def listing_context(
    heading: str, language: str, house: House, now: datetime, cards: Sequence[Shown]
) -> dict[str, Any]:
    """Return the template's `page` for a listing."""
    page = chrome(language, house, now, cards)
    page |= {
        "article": False,
        "title": heading,
        "heading": heading,
        "canonical": house.base + "/",
        "cards": [card(item, house) for item in cards],
    }

    page |= {
        "popular": page["cards"][3:7],
        "related": page["cards"][7:11],
    }

    return page


def chrome(
    language: str,
    house: House,
    now: datetime,
    ticker: Sequence[Shown],
) -> dict[str, Any]:
    """Return what every page of an outlet has."""
    sections = lexicon(language)["sections"]
    return {
        "site": house.title,
        "base": house.base,
        "language": language,
        "languages": house.languages if len(house.languages) > 1 else (),
        "dir": "rtl" if language == "fa" else "ltr",
        "charset": house.charset,
        "feed": house.feed,
        "noise": house.noise,
        "year": now.year,
        "sections": [(name, f"/section/{SECTIONS[index]}") for index, name in enumerate(sections)][
            :8
        ],
        "today": words(now, language),
        "ticker": [card(item, house) for item in ticker[:40]],
    }


def card(other: Shown, house: House) -> dict[str, Any]:
    """Return a teaser: `text` is the whole article in one paragraph, `excerpt` its beginning."""
    link = other.url.removeprefix(house.base) or "/"
    return {
        "url": link,
        "title": other.title,
        "text": other.text,
        "excerpt": other.excerpt,
        "image": other.image,
        "section": other.section_name,
        "byline": other.byline,
        "label": lexicon(other.language).labels["latest"],
        **_when(other.published, other.language, house),
    }


def grouped(blocks: Sequence[Block]) -> list[tuple[str, Any]]:
    """Return blocks with runs of list items joined.

    ("p", text), ("h", text), ("quote", text), ("ul", [text]).
    """
    made: list[tuple[str, Any]] = []
    for block in blocks:
        if block.kind is BlockKind.ITEM:
            if not made or made[-1][0] != "ul":
                made.append(("ul", []))

            made[-1][1].append(block.text)
        else:
            made.append((block.kind.value, block.text))

    return made


def _when(
    at: datetime,
    language: str,
    house: House,
) -> dict[str, str]:
    if not house.dates:
        return {"words": "", "clock": "", "short": "", "offset": ""}

    offset = at.strftime("%z")
    return {
        "words": words(at, language),
        "clock": names.digits(at.strftime("%H:%M"), language),
        "short": names.digits(
            at.strftime(_SHORT.get(language, "%d.%m.%Y")),
            language,
        ),
        "offset": f"{offset[:3]}:{offset[3:]}",
    }


def _tags(article: Shown) -> list[str]:
    capitals = [
        word.strip("“”«»„,.:")
        for word in article.title.split()
        if word.strip("“”«»„")[:1].isupper()
    ]

    long_enough = [word for word in capitals[1:] if len(word) > 3]  # noqa: PLR2004
    tags = [article.section_name, *dict.fromkeys(long_enough)]

    return tags[:4]


def _linked_data(article: Shown, house: House) -> str:
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "mainEntityOfPage": article.url,
        "inLanguage": article.language,
        "articleSection": article.section_name,
        "image": [house.base + article.image],
        "author": [{"@type": "Person", "name": article.byline}],
        "publisher": {"@type": "Organization", "name": house.title},
    }

    if house.dates:
        made["datePublished"] = article.published.isoformat(timespec="seconds")
        made["dateModified"] = (article.modified or article.published).isoformat(timespec="seconds")

    return json.dumps(made, ensure_ascii=False).replace("</", "<\\/")


def _state(article: Shown) -> str:
    props = {
        "id": article.number,
        "title": article.title,
        "body": [block.text for block in article.blocks],
    }

    return json.dumps(
        {"props": {"pageProps": {"article": props}}, "page": "/[slug]"}, ensure_ascii=False
    ).replace("</", "<\\/")
