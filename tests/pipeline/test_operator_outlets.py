"""The operator hears once of each outlet that falls ill, by the judgement that everybody sees."""

import email
import email.policy
from dataclasses import replace
from datetime import timedelta

import pytest
from archivegen import NOW, OUTLET, article, batch

from pipeline import settings as configuration
from pipeline.alerts.outlet_notices import tell_of_outlets
from storage import Archive, finish_run

WELL = {"state": "ok", "condition": "ok", "note": ""}
BLOCKED = {"state": "blocked", "condition": "blocked", "note": "403 since Monday"}
GONE = {"state": "gone", "condition": "gone", "note": ""}
TOO_FEW = {"state": "ok", "condition": "too_few", "note": "3 articles in a day, 10 expected"}
SILENT = {"state": "silent", "condition": "silent", "note": ""}  # a warning: no mail
SETTINGS = configuration.read({"KHABAR_HOME": "/nowhere", "KHABAR_CONTACT": "mailto:ops@desk.test"})


@pytest.fixture
def archive(database_url):
    with Archive(database_url) as opened:
        yield opened


def told_after(archive, *conditions, settings=SETTINGS):
    """Close a run for each condition of one outlet; return whether each was told."""
    told = []
    for number, row in enumerate(conditions):
        run = f"run{number}"
        now = NOW + timedelta(hours=number)
        archive.load(replace(batch(article(number), run=run), started=now))
        with archive.transaction() as cursor:
            rows = {OUTLET.name: row}
            finish_run(cursor, run, now, {"outlets": rows})
            told.append(tell_of_outlets(cursor, settings, run, rows, now))
            assert not tell_of_outlets(cursor, settings, run, rows, now)
    return told


def mails(archive):
    with archive.transaction() as cursor:
        cursor.execute("select raw from alerts order by id")
        return [
            email.message_from_bytes(bytes(raw), policy=email.policy.default)
            for (raw,) in cursor.fetchall()
        ]


def test_an_outlet_that_falls_ill_is_told_once(archive):
    assert told_after(archive, WELL, BLOCKED, BLOCKED, BLOCKED) == [False, True, False, False]
    (mail,) = mails(archive)
    text = mail.get_body(("plain",)).get_content()
    assert mail["Subject"] == "Khabar: one is not well"
    assert "it refuses us (403 since Monday)" in text
    assert "ask the outlet" in text


def test_another_illness_and_a_relapse_are_told(archive):
    conditions = (BLOCKED, GONE, WELL, GONE, TOO_FEW)
    assert told_after(archive, *conditions) == [True, True, False, True, True]


def test_what_is_only_worth_a_look_is_not_told(archive):
    assert told_after(archive, SILENT, WELL) == [False, False]
    assert mails(archive) == []


def test_without_an_operator_nobody_is_told(archive):
    nobody = configuration.read({"KHABAR_HOME": "/nowhere"})
    assert told_after(archive, BLOCKED, settings=nobody) == [False]
