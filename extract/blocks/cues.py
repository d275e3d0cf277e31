"""Words that tell what a short block is for, in the languages of the region and of the web around it.

A cue alone never removes anything: it is one piece of evidence beside structure, position and what recurs. A phrase is matched
word by word; a star lets its last word go on (abunə* is abunəlik too). Only blocks up to `LONGEST` characters are looked at.
"""

import re
from collections.abc import Iterator
from functools import cache

LONGEST = 220
_WORD = re.compile(r"[^\W_]+|©")

PHRASES: dict[str, str] = {
    "related": """
        related article*, related stor*, related news, related post*, related content, related topic*, related coverage, related, read also, read more, read next,
        see also, also read, also like, be interested, more on this, more from, more stories, more news, more about, recommended*, most read, most popular, most viewed,
        popular*, trending, latest news, latest stories, latest, editor s choice, editor s pick*, editors pick*, top stories, don t miss, further reading, keep reading,
        continue reading, in other news, must read, click headline to read,
        читайте также, читать также, читайте еще, читайте ещё, читайте далее, по теме, похожие новости, похожие статьи, похожие материалы, смотрите также, другие новости,
        популярн*, последние новости, рекомендуем*, самое читаемое, главное, вам может быть интересно, лента новостей, новости по теме,
        oxşar xəbər*, həmçinin oxu*, digər xəbər*, son xəbər*, ən çox oxunan*, əlaqəli xəbər*, bunları da oxuyun, maraqlı ola bilər, xəbər lenti, xəbərlər lenti,
        ilgili haber*, benzer haber*, ilginizi çekebilir, son dakika, en çok okunan*, diğer haber*, ayrıca oku*, önerilen*, sıradaki haber,
        կարդալ նաև, կարդացեք նաև, առնչվող*, այլ լուրեր, վերջին լուրեր, ամենաընթերցված*, լրահոս,
        ასევე იხილეთ, ასევე წაიკითხეთ, წაიკითხეთ ასევე, აგრეთვე წაიკითხეთ, წაიკითხეთ აგრეთვე, იხილეთ აგრეთვე, იხილეთ ასევე, მსგავსი*, სხვა სიახლეები, ბოლო სიახლეები, ყველაზე კითხვადი, დაკავშირებული*,
        مطالب مرتبط, اخبار مرتبط, بیشتر بخوانید, همچنین بخوانید, پربازدید*, آخرین اخبار, مطالب پیشنهادی, پیشنهاد سردبیر,
        тағы оқыңыз, оқи отырыңыз, ұқсас жаңалықтар, соңғы жаңалықтар, дагы окуңуз, shuningdek o qing, mavzuga oid, so nggi yangilik*,
        mehr zum thema, lesen sie auch, auch interessant, sie auch interessieren, meistgelesen*, zum thema, weitere artikel, weitere themen, weitere nachrichten,
        mehr lesen, lesetipp*, à lire aussi, lire aussi, sur le même sujet, les plus lus, te puede interesar, lea también, relacionad*, más leíd*, leggi anche,
        potrebbe interessarti, lees ook, les også, läs mer, läs också, czytaj także, zobacz także, přečtěte si také, související""",
    "share": """
        share, share this, share on, share via, shares, tweet, facebook, twitter, whatsapp, telegram, linkedin, pinterest, copy link, print, email this, follow us, follow,
        join us, bookmark, save, comment*, leave a comment, leave a reply, поделит*, подписывайтесь, следите за нами, присоединяйтесь, распечатать, версия для печати,
        комментари*, скопировать ссылку, paylaş*, xəbəri paylaş*, haberi paylaş*, bunu paylaş*, поделиться новостью, поделиться статьей, поделиться статьёй, bizi izləyin, abunə olun, çap et*, şərh*, çap versiyası, kanalımıza, bizə qoşulun, takip edin, yazdır, yorum*, abone ol*,
        կիսվել, տարածել, տպել, հետևեք մեզ, բաժանորդագրվ*, მოგვყევით, გააზიარე*, გაზიარება, ბეჭდვა, გამოიწერე*, اشتراک گذاری, چاپ, کپی لینک, ما را دنبال کنید, نظرات,
        ارسال نظر, бөлісу, жазылыңыз, бөлүшүү, ulashish, kuzatib boring, obuna bo ling, teilen, drucken, kommentar*, merken, partager, imprimer, compartir, condividi, stampa""",
    "newsletter": """
        newsletter*, sign up, subscribe, subscription, subscriber*, log in, login, register, get the latest, your inbox, email address, download our app, our app,
        push notification*, рассылк*, подписк*, подписаться, подпишитесь, приложени*, войти, регистрация, abunə*, bülten*, e bülten, üye ol, giriş yap*, خبرنامه, عضویت,
        ثبت نام, anmelden, registrieren, abonnieren, abonnement, abonnez*, suscrib*, iscriviti, cookie*, privacy, datenschutz, javascript, browser""",
    "rights": """
        ©, copyright, all rights reserved, rights reserved, reproduction, are not necessarily, do not necessarily, does not necessarily, not necessarily represent, necessarily reflect, terms of use, terms of service, privacy policy, disclaimer,
        not necessarily those of, may not coincide with, может не совпадать с, могут не совпадать с, mövqeyi ilə üst üstə, все права защищены, при использовании, при перепечатке, при цитировании, использование материалов, перепечатка, bütün hüquqlar*,
        müəllif hüquq*, istinad vacib*, istinad mütləq*, istinad zəruri*, istifadə edərkən, tüm hakları, izinsiz, kaynak gösterilmeden, բոլոր իրավունքները, հղումը պարտադիր,
        ყველა უფლება, استفاده از مطالب, تمامی حقوق, کلیه حقوق, барлық құқық*, barcha huquqlar*, alle rechte, tous droits, reservados, riservati""",
    "byline": """
        by, von, par, written by, about the author*, author, posted by, posted on, published, updated, last modified, min read, minute read, minutes read, reading time,
        автор, опубликовано, обновлено, просмотр*, müəllif, yazar, yayınlan*, güncellen*, okunma, baxış, baxıldı, oxunuş, tarix, հեղինակ, հրապարակվել, դիտում, դիտվել,
        ავტორი, ნახვა, ნანახია, გამოქვეყნდა, نویسنده, تاریخ انتشار, کد خبر, بازدید, қаралым, көрүлдү, ko rildi, veröffentlicht, aktualisiert, stand, lesezeit, uhr""",
    "tags": """
        tags, tag, topics, topic, keywords, in this article, filed under, categor*, тег*, метки, темы, ключевые слова, etiket*, teq*, açar sözlər, mövzular, թեգեր, պիտակներ,
        თეგები, ტეგები, برچسب*, کلیدواژه*, тегтер, teglar, schlagw*, themen""",
    "advert": """
        advertis*, ad, ads, sponsored, promoted, реклам*, reklam*, գովազդ*, რეკლამა*, آگهی, تبلیغات, anzeige, werbung, publicité, publicidad, pubblicità, story continues below,
        article continues""",
    "photo": """
        photo, photos, image, picture, source, credit, foto, bild, şəkil, fotoğraf, kaynak, mənbə, фото, источник, լուսանկար*, աղբյուր, ფოტო, წყარო, عکس, منبع, getty images,
        shutterstock, file photo, afp, reuters, ap photo, epa, dpa""",
}
NAMES = tuple(PHRASES)
OPENING = frozenset(("byline", "tags", "advert", "photo"))
_STEM = 3  # letters of a starred word that the index is keyed by; shorter stems stand whole


_LABEL_WORDS, _OTHER_WORDS = 5, 2  # words of a line that is a label, and those that are not its cue
_MENTION_LENGTH = 1500  # characters of a text in which a mention is sought
Phrase = tuple[tuple[str, ...], bool, str]  # its words, whether the last is starred, its cue
Index = dict[str, list[Phrase]]


@cache
def _index() -> tuple[Index, Index]:
    """Return phrases by their first word, and starred single words by their first letters."""
    exact: Index = {}
    starred: Index = {}
    for name, text in PHRASES.items():
        for phrase in text.split(","):
            star = phrase.strip().endswith("*")
            words = tuple(_WORD.findall(phrase.casefold()))
            if star and len(words) == 1:
                entries = starred.setdefault(words[0][:_STEM], [])
            else:
                entries = exact.setdefault(words[0], [])
            entries.append((words, star, name))
    return exact, starred


def _sized(words: list[str]) -> Iterator[tuple[int, str, int]]:
    """Give (position, cue, words of the phrase) for every phrase that stands in a list of words."""
    exact, starred = _index()
    for position, word in enumerate(words):
        candidates = (*exact.get(word, ()), *starred.get(word[:_STEM], ()))
        for phrase, star, name in candidates:
            if _stands(phrase, star, words, position):
                yield position, name, len(phrase)


def _stands(phrase: tuple[str, ...], star: bool, words: list[str], position: int) -> bool:  # noqa: FBT001
    """Tell whether a phrase stands at a position of a list of words."""
    last = len(phrase) - 1
    if position + last >= len(words):
        return False
    for step in range(last):
        if words[position + step] != phrase[step]:
            return False
    ending = words[position + last]
    if star:
        return ending.startswith(phrase[last])
    return ending == phrase[last]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def found(text: str) -> dict[str, int]:
    """Return the cues in a block's text with the word position of the first; long blocks have none.

    Single words, and the labels that open a line ("by", "photo"), count at the beginning alone: inside a sentence they mean nothing.
    """
    if len(text) > LONGEST:
        return {}
    positions: dict[str, int] = {}
    for position, name, size in _sized(_words(text)):
        if position == 0 or (size > 1 and name not in OPENING):
            positions.setdefault(name, position)
    return positions


def whole(text: str, *names: str) -> bool:
    """Tell whether a line is nothing but a cue of these kinds, give or take two words ("Share this article:")."""
    if len(text) > LONGEST:
        return False
    words = _words(text)
    if len(words) > _LABEL_WORDS:
        return False
    for position, name, size in _sized(words):
        others = len(words) - size
        if position == 0 and name in names and others <= _OTHER_WORDS:
            return True
    return False


def mentions(text: str, name: str) -> bool:
    """Tell whether a text of any length has a cue of two words or more of this kind."""
    words = _words(text[:_MENTION_LENGTH])
    return any(cue == name and size > 1 for _, cue, size in _sized(words))


def opens(text: str, name: str) -> bool:
    """Tell whether a block begins with a cue of this kind: a heading or label rather than a sentence that mentions it."""
    return found(text[:LONGEST]).get(name) == 0
