"""What a webhook gets: valid by the schema in docs, signed with the moment of sending."""

import hashlib
import hmac
import json
import time
from pathlib import Path

import jsonschema
import pytest
from httpreceiver import Keeper, receiving

from news.watch import MatchKind, Rhythm
from watches.delivery import channels
from watches.delivery.outcomes import Outcome

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "webhook.schema.json").read_text())
SECRET = b"0123456789abcdef"


@pytest.fixture
def hook():
    with receiving(Keeper) as server:
        yield server


def told(world, hook):
    """Send all that waits to the hook; return the payloads, checked by the schema."""
    world.match()
    world.compose()
    for address, raw in world.rows("select address, raw from alerts order by id"):
        assert channels.send(address, bytes(raw), SECRET).outcome is Outcome.SENT
    payloads = [json.loads(body) for _, body in hook.got]
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    for payload in payloads:
        jsonschema.Draft202012Validator(SCHEMA, format_checker=checker).validate(payload)
    return payloads


def way(hook):
    return f"webhook+http://127.0.0.1:{hook.server_port}/x"


def test_a_story_with_copies_and_tellings_is_told_with_all_its_values(world, hook):
    world.watch(to=(way(hook),))
    world.introduce()
    world.load(world.article("wire", "Transit talks", "Talks on transit."), story="one")
    world.load(world.article("post", "Transit talks", "Talks on transit."), story="one")
    world.load(world.article("echo", "Транзит", "О транзите.", language="ru"), story="two")
    world.event("one", "two")
    (payload,) = told(world, hook)
    assert (payload["version"], payload["stories"], payload["template"]) == (1, 1, "story")
    (section,) = payload["watches"]
    assert (section["watch"], section["query"]) == ("Transit", "transit")
    (item,) = section["items"]
    assert item["kind"] == "new"
    assert item["url"].startswith("https://wire.test/")
    assert item["outlet"] == "Wire"
    assert item["terms"] == ["transit"] or "Transit" in item["terms"]
    assert item["at"] == "2026-11-02T08:00:00+00:00"
    assert [copy["outlet"] for copy in item["copies"]] == ["Post"]
    assert [telling["language"] for telling in item["tellings"]] == ["ru"]


def test_digests_edits_and_deletions_are_valid_too(world, hook):
    kinds = (MatchKind.NEW, MatchKind.EDITED, MatchKind.DELETED)
    world.watch(to=(way(hook),), kinds=kinds)
    world.watch("Daily", to=(way(hook) + "2",), rhythm=Rhythm.DAILY)
    world.introduce()
    made = world.publish(path="one", text="Talks on transit begin.")
    world.publish(title="More transit")
    told(world, hook)
    world.later(hours=3)
    world.publish(path="one", text="Talks on transit collapse.")
    told(world, hook)
    world.later(hours=26)
    world.load(gone=(made,))
    payloads = told(world, hook)
    assert {payload["template"] for payload in payloads} == {"story", "edit", "deletion", "digest"}
    assert any(item["changes"] for payload in payloads for item in payload["watches"][0]["items"])


def test_the_moment_of_sending_is_signed(world, hook):
    world.watch(to=(way(hook),))
    world.publish()
    told(world, hook)
    headers, body = hook.got[0]
    moment, _, signed = headers[channels.TIMED_SIGNATURE].partition(",sha256=")
    seconds = int(moment.removeprefix("t="))
    assert abs(time.time() - seconds) < 60
    key = channels.webhook_key(SECRET).encode()
    expected = hmac.new(key, f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    assert signed == expected
    assert headers[channels.SIGNATURE] == channels.signature(key, body)


def test_a_mail_to_a_person_has_no_data(world):
    world.watch()
    world.publish()
    world.match()
    ((raw,),) = world.rows("select raw from alerts")
    assert b"application/json" not in bytes(raw)
