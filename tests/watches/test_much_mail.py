"""Much at once: long digests, an address's share of an hour, services with short messages."""

import http.server
from dataclasses import replace

import pytest
from httpreceiver import receiving

from watches import mail_language
from watches.delivery import channels
from watches.delivery.outcomes import Outcome


def text_of(mail, kind="plain"):
    return mail.get_body((kind,)).get_content()


def publish(world, count, first=0):
    """Load so many stories at once."""
    numbers = range(first, first + count)
    world.load(
        *[
            world.article(
                "wire", f"Transit {number}.", f"Transit, part {number}.", path=str(number)
            )
            for number in numbers
        ]
    )


def test_a_digest_of_520_says_so_and_links_the_page_that_lists_what_it_leaves_out(world):
    number = world.watch()
    publish(world, 520)
    (mail,) = world.mails()
    assert "(520)" in mail["subject"]
    text = text_of(mail)
    assert "520 stories" in text
    assert "== Transit (520) ==" in text
    assert f"460 more in the archive: https://khabar.test/khabar/watch/{number}" in text
    page = text_of(mail, "html")
    assert f'<a href="https://khabar.test/khabar/watch/{number}"' in page
    with world.archive.transaction() as cursor:
        from storage import alerts

        assert len(alerts.watch_history(cursor, "Transit", 1_000)) == 520


def test_an_address_gets_so_many_mails_an_hour_and_the_rest_as_one_that_says_so(world):
    world.context = replace(world.context, mails_an_hour=5)
    world.watch(to=("ana@reader.test", "bo@reader.test"))
    world.introduce()
    publish(world, 3)
    assert len(world.mails()) == 6
    publish(world, 40, first=3)
    world.later(minutes=1)
    mails = [mail for mail in world.mails() if mail["to"] == "ana@reader.test"]
    assert len(mails) == 5
    (flood,) = [mail for mail in mails if "Many at once" in mail["subject"]]
    assert "39 stories" in text_of(flood)
    publish(world, 30, first=43)
    world.later(minutes=1)
    assert len(world.mails()) == 10  # nothing more in this hour
    world.later(minutes=60)
    mails = [mail for mail in world.mails() if mail["to"] == "ana@reader.test"]
    assert len(mails) == 6
    told = " ".join(text_of(mail) for mail in mails)
    assert all(f"Transit {number}." in told for number in range(73))
    assert world.skips() == {}


class Service(http.server.BaseHTTPRequestHandler):
    """An Apprise service that keeps what it is told."""

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.got.append(self.rfile.read(length).decode())
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def service():
    with receiving(Service) as server:
        yield server


def test_a_digest_of_thirty_reaches_a_service_whole(world, service):
    way = f"ntfy://127.0.0.1:{service.server_port}/topic"
    world.watch(to=(way,))
    world.load(
        *[
            world.article(
                "wire",
                f"Transit {number}.",
                f"Transit {number}: " + "word " * 120,
                path=str(number),
            )
            for number in range(30)
        ]
    )
    world.match()
    ((raw,),) = world.rows("select raw from alerts")
    assert channels.send(way, bytes(raw), b"k" * 16).outcome is Outcome.SENT
    told = " ".join(service.got)
    assert all(f"Transit {number}." in told for number in range(30))
    assert len(service.got) > 1


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("en", 1, "The same report in 1 more outlet"),
        ("en", 2, "The same report in 2 more outlets"),
        ("en", 1234, "The same report in 1,234 more outlets"),
        ("ru", 1, "То же сообщение ещё в 1 издании"),
        ("ru", 5, "То же сообщение ещё в 5 изданиях"),
        ("ru", 21, "То же сообщение ещё в 21 издании"),
        ("fa", 12, "همین گزارش در ۱۲ رسانهٔ دیگر"),
        ("ka", 3, "იგივე ცნობა კიდევ 3 გამოცემაში"),
    ],
)
def test_copies_are_counted_in_each_languages_plural(language, count, words):
    assert mail_language.counted(language, "copies", count) == words


def test_russian_has_three_forms_of_stories():
    said = [mail_language.counted("ru", "stories", count) for count in (1, 3, 11, 25)]
    assert said == ["1 сюжет", "3 сюжета", "11 сюжетов", "25 сюжетов"]


@pytest.mark.parametrize("language", mail_language.languages())
@pytest.mark.parametrize("name", ["copies", "picked_up", "stories", "more"])
def test_every_language_can_count(language, name):
    for count in (0, 1, 2, 5, 11, 21, 1_000):
        said = mail_language.counted(language, name, count)
        assert mail_language.number(language, count) in said


def test_dates_are_written_as_each_language_does(world):
    from datetime import date, time

    moment = date(2026, 11, 22)
    assert mail_language.day("en", moment, with_year=True) == "Nov 22, 2026"
    assert "нояб" in mail_language.day("ru", moment, with_year=True)
    assert "۲۰۲۶" in mail_language.day("fa", moment, with_year=True)
    assert mail_language.clock("fa", time(14, 5)) == "۱۴:۰۵"
