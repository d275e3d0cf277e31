"""Sentences by which a page with status 200 says that its article has been taken down.

Each names the article and what was done with it, in either order, in the region's languages; who
asked for it may stand between ("at the request of the family"). They prove nothing on their own: an
article may report such a sentence. See crawlers.page_desk.
"""

import re

# For each language what an article is called, and what was done with it.
_WORDS = (
    # English
    (
        r"\b(?:article|story|material|page|post|publication|report|news item|content|text)",
        r"(?:removed|deleted|withdrawn|unpublished|taken down|retracted|no longer available)",
    ),
    # Turkish
    (
        r"\b(?:haber|içerik|içeriği|sayfa|yazı|makale|metin|yayın)",
        r"(?:kaldırılmış|kaldırıldı|silinmiş|silindi|yayından çekil|erişime kapat|"
        r"yayından alın)",
    ),
    # Azerbaijani
    (
        r"\b(?:xəbər|material|məqalə|səhifə|yazı|mətn|məlumat)",
        r"(?:silinib|silinmiş|silindi|götürülüb|götürülmüş|çıxarılıb|çıxarılmış|ləğv edil|"
        r"yığışdırıl)",
    ),
    # Russian, Ukrainian
    (
        r"\b(?:материал|стать|новост|публикаци|страниц|запис|текст|заметк|"
        r"матеріал|новин|публікаці|сторінк|допис)",
        r"(?:удал[её]н|снят|изъят|отозван|больше не доступ|видален|знят|вилучен|відкликан)",
    ),
    # Georgian
    (
        r"(?:სტატია|მასალა|სიახლე|გვერდი|ამბავი|ტექსტი|პუბლიკაცია|ინფორმაცია)",
        r"(?:წაშლილ|წაიშალა|ამოღებულ|ამოიღეს|მოხსნილ|მოიხსნა|გაუქმებულ)",
    ),
    # Armenian
    (
        r"(?:հոդված|նյութ|լուր|էջ|հրապարակում|տեքստ|հաղորդագրություն)",
        r"(?:հեռացվ|ջնջվ|հանվ|վերացվ|հասանելի չ)",
    ),
    # Persian
    (
        r"(?:خبر|مطلب|صفحه|مقاله|نوشته|گزارش|یادداشت|متن|محتوا|گفتگو|گفت و گو|پست)",
        r"(?:حذف|برداشته|پاک شد|پاک گرد|از دسترس خارج|در دسترس نیست|دیگر موجود نیست|"
        r"از خروجی|بازپس گرفته|پس گرفته)",
    ),
    # Kazakh, Kyrgyz
    (
        r"\b(?:мақала|материал|жаңалық|макала|жаңылык|хабарлама|мәтін|бет|барақ|кабар|хабар)",
        r"(?:жойыл|өшіріл|алынып таста|алып таста|өчүрүл|жок кылын|алынып сал|алып сал|"
        r"алынды|алынған)",
    ),
    # Uzbek, Tajik
    (
        r"\b(?:maqola|material|xabar|sahifa|matn|yangilik|мақола|хабар|мавод|саҳифа|матн|"
        r"янгилик)",
        r"(?:o.chirildi|o.chirilgan|olib tashlan|olindi|ўчирил|олиб ташлан|нест карда|"
        r"хориҷ карда|гирифта шуд|бардошта шуд|пок карда)",
    ),
    # Turkmen
    (
        r"\b(?:makala|habar|sahypa|material|tekst)",
        r"(?:aýryldy|aýrylan|öçürildi|pozuldy|pozulan)",
    ),
)
_ENDS = r"[^.!?։۔]{0,120}"
_NEAR = 40  # letters before what was done, where the article is named after it


def _compiled() -> re.Pattern[str]:
    """Return what finds the sentence of any language, the article named first or last."""
    either = []
    for article, done in _WORDS:
        either.append(rf"{article}{_ENDS}?{done}")
        either.append(rf"{done}[^.!?։۔]{{0,{_NEAR}}}{article}")

    return re.compile("|".join(either), re.IGNORECASE)


_ANY = _compiled()
_ACCOUNT = re.compile(
    r"subscri|sign in|log ?in\b|register|abone ol|üye ol|giriş yap|abunə ol|daxil ol|qeydiyyat|"
    r"подпис|войдите|авториз|зарегистрир|підпис|увійдіть|გამოწერ|შესვლა|ავტორიზ|բաժանորդ|մուտք|"
    r"اشتراک|وارد شوید|ورود|ثبت نام|عضو|жазыл|кіріңіз|катталы|obuna|kiring|обуна|ворид шавед",
    re.IGNORECASE,
)
_LOOKED_AT = 20_000  # letters
# Letters of Arabic keyboards that Persian ones write otherwise, and the joint within a word.
_PERSIAN = str.maketrans({"ي": "ی", "ك": "ک", "\u200c": " "})


def sentence(text: str) -> str:
    """Return the sentence by which a text says that its article is gone; nothing for none."""
    plain = text[:_LOOKED_AT].translate(_PERSIAN)
    found = _ANY.search(" ".join(plain.split()))

    return found[0] if found else ""


def names_account(text: str) -> bool:
    """Tell whether a text asks its reader to log in or to subscribe."""
    return _ACCOUNT.search(text[:_LOOKED_AT].translate(_PERSIAN)) is not None
