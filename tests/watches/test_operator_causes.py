"""The operator hears of what only a person can mend: once, and once more when it is well again."""

import email
import email.policy
from dataclasses import replace
from datetime import date

import pytest

from evidence.head import NONE, SignedHead, sign_head
from evidence.signing import new_key
from pipeline import house_state
from pipeline import settings as configuration
from pipeline.alerts import causes, finders, notices
from storage import alerts, evidence, finish_run
from watches.delivery import Notice, Trouble, operator

OPERATOR = "ops@news.test"
BLOCKED = {"state": "blocked", "note": "403 since Monday"}
GONE = {"state": "gone", "note": ""}
WELL = {"state": "ok", "note": ""}
SILENT = {"state": "silent", "note": "6.0 days, in which about 30 articles were to be expected"}
TOO_FEW = {"state": "ok", "condition": "too_few", "note": "3 articles in a day, 10 expected"}


@pytest.fixture
def settings(tmp_path):
    return configuration.read(
        {
            "KHABAR_HOME": str(tmp_path),
            "KHABAR_CONTACT": f"mailto:{OPERATOR}",
            "KHABAR_MAIL_FROM": "khabar@news.test",
            "KHABAR_PUBLIC_URL": "https://khabar.test",
            "KHABAR_SCHEDULE": "off",
        }
    )


def tell(world, settings, **look):
    return notices.tell_operator(world.archive, settings, world.now, **look)


def next_day(world, days=1):
    """Let the operator's mails leave, and turn the clock on."""
    world.rows("update alerts set state = 'sent', sent_at = now(), last_outcome = 'sent'")
    world.later(days=days)


def told(world):
    """Return the operator's mails, the oldest first, as (subject, text)."""
    found = []
    for (raw,) in world.rows("select raw from alerts where template = 'operator' order by id"):
        mail = email.message_from_bytes(bytes(raw), policy=email.policy.default)
        assert mail["to"] == OPERATOR
        found.append((mail["subject"], mail.get_body(("plain",)).get_content()))
    return found


def subjects(world):
    return [subject for subject, _ in told(world)]


def run(world, *, failed=False, problems=(), **rows):
    """Close a run with these outlets' lines."""
    world.publish(title=f"Run at {world.now}")
    name = world.rows("select name from runs order by id desc limit 1")[0][0]
    report = {"outlets": rows, "failed": failed, "problems": list(problems)}
    with world.archive.transaction() as cursor:
        finish_run(cursor, name, world.now, report)


def test_an_ill_outlet_is_told_once_and_once_when_it_is_well_again(world, settings):
    run(world, wire=BLOCKED)
    assert tell(world, settings) == 1
    assert tell(world, settings) == 0
    ((subject, text),) = told(world)
    assert subject == "Khabar: outlets are not well"
    assert "wire: it refuses us (403 since Monday); ask the outlet" in text
    assert "See: https://khabar.test/khabar/outlets" in text
    next_day(world, 3)
    assert tell(world, settings) == 0
    run(world, wire=WELL)
    assert tell(world, settings) == 1
    assert tell(world, settings) == 0
    subject, text = told(world)[-1]
    assert subject == "Khabar: outlets are well again"
    assert "- wire: it was not from 2026-11-02 08:00 UTC on" in text


@pytest.mark.parametrize("row", [BLOCKED, GONE, SILENT, TOO_FEW, {"state": "paywalled"}])
def test_dead_silent_and_walled_outlets_are_told(world, settings, row):
    run(world, wire=row)
    assert tell(world, settings) == 1


@pytest.mark.parametrize("state", ["ok", "rate_limited", "moved"])
def test_an_outlet_that_is_well_or_only_worth_a_look_is_not_told(world, settings, state):
    run(world, wire={"state": state})
    assert tell(world, settings) == 0


def test_of_one_cause_a_day_there_is_one_mail_and_the_rest_comes_the_next(world, settings):
    run(world, wire=BLOCKED)
    assert tell(world, settings) == 1
    run(world, wire=BLOCKED, post=GONE)
    assert tell(world, settings) == 0
    next_day(world)
    assert tell(world, settings) == 1
    text = told(world)[-1][1]
    assert "- post: its doors are not there any more" in text
    assert text.index("- post:") < text.index("Still so, told before:") < text.index("- wire:")


def test_another_illness_of_an_outlet_is_told(world, settings):
    run(world, wire=BLOCKED)
    assert tell(world, settings) == 1
    next_day(world)
    run(world, wire=GONE)
    assert tell(world, settings) == 1
    assert "not there any more" in told(world)[-1][1]


def test_what_was_never_told_is_not_told_to_be_well(world, settings):
    run(world, wire=BLOCKED)
    tell(world, settings)
    run(world, wire=WELL)
    tell(world, settings)
    run(world, wire=BLOCKED)
    assert tell(world, settings) == 0
    run(world, wire=WELL)
    assert tell(world, settings) == 0
    assert len(told(world)) == 2


def test_a_failed_run_is_told_with_its_problems(world, settings):
    run(world, failed=True, problems=[f"wire: door {number} broke" for number in range(7)])
    assert tell(world, settings) == 1
    subject, text = told(world)[0]
    assert subject == "Khabar: a run failed"
    assert "wire: door 4 broke; and 2 more" in text
    run(world)
    assert tell(world, settings) == 1
    assert subjects(world)[-1] == "Khabar: runs go well again"


def test_a_run_that_does_not_end_is_told(world, settings):
    folder = settings.runs / "2026-11-02T080000Z"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text("{}")
    assert tell(world, settings) == 0
    world.later(hours=13)
    assert tell(world, settings) == 1
    assert "has not ended after 60 minutes" in told(world)[0][1]


def test_a_run_that_does_not_begin_is_late(world, settings):
    daily = settings.model_copy(update={"schedule": "0 5 * * *"})
    assert tell(world, daily) == 0  # before the first one nothing is late
    run(world)
    world.later(hours=21)  # 05:00 of the next day
    assert tell(world, daily) == 0
    world.later(hours=2)
    assert tell(world, daily) == 1
    subject, text = told(world)[0]
    assert subject == "Khabar: a run is late"
    assert "due at 2026-11-03 05:00 UTC" in text
    run(world)
    assert tell(world, daily) == 1
    assert subjects(world)[-1] == "Khabar: runs begin in time again"


def test_a_change_of_layout_is_told(world, settings):
    run(world)
    world.rows(
        "insert into events (at, kind, outlet_id, run_id, detail) select %s, 'redesign', "
        'outlets.id, runs.id, \'{"detail": "titles moved"}\' from outlets, runs',
        world.now,
    )
    assert tell(world, settings) == 1
    assert "wire: 2026-11-02 08:00 UTC: titles moved" in told(world)[0][1]


def test_stuck_mail_and_a_refused_sender_are_told_and_well_again(world, settings):
    world.watch()
    world.publish()
    world.match()
    world.rows("update alerts set last_outcome = 'sender_refused', last_said = '554 5.7.1 relay'")
    assert tell(world, settings) == 1
    world.later(hours=1)
    assert tell(world, settings) == 1
    assert subjects(world) == [
        "Khabar: the mail server refuses our mail",
        "Khabar: mail does not get out",
    ]
    text = told(world)[0][1]
    assert "1 mails wait, and none is dropped; the server said: 554 5.7.1 relay" in text
    assert "khabar mail retry" in text
    next_day(world)
    assert tell(world, settings) == 2
    assert set(subjects(world)[2:]) == {
        "Khabar: mail gets out again",
        "Khabar: the mail server takes our mail again",
    }


def test_a_receiver_that_was_given_up_is_told_without_its_secret(world, settings):
    world.watch(to=("webhook+https://hooks.test/T0/secret", OPERATOR))
    with world.archive.transaction() as cursor:
        for address in ("webhook+https://hooks.test/T0/secret", OPERATOR):
            alerts.pause_address(cursor, address, "webhook: HTTP 410", world.now)
    assert tell(world, settings) == 1
    text = told(world)[0][1]
    assert "webhook: HTTP 410" in text
    assert "secret" not in text
    assert "khabar mail resume" in text
    with world.archive.transaction() as cursor:
        alerts.resume_address(cursor, "webhook+https://hooks.test/T0/secret", world.now)
    assert tell(world, settings) == 1
    assert "secret" not in told(world)[-1][1]


def test_a_disk_that_fills_up_is_told_by_the_upkeep(world, settings, monkeypatch):
    usage = type("Usage", (), {"free": 10**9})
    monkeypatch.setattr(finders.shutil, "disk_usage", lambda _: usage)
    assert tell(world, settings) == 0
    assert tell(world, settings, daily=True) == 1
    assert "1.0 GB are free" in told(world)[0][1]
    usage.free = 10**12
    assert tell(world, settings) == 0
    assert tell(world, settings, daily=True) == 1


def test_a_part_that_keeps_restarting_is_told(world, settings):
    part = house_state.PartState(restarts=2, since=world.now.timestamp())
    state = house_state.State(phase="ready", parts={"scheduler": part})
    house_state.write(settings.home, state)
    assert tell(world, settings) == 0
    again = replace(state, parts={"scheduler": replace(part, restarts=3)})
    house_state.write(settings.home, again)
    assert tell(world, settings) == 1
    text = told(world)[0][1]
    assert "scheduler: started again 3 times" in text
    assert "khabar logs scheduler" in text


def test_one_cause_that_cannot_be_looked_for_keeps_no_other_from_being_told(
    world, settings, monkeypatch
):
    def broken(look):
        raise OSError("no")

    bad = replace(causes.CAUSES[0], find=broken)
    monkeypatch.setattr(causes, "CAUSES", (bad, *causes.CAUSES[1:]))
    run(world, wire=BLOCKED)
    assert tell(world, settings) == 1


def test_evidence_that_is_not_as_it_was_is_told_at_once_and_when_it_is_again(world, settings):
    with world.archive.transaction() as cursor:
        evidence.keep_faults(cursor, {"day 2026-11-03": "its leaves were changed"}, world.now)
    assert tell(world, settings) == 1
    assert tell(world, settings) == 0
    ((subject, text),) = told(world)
    assert subject == "Khabar: the evidence is not as it was"
    assert "day 2026-11-03: its leaves were changed" in text
    assert "khabar evidence check" in text
    next_day(world)
    with world.archive.transaction() as cursor:
        evidence.keep_faults(cursor, {}, world.now)
    assert tell(world, settings) == 1
    assert subjects(world)[-1] == "Khabar: the evidence is as it was"


def test_the_head_of_each_signed_day_is_mailed_where_that_is_wished(world, settings):
    wished = configuration.changed(settings, evidence_mail=True)
    assert tell(world, wished, daily=True) == 0
    heads: list[SignedHead] = []
    for number in (1, 2):
        day = date(2026, 11, number)
        previous = heads[-1].hash if heads else NONE
        head = sign_head(new_key(), day, bytes(32), 7, previous=previous, now=world.now)
        heads.append(head)
        with world.archive.transaction() as cursor:
            evidence.add_day(cursor, day, head.text.decode(), b"")
        assert tell(world, settings) == 0
        assert tell(world, wished, daily=True) == 1
        assert tell(world, wished, daily=True) == 0
        subject, text = told(world)[-1]
        assert subject == "Khabar: a day of evidence was signed"
        assert f"2026-11-0{number}, 7 records" in text
        assert head.hash.hex() in text.replace("\n", "")
        next_day(world)


def test_without_an_operator_nobody_is_told(world, tmp_path):
    nobody = configuration.read({"KHABAR_HOME": str(tmp_path)})
    run(world, wire=BLOCKED)
    assert tell(world, nobody) == 0


def test_each_cause_says_what_to_do_in_a_mail_of_text_and_html():
    for cause in causes.CAUSES:
        assert cause.advice
        notice = Notice(
            title=cause.title,
            troubles=[Trouble(subject="<b>", said="x\r\ny")] * 50,
            advice=cause.advice,
            link="https://khabar.test/khabar/runs",
        )
        mail = operator.tell_troubles(notice)
        assert "and 10 more" in mail.text
        assert "<b>" not in mail.html
        assert '<a href="https://khabar.test/khabar/runs">' in mail.html
