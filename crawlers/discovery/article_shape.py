"""What an article's address looks like: a matter of shape, the same across the web.

A number, a date or a long slug in it; not the names that sites give to sections, tags, people and
files. What an outlet's own feeds name teaches more: an address built as those are is an article's.
"""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

_NEVER_SEGMENT = re.compile(
    r"(?:tags?|categor(?:y|ies)|cat|authors?|topics?|sections?|rubrics?|search|login|signin|"
    r"signup|register|subscribe|about|contacts?|privacy|terms|feeds?|rss|"
    r"wp-(?:admin|content|json|includes|login\.php)|cdn-cgi|user|users|profile|cart|shop|"
    r"advert\w*|reklam\w*|page|share|print|amp|static|assets|media|images?|video-archive|"
    r"archive|arxiv|calendar|sitemap|cookies?|policy|gallery|comments?|javascript)",
    re.IGNORECASE,
)
# Segments that name a list of everything as well as the articles of long ago.
_LIST = re.compile(r"(?:archives?|arxiv|arhiv|arsiv)", re.IGNORECASE)
# Segments below which sections stand.
_GROUP = re.compile(r"(?:categor(?:y|ies)|cat|topics?|sections?|rubrics?|tags?)", re.IGNORECASE)
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|zip|mp3|mp4|avi|css|js|xml|rss|ico|apk|txt|"
    r"json)$",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\.(?:html?|php|aspx?)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{3,}")
_DATE = re.compile(r"(?:19|20)\d{2}[/-]?(?:0?[1-9]|1[0-2])(?:[/-]?[0-3]?\d)?")
_ID_NAMES = frozenset(
    [
        "id",
        "p",
        "newsid",
        "news_id",
        "nid",
        "aid",
        "article",
        "article_id",
        "articleid",
        "post",
        "item",
        "n",
        "element_id",
        "sid",
        "news",
        "cid",
        "story",
        "storyid",
        "story_id",
        "content_id",
        "contentid",
        "newsitem",
        "xeber",
        "haber",
        "art",
        "rid",
    ]
)
_ID_VALUE = re.compile(r"\d+(?:[:_-][\w-]*)?")
# Segments behind which a number of any length is an article's.
_KINDS = re.compile(
    r"(?:node|news|article|articles|story|stories|post|posts|item|view|read|show|haber|xeber|"
    r"novosti|material|content|detail)s?",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?=[^\W\d]*\d)(?=\d*[^\W\d])\w{4,40}")  # letters and digits, as a16fq
_SLUG_WORDS = 4
_FEWER_WORDS, _SLUG_LETTERS = 3, 15  # of a slug where nothing is known of the outlet
_LEARNT_AT_MOST = 40


def looks_like_article(link: str, learnt: frozenset[str] = frozenset()) -> bool:
    """Tell by its shape whether an address is an article's.

    `learnt` are the patterns of the outlet's articles; without any a slug of three words will do.
    """
    parts = urlsplit(link)
    segments = [segment for segment in parts.path.split("/") if segment]

    if any(_NEVER_SEGMENT.fullmatch(segment) for segment in segments):
        return False

    if segments and _FILE.search(segments[-1]):
        return False

    if any(_is_id(name, value) for name, value in parse_qsl(parts.query)):
        return True

    if not segments:
        return False

    if pattern(link) in learnt:
        return True

    return _is_article_path(parts.path, segments, is_known=bool(learnt))


def may_be_article(link: str) -> bool:
    """Tell whether an address could be an article's for all that its shape says."""
    parts = urlsplit(link)
    segments = [segment for segment in parts.path.split("/") if segment]

    if any(_NEVER_SEGMENT.fullmatch(segment) for segment in segments):
        return False

    if not segments:
        return bool(parts.query)

    return _FILE.search(segments[-1]) is None


def may_be_section(link: str) -> bool:
    """Tell whether an address may be a section's: it is no file and no form."""
    parts = urlsplit(link)
    segments = [segment for segment in parts.path.split("/") if segment]

    if not segments:
        return bool(parts.query)

    last = segments[-1]
    # `/category/idman` and `/cat?id=3` are sections, `/category` is none.
    groups = segments if parts.query else segments[:-1]
    forms = [segment for segment in groups if not _GROUP.fullmatch(segment)]

    if not parts.query and not _LIST.fullmatch(last):
        forms.append(last)

    return _FILE.search(last) is None and not any(map(_NEVER_SEGMENT.fullmatch, forms))


def _is_id(name: str, value: str) -> bool:
    """Tell whether a parameter is an article's number."""
    return name.lower() in _ID_NAMES and _ID_VALUE.fullmatch(value) is not None


def _is_article_path(path: str, segments: list[str], *, is_known: bool) -> bool:
    """Tell whether a path alone is an article's."""
    last = _ENDING.sub("", segments[-1])
    if _NUMBER.search(last):
        return True

    if last.isdigit():
        return len(segments) > 1 and _KINDS.fullmatch(segments[-2]) is not None

    if _DATE.search(path) and re.search(r"[^\d/.-]", last):
        return True

    words = [word for word in re.split(r"[-_]", last) if word]

    if len(words) >= _SLUG_WORDS:
        return True

    return not is_known and len(words) >= _FEWER_WORDS and len(last) >= _SLUG_LETTERS


def pattern(link: str) -> str:
    """Return how an address is built: its first segment, then the kinds of the others.

    Numbers, slugs and words stand for themselves; parameters count by name.
    """
    parts = urlsplit(link)
    segments = [segment for segment in parts.path.split("/") if segment]
    kinds = [_kind(segment) for segment in segments]

    if len(segments) > 1 and kinds[0] == "w":
        kinds[0] = segments[0].lower()

    names = sorted(name.lower() for name, _ in parse_qsl(parts.query))

    return "/" + "/".join(kinds) + ("?" + "&".join(names) if names else "")


def is_of_one_word(found: str) -> bool:
    """Tell whether a pattern ends with a single word, as the addresses of sections do."""
    return found.rpartition("/")[2] in {"w", ""}


def _kind(segment: str) -> str:
    """Return the kind of one segment and its ending.

    A number, words with a number, a slug, a code of letters and digits, a word.
    """
    ending = _ENDING.search(segment)
    bare = _ENDING.sub("", segment)
    words = [word for word in re.split(r"[-_]", bare) if word]

    if bare.isdigit():
        kind = "0"
    elif any(word.isdigit() for word in words):
        kind = "0-a"
    elif len(words) > 1:
        kind = "a-a"
    else:
        kind = "x" if _CODE.fullmatch(bare) else "w"

    return kind + (ending[0].lower() if ending else "")


def learn(known: Iterable[str], links: Iterable[str]) -> tuple[str, ...]:
    """Return the patterns of an outlet's articles with those of further ones, the latest last.

    An address of one word teaches nothing: sections look so too.
    """
    patterns = dict.fromkeys(known)
    for link in links:
        found = pattern(link)
        if not is_of_one_word(found):
            patterns.pop(found, None)
            patterns[found] = None

    return tuple(patterns)[-_LEARNT_AT_MOST:]
