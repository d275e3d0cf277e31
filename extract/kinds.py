"""What kind of page it is: an article of some kind, or one of the things that must not be archived as one."""

import re

from extract.choose import Choice
from extract.head import types
from extract.reading import Reading
from news.article import BlockKind, Kind, Page, Reason

Found = tuple[Reason, str]
SHORT, BRIEF = 60, 500                   # characters: below the first no article, below the second a brief
_HTML = re.compile(rb"<\s*(?:!doctype|html|head|body|div|p|meta|title|article|script)\b", re.IGNORECASE)
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00 ftyp")
_CHALLENGE = re.compile(
    r"just a moment|checking your browser|attention required|verify (?:that )?you are (?:a )?human|are you a robot|ddos protection|security check|"
    r"please enable (?:javascript|cookies)|access denied|проверка браузера|вы не робот|не робот|request unsuccessful|pardon our interruption", re.IGNORECASE)
_MISSING = re.compile(
    r"\b404\b|not found|page (?:does not|doesn'?t) exist|no longer (?:exists|available)|nothing (?:was )?found|"
    r"страница не найдена|не найден[ао]?\b|səhifə tapılmadı|tapılmadı|sayfa bulunamadı|bulunamadı|էջը (?:չի|չի) գտնվել|էջը գոյություն չունի|"
    r"გვერდი (?:ვერ|არ) (?:მოიძებნა|არსებობს)|صفحه (?:مورد نظر )?(?:یافت|پیدا) نشد|бет табылмады|sahifa topilmadi|seite nicht gefunden|page introuvable", re.IGNORECASE)
_WALL = re.compile(
    r"subscribe (?:now )?to (?:read|continue|keep)|subscribers? only|for subscribers|already a subscriber|to continue reading|premium (?:content|article)|"
    r"только для подписчиков|доступно? (?:только )?по подписке|оформите подписку|чтобы (?:читать|прочитать) (?:дальше|полностью)|"
    r"yalnız abunəçilər|abunə olaraq oxu|abonelere özel|devamını okumak için|միայն բաժանորդների|მხოლოდ გამომწერ|ویژه مشترکین|"
    r"jetzt weiterlesen|artikel ist nur für abonnent|réservé aux abonnés", re.IGNORECASE)


def by_response(page: Page, most: int) -> Found | None:
    """Return why a response cannot be an article, judged without reading it."""
    if page.status in {404, 410}:
        return Reason.GONE, str(page.status)
    if page.status >= 400:  # noqa: PLR2004
        return Reason.HTTP_ERROR, str(page.status)
    if len(page.body) > most:
        return Reason.TOO_LARGE, f"{len(page.body)} bytes"
    if not page.body.strip(b"\0 \t\r\n"):
        return Reason.EMPTY, "no bytes"
    start = page.body[:4096]
    if start.startswith(_BINARY):
        return Reason.NOT_HTML, "a file of another kind"
    kind = next((value.lower() for name, value in page.headers if name.lower() == "content-type"), "")
    if kind and "html" not in kind and "xml" not in kind and not _HTML.search(start):
        return Reason.NOT_HTML, kind[:80]
    if start.lstrip()[:1] in {b"{", b"["} and not _HTML.search(start):
        return Reason.NOT_HTML, "JSON"
    return None


def rejection(read: Reading, choice: Choice) -> Found | None:
    """Return why a read page is no article, or None."""
    text = choice.text
    length = len(text)
    headline = f"{read.headline} {read.head.title}"[:400]
    shown = sum(len(segment.text) for segment in read.segments)
    if length < 1500 and _CHALLENGE.search(headline if shown > 3000 else f"{headline} {text[:400]} {_shown(read)}"):  # noqa: PLR2004
        return Reason.CHALLENGE, read.headline[:100]
    if length < 1500 and _MISSING.search(headline):  # noqa: PLR2004
        return Reason.ERROR_PAGE, read.headline[:100]
    return _by_said(read, length) or _by_shape(read, choice, length)


def _shown(read: Reading) -> str:
    return " ".join(segment.text for segment in read.segments[:20])[:1000]


def _by_said(read: Reading, length: int) -> Found | None:
    """Judge by what the page says of itself."""
    kinds = {name for item in read.head.objects[:20] for name in types(item)}
    if "liveblogposting" in kinds:
        return Reason.LIVE_BLOG, "LiveBlogPosting"
    free = next((item["isAccessibleForFree"] for item in read.head.articles if "isAccessibleForFree" in item), None)
    if str(free).lower() in {"false", "0"} and length < 1500 and _wall(read):  # noqa: PLR2004
        return Reason.PAYWALL, "isAccessibleForFree: false"
    if length >= BRIEF:
        return None
    og = read.head.meta("og:type").lower()
    if og.startswith("video") or (kinds & {"videoobject"} and not read.head.articles and length < 4 * SHORT):
        return Reason.VIDEO, og or "VideoObject"
    if kinds & {"imagegallery", "mediagallery"}:
        return Reason.GALLERY, "ImageGallery"
    if kinds & {"collectionpage", "searchresultspage", "itemlist"} and not read.head.articles and _linked(read) > 0.5:  # noqa: PLR2004
        return Reason.LISTING, "CollectionPage"
    return (Reason.PAYWALL, "a wall behind the first lines") if _wall(read) else None


def _wall(read: Reading) -> bool:
    return any(_WALL.search(segment.text) for segment in read.segments if len(segment.text) < 300)  # noqa: PLR2004


def _linked(read: Reading) -> float:
    total = sum(len(segment.text) for segment in read.segments) or 1
    return sum(segment.linked for segment in read.segments) / total


def _by_shape(read: Reading, choice: Choice, length: int) -> Found | None:
    """Judge by what the page is made of."""
    if length >= SHORT and any(block.kind is not BlockKind.HEADING for block in choice.blocks):
        targets = {card.target for card in read.cards.values()}
        if length < BRIEF and len(targets) > 15 and not read.head.articles and _linked(read) > 0.7:  # noqa: PLR2004
            return Reason.LISTING, f"{len(targets)} teasers"
        return None
    targets = {card.target for card in read.cards.values()}
    if len(targets) > 8:  # noqa: PLR2004
        return Reason.LISTING, f"{len(targets)} teasers and {length} characters of text"
    scripts = sum(len(script.text or "") for script in read.root.iter("script"))
    if scripts > 5000 and sum(len(one.text) for one in read.segments) < 300:  # noqa: PLR2004
        return Reason.NEEDS_BROWSER, "scripts without text"
    if next(read.root.iter("video", "iframe"), None) is not None:
        return Reason.VIDEO, f"a player and {length} characters of text"
    if sum(1 for _ in read.root.iter("figure")) > 5:  # noqa: PLR2004
        return Reason.GALLERY, f"pictures and {length} characters of text"
    if not read.segments:
        return (Reason.NEEDS_BROWSER, "scripts without text") if scripts else (Reason.EMPTY, "no text")
    return Reason.TOO_SHORT, f"{length} characters"


_INTERVIEW = re.compile(r"interview|интервью|müsahibə|röportaj|հարցազրույց|ინტერვიუ|مصاحبه|گفتگو|сұхбат|suhbat", re.IGNORECASE)
_OPINION = re.compile(r"opinion|analysis|comment|колонк|мнени|blog|rəy\b|köşe|yorum|կարծիք|მოსაზრება|یادداشت|пікір", re.IGNORECASE)


def kind(read: Reading, choice: Choice) -> Kind:
    """Return what kind of article it is."""
    said = {name for item in read.head.articles[:2] for name in types(item)}
    section = " ".join([read.head.meta("article:section"), *(str(item.get("articleSection", "")) for item in read.head.articles[:2])])[:200]
    if "interview" in said or _INTERVIEW.search(f"{section} {read.headline}"):
        return Kind.INTERVIEW
    if said & {"opinionnewsarticle", "analysisnewsarticle"} or _OPINION.search(section):
        return Kind.OPINION
    return Kind.BRIEF if len(choice.text) < BRIEF else Kind.ARTICLE


