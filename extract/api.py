"""The border of extraction: a page becomes an article or a rejection with a reason. Nothing else leaves, no exception either."""

from collections.abc import Iterable

from extract import body, dates, decode, dom, head, language, people, segments, title
from extract.profile import SiteProfile
from extract.segments import Segment
from news.article import Article, Block, Page, Reason, Rejected
from news.outlet import Outlet
from news.urls import canonical

VERSION = "1"
MAX_BYTES = 8_000_000        # of a page; what is larger is no article
MIN_TEXT = 40                # characters


def learn(profile: SiteProfile | None, pages: Iterable[Page], outlet: Outlet) -> SiteProfile:
    """Return the outlet's profile after these pages too. The order of pages, and of calls, does not matter."""
    del pages, outlet
    return profile or SiteProfile()


def extract(page: Page, outlet: Outlet, profile: SiteProfile | None = None) -> Article | Rejected:
    """Return the article that a page carries, or why it carries none. Never raises."""
    try:
        return _extract(page, outlet, profile)
    except Exception as error:  # noqa: BLE001 - hostile input must not stop a run; the defect is shown as one
        return _reject(page, outlet, Reason.BROKEN, f"{type(error).__name__}: {error}"[:300])


def _reject(page: Page, outlet: Outlet, reason: Reason, detail: str = "", headline: str = "") -> Rejected:
    return Rejected(url=_address(page), outlet=outlet.name, reason=reason, fetched_at=page.fetched_at, detail=detail, title=headline)


def _address(page: Page) -> str:
    try:
        return canonical(page.final_url or page.url)
    except Exception:  # noqa: BLE001 - an address that is none is kept as it is
        return page.url


def _extract(page: Page, outlet: Outlet, profile: SiteProfile | None) -> Article | Rejected:
    del profile
    if page.status in {404, 410}:
        return _reject(page, outlet, Reason.GONE, str(page.status))
    if page.status >= 400:  # noqa: PLR2004
        return _reject(page, outlet, Reason.HTTP_ERROR, str(page.status))
    if len(page.body) > MAX_BYTES:
        return _reject(page, outlet, Reason.TOO_LARGE, f"{len(page.body)} bytes")
    content_type = next((value for name, value in page.headers if name.lower() == "content-type"), "")
    decoded = decode.decode(page.body, content_type)
    root = dom.parse(decoded.text) if decoded else None
    if root is None:
        return _reject(page, outlet, Reason.EMPTY)
    return _article(page, outlet, root)


def _article(page: Page, outlet: Outlet, root: dom.HtmlElement) -> Article | Rejected:
    runs = segments.segments(root)
    said = head.read(root)
    names = title.site_names(said, page.final_url, outlet.title)
    zone = dates.zone(outlet.timezone)
    headline = title.find(said, runs, names, page.hint_title or "")
    when = dates.published(said, root, runs, zone, page.fetched_at, url=page.final_url)
    chosen = body.vote(root, runs)
    kept: list[Segment] = [runs[index] for index in sorted(chosen.kept) if index < len(runs)]
    blocks = tuple(Block(kind=run.kind, text=run.text, level=run.level) for run in kept if title.key(run.text) != title.key(headline))
    text = "\n".join(block.text for block in blocks)
    if len(text) < MIN_TEXT:
        return _reject(page, outlet, Reason.TOO_SHORT if text else Reason.EMPTY, f"{len(text)} characters", headline)
    changed = dates.modified(said, zone, page.fetched_at)
    return Article(
        url=_address(page), outlet=outlet.name, title=headline, blocks=blocks, fetched_at=page.fetched_at,
        language=language.identify(text, said.language, outlet.languages),
        authors=people.find(said, root, names),
        published=when.at if when else page.hint_published, published_raw=when.raw if when else "",
        published_source=when.source if when else ("door" if page.hint_published else ""),
        modified=changed.at if changed else None, extractor=VERSION, chosen="trafilatura")
