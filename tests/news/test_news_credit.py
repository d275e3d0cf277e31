"""Which agency a text names as its source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import credit

LONG = "The council of the port met for the third time this week and heard the engineers. " * 20

NAMED = [
    ("Liman bağlanıb, TASS-a istinadən bildirilir.", "TASS"),
    ("Порт закрыт до утра, сообщает «Интерфакс» со ссылкой на портовую службу.", "Interfax"),
    ("Об этом передаёт РИА Новости.", "RIA Novosti"),
    ("BAKU, 3 May (Reuters) – The port is closed.", "Reuters"),
    ("The port is closed, according to the Associated Press.", "AP"),
    ("Port bağlandı, Anadolu Ajansı'nın haberine göre sefer yok.", "Anadolu"),
    ('"Report" xəbər verir ki, liman bağlanıb.', "Report"),
    ("Trend-in məlumatına görə, liman bağlanıb.", "Trend"),
    ("به گزارش ایرنا، بندر بسته است.", "IRNA"),
    (f"{LONG}Source: Armenpress", "Armenpress"),
    (f"{LONG}Reuters reported it. {LONG}", ""),
    ("Report: the trend continues, according to the harbour office.", ""),
    ("Reuters opens an office in the port.", ""),
    ("The port is closed, according to the harbour office.", ""),
    ("Баку. 3 мая. /ТАСС/. Порт закрыт.", "TASS"),
    ("See tass.ru/news and bloomberg.com, reports the harbour.", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_the_agency_beside_a_cue_is_the_source(text, name):
    assert credit.agency(text) == name


@given(st.text(max_size=3000))
def test_any_text_is_survived(text):
    assert isinstance(credit.agency(text), str)
