"""Days are stamped by a real authority (openssl ts) and by a calendar that speaks the protocol."""

import subprocess
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from evidencehouse import TOMORROW, URLS, sql
from stampserver import Authority, Calendar, served

from evidence import rfc3161
from evidence.errors import EvidenceError
from evidence.finding import Finding
from evidence.verify import verify
from pipeline import settings
from pipeline.evidence import days, nightly, packing, stamping
from pipeline.evidence.asking import AbsentError, ask
from storage import Archive

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority") / "a")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("stranger") / "b")


@pytest.fixture
def calendar():
    return Calendar()


@pytest.fixture
def stamped(house, authority, calendar):
    """A house that asks both, its first day signed."""
    authority.trouble = ""
    with served(authority, calendar) as address, Archive(house.database_url) as archive:
        days.close_days(archive, house, TOMORROW)
        yield settings.changed(
            house,
            tsa_urls=f"{address}/tsr",
            ots_calendars=address,
            tsa_roots=authority.folder / "ca.pem",
            allow_loopback=True,
        )


def stamp(house) -> dict[str, int]:
    with Archive(house.database_url) as archive:
        return stamping.stamp_days(archive, house)


def packed(house, path) -> bytes:
    packing.export(house, URLS[0], path / "x.wacz", now=NOW)
    return (path / "x.wacz").read_bytes()


def of_stamps(data: bytes, **given) -> list[Finding]:
    return [item for item in verify(BytesIO(data), **given) if item.part.startswith("stamps")]


def test_a_day_is_stamped_once_by_each_and_its_package_is_judged(stamped, authority, tmp_path):
    assert stamp(stamped) == {"stamped": 2, "upgraded": 0, "stamps_failed": 0}
    assert stamp(stamped) == {"stamped": 0, "upgraded": 0, "stamps_failed": 0}
    data = packed(stamped, tmp_path)
    first, second = of_stamps(data, tsa_roots=[authority.roots])
    assert (first.outcome, second.outcome) == ("yes", "undecided")
    assert "CN=Authority says that the head of" in first.sentence
    assert "has promised" in second.sentence
    assert of_stamps(data)[0].outcome == "undecided"


def test_openssl_finds_the_stamp_of_a_package_good(stamped, authority, tmp_path):
    stamp(stamped)
    with zipfile.ZipFile(BytesIO(packed(stamped, tmp_path))) as opened:
        opened.extractall(tmp_path)
        [reply] = [name for name in opened.namelist() if name.endswith(".tsr")]
        [head] = [name for name in opened.namelist() if name.startswith("heads/")]
    command = ["openssl", "ts", "-verify", "-data", head, "-in", reply]
    command += ["-CAfile", str(authority.folder / "ca.pem")]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True)
    assert b"Verification: OK" in done.stdout + done.stderr


def test_an_authority_under_other_roots_is_not_believed(stamped, stranger, tmp_path):
    stamp(stamped)
    data = packed(stamped, tmp_path)
    found = of_stamps(data, tsa_roots=[stranger.roots])[0]
    assert found.outcome == "no"
    assert "is not signed under the roots" in found.sentence
    assert "no certificates" in of_stamps(data, tsa_roots=["x"])[0].sentence


@pytest.mark.parametrize("trouble", ["refuses", "garbage", "down", "stale"])
def test_an_authority_in_trouble_is_counted_and_asked_the_next_night(stamped, authority, trouble):
    authority.last = authority.answer(rfc3161.request(b"something else"))[1]
    authority.trouble = trouble
    assert stamp(stamped) == {"stamped": 1, "upgraded": 0, "stamps_failed": 1}
    authority.trouble = ""
    assert stamp(stamped) == {"stamped": 1, "upgraded": 0, "stamps_failed": 0}


def test_an_authority_that_is_not_under_the_set_roots_is_refused(stamped, stranger):
    other = settings.changed(stamped, tsa_roots=stranger.folder / "ca.pem", ots_calendars="")
    assert stamp(other)["stamps_failed"] == 1
    missing = settings.changed(other, tsa_roots=stranger.folder / "none.pem")
    assert stamp(missing)["stamps_failed"] == 1
    assert stamp(settings.changed(other, tsa_roots=None))["stamped"] == 1


def test_a_promise_is_upgraded_when_the_calendar_confirms(stamped, calendar, tmp_path):
    stamp(stamped)
    calendar.block = 900_000
    assert stamp(stamped) == {"stamped": 0, "upgraded": 1, "stamps_failed": 0}
    assert stamp(stamped)["upgraded"] == 0
    found = of_stamps(packed(stamped, tmp_path))[1]
    assert found.outcome == "undecided"
    assert "leads to block 900000 of Bitcoin" in found.sentence
    assert sql(stamped, "select count(*) from evidence_stamps where is_final") == [(2,)]


def test_a_calendar_that_answers_nonsense_is_counted(stamped, calendar):
    calendar.trouble = "garbage"
    assert stamp(stamped)["stamps_failed"] == 1


def test_only_calendars_that_are_set_are_asked_for_their_promises(stamped, calendar):
    stamp(stamped)
    calendar.block = 1
    other = settings.changed(stamped, ots_calendars="http://calendar.example", tsa_urls="")
    sql(stamped, "update evidence_stamps set authority = 'http://calendar.example'")
    assert stamp(other)["upgraded"] == 0


def test_housekeeping_stamps_the_day_that_it_signs(stamped):
    assert nightly.keep_evidence(stamped, TOMORROW)["stamped"] == 2


def test_without_settings_nobody_is_asked(house):
    with Archive(house.database_url) as archive:
        days.close_days(archive, house, TOMORROW)
    assert stamp(house) == {"stamped": 0, "upgraded": 0, "stamps_failed": 0}


def test_an_address_that_is_not_public_is_not_asked(calendar):
    with served(None, calendar) as address:
        with pytest.raises(EvidenceError, match="no host on the public internet"):
            ask(f"{address}/digest", b"x")
        with pytest.raises(EvidenceError, match="no host on the public internet"):
            ask("http://169.254.169.254/", loopback=True)
        with pytest.raises(AbsentError):
            ask(f"{address}/none", b"x", loopback=True)
        with pytest.raises(EvidenceError, match="status 302"):
            ask(f"{address}/moved", loopback=True)
        with pytest.raises(EvidenceError, match="does not answer"):
            ask(address.replace("http:", "https:"), loopback=True)
    with pytest.raises(EvidenceError, match="does not answer"):
        ask(address, loopback=True)
    with pytest.raises(EvidenceError, match="has no address"):
        ask("http://no.such.host.invalid/")
