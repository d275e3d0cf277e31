"""Who may be told: addresses in one form, and only ways that reach a reader."""

import pytest

from news.watch import Watch
from pipeline import settings as configuration
from watches import WatchError, checked, ways
from watches.checks import recipient
from watches.delivery import channels
from watches.delivery.outcomes import Outcome


def recipients(*texts):
    return checked(Watch(name="T", query="transit", recipients=texts)).recipients


@pytest.mark.parametrize("text", ["a@x.test, b@x.test", "Ana <a@x.test>, b@x.test"])
def test_two_addresses_in_one_are_refused_in_words(text):
    with pytest.raises(WatchError, match="names 2 mail addresses"):
        recipients(text)


def test_a_comma_in_a_name_is_no_second_address():
    assert recipients('"Doe, Ana" <ana@x.test>') == ("ana@x.test",)


def test_one_reader_in_two_spellings_is_one():
    assert recipients("Ana@X.test", "ana@x.test", "ANA@x.TEST") == ("ana@x.test",)


@pytest.mark.parametrize(
    "way",
    ["nosuch://x", "file:///etc/passwd", "dbus://", "syslog://", "windows://", "macosx://",
     "slack://a/b/c?template=/etc/passwd", "tgram://1:a/2/?Template=/etc/passwd",
     "vapid://a@b.test/c@d.test?keyfile=/etc/passwd", "mailto://u:p@b.test?pgppub=/etc/passwd",
     "https://hooks.test/x", "://x", "http://[x"],
)  # fmt: skip
def test_what_is_no_way_to_a_reader_or_touches_this_machine_is_refused(way):
    with pytest.raises(WatchError) as refused:
        recipient(way)
    assert "passwd" not in str(refused.value)
    assert channels.send(way, b"Subject: x\r\n\r\nx", b"k" * 16).outcome is Outcome.REFUSED_ADDRESS


@pytest.mark.parametrize(
    "way",
    ["webhook+https://hooks.test/x", "tgram://123456:abc/789", "ntfy://host.test/topic",
     "whatsapp://token@1/2?template=greeting"],
)  # fmt: skip
def test_ways_of_readers_are_taken_as_they_are(way):
    assert recipient(way) == way


def test_the_list_of_schemes_is_what_apprise_has_without_those_of_the_machine():
    from apprise.manager_plugins import NotificationManager

    plugins = NotificationManager()
    plugins.load_modules()
    known = {scheme.lower() for scheme in plugins.schemas()}
    assert known == ways._SCHEMES | ways.OF_THE_MACHINE
    desks = {"NotifyBlink1", "NotifyDBus", "NotifyGLib", "NotifyGnome", "NotifyMacOSX"}
    desks |= {"NotifyWindows", "NotifySyslog"}
    assert {s for s in known if plugins[s].__name__ in desks} == ways.OF_THE_MACHINE


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://хабар.test/п", "https://xn--80aac5dva.test/%D0%BF"),
        ("https://straße.test:8443", "https://xn--strae-oqa.test:8443"),
        ("https://khabar.test/x", "https://khabar.test/x"),
    ],
)
def test_a_public_url_with_an_international_host_is_kept_in_ascii(tmp_path, url, kept):
    given = {"KHABAR_HOME": str(tmp_path), "KHABAR_PUBLIC_URL": url}
    assert configuration.read(given).public_url == kept
