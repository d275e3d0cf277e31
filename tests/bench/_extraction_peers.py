"""A peer extractor over a list of pages.

Lines {"id","path","url"} in, lines of what it found and its CPU seconds out.

Run by `extraction.py` in an environment of its own, since the peers' requirements differ from the
product's. Standard library and the peers alone.
"""

import json
import logging
import sys
import time
import warnings
from typing import Any

Found = dict[str, Any]


def plain(title: Any = "", text: Any = "", authors: Any = (), published: Any = None) -> Found:
    """Return one page's findings in plain types."""
    if isinstance(authors, str):
        authors = [name.strip() for name in authors.split(";") if name.strip()]
    day = (
        published.isoformat()
        if hasattr(published, "isoformat")
        else (str(published) if published else None)
    )
    return {
        "title": str(title or ""),
        "text": str(text or ""),
        "authors": list(authors or ()),
        "published": day,
    }


def trafilatura(page: bytes, url: str, **options: Any) -> Found:
    """Return what trafilatura finds, with its metadata."""
    from trafilatura import bare_extraction

    found = bare_extraction(page, url=url, with_metadata=True, include_comments=False, **options)
    return plain(found.title, found.text, found.author or "", found.date) if found else plain()


def trafilatura_precision(page: bytes, url: str) -> Found:
    """Return what its precision mode finds."""
    return trafilatura(page, url, favor_precision=True)


def readability(page: bytes, url: str) -> Found:
    """Return what readability-lxml finds."""
    import lxml.html
    from readability import Document

    document = Document(page.decode("utf-8", "replace"), url=url)
    text = "\n".join(lxml.html.fromstring(document.summary()).itertext())
    return plain(document.short_title(), text)


def newspaper4k(page: bytes, url: str) -> Found:
    """Return what newspaper4k finds."""
    from newspaper import Article

    article = Article(url, fetch_images=False)
    article.download(input_html=page.decode("utf-8", "replace"))
    article.parse()
    return plain(article.title, article.text, article.authors, article.publish_date)


def news_please(page: bytes, url: str) -> Found:
    """Return what news-please finds."""
    from newsplease import NewsPlease

    article = NewsPlease.from_html(page, url=url, fetch_images=False)
    return plain(article.title, article.maintext, article.authors, article.date_publish)


def resiliparse(page: bytes, url: str) -> Found:
    """Return what resiliparse finds."""
    del url
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(page.decode("utf-8", "replace"))
    return plain(
        tree.title, extract_plain_text(tree, main_content=True, comments=False, links=False)
    )


PEERS = {
    "trafilatura": trafilatura,
    "trafilatura precision": trafilatura_precision,
    "readability-lxml": readability,
    "newspaper4k": newspaper4k,
    "news-please": news_please,
    "resiliparse": resiliparse,
}


def main() -> None:
    """Run one peer over the lines on standard input."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    peer = PEERS[sys.argv[1]]
    for line in sys.stdin:
        job = json.loads(line)
        with open(job["path"], "rb") as file:  # noqa: PTH123
            page = file.read()
        started = time.process_time()
        try:
            found = peer(page, job["url"])
        except Exception as error:  # noqa: BLE001 - a peer that raises has found nothing
            found = {**plain(), "error": f"{type(error).__name__}: {error}"[:200]}
        print(
            json.dumps(
                {"id": job["id"], **found, "seconds": time.process_time() - started},
                ensure_ascii=False,
            ),
            flush=True,
        )


if __name__ == "__main__":
    main()
