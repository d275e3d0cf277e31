"""Stamps of others in a package: whose they are, of what, and what is not to be said offline."""

import random
from hashlib import sha256
from io import BytesIO

import pytest
from evidencegen import made
from stampserver import Authority, Calendar

from evidence import ots, rfc3161
from evidence.errors import EvidenceError
from evidence.judge_stamps import OPENTIMESTAMPS, RFC3161, Stamp
from evidence.verify import verify


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority") / "a")


@pytest.fixture
def calendar():
    made = Calendar()
    made.url = "https://calendar.example"
    return made


def stamp_of(head, kind: str, ending: str, **changes) -> Stamp:
    day = changes.get("day", head.head.day)
    path = f"stamps/{head.head.day}.{ending}"
    return Stamp(day=day, kind=kind, authority="https://a.example", path=path)


def judged(data: bytes, **given) -> list[tuple[str, str]]:
    found = verify(BytesIO(data), **given)
    return [(str(item.outcome), item.sentence) for item in found if item.part.startswith("stamps")]


def test_both_kinds_are_judged_by_what_the_package_and_the_roots_say(authority, calendar, tmp_path):
    def stamps(heads):
        head = heads[0]
        reply = authority.answer(rfc3161.request(head.text))[1]
        proof = ots.begin(head.text, calendar.promise(head.hash)[1])
        return [
            (stamp_of(head, RFC3161, "tsr"), reply),
            (stamp_of(head, OPENTIMESTAMPS, "ots"), proof),
        ]

    data = made(tmp_path, stamps).data
    (first, said), (second, promised) = judged(data, tsa_roots=[authority.roots])
    assert (first, second) == ("yes", "undecided")
    assert said.startswith("CN=Authority says that the head of 2026-11-03 was there on ")
    assert "https://calendar.example has promised" in promised
    assert judged(data)[0][0] == "undecided"


def test_a_stamp_of_another_day_is_none_of_this_one(authority, calendar, tmp_path):
    def stamps(heads):
        reply = authority.answer(rfc3161.request(heads[1].text))[1]
        proof = ots.begin(heads[1].text, calendar.promise(heads[1].hash)[1])
        return [
            (stamp_of(heads[0], RFC3161, "tsr"), reply),
            (stamp_of(heads[0], OPENTIMESTAMPS, "ots"), proof),
        ]

    found = judged(made(tmp_path, stamps).data)
    assert [outcome for outcome, _ in found] == ["no", "no"]
    assert all("of another text" in sentence for _, sentence in found)


def test_a_proof_that_reaches_a_block_names_it(calendar, tmp_path):
    def stamps(heads):
        head = heads[0]
        proof = ots.begin(head.text, calendar.promise(head.hash)[1])
        [promise] = ots.claims(proof, head.text).promises
        calendar.block = 900_000
        answer = calendar.kept(promise.commitment)[1]
        better = ots.upgrade(proof, head.text, promise, answer)
        return [(stamp_of(head, OPENTIMESTAMPS, "ots"), better)]

    [_, (outcome, sentence)] = judged(made(tmp_path, stamps).data)
    assert outcome == "undecided"
    assert "leads to block 900000 of Bitcoin, if the Merkle root shown there is" in sentence


def test_damaged_stamps_are_refused_in_a_sentence(authority, calendar):
    authority.trouble = ""
    text = b"a head"
    reply = authority.answer(rfc3161.request(text))[1]
    calendar.url = "http://127.0.0.1"
    proof = ots.begin(text, calendar.promise(sha256(text).digest())[1])
    chance = random.Random(1)
    for data, read in ((reply, rfc3161.read), (proof, ots.claims)):
        assert read(data, text)
        with pytest.raises(EvidenceError, match="another text"):
            read(data, b"another head")
        for _ in range(300):
            bent = bytearray(data)
            bent[chance.randrange(len(bent))] ^= chance.randrange(1, 256)
            del bent[chance.randrange(1, 2 * len(bent)) :]
            try:
                read(bytes(bent), text)
                if data is reply:
                    rfc3161.is_vouched_for(bytes(bent), text, [authority.roots])
            except EvidenceError:
                pass
