"""Threads of readers' comments set into real pages, to learn from and to measure by.

Each thread is made by seed: a builder of mark-up, a language of the region, a heading or none,
units of a name, a moment and words, replies inside some of them. Words are our own lines, or what
another article says, so that a thread can be as long as the text above it.
"""

import random
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import lxml.html

from extract.page import segments

Row = dict[str, Any]
Edit = Callable[[Any], None]

# A language's headings, names, words for a moment and for replying, and what readers say.
_Speech = dict[str, tuple[str, ...]]
SPEECH: dict[str, _Speech] = {
    "en": {
        "head": ("Comments", "3 comments", "Leave a comment", "Discussion"),
        "names": ("Martin H.", "old_reader", "Nora Quill", "Guest"),
        "when": ("2 days ago", "May 4, 2024 at 10:31 pm", "04.05.2024 22:31"),
        "reply": ("Reply", "Like · Reply"),
        "says": (
            "I said the same last year and nobody listened to me.",
            "Thank you for writing about it, more of this please!",
            "And who is going to pay for all that? Us, as always.",
            "My neighbour works there, she tells it quite differently.",
        ),
    },
    "az": {
        "head": ("Şərhlər", "Şərhlər (4)", "Rəylər", "Şərh yaz"),
        "names": ("Elnur", "Qonaq", "Aygün M.", "bakili_77"),
        "when": ("4 may 2024, 22:31", "2 gün əvvəl", "04.05.2024 22:31"),
        "reply": ("Cavabla", "Cavab yaz"),
        "says": (
            "Keçən il də eyni şeyi demişdilər, heç nə dəyişmədi.",
            "Çox sağ olun, belə yazılar bizə lazımdır.",
            "Bəs bunun pulunu kim verəcək? Yenə camaat.",
            "Mənim qonşum orada işləyir, o başqa cür danışır.",
        ),
    },
    "ru": {
        "head": ("Комментарии", "Комментарии (12)", "Обсуждение", "Оставить комментарий"),
        "names": ("Сергей", "Гость", "Алла_К", "Читатель"),
        "when": ("4 мая 2024, 22:31", "вчера в 10:15", "04.05.2024 22:31"),
        "reply": ("Ответить", "Цитировать"),
        "says": (
            "В прошлом году обещали то же самое, и ничего не изменилось.",
            "Спасибо, побольше бы таких статей.",
            "А кто за всё это заплатит? Опять мы с вами.",
            "У меня там сосед работает, он рассказывает совсем другое.",
        ),
    },
    "tr": {
        "head": ("Yorumlar", "Yorumlar (5)", "Yorum yap"),
        "names": ("Misafir", "Kemal A.", "okur34", "Sevgi"),
        "when": ("4 Mayıs 2024 22:31", "2 gün önce", "04.05.2024 22:31"),
        "reply": ("Yanıtla", "Cevapla"),
        "says": (
            "Geçen yıl da aynısını söylediler, hiçbir şey değişmedi.",
            "Elinize sağlık, böyle yazıları bekliyoruz.",
            "Peki bunun parasını kim ödeyecek? Yine biz.",
            "Komşum orada çalışıyor, o bambaşka anlatıyor.",
        ),
    },
    "hy": {
        "head": ("Մեկնաբանություններ", "Մեկնաբանություններ (3)", "Կարծիքներ"),
        "names": ("Արամ", "Հյուր", "Անահիտ", "Ընթերցող"),
        "when": ("4 մայիսի 2024, 22:31", "04.05.2024 22:31"),
        "reply": ("Պատասխանել",),
        "says": (
            "Անցյալ տարի էլ նույնն էին ասում, ոչինչ չփոխվեց։",
            "Շնորհակալություն, այսպիսի հոդվածներ շատ են պետք։",
            "Իսկ ո՞վ է վճարելու այս ամենի համար։ Նորից մենք։",
            "Իմ հարևանը այնտեղ է աշխատում, նա այլ բան է պատմում։",
        ),
    },
    "ka": {
        "head": ("კომენტარები", "კომენტარები (7)", "დატოვეთ კომენტარი"),
        "names": ("გიორგი", "სტუმარი", "ნინო", "მკითხველი"),
        "when": ("4 მაისი 2024, 22:31", "04.05.2024 22:31"),
        "reply": ("პასუხი",),
        "says": (
            "შარშანაც იგივე თქვეს და არაფერი შეცვლილა.",
            "დიდი მადლობა, ასეთი სტატიები გვჭირდება.",
            "და ვინ გადაიხდის ამ ყველაფერს? ისევ ჩვენ.",
            "ჩემი მეზობელი იქ მუშაობს და სულ სხვას ჰყვება.",
        ),
    },
    "fa": {
        "head": ("نظرات", "نظرات کاربران", "دیدگاه‌ها (۶)"),
        "names": ("رضا", "ناشناس", "مریم", "کاربر مهمان"),
        "when": ("۱۵ اردیبهشت ۱۴۰۳", "۱۴۰۳/۰۲/۱۵ ۲۲:۳۱", "04.05.2024 22:31"),
        "reply": ("پاسخ",),
        "says": (
            "پارسال هم همین را گفتند و هیچ چیز عوض نشد.",
            "ممنون از شما، باز هم از این مطالب بنویسید.",
            "پول این همه را چه کسی می‌دهد؟ باز هم ما.",
            "همسایه من آنجا کار می‌کند و چیز دیگری می‌گوید.",
        ),
    },
    "kk": {
        "head": ("Пікірлер", "Пікірлер (2)", "Пікір қалдыру"),
        "names": ("Ерлан", "Қонақ", "Айгүл", "оқырман"),
        "when": ("4 мамыр 2024, 22:31", "04.05.2024 22:31"),
        "reply": ("Жауап беру",),
        "says": (
            "Былтыр да осыны айтқан, ештеңе өзгерген жоқ.",
            "Рақмет, осындай мақалалар көп болсын.",
            "Мұның ақшасын кім төлейді? Тағы да біз.",
            "Менің көршім сонда істейді, ол басқаша айтады.",
        ),
    },
    "uz": {
        "head": ("Izohlar", "Fikrlar (3)", "Izoh qoldirish"),
        "names": ("Jasur", "Mehmon", "Nilufar", "oquvchi"),
        "when": ("4 may 2024, 22:31", "04.05.2024 22:31"),
        "reply": ("Javob berish",),
        "says": (
            "Oʻtgan yili ham shuni aytishgan edi, hech narsa oʻzgarmadi.",
            "Rahmat, shunday maqolalar koʻproq boʻlsin.",
            "Buning pulini kim toʻlaydi? Yana biz.",
            "Qoʻshnim oʻsha yerda ishlaydi, u boshqacha gapiradi.",
        ),
    },
}
Said = tuple[str, str, str, str]  # name, moment, words, reply


def _wordpress(rng: random.Random, units: list[Said]) -> str:
    items = "".join(
        f'<li class="comment even depth-1"><article class="comment-body"><footer><b class="fn">'
        f'{name}</b> <span class="says">says:</span> <time>{when}</time></footer><div '
        f'class="comment-content"><p>{words}</p></div><a href="#r">{reply}</a></article></li>'
        for name, when, words, reply in units
    )
    box = rng.choice(("commentlist", "comment-list"))
    return f'<div id="comments"><h3>{{head}}</h3><ol class="{box}">{items}</ol></div>'


def _disqus(rng: random.Random, units: list[Said]) -> str:
    del rng
    posts = "".join(
        f'<li class="post"><div class="post-content"><header><span class="author">{name}</span> '
        f'<a class="time-ago" href="#c">{when}</a></header><div class="post-message"><p>{words}</p>'
        f'</div><footer><a href="#">{reply}</a></footer></div></li>'
        for name, when, words, reply in units
    )
    return f'<div id="disqus_thread"><section id="conversation"><ul>{posts}</ul></section></div>'


def _facebook(rng: random.Random, units: list[Said]) -> str:
    del rng
    posts = "".join(
        f'<div class="_3-8y"><div class="_1ci"><a href="https://fb.example/u">{name}</a><div '
        f'class="_30o4"><span>{words}</span></div><div class="_2vq9"><a href="#">{reply}</a> · '
        f"<abbr>{when}</abbr></div></div></div>"
        for name, when, words, reply in units
    )
    return f'<div class="fb-comments"><span>{{head}}</span><div>{posts}</div></div>'


def _plain_list(rng: random.Random, units: list[Said]) -> str:
    bold = rng.choice(("b", "strong"))
    posts = "".join(
        f"<li><{bold}>{name}</{bold}> <i>{when}</i><p>{words}</p></li>"
        for name, when, words, _ in units
    )
    return f"<h3>{{head}}</h3><ul>{posts}</ul>"


def _boxes(rng: random.Random, units: list[Said]) -> str:
    name_tag = rng.choice(("div", "strong", "span"))
    posts = "".join(
        f'<div class="u"><{name_tag} class="n">{name}</{name_tag}><div class="d">{when}</div>'
        f'<div class="t">{words}</div></div>'
        for name, when, words, _ in units
    )
    return f'<div class="w5"><div class="h5">{{head}}</div>{posts}</div>'


def _terms(rng: random.Random, units: list[Said]) -> str:
    del rng
    posts = "".join(
        f"<dt><b>{name}</b>, {when}</dt><dd>{words}</dd>" for name, when, words, _ in units
    )
    return f"<h4>{{head}}</h4><dl>{posts}</dl>"


def _table(rng: random.Random, units: list[Said]) -> str:
    del rng
    posts = "".join(
        f"<tr><td><b>{name}</b><br>{when}</td></tr><tr><td>{words}</td></tr>"
        for name, when, words, _ in units
    )
    return f"<div><b>{{head}}</b><table>{posts}</table></div>"


BUILDERS = (_wordpress, _disqus, _facebook, _plain_list, _boxes, _terms, _table)


def thread(seed: int, others: Sequence[Row] = ()) -> str:
    """Return a thread's mark-up; `others` are articles whose sentences some readers write."""
    rng = random.Random(f"thread {seed}")
    speech = SPEECH[rng.choice(sorted(SPEECH))]
    units = []
    for _ in range(rng.randint(3, 12)):
        words = " ".join(rng.sample(speech["says"], rng.randint(1, 3)))
        if others and rng.random() < 0.5:
            words = _borrowed(rng, others)
        name, when = rng.choice(speech["names"]), rng.choice(speech["when"])
        units.append((name, when, escape(words), rng.choice(speech["reply"])))
    made = rng.choice(BUILDERS)(rng, units)
    return made.replace("{head}", rng.choice(speech["head"]))


def _borrowed(rng: random.Random, others: Sequence[Row]) -> str:
    lines = [line for line in rng.choice(others)["body"].split("\n") if line.strip()]
    start = rng.randrange(len(lines))
    return " ".join(lines[start : start + rng.randint(1, 3)])[:900]


def set_in(seed: int, others: Sequence[Row], gold: Callable[[Any], list[int]]) -> Edit:
    """Return an edit that sets a thread below a page's text: in its box, or behind it.

    `gold` labels the page's segments: 1 for the article's.
    """

    def edit(root: Any) -> None:
        rng = random.Random(f"place {seed}")
        box = _text_box(segments.segments(root), gold)
        if box is None:
            return
        made = lxml.html.fragment_fromstring(thread(seed, others), create_parent="div")
        made.set("data-foreign", "1")
        parent = box.getparent()
        if rng.random() < 0.3 or parent is None or box.tag in {"body", "html"}:
            box.append(made)
        else:
            parent.insert(parent.index(box) + 1, made)

    return edit


def _text_box(runs: list[segments.Segment], gold: Callable[[Any], list[int]]) -> Any:
    shares: dict[Any, int] = {}
    for run, label in zip(runs, gold(runs), strict=True):
        parent = run.node.getparent()
        if label and parent is not None:
            shares[parent] = shares.get(parent, 0) + len(run.text)
    return max(shares, key=lambda element: shares[element]) if shares else None
