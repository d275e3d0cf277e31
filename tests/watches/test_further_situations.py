"""More situations of a watch, each what an analyst would complain of if it came out otherwise."""

from datetime import UTC, datetime, time

import pytest
from situations import (
    ANA,
    BO,
    MatchKind,
    Rhythm,
    case,
    change,
    copies,
    dropped,
    dropped_by_hand,
    event,
    gone,
    later,
    many,
    matched,
    play,
    pub,
    removed_and_imported,
    resumed,
    tell,
    unsubscribed,
    watch,
)

NEW, EDITED, DELETED = MatchKind.NEW, MatchKind.EDITED, MatchKind.DELETED
FOLLOW_UP, PICKED_UP, SPIKE = MatchKind.FOLLOW_UP, MatchKind.PICKED_UP, MatchKind.SPIKE
PLAIN = "Transit: Transit talks"
TOLD = "Mon 08:00 ana: " + PLAIN
REWRITTEN = "Five ministers met in Tbilisi to discuss transit."
EDIT_TOLD = "ana: Transit: Edited after publication: Transit talks"
GONE_TOLD = "ana: Transit: Deleted at the source: Transit talks"
NIGHT = (time(22), time(7))


REFUSED = [
    case(
        "what stood in a mail that was refused comes with the next daily hour, without a copy",
        pub(),
        dropped("refused_message"),
        later(days=2),
        told=[
            TOLD,
            "Mon 08:00 ana: not delivered",
            "Tue 07:00 ana: Held back, arriving late: Transit (1): Transit talks",
        ],
    ),
    case(
        "what is refused twice is let be",
        pub(),
        dropped("refused_message"),
        later(days=1),
        dropped("refused_message"),
        later(days=3),
        told=[
            TOLD,
            "Mon 08:00 ana: not delivered",
            "Tue 07:00 ana: Held back, arriving late: Transit (1): Transit talks",
            "Tue 08:00 ana: not delivered",
        ],
    ),
    case(
        "a digest that was refused is told with the next one",
        pub(),
        later(days=1),
        dropped("given_up"),
        pub("Transit two"),
        later(days=1),
        told=[
            "Tue 07:00 ana: Daily digest: Transit (1): Transit talks",
            "Tue 08:00 ana: not delivered",
            "Wed 07:00 ana: Held back, arriving late: Transit (2): Transit two",
        ],
        watches=(watch(rhythm=Rhythm.DAILY),),
    ),
    case(
        "a refusal of one reader's mail is told again to her alone",
        pub(),
        dropped("refused_message"),
        later(days=2),
        told=[
            TOLD,
            "Mon 08:00 bo: " + PLAIN,
            "Mon 08:00 bo: not delivered",
            "Tue 07:00 bo: Held back, arriving late: Transit (1): Transit talks",
        ],
        watches=(watch(to=(ANA, BO)),),
    ),
    case(
        "a digest that a person dropped is not made good",
        pub(),
        later(days=1),
        dropped_by_hand(),
        later(days=3),
        told=["Tue 07:00 ana: Daily digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.DAILY),),
    ),
    case(
        "an address that is back before its digest's hour gets one digest",
        pub(),
        dropped("refused_address"),
        pub("Transit two"),
        later(hours=1),
        resumed(),
        pub("Transit three"),
        told=[
            TOLD,
            "Mon 08:00 ana: not delivered",
            "Mon 09:00 ana: At once: Transit (2): Transit two",
            "Mon 09:00 ana: Transit: Transit three",
        ],
        kept={"address_paused": 1},
    ),
]

CHANGES = [
    case(
        "a removed watch that is imported again keeps who unsubscribed",
        unsubscribed(),
        removed_and_imported(),
        pub(),
        told=["Mon 08:00 bo: " + PLAIN],
        watches=(watch(to=(ANA, BO)),),
    ),
    case(
        "a removed watch that is imported again does not tell its past anew",
        pub(story="a"),
        removed_and_imported(),
        pub(outlet="daily", story="a"),
        later(days=1),
        told=[TOLD],
        kept={"already_told": 1},
    ),
    case(
        "a pause over an edit: the edit is told after it",
        pub(),
        later(hours=2),
        change(paused=True),
        pub(text=REWRITTEN),
        later(hours=2),
        change(paused=False),
        later(hours=2),
        told=[TOLD, "Mon 12:00 " + EDIT_TOLD],
        kept={"watch_paused": 1},
        watches=(watch(kinds=(NEW, EDITED)),),
    ),
    case(
        "a mute over a deletion: the deletion is told after it",
        pub(),
        later(hours=2),
        change(mute_until=datetime(2026, 11, 2, 13, tzinfo=UTC)),
        gone(),
        later(hours=4),
        told=[TOLD, "Mon 14:00 ana: Held back, arriving late: Transit (1): Transit talks"],
        kept={"muted": 1},
        watches=(watch(kinds=(NEW, DELETED)),),
    ),
    case(
        "quiet hours that are taken away let go what waits, as one mail",
        many(2),
        later(minutes=30),
        change(quiet=None),
        later(minutes=1),
        told=["Mon 08:30 ana: At once: Transit (2): Transit 1"],
        watches=(watch(quiet=(time(6), time(20))),),
    ),
    case(
        "who unsubscribes in quiet hours does not get what waits",
        pub(),
        unsubscribed(),
        later(days=1),
        kept={"unsubscribed": 1},
        watches=(watch(quiet=(time(6), time(20))),),
    ),
    case(
        "what waited in quiet hours when a watch expired is sent at their end",
        pub(),
        later(days=1),
        told=["Mon 20:00 ana: " + PLAIN],
        watches=(watch(quiet=(time(6), time(20)), expires=datetime(2026, 11, 2, 12, tzinfo=UTC)),),
    ),
    case(
        "another query does not take back what waits for a digest",
        pub(),
        change(query="railway"),
        pub("Transit two"),
        later(days=1),
        told=["Tue 07:00 ana: Daily digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.DAILY),),
    ),
    case(
        "a reader who joins while a digest waits gets what comes after",
        pub(),
        change(recipients=(ANA, BO)),
        pub("Transit two"),
        later(days=1),
        told=[
            "Tue 07:00 ana: Daily digest: Transit (2): Transit two",
            "Tue 07:00 bo: Daily digest: Transit (1): Transit two",
        ],
        watches=(watch(rhythm=Rhythm.DAILY),),
    ),
]

HAPPENINGS = [
    case(
        "a copy that comes after the deletion is a copy",
        pub(story="a"),
        later(hours=2),
        gone(),
        pub(outlet="daily", story="a"),
        told=[TOLD, "Mon 10:00 " + GONE_TOLD],
        kept={"copy": 1},
        watches=(watch(kinds=(NEW, DELETED)),),
    ),
    case(
        "a deletion in the night is told in the morning",
        pub(),
        later(hours=15),
        gone(),
        later(hours=10),
        told=[TOLD, "Tue 07:00 " + GONE_TOLD],
        watches=(watch(kinds=(NEW, DELETED), quiet=NIGHT),),
    ),
    case(
        "a development of another telling of the event is one of the event",
        tell(("daily", "Transit line opens", "en", "a"), ("kavkaz", "Transit: линия", "ru", "b")),
        later(hours=1),
        pub("Transit line shut", outlet="third", story="c", follows="b"),
        told=[
            "Mon 08:00 ana: Transit: Transit line opens",
            "Mon 09:00 ana: Transit: Follow-up: Transit line shut",
        ],
    ),
    case(
        "a development before the digest's hour stands in the same digest",
        pub(story="a"),
        later(hours=1),
        pub("Transit off", outlet="daily", story="b", follows="a"),
        later(days=1),
        told=["Tue 07:00 ana: Daily digest: Transit (2): Transit off"],
        watches=(watch(rhythm=Rhythm.DAILY),),
    ),
    case(
        "a story and its development in one pause come in one digest",
        pub(story="a"),
        later(hours=1),
        pub("Transit off", outlet="daily", story="b", follows="a"),
        later(hours=5),
        change(paused=False),
        later(minutes=1),
        told=["Mon 14:00 ana: Held back, arriving late: Transit (2): Transit off"],
        kept={"watch_paused": 2},
        watches=(watch(paused=True),),
    ),
    case(
        "two stories told apart that turn out to be one event tell no copy of it",
        pub("Transit one", story="a"),
        later(hours=1),
        pub("Transit two", outlet="daily", story="b"),
        event("a", "b"),
        later(hours=1),
        pub("Transit two", outlet="third", story="b"),
        told=["Mon 08:00 ana: Transit: Transit one", "Mon 09:00 ana: Transit: Transit two"],
        kept={"copy": 1},
    ),
    case(
        "an edit that is taken back hours later is told, and its undoing too",
        pub(),
        later(hours=2),
        pub(text=REWRITTEN),
        later(hours=4),
        pub(),
        later(hours=2),
        told=[TOLD, "Mon 10:00 " + EDIT_TOLD, "Mon 14:00 " + EDIT_TOLD],
        watches=(watch(kinds=(NEW, EDITED)),),
    ),
    case(
        "an article that was edited before it was told is told once, as it stands",
        pub(held=True),
        pub(text=REWRITTEN, held=True),
        matched(),
        later(hours=2),
        told=[TOLD],
    ),
    case(
        "a picked up event waits for the morning",
        copies(3),
        later(days=1),
        told=["Mon 20:00 ana: Transit: Picked up by 3 outlets: Transit talks"],
        kept={"copy": 2, "kind_not_wanted": 1},
        watches=(watch(kinds=(PICKED_UP,), picked_up_by=3, quiet=(time(6), time(20))),),
    ),
    case(
        "two watches of a reader, at once and daily: an event is told once, the quicker way",
        tell(("daily", "Transit opens", "en", "a"), ("kavkaz", "Poti: линия", "ru", "b")),
        later(days=1),
        told=["Mon 08:00 ana: Transit: Transit opens"],
        kept={"already_told": 1},
        watches=(watch(), watch("transit AND opens", name="Lines", rhythm=Rhythm.DAILY)),
    ),
    case(
        "a digest on the leap day comes on it",
        pub(),
        later(days=1),
        told=["Tue 07:00 ana: Daily digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.DAILY),),
        begin=datetime(2028, 2, 28, 8, tzinfo=UTC),
    ),
    case(
        "in Berlin a weekly digest on the day on which summer ends comes at her hour",
        pub(),
        later(days=7),
        told=["Sun 06:00 ana: Weekly digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.WEEKLY, weekday=6, timezone="Europe/Berlin"),),
        begin=datetime(2026, 10, 19, 8, tzinfo=UTC),
    ),
]

ALL = [*REFUSED, *CHANGES, *HAPPENINGS]


@pytest.mark.parametrize("situation", ALL, ids=lambda item: item.sentence)
def test_situation(stage, situation):
    told, kept_back = play(stage, situation)
    assert told == list(situation.told)
    assert kept_back == situation.kept_back
