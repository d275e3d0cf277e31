"""Bytes in every charset the region's sites have used, declared rightly, wrongly or not at all."""

import pytest

from extract.page import decode, legacy

RUSSIAN = (
    "Паром отходит каждый час, последний рейс в девять вечера. Расписание вернулось к обычному."
)
TURKISH = (
    "Köprünün onarımı yaz aylarında bitecek. Işıklar değişti, ağaçlar dikildi, şehir büyüyor; "
    "üç yıl sürdü, çalışmalar hızlı."
)
ARABIC = "الجسر الجديد فوق النهر سيفتح في الصيف كما قال رئيس البلدية"
ARMENIAN = (
    "Կամուրջի վերանորոգումը կավարտվի ամռանը։ Բնակիչները գոհ են, քանի որ ճանապարհը կարճացել է։ "
)
FRENCH = "Le pont a été réparé en été, a déclaré le maire à la presse étrangère, déjà très pressée."
PERSIAN = "ساخت پل تازه‌ای بر رود آغاز شد و می‌گویند تا تابستان پایان می‌یابد."


def page(text: str, head: str = "") -> str:
    return f"<html><head>{head}<title>x</title></head><body><p>{text}</p></body></html>"


def armscii(text: str) -> bytes:
    table = {char: code for code, char in legacy._TABLE.items() if ord(char) > 127}
    return bytes(table.get(char, ord(char)) for char in text)


CASES = {
    "1251 undeclared": (page(RUSSIAN).encode("cp1251"), "", RUSSIAN),
    "1251 called utf-8": (
        page(RUSSIAN, '<meta charset="utf-8">').encode("cp1251"),
        "text/html; charset=utf-8",
        RUSSIAN,
    ),
    "1251 called 1252": (
        page(RUSSIAN, '<meta charset="windows-1252">').encode("cp1251"),
        "",
        RUSSIAN,
    ),
    "koi8-r undeclared": (page(RUSSIAN).encode("koi8-r"), "", RUSSIAN),
    "1254 undeclared": (page(TURKISH).encode("cp1254"), "", TURKISH),
    "1254 called latin-1": (
        page(TURKISH, '<meta charset="iso-8859-1">').encode("cp1254"),
        "",
        TURKISH,
    ),
    "1256 undeclared": (page(ARABIC).encode("cp1256"), "", ARABIC),
    "1252 undeclared": (page(FRENCH).encode("cp1252"), "", FRENCH),
    "utf-16 without mark": (page(RUSSIAN).encode("utf-16-le"), "", RUSSIAN),
    "utf-16 big endian": (page(RUSSIAN).encode("utf-16-be"), "", RUSSIAN),
    "utf-16 with mark": (page(RUSSIAN).encode("utf-16"), "text/html; charset=utf-8", RUSSIAN),
    "utf-8 with mark, called 1256": (
        page(PERSIAN).encode("utf-8-sig"),
        "text/html; charset=windows-1256",
        PERSIAN,
    ),
    "utf-8 called 1251": (page(RUSSIAN).encode(), "text/html; charset=windows-1251", RUSSIAN),
    "utf-8 twice": (page(RUSSIAN).encode().decode("latin-1").encode(), "", RUSSIAN),
    "utf-8 and a tail in 1251": (
        page(RUSSIAN * 4).encode()
        + b"\n"
        + "<p>Хвост страницы в старой кодировке</p>".encode("cp1251"),
        "",
        "Хвост страницы в старой кодировке",
    ),
    "an Armenian font": (
        armscii(page(ARMENIAN * 3)),
        "text/html; charset=iso-8859-1",
        ARMENIAN.strip(),
    ),
    "an Armenian font in utf-8": (
        armscii(page(ARMENIAN * 3)).decode("latin-1").encode(),
        "",
        ARMENIAN.strip(),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_text_comes_out_right(name):
    body, content_type, expected = CASES[name]
    found = decode.decode(body, content_type)
    assert found is not None
    assert expected in found.text


def test_a_georgian_font_around_a_character_that_no_tree_can_be_given_is_read():
    from extract.page import dom, legacy

    root = dom.parse('<p><font face="AcadNusx">saq&#1;arTvelo <b>x</b>dR&#2;es</font></p>')
    assert legacy.reveal_georgian(root) == 1
    assert root.text_content() == "საქართველო ხდღეს"


def test_a_georgian_font_is_read_as_its_letters():
    from extract.page import dom, segments

    root = dom.parse('<p><font face="AcadNusx">saqarTvelos parlamenti dRes Seikriba</font></p>')
    assert legacy.reveal_georgian(root) == 1
    assert segments.segments(root)[0].text == "საქართველოს პარლამენტი დღეს შეიკრიბა"


@pytest.mark.parametrize("junk", [b"\x81\x8d\x8f\x90\x9d", b"\x98\x81"])
def test_bytes_that_a_charset_does_not_define_are_no_error(junk):
    body = b'<html lang="tr"><p>' + page(FRENCH).encode("cp1252") + junk * 300 + b"</p>"
    found = decode.decode(body, "text/html; charset=iso-8859-1")
    assert found is None or found.text
