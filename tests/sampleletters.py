"""Letters of every kind in every language of the mails, in several scripts, all invented.

For the pictures of `tests/bench/renderings.py` and for tests of what mails become on their way.
"""

from datetime import UTC, datetime, timedelta

from news.watch import MatchKind
from watches.delivery.edit_view import changes
from watches.delivery.letter import Copy, Item, Letter, Section, Telling, Why
from watches.kinds import traits

LANGUAGES = ("en", "ru", "ka", "fa")
NOW = datetime(2026, 11, 22, 9, 40, tzinfo=UTC)
ZONES = {"en": "UTC", "ru": "Asia/Almaty", "ka": "Asia/Tbilisi", "fa": "Asia/Tehran"}

# Language of the article: title, outlet, excerpt, the word that matched, watch, query.
_TEXTS = {
    "en": (
        "Ministers agree on a transit tariff for the new port",
        "Harbour Gazette",
        "After two days of talks the ministers agreed on one transit tariff for containers "
        "that pass the new port. It begins in March.",
        "transit",
        "Middle Corridor",
        '"middle corridor" OR (transit NEAR/5 port)',
    ),
    "ru": (
        "Министры согласовали тариф на транзит через новый порт",
        "Портовый вестник",
        "После двух дней переговоров министры согласовали единый тариф на транзит "
        "контейнеров через новый порт. Он начнёт действовать в марте.",
        "транзит",
        "Транзит и порты",
        "транзит AND порт",
    ),
    "ka": (
        "მინისტრები ახალი პორტის სატრანზიტო ტარიფზე შეთანხმდნენ",
        "ნავსადგურის მაცნე",
        "ორდღიანი მოლაპარაკების შემდეგ მინისტრები ახალ პორტში გამავალი კონტეინერების "
        "ერთიან სატრანზიტო ტარიფზე შეთანხმდნენ. ის მარტში ამოქმედდება.",
        "სატრანზიტო",
        "ტრანზიტი და პორტები",
        "ტრანზიტი AND პორტი",
    ),
    "fa": (
        "وزیران بر سر تعرفهٔ ترانزیت بندر تازه توافق کردند",
        "پیک بندر",
        "پس از دو روز گفت‌وگو وزیران بر سر تعرفه‌ای یگانه برای ترانزیت کانتینرها "
        "از بندر تازه توافق کردند. این تعرفه از مارس اجرا می‌شود.",
        "ترانزیت",
        "ترانزیت و بندرها",
        "ترانزیت AND بندر",
    ),
}
_AFTER = {"en": ("agree", "quarrel"), "ru": ("согласовали", "не согласовали")}
_AFTER |= {"ka": ("შეთანხმდნენ", "ვერ შეთანხმდნენ"), "fa": ("توافق کردند", "توافق نکردند")}


def item(kind: MatchKind, language: str, number: int = 1, **fields: object) -> Item:
    """Return a story in a language."""
    title, outlet, excerpt, word, watch, _ = _TEXTS[language]
    values = {
        "kind": kind,
        "title": title,
        "outlet": outlet,
        "url": f"https://gazette.test/{language}/{number}",
        "archive_url": f"https://khabar.test/khabar/article/{number}",
        "more_url": f"https://khabar.test/khabar/article/{number}",
        "language": language,
        "at": NOW - timedelta(hours=number),
        "excerpt": excerpt,
        "why": (Why(watch=watch, terms=(word,)),),
        "story": number,
    }

    return Item(**{**values, **fields})


def _copies(count: int) -> tuple[Copy, ...]:
    return tuple(
        Copy(
            outlet=_TEXTS[LANGUAGES[number % 4]][1],
            url=f"https://copy{number}.test/1",
            at=NOW - timedelta(minutes=13 * number),
        )
        for number in range(count)
    )


def _tellings(language: str, count: int = 3) -> tuple[Telling, ...]:
    others = [name for name in LANGUAGES if name != language]
    found = []
    for number in range(count):
        title, outlet, *_ = _TEXTS[others[number % 3]]
        telling = Telling(
            title=title,
            url=f"https://telling{number}.test/1",
            language=others[number % 3],
            at=NOW - timedelta(hours=2 + number),
            outlets=(outlet,),
        )
        found.append(telling)

    return tuple(found)


def _letter(language: str, *items: Item, **fields: object) -> Letter:
    watch, query = _TEXTS[language][4:]
    values = {
        "template": traits(items[0].kind).template,
        "recipient": "ana@reader.test",
        "sections": (Section(watch=watch, query=query, items=items),),
        "made_at": NOW,
        "language": language,
        "timezone": ZONES[language],
        "unsubscribe_url": "https://khabar.test/khabar/unsubscribe?t=" + "aB3_-" * 30,
        "feed_url": "https://khabar.test/khabar/watch/1.atom?token=x",
        "keys": (language, str(items[0].kind), str(len(items))),
    }

    return Letter(**{**values, **fields})


def _digest(language: str, **fields: object) -> Letter:
    """Return a digest of two watches, its articles in all languages."""
    from watches.kinds import Template

    own = [
        item(MatchKind.NEW, language, 1, copies=_copies(3)),
        item(MatchKind.PICKED_UP, LANGUAGES[3], 2, tellings=_tellings("fa", 2)),
        item(MatchKind.EDITED, "en", 3, changes=_edit("en"), excerpt=""),
    ]
    other = [item(MatchKind.DELETED, "ru", 4), item(MatchKind.NEW, "ka", 5, at=None)]
    watch, query = _TEXTS[language][4:]
    sections = (
        Section(watch=watch, query=query, items=tuple(own), more=12, url="https://khabar.test/w/1"),
        Section(watch="Caspian", query="caspian", items=tuple(other)),
    )
    template = Template.DIGEST

    return _letter(
        language, *own, template=template, sections=sections, **{"rhythm": "daily", **fields}
    )


def _edit(language: str) -> tuple:
    title, _, excerpt, *_ = _TEXTS[language]
    before, after = _AFTER[language]

    return changes((title, excerpt), (title.replace(before, after), excerpt.replace(before, after)))


def letters(language: str) -> dict[str, Letter]:
    """Return a letter of each kind, by its name."""
    kinds = MatchKind

    return {
        "new": _letter(
            language, item(kinds.NEW, language, copies=_copies(5), tellings=_tellings(language))
        ),
        "edited": _letter(language, item(kinds.EDITED, language, changes=_edit(language))),
        "deleted": _letter(language, item(kinds.DELETED, language)),
        "picked_up": _letter(
            language, item(kinds.PICKED_UP, language, tellings=_tellings(language, 15))
        ),
        "spike": _letter(language, item(kinds.SPIKE, language, tellings=_tellings(language, 5))),
        "digest": _digest(language),
        "first": _digest(language, is_first=True, unsubscribes_all=True),
        "brief": _digest(language, rhythm="brief"),
    }
