"""Ten languages of the region and their neighbours, from one sentence each."""

import pytest

from extract.metadata import language

SENTENCES = {
    "az": "Nazir bu gün Bakıda keçirilən iclasda yeni yolun açılacağını bildirib.",
    "tr": "Bakan bugün Ankara'da yapılan toplantıda yeni yolun açılacağını söyledi.",
    "hy": "Նախարարն այսօր հայտնել է, որ նոր ճանապարհը կբացվի աշնանը։",
    "ka": "მინისტრმა დღეს განაცხადა, რომ ახალი გზა შემოდგომაზე გაიხსნება.",
    "ru": "Министр сегодня сообщил, что новая дорога откроется осенью.",
    "fa": "وزیر امروز گفت که راه تازه در پاییز گشوده می‌شود و همه می‌توانند از آن بگذرند.",
    "en": "The minister said today that the new road will open in the autumn.",
    "kk": "Министр бүгін жаңа жолдың күзде ашылатынын және оның ұзындығын хабарлады.",
    "ky": "Министр бүгүн жаңы жолдун күзүндө ачыларын жана анын узундугун билдирди.",
    "uz": "Vazir bugun yangi yoʻl kuzda ochilishini va uning uzunligini maʼlum qildi, bu toʻgʻri.",
    "tg": "Вазир имрӯз гуфт, ки роҳи нав дар тирамоҳ кушода мешавад ва ҳама хурсанданд.",
    "tk": "Ministr şu gün täze ýoluň güýzde açyljakdygyny we onuň uzynlygyny habar berdi.",
    "cs": "Ministr dnes řekl, že nová silnice bude otevřena na podzim a že bude žádaná.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_language(code):
    assert language.identify(SENTENCES[code]) == code


def test_too_little_text_falls_back_on_what_is_declared():
    assert language.identify("12:30", "az-AZ") == "az"
    assert language.identify("", "", ("hy",)) == "hy"
    assert language.identify("") == "und"
