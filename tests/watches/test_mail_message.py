"""The raw message: headers by RFC 5322, 2369, 2919, 3834 and 8058.

Hostile texts render harmlessly.
"""

import email
import email.policy
import html.parser
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.watch import MatchKind
from watches import bare_address, clean, mail_language
from watches.delivery import message, render
from watches.delivery.edit_view import changes
from watches.delivery.letter import Copy, Item, Letter, Section, Why
from watches.errors import WatchError
from watches.kinds import Template

NOW = datetime(2026, 11, 22, 9, 40, tzinfo=UTC)
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "Title\r\nBcc: all@victim.test\r\n\r\nbody",
    "Invoice \u202egnp.exe\u202c \u2066x\u2069 \u200f",
    "{{ letter }} {% raw %} ${x} %(y)s",
    "\x00\x07\x1b[31m NUL and escapes \ud83d\ude00",
    "a" * 5000,
    "</style></title></td></table><base href='//evil.test'>",
    "=?utf-8?q?=0d=0aBcc:_x@y.test?=",
    "\u2028line\u2029separators\u0085next",
)


def item(text: str = "Ministers met", **fields) -> Item:
    values = {
        "kind": MatchKind.NEW,
        "title": text,
        "outlet": text,
        "url": "https://wire.test/1",
        "archive_url": "https://khabar.test/a/1",
        "language": "en",
        "at": NOW - timedelta(hours=1),
        "excerpt": text,
        "why": (Why(watch=clean.line(text, 80) or "w", terms=(text[:50],)),),
        "copies": (Copy(outlet=text, url="javascript:alert(3)", at=NOW),),
        "story": 1,
    }
    return Item(**{**values, **fields})


def letter(
    template: Template = Template.STORY, *items: Item, language: str = "en", **fields
) -> Letter:
    sections = (Section(watch="Transit", query="transit", items=items or (item(),)),)
    values = {
        "recipient": "ana@reader.test",
        "made_at": NOW,
        "timezone": "Asia/Tbilisi",
        "unsubscribe_url": "https://khabar.test/u?t=x",
    }
    return Letter(template=template, sections=sections, language=language, **{**values, **fields})


def raw(of: Letter, **fields) -> bytes:
    values = {
        "sender": "Khabar <khabar@news.test>",
        "recipient": of.recipient,
        "message_id": "<1@news.test>",
        "made_at": NOW,
        "list_name": of.watches[0],
        "unsubscribe_url": of.unsubscribe_url,
    }
    return message.build(render.render(of), message.Envelope(**{**values, **fields}))


def lint(data: bytes) -> list[str]:  # noqa: C901 - a list of rules
    """Return what a message breaks of RFC 5322 (2.1, 2.2, 3.6), 2045, 2369, 2919, 3834 and 8058."""
    head, _, body = data.partition(b"\r\n\r\n")
    found = []
    if re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        found.append("2.1: bare CR or LF")
    if any(len(line) > 998 for line in data.split(b"\r\n")):
        found.append("2.1.1: a line over 998 characters")
    if not data.isascii() or b"\0" in data:
        found.append("2.2: not printable US-ASCII")
    names = [
        line.split(b":", 1)[0].lower() for line in head.split(b"\r\n") if line[:1] not in b" \t"
    ]
    if any(not re.fullmatch(rb"[!-9;-~]+", name) for name in names):
        found.append("2.2: a field name")
    once = (
        b"from",
        b"to",
        b"subject",
        b"date",
        b"message-id",
        b"in-reply-to",
        b"references",
        b"mime-version",
        b"content-type",
        b"list-id",
        b"list-unsubscribe",
        b"list-unsubscribe-post",
        b"auto-submitted",
    )
    found += [f"3.6: {name!r} more than once" for name in once if names.count(name) > 1]
    parsed = email.message_from_bytes(data, policy=email.policy.default)
    found += [
        f"missing {name}"
        for name in (
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "MIME-Version",
            "List-Id",
            "Auto-Submitted",
        )
        if not parsed[name]
    ]
    if parsed["Date"].datetime.tzinfo is None:
        found.append("3.3: a date without a zone")
    if not re.fullmatch(r"<[^<>\s@]+@[^<>\s@]+>", str(parsed["Message-ID"]).strip()):
        found.append("3.6.4: Message-ID")
    if not re.search(r"<[a-z0-9.-]+>$", str(parsed["List-Id"])):
        found.append("2919: List-Id")
    if parsed["List-Unsubscribe"] and (
        not re.fullmatch(r"<https?://[^<>\s]+>", parsed["List-Unsubscribe"])
        or parsed["List-Unsubscribe-Post"] != "List-Unsubscribe=One-Click"
    ):
        found.append("8058: one-click headers")
    verbatim = rb"(?im)^(message-id|references|in-reply-to|list-id|list-unsubscribe): .*=\?"
    if re.search(verbatim, re.sub(rb"\r\n[ \t]", b" ", head)):
        found.append("2047, 5: an encoded word in an identifier or URL")
    if parsed["Auto-Submitted"] != "auto-generated":
        found.append("3834: Auto-Submitted")
    found += [str(defect) for part in parsed.walk() for defect in part.defects]
    if [part.get_content_type() for part in parsed.walk()] != [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ] or not body:
        found.append("2046: text first, then HTML")
    return found


class _Tags(html.parser.HTMLParser):
    """What a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


@pytest.mark.parametrize("language", mail_language.languages())
@pytest.mark.parametrize("template", list(Template))
def test_every_mail_passes_the_linter(template, language):
    data = raw(
        letter(
            template,
            item(kind=MatchKind.EDITED, changes=changes(("", "one two"), ("", "one three"))),
            language=language,
        )
    )
    assert lint(data) == []


@pytest.mark.parametrize("language", mail_language.languages())
def test_no_label_is_missing(language):
    assert mail_language.labels(language).keys() == mail_language.labels("en").keys()


def test_long_identifiers_and_links_stand_as_they_are():
    long = letter(
        unsubscribe_url="https://khabar.example.org/khabar/unsubscribe?t=" + "aB3_-" * 60,
        language="ru",
    )
    data = raw(
        long,
        parent="<" + "a" * 60 + "@mail.of.a.very.long.name.example.org>",
        list_name="Наблюдение за коридором" * 3,
    )
    assert lint(data) == []
    assert f"List-Unsubscribe: <{long.unsubscribe_url}>".encode() in data


def test_a_reply_names_its_thread():
    parsed = email.message_from_bytes(
        raw(letter(), parent="<0@news.test>"), policy=email.policy.default
    )
    assert (parsed["references"], parsed["in-reply-to"]) == ("<0@news.test>", "<0@news.test>")


def test_the_same_mail_is_the_same_to_the_byte():
    assert raw(letter()) == raw(letter())


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("template", list(Template))
def test_hostile_texts_are_harmless(text, template):
    data = raw(
        letter(template, item(text, changes=changes((text, text), ("b", text + " x")))),
        list_name=clean.line(text, 90) or "w",
    )
    assert lint(data) == []
    parsed = email.message_from_bytes(data, policy=email.policy.default)
    assert parsed["bcc"] is None
    page = _Tags()
    page.feed(parsed.get_body(("html",)).get_content())
    assert page.tags <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "div",
        "table",
        "tr",
        "td",
        "p",
        "a",
        "b",
        "h1",
        "h2",
        "span",
        "mark",
        "bdi",
        "br",
    }
    assert page.handlers == []
    assert all(link.startswith("https://") for link in page.links)
    shown = (
        parsed.get_body(("plain",)).get_content()
        + parsed.get_body(("html",)).get_content()
        + parsed["subject"]
    )
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=80))
def test_any_text_gives_a_clean_message(title, watch):
    data = raw(letter(Template.STORY, item(title)), list_name=watch or "w", parent=None)
    assert lint(data) == []


@given(st.text(max_size=200))
def test_a_cleaned_line_stays_as_it_is(text):
    once = clean.line(text)
    assert clean.line(once) == once
    assert "\n" not in once


def test_persian_keeps_its_joiners_and_reads_from_the_right():
    page = render.render(letter(Template.STORY, item("می‌رود", language="fa"), language="fa")).html
    assert '<html lang="fa" dir="rtl">' in page
    assert "می‌رود" in page


@pytest.mark.parametrize(
    "bad", ["nobody", "a@b\r\nBcc: x@y.test", "@x.test", "a b@c.test", "a@" + "x" * 300]
)
def test_a_wrong_address_is_refused(bad):
    with pytest.raises(WatchError):
        bare_address(bad)


def test_words_are_marked_in_their_context():
    assert render.marked("The Middle Corridor opens", ["Middle", "Corridor"]) == [
        ("The ", False),
        ("Middle Corridor", True),
        (" opens", False),
    ]


def test_a_service_url_does_not_stand_in_the_message():
    assert b"secret" not in raw(letter(recipient="slack://secret/secret"))
