"""Feeds in every dialect, sitemaps and the WordPress API, as text."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from xml.sax.saxutils import escape as xml

NEWS_SPACE = "http://www.google.com/schemas/sitemap-news/0.9"
_MAP_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article in a door.

    `guid` is what the feed calls it; times are aware, None where the outlet names none.
    """

    url: str
    guid: str
    title: str
    summary: str
    byline: str
    published: datetime | None
    modified: datetime | None
    full: str = ""  # the text as HTML, in feeds that carry it
    number: int = 0
    language: str = "en"


def rss(title: str, home: str, entries: Sequence[Entry]) -> str:
    """Return RSS 2.0."""
    items = "".join(_item(entry) for entry in entries)
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )

    return (
        f'<rss version="2.0" {spaces}><channel><title>{xml(title)}</title><link>{xml(home)}</link>'
        f"<description>{xml(title)}</description>{items}</channel></rss>"
    )


def _item(entry: Entry) -> str:
    date = f"<pubDate>{format_datetime(entry.published)}</pubDate>" if entry.published else ""
    full = f"<content:encoded><![CDATA[{entry.full}]]></content:encoded>" if entry.full else ""
    return (
        f"<item><title>{xml(entry.title)}</title><link>{xml(entry.url)}</link><guid "
        f'isPermaLink="false">{xml(entry.guid)}</guid>'
        f"<description>{xml(entry.summary)}</description><dc:creator>{xml(entry.byline)}"
        f"</dc:creator>{date}{full}</item>"
    )


def rss091(title: str, home: str, entries: Sequence[Entry]) -> str:
    """Return RSS 0.91: no dates, no GUIDs."""
    items = "".join(
        f"<item><title>{xml(entry.title)}</title><link>{xml(entry.url)}</link><description>"
        f"{xml(entry.summary)}</description></item>"
        for entry in entries
    )

    return (
        f'<rss version="0.91"><channel><title>{xml(title)}</title><link>{xml(home)}</link>'
        f"<description>{xml(title)}</description>"
        f"<language>en</language>{items}</channel></rss>"
    )


def rss1(title: str, home: str, entries: Sequence[Entry]) -> str:
    """Return RSS 1.0, which is RDF."""
    listed = "".join(f'<rdf:li rdf:resource="{escape(entry.url)}"/>' for entry in entries)
    items = "".join(
        f'<item rdf:about="{escape(entry.url)}"><title>{xml(entry.title)}</title><link>'
        f"{xml(entry.url)}</link>"
        f"<description>{xml(entry.summary)}</description>"
        + (f"<dc:date>{entry.published.isoformat()}</dc:date>" if entry.published else "")
        + "</item>"
        for entry in entries
    )

    spaces = (
        'xmlns="http://purl.org/rss/1.0/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )

    return (
        f'<rdf:RDF {spaces}><channel rdf:about="{escape(home)}"><title>{xml(title)}</title>'
        f"<link>{xml(home)}</link>"
        f"<description>{xml(title)}</description><items><rdf:Seq>{listed}</rdf:Seq></items>"
        f"</channel>{items}</rdf:RDF>"
    )


def atom(title: str, home: str, entries: Sequence[Entry]) -> str:
    """Return Atom (RFC 4287)."""
    made = []
    for entry in entries:
        dates = ""
        if entry.published:
            changed = entry.modified or entry.published
            dates = (
                f"<published>{entry.published.isoformat()}</published><updated>"
                f"{changed.isoformat()}</updated>"
            )

        made.append(
            f"<entry><id>{xml(entry.guid)}</id><title>{xml(entry.title)}</title><link "
            f'rel="alternate" href="{escape(entry.url)}"/>'
            f"<author><name>{xml(entry.byline)}</name></author>{dates}<summary>"
            f"{xml(entry.summary)}</summary></entry>"
        )

    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><id>{xml(home)}</id><title>'
        f'{xml(title)}</title><link href="{escape(home)}"/>'
        f"{''.join(made)}</feed>"
    )


def json_feed(title: str, home: str, entries: Sequence[Entry]) -> str:
    """Return JSON Feed 1.1."""
    items = []
    for entry in entries:
        item = {
            "id": entry.guid,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "authors": [{"name": entry.byline}],
        }

        if entry.published:
            item["date_published"] = entry.published.isoformat()

        items.append(item)

    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": title,
            "home_page_url": home,
            "items": items,
        },
        ensure_ascii=False,
    )


def news_sitemap(title: str, entries: Sequence[Entry]) -> str:
    """Return a sitemap with Google's news extension."""
    urls = "".join(
        f"<url><loc>{xml(entry.url)}</loc><news:news><news:publication><news:name>"
        f"{xml(title)}</news:name>"
        f"<news:language>{entry.language}</news:language></news:publication>"
        + (
            f"<news:publication_date>{entry.published.isoformat()}</news:publication_date>"
            if entry.published
            else ""
        )
        + f"<news:title>{xml(entry.title)}</news:title></news:news></url>"
        for entry in entries
    )

    return f'<urlset xmlns="{_MAP_SPACE}" xmlns:news="{NEWS_SPACE}">{urls}</urlset>'


def sitemap(entries: Sequence[Entry]) -> str:
    """Return a plain sitemap."""
    urls = "".join(
        f"<url><loc>{xml(entry.url)}</loc>"
        + (f"<lastmod>{entry.modified.isoformat()}</lastmod>" if entry.modified else "")
        + "</url>"
        for entry in entries
    )

    return f'<urlset xmlns="{_MAP_SPACE}">{urls}</urlset>'


def sitemap_index(parts: Sequence[tuple[str, datetime]]) -> str:
    """Return a sitemap index of (URL, last change)."""
    maps = "".join(
        f"<sitemap><loc>{xml(url)}</loc><lastmod>{at.astimezone(UTC).isoformat()}</lastmod>"
        "</sitemap>"
        for url, at in parts
    )

    return f'<sitemapindex xmlns="{_MAP_SPACE}">{maps}</sitemapindex>'


def wordpress(entries: Sequence[Entry]) -> str:
    """Return the posts of WordPress's REST API, the fields a reader needs."""
    posts = []
    for entry in entries:
        at = entry.published
        dates = (
            {
                "date": at.strftime("%Y-%m-%dT%H:%M:%S"),
                "date_gmt": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
            }
            if at
            else {}
        )

        changed = (
            entry.modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
            if entry.modified
            else dates.get("date_gmt")
        )

        posts.append(
            {
                "id": entry.number,
                **dates,
                "modified_gmt": changed,
                "link": entry.url,
                "status": "publish",
                "type": "post",
                "title": {"rendered": escape(entry.title)},
                "excerpt": {"rendered": f"<p>{escape(entry.summary)}</p>"},
                "content": {"rendered": entry.full, "protected": False},
            }
        )

    return json.dumps(posts, ensure_ascii=False)
