"""Short texts in the region's languages, those that share an alphabet side by side."""

import pytest

from extract.metadata import language

SHORT = {
    "az": (
        "Bakıda yeni park açılıb",
        "Nazirlik əhaliyə müraciət edib",
        "Prezident Gəncəyə səfər edib",
        "Neftin qiyməti yüksəlib",
        "Sabah yağış yağacaq, külək güclənəcək",
    ),
    "tr": (
        "Ankara'da yeni park açıldı",
        "Bakanlık vatandaşları uyardı",
        "Cumhurbaşkanı İzmir'e gitti",
        "Petrol fiyatı yükseldi",
        "Yarın yağmur bekleniyor, rüzgâr şiddetlenecek",
    ),
    "tk": (
        "Aşgabatda täze seýilgäh açyldy",
        "Türkmenistanyň Prezidenti iş maslahatyny geçirdi",
        "Ýurdumyzda pagta ýygymy dowam edýär",
    ),
    "uz": (
        "Toshkentda yangi bog‘ ochildi",
        "Prezident Samarqandga bordi va yig‘ilish o‘tkazdi",
        "Ertaga yomg'ir yog'adi",
        "Vazirlik aholiga murojaat qildi, bu haqda xabar berildi",
    ),
    "ru": (
        "В Баку открыли новый парк",
        "Министерство обратилось к жителям",
        "Президент посетил Гянджу",
        "Цена на нефть выросла",
        "Завтра ожидается дождь",
    ),
    "kk": (
        "Алматыда жаңа саябақ ашылды",
        "Қазақстанда егін жиналып жатыр",
        "Министрлік тұрғындарға үндеу жасады",
        "Ертең жаңбыр жауады деп күтілуде",
    ),
    "ky": (
        "Бишкекте жаңы парк ачылды",
        "Президент Ошко барды",
        "Министрлик тургундарга кайрылды, бул тууралуу билдирилди",
        "Эртең жамгыр жаайт деп күтүлүүдө",
    ),
    "tg": (
        "Дар Душанбе боғи нав кушода шуд",
        "Президент ба Хуҷанд сафар кард",
        "Вазорат ба мардум муроҷиат кард",
        "Фардо борон меборад ва шамол мевазад",
    ),
    "uz-cyrl": (
        "Тошкентда янги боғ очилди",
        "Президент Самарқандга борди",
        "Вазирлик аҳолига мурожаат қилди",
        "Эртага ёмғир ёғади, шамол кучаяди",
    ),
    "fa": (
        "پارک تازه‌ای در تهران گشوده شد",
        "وزیر به تبریز رفت",
        "قیمت نفت بالا رفت",
        "فردا باران می‌بارد و باد شدید می‌شود",
    ),
    "ar": (
        "افتتاح حديقة جديدة في بغداد",
        "الوزير يزور البصرة غدا",
        "ارتفع سعر النفط في الأسواق العالمية",
    ),
    "hy": ("Երևանում նոր այգի է բացվել", "Նախարարը մեկնել է Գյումրի"),
    "ka": ("თბილისში ახალი პარკი გაიხსნა", "მინისტრი ბათუმში ჩავიდა"),
    "en": (
        "A new park opens in Baku",
        "The ministry warned residents",
        "Oil prices rise for the third day",
        "Rain is expected tomorrow",
    ),
    "uk": ("У Києві відкрили новий парк", "Міністерство звернулося до мешканців"),
    "ug": ("ئۈرۈمچىدە يېڭى باغچا ئېچىلدى، بۇ ھەقتە خەۋەر بېرىلدى",),
    "ps": ("په کابل کې نوی پارک پرانیستل شو، وزیر وویل چې کار به روان وي",),
    "ckb": ("لە هەولێر پارکێکی نوێ کرایەوە، وەزیر گوتی کە کارەکان بەردەوام دەبن",),
}
CASES = [(code, text) for code, texts in SHORT.items() for text in texts]


LONG = {
    "uk": "Міністерство повідомило, що нова дорога буде відкрита восени. Її довжина становить "
    "сорок кілометрів, і вона з'єднає два міста. Мешканці чекали на неї понад десять років.",
    "be": "Міністэрства паведаміла, што новая дарога будзе адкрыта ўвосень. Яе даўжыня складае "
    "сорак кіламетраў, і яна злучыць два гарады, якія чакалі яе больш за дзесяць гадоў.",
    "tr": "Bakanlık, yeni yolun sonbaharda açılacağını duyurdu. Kırk kilometre uzunluğundaki yol "
    "iki şehri birbirine bağlayacak. Xi ile Qatar adları da metinde geçti, halk on yıldır "
    "bekliyordu.",
    "az": "Nazirlik yeni yolun payızda açılacağını elan edib. Qırx kilometr uzunluğunda olan yol "
    "iki şəhəri birləşdirəcək. Sakinlər onu on ildən çox gözləyiblər.",
    "ru": "Министерство сообщило, что новая дорога откроется осенью. Ее длина составит сорок "
    "километров, и она соединит Қостанай и Өскемен, два города, где ее ждали более десяти "
    "лет.",
}


@pytest.mark.parametrize("code", LONG)
def test_neighbours_are_told_apart_in_paragraphs(code):
    assert language.identify(LONG[code]) == code


@pytest.mark.parametrize(("code", "text"), CASES)
def test_a_headline_is_enough(code, text):
    assert language.identify(text) == {"uz-cyrl": "uz", "ckb": "ku"}.get(code, code)
