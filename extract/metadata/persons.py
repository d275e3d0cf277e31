"""Which persons a byline names: no label, no role, no house, no phrase."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator

from extract.metadata import creators
from extract.page.segments import tidy
from extract.page.title import key
from news.dates import month

_SPLIT = re.compile(
    r"\s*[,;|/•·&،՝、\n]\s*|\s+[-–—]\s+|\s+(?:and|und|et|y|e|i|и|және|və|ve|և|და|va|og|och|en|a|"
    r"mit|with|و)\s+(?=\w)",
    re.IGNORECASE,
)
_LABELS = (
    r"by|von|par|por|di|af|av|door|od|автор(?:ы)?|müəllif(?:lər)?|yazar|yazan|հեղինակ|ավտոր|"
    r"ავტორი|نویسنده|authors?|autor(?:in|en)?|auteurs?|written by|text|текст|мәтін|muallif|"
    r"avtor|posted by|reporting by|reported by|story by|words by|interview|interview by|"
    r"exclusive|opinion|خبرنگار"
)
_PREFIX = re.compile(
    rf"^(?:autor/in|author\(s\)|(?:{_LABELS}))\s*[:՝.\-–]?\s+"
    r"|^(?:автор(?:ы)?|müəllif(?:lər)?|yazar|հեղինակ|ავტორი|نویسنده|authors?|autor/in|"
    r"autor(?:in)?|auteurs?|text|текст|خبرنگار)\s*[:՝]\s*",
    re.IGNORECASE,
)
# What links to an author's page say around the name: "All posts by", "Zeige alle
# Beiträge von", "Über".
_WRAPPED = re.compile(
    r"^(?:(?:all|alle|alles|show|view|see|read|more|mehr|weitere|zeige|voir|tous|ver|todos|все|"
    r"ещё|больше|посмотреть|bütün|tüm)\b[^,;|]{0,40}?\s(?:von|by|of|from|par|de|del|di|av|af|"
    r"автора|от)\s+"
    r"|(?:veröffentlicht|geschrieben|verfasst|posted|published|written|submitted|created|"
    r"опубликовано|publié|publicado|articles?|guide|feature|opinion|analysis)\s+"
    r"(?:by|von|par|por|door)\s+"
    r"|(?:über|about|об авторе|kommentar von|commentary by)\s*:?\s+)(?=\w)",
    re.IGNORECASE,
)
# Who is named for something else than the text: pictures, editing, translation, sources.
_OTHERS = re.compile(
    r"(?:^|[,;|/•·.]\s*|\s)(?:(?:kamera(?:man)?|camera|fotos?|photos?|photograph\w*|bild(?:er)?|"
    r"pictures?|фото\w*|"
    r"şəkil|fotoqraf\w*|ფოტო|լուսանկար\w*|عکس|video|illustration\w*|grafik|"
    r"editor|editör|redaktor|редактор|redaktur|penyunting|fact[- ]check\w*|перевод\w*|"
    r"tərcümə\w*|çeviri|translation|quelle|источник|mənbə|kaynak)\s*(?:[:©]|\bby\b|\bvon\b)"
    r"|(?:geprüft|reviewed|edited|checked|updated|aktualisiert|translated|übersetzt)"
    r"\s+(?:by|von)\b)[^;|•]*$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"^(?:(?:special|staff|senior|chief|спец(?:иальный)?|собственный|"
    r"xüsusi)\s+)?(?:correspondent|reporter|journalist(?:in)?|columnist|корреспондент|"
    r"журналист(?:ка)?|обозреватель|репортер|репортёр|"
    r"müxbir|jurnalist|muhabir|gazeteci|լրագրող|ჟურნალისტი|خبرنگار|тілші|"
    r"muxbir)\s*:?\s+(?=\w+\s+\w)|\s+(?:기자|특파원|記者|记者)$",
    re.IGNORECASE,
)
# A post behind a name ("Jane Roe Senior Autos Reporter"), and a day ("Jane Roe Dec 14").
_POST = re.compile(
    r"\s+(?:(?:(?:former|senior|deputy|chief|staff|associate|contributing|freelance|lead|managing|"
    r"executive|assistant|guest|special)\s+)+(?:[^\W\d_]+\s+){0,2})?"
    r"(?:reporter|writer|editor|correspondent|contributor|journalist|columnist|blogger|producer)\b"
    r"(?:\s.*)?$",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\s+on(?:\s.*)?$")  # "Jane Roe on Friday", "Jane Roe on behalf of"
_GLUED = re.compile(r"^By(?=[A-Z][a-z]+\s+[A-Z])")  # "ByJane Roe"
_DAY = re.compile(r"\s+([^\W\d_]{3,12})\.?\s+\d{1,2}(?:\s.*)?$")
_DESKS = frozenset(
    (
        "writtenby",
        "lastupdated",
        "seniordirector",
        "red",
        "agenturen",
        "agencies",
        "agences",
        "agentura",
        "агентства",
        "ajanslar",
        "agentliklər",
        "mehr",
        "more",
        "hier",
        "here",
        "ceo",
        "phd",
        "md",
        "jr",
        "in",
        "r",
        "ile",
        "tarafından",
        "sat",
        "fri",
    )
)
_NOBODY = re.compile(
    r"\b(?:staff|\w*admin|administrat\w*|editor(?:ial|s)?|redak(?:t(?:ion|eur|or)\w*|siya\w*|"
    r"cj\w*|tsiy\w*|ce)?|redac(?:t|c)\w*|rédac\w*|redaz\w*|"
    r"newsroom|news ?desk|desk|\w*team|agenc\w+|agentur|press|presse(?:stelle|dienst|mitteilung|"
    r"agentur|amt|büro|referat|team)?|"
    r"correspondents?|reporters?|journalist\w*|producer|columnist|writer|web ?master|user|guest|"
    r"unknown|anonym\w*|anónim\w*|contribut\w+|website|online|digital|редакци\w*|"
    r"администратор\w*|"
    r"корреспондент\w*|журналист\w*|агентств\w*|агентті\w*|редактор\w*|xəbər(?:lər\w*|i|çi\w*)?|"
    r"muxbir\w*|"
    r"müxbir\w*|agentlik|agentliy\w*|haber(?:ler\w*|i|ci\w*|in)?|merkezi|ajans\w*|editör\w*|"
    r"muhabir\w*|խմբագր\w*|"
    r"գործակալությու\w*|რედაქცია|სააგენტო|"
    r"news|nachrichten|noticias|новости|tv|media|group|network|service|servis\w*|magazin(?:e|es|"
    r"i|in|s|dergisi)?|"
    r"radio|foundation|institut\w*|universi\w*|zeitung|verlag|gmbh|ltd|inc|llc|plc|ag|eg|kg|"
    r"authors?|autor(?:en|in)?|autore[sn]?|auteurs?|автор(?:ы|а|ов|ск\w+)?|yazarlar|müəlliflər|"
    r"publisher|"
    r"unbenannt|copyright|reserved|comments?|posts|published|follow|subscribe|"
    r"\w*minister\w*|ministry|depart[ae]ment\w*|council|government|association|\w*verband|"
    r"\w*verein|\w*stiftung|\w*fraktion|bundes\w{4,}|feuerwehr|landes(?:anstalt|amt)|partei|"
    r"union|"
    r"nazirli\w*|idarəsi|komitəsi|mətbuat|xidməti|bakanlığ\w*|müdürlüğ\w*|belediye\w*|"
    r"üniversite\w*|министерств\w*|пресс-?служб\w*|служб\w+|комитет\w*|университет\w*|"
    r"посольств\w*|отдел\w*|"
    r"соб\.? ?корр|собкор|tahririyat\w*|axborot|redaksiya\w*|სამინისტრო|სამსახური|"
    r"ადმინისტრატორი|նախարարությու\w*|լուրեր|ադմին)\b"
    r"|خبرگزاری|تحریریه|سردبیر|روزنامه|پایگاه|روابط عمومی|وزارت|ادمین|\be\. ?v\b",
    re.IGNORECASE,
)
# A house in capitals behind a name that is not: "Jane Roe USA TODAY".
_SUFFIX = re.compile(r"(?<=[a-zà-ÿ])((?:\s+[A-Z]{2,}){2,})$")
_BRACKETED = re.compile(r"[(（][^()（）]{1,40}[)）]|[(（][^()（）]{1,40}$")
_WHERE = re.compile(
    r"\s+(?:in|aus|for|für)\s+(?=\w)[^,;|/]*?(?=\s+(?:and|und|et|y|i|og|och)\s|[,;|/]|$)",
    re.IGNORECASE,
)  # "in Tbilisi", "for the Harbour Post"
_URLISH = re.compile(
    r"https?:|www\.|@|\w\.(?:com|net|org|info|tv|eu|az|am|ge|ru|tr|ir|kz|uz|kg|tj|tm|ua|by|de|"
    r"at|ch|it|fr|es|pl|uk)\b",
    re.IGNORECASE,
)
_SYMBOLS = re.compile(r"[<>={}\[\]→←↑↓»«©®™#*+~^\\|!?%$§…_]")
_TAG = re.compile(r"<[^<>]*>")
_SLUG = re.compile(r"[a-z]{2,}(?:[-_.][a-z]{2,}){1,2}")
# Small words of names that are not capitalised: "della", "oğlu".
_PARTICLES = frozenset(
    (
        "della",
        "dello",
        "degli",
        "dalla",
        "oğlu",
        "oglu",
        "ogly",
        "ogli",
        "qızı",
        "kızı",
        "kyzy",
        "qizi",
        "uulu",
        "uuly",
        "кызы",
        "қызы",
        "оглы",
        "улы",
        "ұлы",
        "уулу",
        "угли",
        "binte",
        "voor",
    )
)
LONGEST = 5_000  # characters of a byline, mark-up and all, that is looked at
LONGEST_BARE = 300  # characters of one without mark-up and labels


def full(raw: Iterable[str]) -> Iterator[str]:
    """Give bylines of lines without their one-word parts.

    A place, a role, an agency's short name.
    """
    for line in raw:
        parts = _SPLIT.split(_PREFIX.sub("", tidy(line)))
        full = [part for part in parts if " " in part.strip()]
        yield ",".join(full)


def people(raw: str, banned: set[str]) -> list[str]:
    """Return the persons' names in a byline; `banned` are the publisher's names as keys."""
    if len(raw) > LONGEST:
        return []

    raw = _bare(raw)
    raw = _SUFFIX.sub("", raw)
    if not raw or len(raw) > LONGEST_BARE or _is_keywords(raw):
        return []

    parts = [name for name in map(_name, _SPLIT.split(_WHERE.sub("", raw))) if name]
    names = [name for name in parts if is_person(name, banned)]
    if _WHERE.search(raw) and not any(" " in name for name in names):
        names = [name for name in names if _agency(name)]  # "Human in the Loop" is no Human

    housed = bool(parts) and parts[0] not in names
    if housed or any(" " in name for name in names):
        # Beside full names or a house, one capitalised word is a place, a degree or another house.
        names = [name for name in names if " " in name or not name[0].isupper() or _agency(name)]

    return names


def _is_keywords(raw: str) -> bool:
    """Tell an agency's list of what it offers.

    Its own name first, then more parts set apart by bars.
    """
    parts = [part for part in raw.split("|") if part.strip()]
    return len(parts) > 1 and _NOBODY.search(parts[0]) is not None


def _bare(raw: str) -> str:
    """Return a byline without mark-up, brackets and labels.

    Those who are named for something else than the text are gone too.
    """
    if "&" in raw:
        raw = html.unescape(html.unescape(raw))

    plain = _BRACKETED.sub("", _TAG.sub(" , ", raw))
    plain = tidy(plain).strip(" .,:;-–|/")
    plain = _without_labels(plain)

    return _OTHERS.sub("", plain).strip(" .,:;-–")


def _without_labels(text: str) -> str:
    """Return a byline without what is said before a name: "All posts by", "By", "Correspondent"."""
    for pattern in (_WRAPPED, _PREFIX, _ROLE):
        text = pattern.sub("", text)

    return text


def _name(part: str) -> str:
    """Return a name as it is written.

    No label, no role before it, not twice over, not as a slug.

    Not banned from being anybody's: `is_person` decides that.
    """
    name = _GLUED.sub("", _without_labels(part).strip(" .,:;-–()[]\"'“”„"))
    name = _BESIDE.sub("", _without_post(name))
    words = name.split()
    half = len(words) // 2
    if half > 1 and words[:half] == words[half:]:
        return " ".join(words[:half])

    if _SLUG.fullmatch(name) and not _URLISH.search(name):
        return re.sub(r"[-_.]", " ", name).title()

    return name


def _without_post(name: str) -> str:
    """Return a name of two words and more without the post or the day that stands behind it."""
    for pattern in (_POST, _DAY):
        match = pattern.search(name)
        if match is None or " " not in name[: match.start()]:
            continue

        if pattern is _POST or month(match[1]) is not None:
            return name[: match.start()]

    return name


def _agency(name: str) -> bool:
    """Tell whether a name is a news agency's."""
    return key(name).removeprefix("the") in creators.AGENCIES


def is_person(name: str, banned: set[str]) -> bool:
    """Tell whether a string can be the name of a person, or is a news agency's."""
    bare = key(name)
    if _agency(name):
        return bare.removeprefix("the") not in banned

    words = name.split()
    if len(bare) < 2 or len(name) > 60 or len(words) > 6 or bare in _DESKS:  # noqa: PLR2004
        return False

    if any(pattern.search(name) for pattern in (_URLISH, _NOBODY, _SYMBOLS)):
        return False

    if any(char.isdigit() or char == ":" for char in name) or _is_phrase(words):
        return False

    return not _is_house(name, bare, words, banned)


def _is_phrase(words: list[str]) -> bool:
    """Tell words from a name.

    Three or more are words when one that is no particle begins with a small letter.
    """
    if len(words) <= 2:  # noqa: PLR2004
        return False

    small = [word for word in words if word[0].islower() and len(word) > 3]  # noqa: PLR2004

    return any(word not in _PARTICLES for word in small)


def _is_house(name: str, bare: str, words: list[str], banned: set[str]) -> bool:
    """Tell whether a name is the publisher's.

    Equal, with the publisher's name in it, or its short form in capitals.

    `bare` is the name as key, `words` are its words, `banned` the publisher's names as
    keys.
    """
    if bare in banned or plain(bare) in banned:
        return True

    for word in words:
        if (len(word) > 3 or word.isupper()) and key(word) in banned:  # noqa: PLR2004
            return True

    short = len(words) == 1 and name.isupper() and len(bare) > 2  # noqa: PLR2004

    for site in banned:
        if len(site) > 5 and bare.startswith(site):  # noqa: PLR2004
            return True

        if short and site.startswith(bare):
            return True

    return False


def plain(text: str) -> str:
    """Return letters without accents, as hosts are spelled."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))
