"""A byte order mark says what the charset is, and is no part of the text."""

import codecs

import pytest

from news.charsets import read_marked

MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("charset", MARKS)
def test_a_marked_text_is_read_in_its_charset(charset):
    body = MARKS[charset] + "ხიდი".encode(charset)
    assert read_marked(body) == ("ხიდი", charset)


def test_a_text_without_a_mark_is_not_read():
    assert read_marked("ხიდი".encode()) is None
    assert read_marked(b"") is None


def test_damage_behind_a_mark_is_seen():
    assert read_marked(codecs.BOM_UTF8 + b"a\xff") == ("a\ufffd", "utf-8")
