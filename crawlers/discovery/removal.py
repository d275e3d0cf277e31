"""Sentences by which a page with status 200 says that its article has been taken down.

Each names the article and what was done with it, in the region's languages. They prove nothing on
their own: an article may report such a sentence. See crawlers.page_desk.
"""

import re

_SENTENCES = (
    # English
    r"(?:article|story|material|page|post|publication|news item)[^.!?]{0,80}"
    r"(?:removed|deleted|withdrawn|unpublished|taken down)",
    # Turkish
    r"(?:haber|içerik|içeriği|sayfa|yazı|makale)[^.!?]{0,80}"
    r"(?:kaldırılmış|kaldırıldı|silinmiş|silindi)",
    # Azerbaijani
    r"(?:xəbər|material|məqalə|səhifə|yazı)[^.!?]{0,80}"
    r"(?:silinib|silinmiş|silindi|götürülüb|götürülmüş|çıxarılıb|çıxarılmış)",
    # Russian, Ukrainian
    r"(?:материал|стать|новост|публикаци|страниц|запис|матеріал|новин|публікаці)[^.!?]{0,80}"
    r"(?:удал[её]н|снят|изъят|видален|знят)",
    # Georgian
    r"(?:სტატია|მასალა|სიახლე|გვერდი|ამბავი)[^.!?]{0,80}"
    r"(?:წაშლილ|წაიშალა|ამოღებულ|მოხსნილ|მოიხსნა)",
    # Armenian
    r"(?:հոդված|նյութ|լուր|էջ|հրապարակում)[^.!?։]{0,80}(?:հեռացվ|ջնջվ|հանվ)",
    # Persian
    r"(?:خبر|مطلب|صفحه|مقاله|نوشته)[^.!?]{0,80}(?:حذف|برداشته)",
    # Kazakh, Kyrgyz
    r"(?:мақала|материал|жаңалық|макала|жаңылык|хабарлама)[^.!?]{0,80}"
    r"(?:жойыл|өшіріл|алынып таста|алып таста|өчүрүл|жок кылын|алынып сал|алып сал)",
    # Uzbek, Tajik
    r"(?:maqola|material|xabar|sahifa|мақола|хабар|мавод)[^.!?]{0,80}"
    r"(?:o.chirildi|o.chirilgan|olib tashlan|ўчирил|олиб ташлан|нест карда|хориҷ карда|"
    r"гирифта шуд)",
)
_ANY = re.compile("|".join(_SENTENCES), re.IGNORECASE)
_LOOKED_AT = 20_000  # letters


def sentence(text: str) -> str:
    """Return the sentence by which a text says that its article is gone; nothing for none."""
    found = _ANY.search(" ".join(text[:_LOOKED_AT].split()))

    return found[0] if found else ""
