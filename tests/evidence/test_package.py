"""A package is what its reader finds in it: whole when it is whole, and the changed part named."""

import json
import random
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import evidencegen
import pytest
from evidencegen import HOSTILE, URL, made

from evidence.finding import Outcome
from evidence.package import ARCHIVE, COVER, DIGEST, LISTING, RECORDS
from evidence.signing import fingerprint, new_key
from evidence.verify import verify


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return made(tmp_path_factory.mktemp("package"))


def outcomes(data: bytes, **given) -> dict[str, Outcome]:
    return {item.part: item.outcome for item in verify(BytesIO(data), **given)}


def faults(data: bytes, **given) -> list[str]:
    found = verify(BytesIO(data), **given)
    return [item.sentence for item in found if item.outcome is Outcome.NO]


def rewritten(data: bytes, change) -> bytes:
    """Return a package whose members went through `change(name, bytes)`; None leaves one out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def test_a_whole_package_holds(package):
    assert outcomes(package.data, trusted=fingerprint(package.key.public)) == {
        "members": "yes",
        "signature": "yes",
        "records": "yes",
        "proofs": "yes",
        "chain of days": "yes",
        "keys": "yes",
        "stamps (RFC 3161)": "not present",
        "stamps (OpenTimestamps)": "not present",
        "missing": "not present",
    }


def test_pages_of_a_day_that_is_not_signed_yet_are_said_to_be_unproven(tmp_path):
    found = list(verify(BytesIO(made(tmp_path, unsigned=1).data)))
    proofs = [item for item in found if item.part == "proofs"]
    assert [item.outcome for item in proofs] == [Outcome.YES, Outcome.ABSENT]
    assert "1 records have none" in proofs[1].sentence
    assert not [item for item in found if item.outcome is Outcome.NO]


def members(data: bytes) -> list[tuple[str, int, int]]:
    """Return each member's name, and where its bytes begin and end in the file."""
    places = []
    with zipfile.ZipFile(BytesIO(data)) as opened:
        for info in opened.infolist():
            head = data[info.header_offset : info.header_offset + 30]
            begin = info.header_offset + 30 + head[26] + 256 * head[27] + head[28] + 256 * head[29]
            places.append((info.filename, begin, begin + info.file_size))
    return places


def test_any_one_byte_that_is_changed_in_a_member_is_found_and_the_member_named(package):
    chance = random.Random(20)
    places = [
        (name, place) for name, begin, end in members(package.data) for place in range(begin, end)
    ]
    seen = set()
    for name, place in chance.sample(places, 1000):
        bent = bytearray(package.data)
        bent[place] ^= chance.randrange(1, 256)
        said = faults(bytes(bent))
        assert any(name in sentence for sentence in said), (name, place, said)
        seen.add(name)
    assert {ARCHIVE, COVER, LISTING, RECORDS} <= seen


def test_every_byte_of_the_signatures_member_counts(package):
    [(begin, end)] = [(b, e) for name, b, e in members(package.data) if name == DIGEST]
    for place in range(begin, end):
        bent = bytearray(package.data)
        bent[place] ^= 1
        assert any(DIGEST in sentence for sentence in faults(bytes(bent))), place


def test_a_member_that_was_added_or_left_out_is_named(package):
    added = BytesIO(package.data)
    with zipfile.ZipFile(added, "a") as opened:
        opened.writestr("texts/9999-v1.txt", "x")
    assert faults(added.getvalue()) == ["texts/9999-v1.txt is in no list"]
    left = rewritten(package.data, lambda name, data: None if name == COVER else data)
    assert faults(left) == [f"{COVER} is missing"]


def test_a_foreign_key_can_sign_a_package_and_does_not_pass_for_the_house(package, tmp_path):
    other = made(tmp_path)
    mixed = zipfile.ZipFile(BytesIO(other.data))
    name = fingerprint(package.key.public)
    assert any(name in said for said in faults(other.data, trusted=name))
    stolen = {n: mixed.read(n) for n in mixed.namelist() if n.startswith(("heads/", "keys/"))}
    bent = rewritten(package.data, stolen.get)
    said = faults(bent)
    assert any("heads/2026-11-03.txt has been changed" in sentence for sentence in said)
    assert any("is none of those that the house has stated" in sentence for sentence in said)
    assert any("does not lead to the root" in sentence for sentence in said)


def edited_records(package, change) -> list[str]:
    def apply(name, data):
        if name != RECORDS:
            return data
        lines = [json.loads(line) for line in data.splitlines()]
        change(lines)
        return b"".join(json.dumps(line).encode() + b"\n" for line in lines)

    return faults(rewritten(package.data, apply))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: lines[0].update(url="https://x.example/"), "under another address"),
        (lambda lines: lines[1].update(index=0), "does not lead to the root"),
        (lambda lines: lines[1].update(day="2025-01-01"), "head of 2025-01-01 is missing"),
        (lambda lines: lines[1].update(proof=["00"]), "cannot be read"),
        (lambda lines: lines[1].update(offset=-1), "cannot be read"),
        (lambda lines: lines[1].update(length=10**12), "does not begin where"),
        (lambda lines: lines.pop(), "no record accounts for"),
        (lambda lines: lines.pop(0), "begins with what no record accounts for"),
        (
            lambda lines: lines[0].update(leaf=lines[0]["leaf"].replace("200", "500")),
            "is not what was hashed",
        ),
        (lambda lines: lines.append([]), "is no object"),
    ],
)
def test_a_record_told_otherwise_than_it_is_is_found(package, change, said):
    assert any(said in sentence for sentence in edited_records(package, change))


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all" * 99, b"\0" * 100])
def test_what_is_no_package_is_said_to_be_none(data):
    [found] = verify(BytesIO(data))
    assert (found.part, found.outcome) == ("file", Outcome.NO)


@pytest.mark.parametrize(
    "content", ["[]", "{", '{"resources": [{}]}', '{"resources": 1}', "9" * 5000]
)
def test_a_listing_that_is_none_is_said_to_be_none(content):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        opened.writestr(LISTING, content)
    found = list(verify(BytesIO(out.getvalue())))
    assert [item.part for item in found if item.outcome is Outcome.NO][:2] == [
        "members",
        "signature",
    ]


def test_random_damage_never_breaks_the_judge(package):
    chance = random.Random(21)
    for _ in range(150):
        bent = bytearray(package.data)
        for _ in range(chance.randrange(1, 30)):
            bent[chance.randrange(len(bent))] = chance.randrange(256)
        if chance.random() < 0.3:
            del bent[chance.randrange(len(bent)) :]
        list(verify(BytesIO(bytes(bent))))


def test_the_cover_says_what_it_proves_and_shows_titles_as_text(package):
    with zipfile.ZipFile(BytesIO(package.data)) as opened:
        cover = opened.read(COVER).decode()
    assert "<script>" not in cover
    assert "&lt;script&gt;" in cover
    assert 'dir="rtl"' in cover
    assert "That the outlet meant it" in cover
    assert fingerprint(package.key.public).replace("+", "&#43;") in cover or (
        fingerprint(package.key.public) in cover
    )
    assert "../texts/0001-v2.txt" in cover


def test_the_script_in_the_package_checks_it_with_openssl_and_nothing_of_ours(package, tmp_path):
    file = tmp_path / "story.wacz"
    file.write_bytes(package.data)
    with zipfile.ZipFile(file) as opened:
        script = opened.read("proof/check.py").decode()
    assert "import evidence" not in script
    (tmp_path / "check.py").write_text(script)
    command = [sys.executable, "-I", "check.py", "story.wacz"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(URL) == 4
    assert package.key.public.hex() in done.stdout
    bent = bytearray(package.data)
    bent[bent.index(b"root ") + 10] ^= 1
    file.write_bytes(bytes(bent))
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 1


def test_the_wacz_library_finds_a_package_valid(package, tmp_path):
    file = tmp_path / "story.wacz"
    file.write_bytes(package.data)
    wacz = [str(Path(sys.executable).with_name("wacz")), "validate", "--file", str(file)]
    done = subprocess.run(wacz, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "is valid" in done.stdout
    file.write_bytes(rewritten(package.data, lambda name, data: data + b" " * (name == COVER)))
    done = subprocess.run(wacz, check=False, capture_output=True, text=True)
    assert "is invalid" in done.stdout


def test_a_package_is_the_same_for_the_same_key_and_moment(tmp_path):
    key = new_key()
    names = []
    for part in ("a", "b"):
        (tmp_path / part).mkdir()
        data = made(tmp_path / part, key=key).data
        with zipfile.ZipFile(BytesIO(data)) as opened:
            names.append(opened.namelist())
    assert names[0] == names[1]
    assert HOSTILE == evidencegen.HOSTILE
