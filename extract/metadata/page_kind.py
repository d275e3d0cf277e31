"""What kind of page it is: an article of some kind, or one of the things that must not be archived as one."""

import re

from extract.blocks.choose import Choice
from extract.page.head import types
from extract.page.reading import Reading
from extract.page.title import key
from news.article import BlockKind, Kind, Page, Reason

Found = tuple[Reason, str]
SHORT, BRIEF = 60, 500  # characters: below the first no article, below the second a brief
_HTML = re.compile(
    rb"<\s*(?:!doctype|html|head|body|div|p|meta|title|article|script)\b", re.IGNORECASE
)
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"\x00\x00\x00\x18ftyp",
    b"\x00\x00\x00 ftyp",
)
# What only a bot check says, and what is one only as a page's whole title: articles speak of security checks too.
_CHECKED = re.compile(
    r"just a moment\.\.\.|checking your browser|verify (?:that )?you are (?:a )?human|ddos[- ](?:protection by|guard)|enable (?:javascript and cookies|cookies and javascript) to continue|"
    r"проверка браузера|подтвердите, что вы не робот|tarayıcınız kontrol ediliyor|brauzeriniz yoxlanılır",
    re.IGNORECASE,
)
_BARRED = re.compile(
    r"attention required!?|access(?: to this page has been)? denied|403 forbidden|are you a robot\??|security check|please enable (?:javascript|cookies)|pardon our interruption|request unsuccessful|"
    r"just a moment|вы не робот\??|доступ (?:запрещ[её]н|ограничен)|giriş qadağandır|erişim engellendi",
    re.IGNORECASE,
)
# What names a page that is not there; and what does so only as the whole title: climbers are not found either.
_NO_PAGE = re.compile(
    r"(?:page|article|url|document) (?:was |is |could )?not (?:be )?found|(?:page|article) (?:does not|doesn'?t|no longer) exists?|no longer (?:exists|available)|"
    r"страниц[аы] не (?:найден[аы]?|существует)|такой страницы нет|səhifə (?:tapılmadı|mövcud deyil|yoxdur)|sayfa bulunamadı|էջը (?:չի գտնվել|գոյություն չունի|չգտնվեց)|էջ չի գտնվել|"
    r"გვერდი (?:ვერ|არ) (?:მოიძებნა|არსებობს)|صفحه (?:مورد نظر |درخواستی )?(?:یافت|پیدا) نشد|(?:бет|парақ|барак|баракча) (?:табылмады|табылган жок)|sahifa (?:topilmadi|mavjud emas)|саҳифа топилмади|"
    r"саҳифа ёфт нашуд|sahypa tapylmady|seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"not found|nothing (?:was )?found|no results(?: found)?|(?:ничего )?не найдено|(?:heç nə )?tapılmadı|(?:sonuç )?bulunamadı|չի գտնվել|ვერ მოიძებნა|(?:یافت|پیدا) نشد|табылмады|topilmadi",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\W*(?:(?:http|error|page|ошибка|xəta|hata|сообщение|სტატუსი|შეცდომა|սխալ|خطای?|қате|ката|xato|fehler|erreur)\W*){0,2}(?:404|410)\b\W*(?:(?:error|page|ошибка|xətası|hatası|fehler)\b\W*)?",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"(?:please )?(?:log ?in|sign ?in|login|member login|authori[sz]ation)|вход(?: на сайт| в (?:систему|аккаунт|личный кабинет))?|войти|авторизация|daxil ol(?:un|maq)?|giriş(?: et| yap| səhifəsi)?|üye girişi|մուտք(?: գործել)?|"
    r"შესვლა|ავტორიზაცია|ورود(?: به (?:سایت|حساب کاربری))?|кіру|кирүү|kirish|giriş|anmelden|einloggen|connexion|iniciar sesión",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"subscribe (?:now )?to (?:read|continue|keep)|subscribers? only|(?:only )?for subscribers|already a subscriber|to continue reading|premium (?:content|article)|this article is (?:for|reserved)|"
    r"только для подписчиков|доступ\w* (?:только )?по подписке|оформите подписку|чтобы (?:читать|прочитать) (?:дальше|полностью)|(?:полн\w+ текст|полная версия)\W.{0,40}подпис|"
    r"yalnız abunəçilər|abunə ol(?:un|araq) (?:və )?oxu|abunəçilər üçün|(?:sadece |yalnızca )?aboneler(?:e özel|imize|in)|devamını okumak için|միայն բաժանորդների|მხოლოდ გამომწერ|გამომწერთათვის|"
    r"ویژه (?:مشترکین|مشترکان)|مخصوص مشترک|тек жазылушылар|жазылушылар үшін|обуначилар учун|faqat obunachilar|obunachilar uchun|"
    r"jetzt weiterlesen|weiterlesen mit|artikel ist nur für abonnent|réservé aux abonnés|solo para suscriptores",
    re.IGNORECASE,
)
# What only a wall says: it may stand behind a table of prices.
_WALLED = re.compile(
    r"to continue reading|this article is (?:for|reserved)|чтобы (?:читать|прочитать) (?:дальше|полностью)|devamını okumak için|jetzt weiterlesen|weiterlesen mit|réservé aux abonnés",
    re.IGNORECASE,
)
_LIVE = re.compile(
    r"\blive[- ]?(?:blog|updates?|coverage|text|ticker|feed)\b|(?:^|[:|–—-]\s*)live\s*(?:$|[:|–—-])|as it happened|minute by minute|"
    r"онлайн[- ](?:трансляци|репортаж|хроник)|текстов\w+ трансляци|прям\w+ (?:трансляци|эфир)|(?:^|[:|–—-]\s*)(?:онлайн|canlı)\s*(?:$|[:|–—-])|хроника событий|canlı (?:anlatım|blog|yayım|yayın|xronika)|dəqiqəbədəqiqə|dakika dakika|"
    r"პირდაპირი ეთერი|ონლაინ რეჟიმ|ուղիղ (?:միացում|եթեր)|առցանց|پوشش زنده|لحظه به لحظه|گزارش زنده|тікелей эфир|түз эфир|jonli efir|en direct|en directo|en vivo|minuto a minuto",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"^\W*(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s*[ap]\.?m\.?)?(?:\W*$|\s+\S)", re.IGNORECASE
)
WHOLE = 0.5  # share of a title from which on a phrase is what it says
BARE = 3000  # characters that a bot check shows at most, menus and all
ENTRIES = 5  # clocks from which on a live page is a live blog
BEHIND, FAR = (
    4,
    16,
)  # segments after the text in which a wall stands, and in which one stands beyond doubt


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
    kind = next(
        (value.lower() for name, value in page.headers if name.lower() == "content-type"), ""
    )
    if kind and "html" not in kind and "xml" not in kind and not _HTML.search(start):
        return Reason.NOT_HTML, kind[:80]
    if start.lstrip()[:1] in {b"{", b"["} and not _HTML.search(start):
        return Reason.NOT_HTML, "JSON"
    return None


def rejection(read: Reading, choice: Choice) -> Found | None:
    """Return why a read page is no article, or None."""
    length = len(choice.text)
    return (
        _no_page(read, choice, length)
        or _by_said(read, choice, length)
        or _by_shape(read, choice, length)
    )


def _no_page(read: Reading, choice: Choice, length: int) -> Found | None:
    """Tell pages that stand where an article should: bot checks, missing pages, login forms."""
    if length >= 3 * BRIEF:
        return None
    shown = sum(len(segment.text) for segment in read.segments)
    named = (read.headline, read.head.title)
    if any(_is(_BARRED, name) or _CHECKED.search(name[:200]) for name in named) or (
        shown < BARE and _CHECKED.search(_shown(read))
    ):
        return Reason.CHALLENGE, read.headline[:100]
    if any(
        _is(_NO_PAGE, name) or _is(_NOTHING, name, 0.8) or _is(_NUMBER, name, 0.8) for name in named
    ):
        return Reason.ERROR_PAGE, read.headline[:100]
    return _login(read, choice, length)


def _is(pattern: re.Pattern[str], title: str, share: float = WHOLE) -> bool:
    """Tell whether a title is what a pattern says, and not a sentence that mentions it."""
    match = pattern.search(title[:200])
    return bool(match) and len(key(match[0] if match else "")) >= share * max(1, len(key(title)))


def _login(read: Reading, choice: Choice, length: int) -> Found | None:
    """Tell a page that is a form for members: a password is asked for, and the text is the form's, or there is none."""
    forms = [
        form
        for form in read.root.iter("form")
        if form.find(".//input[@type='password']") is not None
    ]
    if not forms or length >= BRIEF:
        return None
    inside = sum(
        len(one.segment.text)
        for one in choice.judged
        if not one.rule and any(form in forms for form in one.segment.node.iterancestors("form"))
    )
    named = _is(_LOGIN, read.headline) or _is(_LOGIN, read.head.title)
    return (
        (Reason.LOGIN, read.headline[:100])
        if named or length < SHORT or inside > length / 2
        else None
    )


def _shown(read: Reading) -> str:
    return " ".join(segment.text for segment in read.segments[:20])[:1000]


def _by_said(read: Reading, choice: Choice, length: int) -> Found | None:
    """Judge by what the page says of itself."""
    kinds = {name for item in read.head.objects[:20] for name in types(item)}
    if "liveblogposting" in kinds:
        return Reason.LIVE_BLOG, "LiveBlogPosting"
    if (clocks := _clocks(read)) >= ENTRIES and _LIVE.search(read.headline):
        return Reason.LIVE_BLOG, f"{clocks} entries with a time"
    free = next(
        (
            item["isAccessibleForFree"]
            for item in read.head.articles
            if "isAccessibleForFree" in item
        ),
        None,
    )
    walled = length < 3 * BRIEF and _wall(read, choice)
    if str(free).lower() in {"false", "0"} and walled:
        return Reason.PAYWALL, "isAccessibleForFree: false"
    if length < 4 * SHORT and (found := _by_type(read, kinds)):
        return found
    return (Reason.PAYWALL, "a wall behind the first lines") if walled and length < BRIEF else None


def _by_type(read: Reading, kinds: set[str]) -> Found | None:
    """Judge a page with next to no text by its types."""
    og = read.head.meta("og:type").lower()
    if og.startswith("video") or (kinds & {"videoobject"} and not read.head.articles):
        return Reason.VIDEO, og or "VideoObject"
    if kinds & {"imagegallery", "mediagallery"}:
        return Reason.GALLERY, "ImageGallery"
    if (
        kinds & {"collectionpage", "searchresultspage", "itemlist"}
        and not read.head.articles
        and _linked(read) > 0.5  # noqa: PLR2004
    ):
        return Reason.LISTING, "CollectionPage"
    return None


def _clocks(read: Reading) -> int:
    """Return how many lines after the headline are a time of day or begin with one."""
    return sum(
        1
        for segment in read.segments[(read.at or 0) + 1 :]
        if segment.text[:1].isdigit() and _CLOCK.match(segment.text[:40])
    )


def _wall(read: Reading, choice: Choice) -> bool:
    """Tell whether a wall stands between headline and text or closely behind the text; the page's head and foot offer subscriptions everywhere."""
    kept = {one.segment.index for one in choice.judged if not one.rule}
    first = read.at if read.at is not None else min(kept, default=0)
    last = max(kept, default=first + 2 * BEHIND)
    for segment in read.segments[first + 1 : last + FAR + 1]:
        if len(segment.text) < (100 if segment.index in kept else 300) and (
            _WALL if segment.index <= last + BEHIND else _WALLED
        ).search(segment.text):
            return True
    return False


def _linked(read: Reading) -> float:
    total = sum(len(segment.text) for segment in read.segments) or 1
    return sum(segment.linked for segment in read.segments) / total


def _by_shape(read: Reading, choice: Choice, length: int) -> Found | None:
    """Judge by what the page is made of."""
    targets = {card.target for card in read.cards.values()}
    figures = sum(1 for _ in read.root.iter("figure"))
    if figures > 5 and figures >= len(targets) and _beside_pictures(choice) < SHORT:  # noqa: PLR2004
        return Reason.GALLERY, f"{figures} pictures and {length} characters of text"
    if length >= SHORT and any(block.kind is not BlockKind.HEADING for block in choice.blocks):
        if length < BRIEF and len(targets) > 15 and not read.head.articles and _linked(read) > 0.7:  # noqa: PLR2004
            return Reason.LISTING, f"{len(targets)} teasers"
        return _of_teasers(read, choice, length)
    if len(targets) > 8:  # noqa: PLR2004
        return Reason.LISTING, f"{len(targets)} teasers and {length} characters of text"
    scripts = sum(len(script.text or "") for script in read.root.iter("script"))
    if scripts > 5000 and sum(len(one.text) for one in read.segments) < 300:  # noqa: PLR2004
        return Reason.NEEDS_BROWSER, "scripts without text"
    if next(read.root.iter("video", "iframe"), None) is not None:
        return Reason.VIDEO, f"a player and {length} characters of text"
    if not read.segments:
        return (
            (Reason.NEEDS_BROWSER, "scripts without text") if scripts else (Reason.EMPTY, "no text")
        )
    return Reason.TOO_SHORT, f"{length} characters"


def _beside_pictures(choice: Choice) -> int:
    """Return the characters of text that are no caption; a stated body is none."""
    if choice.chosen != "segments":
        return len(choice.text)
    kept = (
        one.segment
        for one in choice.judged
        if not one.rule and one.segment.kind not in {BlockKind.CAPTION, BlockKind.HEADING}
    )
    return sum(
        len(segment.text)
        for segment in kept
        if next(segment.node.iterancestors("figure"), None) is None
    )


def _of_teasers(read: Reading, choice: Choice, length: int) -> Found | None:
    """Tell a listing whose excerpts pass for a text: most of it stands right after, or begins with, a line that links to a page of its own."""
    if read.head.articles or read.head.meta("og:type").lower() == "article":
        return None
    teasers, told = set[str](), 0
    for one in choice.judged:
        segment = one.segment
        if one.rule:
            continue
        before = read.segments[segment.index - 1] if segment.index else segment
        led = (
            before
            if before.hrefs and before.link_share > 0.8  # noqa: PLR2004
            else segment
            if segment.hrefs and segment.linked > 15  # noqa: PLR2004
            else None
        )
        if led is not None and led.hrefs[0].split("#")[0] not in {"", read.address}:
            teasers.add(led.hrefs[0])
            told += len(segment.text)
    return (
        (Reason.LISTING, f"{len(teasers)} teasers are the text")
        if len(teasers) > 5 and told > 0.7 * length  # noqa: PLR2004
        else None
    )


_INTERVIEW = re.compile(
    r"interview|интервью|müsahibə|röportaj|հարցազրույց|ინტერვიუ|مصاحبه|گفتگو|сұхбат|suhbat",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"opinion|analysis|comment|колонк|мнени|blog|rəy\b|köşe|yorum|կարծիք|მოსაზრება|یادداشت|пікір",
    re.IGNORECASE,
)


def kind(read: Reading, choice: Choice) -> Kind:
    """Return what kind of article it is."""
    said = {name for item in read.head.articles[:2] for name in types(item)}
    section = " ".join(
        [
            read.head.meta("article:section"),
            *(str(item.get("articleSection", "")) for item in read.head.articles[:2]),
        ]
    )[:200]
    if "interview" in said or _INTERVIEW.search(f"{section} {read.headline}"):
        return Kind.INTERVIEW
    if said & {"opinionnewsarticle", "analysisnewsarticle"} or _OPINION.search(section):
        return Kind.OPINION
    return Kind.BRIEF if len(choice.text) < BRIEF else Kind.ARTICLE
