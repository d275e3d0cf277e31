"""Leaves, heads, keys: one way to write each, and every bent byte is refused."""

import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.errors import EvidenceError
from evidence.head import NONE, SignedHead, chain_faults, sign_head
from evidence.key_statement import KeyStatement, key_faults, state_key
from evidence.leaf import Leaf, address_of
from evidence.signing import fingerprint, is_signed, new_key, public_pem, read_key

NOW = datetime(2026, 11, 27, 3, 30, tzinfo=UTC)
KEY = new_key()
HASH = st.binary(min_size=32, max_size=32)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=4))])
MOMENTS = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=ZONES,
)


def chain(days: int, key=KEY) -> list[SignedHead]:
    heads: list[SignedHead] = []
    for number in range(days):
        previous = heads[-1].hash if heads else NONE
        day = date(2026, 11, 1) + timedelta(days=number)
        root = bytes([number]) * 32
        heads.append(sign_head(key, day, root, number, previous=previous, now=NOW))
    return heads


@given(HASH, MOMENTS, st.integers(0, 999), st.sampled_from(["response", "revisit"]))
def test_a_leaf_is_read_as_it_was_written(digest, moment, status, kind):
    leaf = Leaf(digest=digest, address=address_of("a"), fetched_at=moment, status=status, kind=kind)
    assert Leaf.parsed(leaf.text).text == leaf.text


@given(st.data())
def test_a_changed_byte_of_a_head_is_refused_or_unsigned(data):
    [head] = chain(1)
    place = data.draw(st.integers(0, len(head.text) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda value: value != head.text[place]))
    bent = head.text[:place] + bytes([value]) + head.text[place + 1 :]
    try:
        found = SignedHead.parsed(bent)
    except EvidenceError:
        return
    assert not found.is_signed


@pytest.mark.parametrize(
    "text",
    [b"", b"khabar record 1\n", "khabar record 1\nsha256 é\n".encode(), b"x\n" * 7],
)
def test_what_is_no_leaf_is_said_to_be_none(text):
    with pytest.raises(EvidenceError):
        Leaf.parsed(text)


def test_a_leaf_of_no_kind_or_zone_is_none():
    text = Leaf(
        digest=bytes(32), address=bytes(16), fetched_at=NOW, status=200, kind="response"
    ).text
    for old, new in ((b"response", b"request"), (b"000Z", b"000"), (b"status 200", b"status x")):
        with pytest.raises(EvidenceError):
            Leaf.parsed(text.replace(old, new))


def test_a_whole_chain_has_no_fault():
    heads = chain(4)
    assert chain_faults(heads, is_whole=True) == []
    assert chain_faults(heads[1:], is_whole=False) == []
    assert [SignedHead.parsed(head.text) for head in heads] == heads


def test_a_missing_day_a_replaced_root_and_a_missing_first_day_are_named():
    heads = chain(4)
    assert chain_faults(heads[1:], is_whole=True) == ["2026-11-02: a day before it is missing"]
    faults = chain_faults([heads[0], *heads[2:]], is_whole=True)
    assert faults[0] == (
        "2026-11-03: it does not follow 2026-11-01, a day is missing or twice there"
    )
    bent = SignedHead(replace(heads[1].head, root=bytes(32)), heads[1].signature)
    assert chain_faults([heads[0], bent, *heads[2:]], is_whole=True) == [
        "2026-11-02: its signature is not that of its key",
        "2026-11-03: it was made after another head of 2026-11-02 than this one",
    ]


def test_a_head_signed_anew_does_not_fit_the_next_day():
    heads = chain(3)
    again = sign_head(
        KEY, heads[1].head.day, bytes(32), 1, previous=heads[1].head.previous, now=NOW
    )
    faults = chain_faults([heads[0], again, heads[2]], is_whole=True)
    assert faults == ["2026-11-03: it was made after another head of 2026-11-02 than this one"]


def test_a_key_is_read_back_and_does_not_show_itself():
    found = read_key(KEY.pem)
    assert found.public == KEY.public
    assert KEY.pem not in repr(found)
    assert fingerprint(KEY.public) in repr(found)
    for text in ("", "x", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"):
        with pytest.raises(EvidenceError):
            read_key(text)


def test_a_key_of_another_kind_is_refused():
    command = ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
    pem = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    with pytest.raises(EvidenceError, match="another kind"):
        read_key(pem)


def test_openssl_finds_our_signature_good(tmp_path):
    [head] = chain(1)
    (tmp_path / "key.pem").write_text(public_pem(KEY.public))
    (tmp_path / "text").write_bytes(head.head.text)
    (tmp_path / "signature").write_bytes(head.signature)
    command = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in text -sigfile signature"
    done = subprocess.run(command.split(), cwd=tmp_path, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr


def test_what_is_no_key_signs_nothing():
    assert not is_signed(b"short", bytes(64), b"text")


def test_a_new_key_is_vouched_for_by_the_old_one():
    first = state_key(KEY, previous=b"", old=None, now=NOW)
    new = new_key()
    second = state_key(new, previous=KEY.public, old=KEY, now=NOW)
    assert key_faults([first, second]) == []
    assert [KeyStatement.parsed(item.text) for item in (first, second)] == [first, second]


def test_a_lost_key_and_a_foreign_one_are_named():
    first = state_key(KEY, previous=b"", old=None, now=NOW)
    new = new_key()
    lost = state_key(new, previous=KEY.public, old=None, now=NOW)
    assert key_faults([first, lost]) == [
        f"the key {fingerprint(new.public)} is not vouched for by the key before it"
    ]
    assert "another key before it" in key_faults([lost])[0]
    forged = replace(first, signature=bytes(64))
    assert "did not sign" in key_faults([forged])[0]


@pytest.mark.parametrize("place", [0, 16, 40, 200, 300, -2])
def test_a_bent_statement_of_a_key_is_refused_or_unsigned(place):
    text = bytearray(state_key(KEY, previous=KEY.public, old=KEY, now=NOW).text)
    text[place] ^= 1
    try:
        found = KeyStatement.parsed(bytes(text))
    except EvidenceError:
        return
    assert key_faults([replace(found, previous=b"")]) or not is_signed(
        KEY.public, found.by_previous, found.signed_text
    )
