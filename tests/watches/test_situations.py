"""What is told, when, to whom, and what is kept back and why: situation by situation."""

import os
from datetime import UTC, datetime, time, timedelta

import pytest
from situations import (
    ANA,
    BO,
    Case,
    MatchKind,
    Rhythm,
    Stage,
    Watching,
    change,
    copies,
    dropped,
    dropped_by_hand,
    event,
    gone,
    imported,
    later,
    many,
    matched,
    play,
    pub,
    resumed,
    tell,
    unsubscribed,
)

NEW, EDITED, DELETED = MatchKind.NEW, MatchKind.EDITED, MatchKind.DELETED
FOLLOW_UP, PICKED_UP = MatchKind.FOLLOW_UP, MatchKind.PICKED_UP
FIRST, SPIKE = MatchKind.FIRST_MENTION, MatchKind.SPIKE
PLAIN = "Transit: Transit talks"


def watch(query="transit", *, name="Transit", to=(ANA,), **fields):
    return Watching(name=name, query=query, to=to, fields=fields)


def case(sentence, *steps, told=(), kept=None, watches=None, **more):
    return Case(
        sentence=sentence,
        steps=steps,
        told=tuple(told),
        kept_back=kept or {},
        watches=watches or (watch(),),
        **more,
    )


NEWS = [
    case("a new article that fits is told at once", pub(), told=["Mon 08:00 ana: " + PLAIN]),
    case("an article that does not fit is not told", pub("Weather", text="Rain in Batumi.")),
    case(
        "two stories are two mails",
        pub(),
        pub("Transit fees"),
        told=["Mon 08:00 ana: " + PLAIN, "Mon 08:00 ana: Transit: Transit fees"],
    ),
    case(
        "two stories that come in one load are two mails",
        many(2),
        told=["Mon 08:00 ana: Transit: Transit 0", "Mon 08:00 ana: Transit: Transit 1"],
    ),
    case(
        "an outlet that the watch does not name is not told",
        pub(outlet="daily"),
        watches=(watch(outlets=("wire",)),),
    ),
    case(
        "an outlet that the watch names is told",
        pub(),
        told=["Mon 08:00 ana: " + PLAIN],
        watches=(watch(outlets=("wire",)),),
    ),
    case(
        "an article in another language than the watch names is not told",
        pub(language="ru"),
        watches=(watch(languages=("en",)),),
    ),
    case(
        "an article of another region than the watch names is not told",
        pub(),
        watches=(watch(regions=("elsewhere",)),),
    ),
    case(
        "the same article loaded again is no news", pub(), pub(), told=["Mon 08:00 ana: " + PLAIN]
    ),
    case(
        "a watch without readers tells nobody",
        pub(),
        watches=(watch(to=()),),
    ),
    case(
        "who wants only developments is not told what is new, and the count says so",
        pub(),
        kept={"kind_not_wanted": 1},
        watches=(watch(kinds=(FOLLOW_UP,)),),
    ),
    case(
        "a watch saved while articles wait for the matcher tells them",
        pub(held=True),
        change(query="transit OR fees"),
        matched(),
        told=["Mon 08:00 ana: " + PLAIN],
    ),
]

COPIES = [
    case(
        "a copy is not told, and counted",
        pub(story="a"),
        later(hours=1),
        pub(outlet="daily", story="a"),
        told=["Mon 08:00 ana: " + PLAIN],
        kept={"copy": 1},
    ),
    case(
        "fifty copies are one mail",
        copies(50),
        told=["Mon 08:00 ana: " + PLAIN],
        kept={"copy": 49},
    ),
    case(
        "fifty copies over a day are one mail",
        *[step for hour in range(10) for step in (copies(5, start=5 * hour), later(hours=2))],
        told=["Mon 08:00 ana: " + PLAIN],
        kept={"copy": 49},
    ),
    case(
        "a copy that comes first is told in place of the one that does not fit",
        pub(text="Ministers met.", title="Talks", story="a"),
        pub(outlet="daily", story="a"),
        told=["Mon 08:00 ana: " + PLAIN],
    ),
    case(
        "a copy in a digest is a line of its story",
        pub(story="a"),
        pub(outlet="daily", story="a"),
        later(days=1),
        told=["Tue 07:00 ana: Daily digest: Transit (1): Transit talks"],
        kept={"copy": 1},
        watches=(watch(rhythm=Rhythm.DAILY),),
    ),
    case(
        "a copy days later is still a copy",
        pub(story="a"),
        later(days=2),
        pub(outlet="daily", story="a"),
        told=["Mon 08:00 ana: " + PLAIN],
        kept={"copy": 1},
    ),
    case(
        "copies count once for each reader",
        pub(story="a"),
        pub(outlet="daily", story="a"),
        told=["Mon 08:00 ana: " + PLAIN, "Mon 08:00 bo: " + PLAIN],
        kept={"copy": 2},
        watches=(watch(to=(ANA, BO)),),
    ),
]

TELLINGS = (
    ("daily", "Transit line opens", "en", "a"),
    ("kavkaz", "Transit: открыта линия", "ru", "b"),
    ("azeri", "Transit xətti açıldı", "az", "c"),
)
OPENED = "Mon 08:00 ana: Transit: Transit line opens"
EVENTS = [
    case("three tellings of one event are one mail", tell(*TELLINGS), told=[OPENED]),
    case(
        "the telling in the reader's language is at the head",
        tell(*TELLINGS),
        told=["Mon 08:00 ana: Transit: Transit: открыта линия"],
        watches=(watch(mail_language="ru"),),
    ),
    case(
        "of the watch's languages the first heads the mail",
        tell(*TELLINGS),
        told=["Mon 08:00 ana: Transit: Transit xətti açıldı"],
        watches=(watch(languages=("az", "ru")),),
    ),
    case(
        "a telling that comes soon after waits for the pace",
        tell(TELLINGS[0]),
        later(minutes=30),
        tell(TELLINGS[1]),
        later(hours=5),
        told=[OPENED, "Mon 11:00 ana: Transit: More on this: Transit: открыта линия"],
    ),
    case(
        "tellings that come soon after wait for the pace together",
        tell(TELLINGS[0]),
        later(minutes=30),
        tell(TELLINGS[1]),
        later(minutes=30),
        tell(TELLINGS[2]),
        later(hours=5),
        told=[OPENED, "Mon 11:00 ana: Transit: More on this: Transit: открыта линия"],
    ),
    case(
        "who wants no pause is told each telling at once",
        tell(TELLINGS[0]),
        later(minutes=30),
        tell(TELLINGS[1]),
        told=[OPENED, "Mon 08:30 ana: Transit: More on this: Transit: открыта линия"],
        watches=(watch(pace=0),),
    ),
    case(
        "a telling after the pace is told at once",
        tell(TELLINGS[0]),
        later(hours=4),
        tell(TELLINGS[1]),
        told=[OPENED, "Mon 12:00 ana: Transit: More on this: Transit: открыта линия"],
    ),
    case(
        "a pace that ends in quiet hours waits for their end",
        tell(TELLINGS[0]),
        later(minutes=30),
        tell(TELLINGS[1]),
        later(hours=9),
        told=[OPENED, "Mon 14:00 ana: Transit: More on this: Transit: открыта линия"],
        watches=(watch(quiet=(time(10), time(14))),),
    ),
    case(
        "a digest has an event once",
        tell(*TELLINGS),
        later(days=1),
        told=["Tue 07:00 ana: Daily digest: Transit (1): Transit line opens"],
        watches=(watch(rhythm=Rhythm.DAILY),),
    ),
    case(
        "a digest the day after tells that there is more on it",
        tell(TELLINGS[0]),
        later(days=1),
        tell(TELLINGS[1]),
        later(days=1),
        told=[
            "Tue 07:00 ana: Daily digest: Transit (1): Transit line opens",
            "Wed 07:00 ana: Daily digest: Transit (1): Transit: открыта линия",
        ],
        watches=(watch(rhythm=Rhythm.DAILY),),
    ),
    case(
        "stories that turn out to be one event before they are due are one line",
        pub("Transit one", story="a"),
        pub("Transit two", outlet="daily", story="b"),
        event("a", "b"),
        later(days=1),
        told=["Tue 07:00 ana: Daily digest: Transit (1): Transit one"],
        watches=(watch(rhythm=Rhythm.DAILY),),
    ),
]

DEVELOPMENTS = [
    case(
        "a development is told at once, under its label",
        pub(story="a"),
        later(hours=1),
        pub("Transit off", outlet="daily", story="b", follows="a"),
        told=["Mon 08:00 ana: " + PLAIN, "Mon 09:00 ana: Transit: Follow-up: Transit off"],
    ),
    case(
        "a development a month later is told",
        pub(story="a"),
        later(days=20),
        pub("Transit off", outlet="daily", story="b", follows="a"),
        told=["Mon 08:00 ana: " + PLAIN, "Sun 08:00 ana: Transit: Follow-up: Transit off"],
    ),
    case(
        "a development of what never fitted is new",
        pub("Talks", text="Ministers met.", story="a"),
        later(hours=1),
        pub("Transit off", outlet="daily", story="b", follows="a"),
        told=["Mon 09:00 ana: Transit: Transit off"],
    ),
    case(
        "a development that does not fit itself is not told",
        pub(story="a"),
        later(hours=1),
        pub("Walked away", outlet="daily", text="It is off.", story="b", follows="a"),
        told=["Mon 08:00 ana: " + PLAIN],
    ),
    case(
        "a copy of a development is a copy",
        pub(story="a"),
        pub("Transit off", outlet="daily", story="b", follows="a"),
        pub("Transit off", outlet="third", story="b"),
        told=["Mon 08:00 ana: " + PLAIN, "Mon 08:00 ana: Transit: Follow-up: Transit off"],
        kept={"copy": 1},
    ),
    case(
        "two developments of one story are two mails",
        pub(story="a"),
        later(hours=1),
        pub("Transit off", outlet="daily", story="b", follows="a"),
        later(hours=1),
        pub("Transit on", outlet="daily", story="c", follows="a"),
        told=[
            "Mon 08:00 ana: " + PLAIN,
            "Mon 09:00 ana: Transit: Follow-up: Transit off",
            "Mon 10:00 ana: Transit: Follow-up: Transit on",
        ],
    ),
    case(
        "who wants only what is new is not told a development, and the count says so",
        pub(story="a"),
        pub("Transit off", outlet="daily", story="b", follows="a"),
        told=["Mon 08:00 ana: " + PLAIN],
        kept={"kind_not_wanted": 1},
        watches=(watch(kinds=(NEW,)),),
    ),
    case(
        "a development does not wait for the pace",
        pub(story="a"),
        later(minutes=5),
        pub("Transit off", outlet="daily", story="b", follows="a"),
        told=["Mon 08:00 ana: " + PLAIN, "Mon 08:05 ana: Transit: Follow-up: Transit off"],
        watches=(watch(pace=10_000),),
    ),
]

BEFORE = "Three ships left the port of Poti."
AFTER = "Three ships left the port of Poti, a railway official said."
EDITS_WANTED = (watch(kinds=(NEW, EDITED)),)
RAILWAY = (watch("railway"),)
EDIT_TOLD = "ana: Transit: Edited after publication: Transit talks"


def rewrite(text="Five ministers met in Tbilisi to discuss transit.", **more):
    return pub(text=text, **more)


EDITS = [
    case(
        "an edit is told to who wants edits",
        pub(),
        later(hours=2),
        rewrite(),
        told=["Mon 08:00 ana: " + PLAIN, "Mon 10:00 " + EDIT_TOLD],
        watches=EDITS_WANTED,
    ),
    case(
        "an edit is not told to who does not",
        pub(),
        later(hours=2),
        rewrite(),
        told=["Mon 08:00 ana: " + PLAIN],
    ),
    case(
        "edits within the hour after a mail about edits come as one",
        pub(),
        later(hours=2),
        rewrite(),
        later(minutes=10),
        rewrite("Six ministers met in Tbilisi to discuss transit."),
        later(minutes=10),
        rewrite("Seven ministers met in Tbilisi to discuss transit."),
        later(hours=3),
        told=["Mon 08:00 ana: " + PLAIN, "Mon 10:00 " + EDIT_TOLD, "Mon 11:00 " + EDIT_TOLD],
        watches=EDITS_WANTED,
    ),
    case(
        "an edit that is taken back within the hour is not told",
        pub(),
        later(hours=2),
        rewrite(),
        later(minutes=10),
        rewrite("Six ministers met in Tbilisi to discuss transit."),
        later(minutes=10),
        rewrite(),
        later(hours=3),
        told=["Mon 08:00 ana: " + PLAIN, "Mon 10:00 " + EDIT_TOLD],
        kept={"edit_undone": 2},
        watches=EDITS_WANTED,
    ),
    case(
        "an edit of the standfirst alone is told",
        pub(standfirst="Of four countries."),
        later(hours=2),
        pub(standfirst="Of five countries."),
        told=["Mon 08:00 ana: " + PLAIN, "Mon 10:00 " + EDIT_TOLD],
        watches=EDITS_WANTED,
    ),
    case(
        "an edit of the headline alone is told",
        pub(path="x"),
        later(hours=2),
        pub("Transit talks fail", path="x"),
        told=["Mon 08:00 ana: " + PLAIN, "Mon 10:00 " + EDIT_TOLD + " fail"],
        watches=EDITS_WANTED,
    ),
    case(
        "an article edited into the query is told as new",
        pub(text=BEFORE),
        later(hours=2),
        pub(text=AFTER),
        told=["Mon 10:00 ana: " + PLAIN],
        watches=RAILWAY,
    ),
    case(
        "an article edited into the query weeks later is told as new",
        pub(text=BEFORE),
        later(days=20),
        pub(text=AFTER),
        told=["Sun 08:00 ana: " + PLAIN],
        watches=RAILWAY,
    ),
    case(
        "an article edited out of the query is told as an edit to who wants edits",
        pub(text=AFTER),
        later(hours=2),
        pub(text=BEFORE),
        told=["Mon 08:00 ana: " + PLAIN, "Mon 10:00 " + EDIT_TOLD],
        watches=(watch("railway", kinds=(NEW, EDITED)),),
    ),
    case(
        "an article edited out and in again is told once",
        pub(text=AFTER),
        later(hours=2),
        pub(text=BEFORE),
        later(hours=2),
        pub(text=AFTER),
        told=["Mon 08:00 ana: " + PLAIN],
        watches=RAILWAY,
    ),
    case(
        "a copy edited into the query is a copy",
        pub(text=AFTER, story="a"),
        pub(outlet="daily", text=BEFORE, story="a"),
        later(hours=2),
        pub(outlet="daily", text=AFTER),
        told=["Mon 08:00 ana: " + PLAIN],
        watches=RAILWAY,
    ),
    case(
        "an edit in quiet hours is told at their end",
        pub(),
        later(hours=3),
        rewrite(),
        later(hours=5),
        told=["Mon 08:00 ana: " + PLAIN, "Mon 14:00 " + EDIT_TOLD],
        watches=(watch(kinds=(NEW, EDITED), quiet=(time(10), time(14))),),
    ),
    case(
        "a day's edits are one line of a digest",
        pub(),
        later(days=1),
        rewrite(),
        later(hours=2),
        rewrite("Six ministers met in Tbilisi to discuss transit."),
        later(days=1),
        told=[
            "Tue 07:00 ana: Daily digest: Transit (1): Transit talks",
            "Wed 07:00 ana: Daily digest: Transit (1): Transit talks",
        ],
        watches=(watch(kinds=(NEW, EDITED), rhythm=Rhythm.DAILY),),
    ),
]

GONE_TOLD = "ana: Transit: Deleted at the source: Transit talks"
BACK_TOLD = "ana: Transit: Back at the source: Transit talks"
DELETIONS_WANTED = (watch(kinds=(NEW, DELETED)),)
DELETIONS = [
    case(
        "a deletion is told to who wants deletions",
        pub(),
        later(hours=2),
        gone(),
        told=["Mon 08:00 ana: " + PLAIN, "Mon 10:00 " + GONE_TOLD],
        watches=DELETIONS_WANTED,
    ),
    case(
        "a deletion is not told to who does not",
        pub(),
        later(hours=2),
        gone(),
        told=["Mon 08:00 ana: " + PLAIN],
    ),
    case(
        "a return after a deletion is told",
        pub(),
        later(hours=2),
        gone(),
        later(hours=2),
        pub(),
        told=["Mon 08:00 ana: " + PLAIN, "Mon 10:00 " + GONE_TOLD, "Mon 12:00 " + BACK_TOLD],
        watches=DELETIONS_WANTED,
    ),
    case(
        "a return is not told to who wants no deletions",
        pub(),
        gone(),
        pub(),
        told=["Mon 08:00 ana: " + PLAIN],
    ),
    case(
        "a second deletion is told as well",
        pub(),
        gone(),
        later(hours=2),
        pub(),
        later(hours=2),
        gone(),
        told=[
            "Mon 08:00 ana: " + PLAIN,
            "Mon 08:00 " + GONE_TOLD,
            "Mon 10:00 " + BACK_TOLD,
            "Mon 12:00 " + GONE_TOLD,
        ],
        watches=DELETIONS_WANTED,
    ),
    case(
        "the deletion of an article weeks old is told",
        pub(),
        later(days=20),
        gone(),
        told=["Mon 08:00 ana: " + PLAIN, "Sun 08:00 " + GONE_TOLD],
        watches=DELETIONS_WANTED,
    ),
    case(
        "the deletion of what does not fit is not told",
        pub("Weather", text="Rain."),
        gone(),
        watches=DELETIONS_WANTED,
    ),
    case(
        "an article that is gone before its digest is told with it",
        pub(),
        later(hours=2),
        gone(),
        later(days=1),
        told=["Tue 07:00 ana: Daily digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.DAILY),),
    ),
]

OLD = [
    case(
        "an article found four days after it came out is history",
        pub(aged=timedelta(days=4)),
        kept={"too_old": 1},
    ),
    case(
        "an article found two days after it came out is news",
        pub(aged=timedelta(days=2)),
        told=["Mon 08:00 ana: " + PLAIN],
    ),
    case(
        "an old article is told by a copy that is new",
        pub(aged=timedelta(days=4), story="a"),
        pub(outlet="daily", story="a"),
        kept={"too_old": 1, "copy": 1},
    ),
    case(
        "an edit of an old article is told",
        pub(aged=timedelta(days=40)),
        later(hours=2),
        rewrite(),
        told=["Mon 10:00 " + EDIT_TOLD],
        kept={"too_old": 1},
        watches=EDITS_WANTED,
    ),
    case(
        "an article dated tomorrow is news",
        pub(aged=timedelta(days=-1)),
        told=["Mon 08:00 ana: " + PLAIN],
    ),
    case(
        "an old development of a story that was told is history",
        pub(story="a"),
        pub("Transit off", outlet="daily", story="b", follows="a", aged=timedelta(days=5)),
        told=["Mon 08:00 ana: " + PLAIN],
        kept={"too_old": 1},
    ),
]

PAUSED = (watch(paused=True),)
LATE_ONE = "ana: Held back, arriving late: Transit (1): Transit talks"
HELD = [
    case(
        "a paused watch tells nothing, and counts it",
        pub(),
        kept={"watch_paused": 1},
        watches=PAUSED,
    ),
    case(
        "after a pause what it held back is one digest that says so",
        pub("Transit one"),
        pub("Transit two"),
        later(hours=5),
        change(paused=False),
        later(minutes=1),
        told=["Mon 13:00 ana: Held back, arriving late: Transit (2): Transit two"],
        kept={"watch_paused": 2},
        watches=PAUSED,
    ),
    case(
        "a pause of a few minutes is made good without much ado",
        pub(),
        later(minutes=10),
        change(paused=False),
        later(minutes=1),
        told=["Mon 08:10 ana: " + PLAIN],
        kept={"watch_paused": 1},
        watches=PAUSED,
    ),
    case(
        "what a pause held back for five weeks is history",
        pub(),
        later(days=35),
        change(paused=False),
        later(minutes=1),
        kept={"watch_paused": 1},
        watches=PAUSED,
    ),
    case(
        "a copy after the pause makes no second mail",
        pub(story="a"),
        later(hours=5),
        change(paused=False),
        pub(outlet="daily", story="a"),
        later(hours=5),
        told=["Mon 13:00 " + LATE_ONE],
        kept={"watch_paused": 1},
        watches=PAUSED,
    ),
    case(
        "a copy in the pause does not hide the story",
        pub(story="a"),
        pub(outlet="daily", story="a"),
        later(hours=5),
        change(paused=False),
        later(minutes=1),
        told=["Mon 13:00 " + LATE_ONE],
        kept={"watch_paused": 1, "copy": 1},
        watches=PAUSED,
    ),
    case(
        "a mute that ends by itself is made good at the next look",
        pub(),
        later(hours=3),
        told=["Mon 11:00 " + LATE_ONE],
        kept={"muted": 1},
        watches=(watch(mute_until=datetime(2026, 11, 2, 10, tzinfo=UTC)),),
    ),
    case(
        "before its mute ends a watch tells nothing",
        pub(),
        later(hours=1),
        kept={"muted": 1},
        watches=(watch(mute_until=datetime(2026, 11, 2, 10, tzinfo=UTC)),),
    ),
    case(
        "after its mute has ended a watch tells at once",
        later(hours=3),
        pub(),
        told=["Mon 11:00 ana: " + PLAIN],
        watches=(watch(mute_until=datetime(2026, 11, 2, 10, tzinfo=UTC)),),
    ),
    case(
        "a pause between match and digest holds the digest back until it is over",
        pub(),
        change(paused=True),
        later(days=1),
        change(paused=False),
        later(days=1),
        told=["Wed 07:00 ana: Held back, arriving late: Transit (1): Transit talks"],
        kept={"watch_paused": 1},
        watches=(watch(rhythm=Rhythm.DAILY),),
    ),
    case(
        "an expired watch tells nothing of what comes after its end",
        later(hours=3),
        pub(),
        watches=(watch(expires=datetime(2026, 11, 2, 10, tzinfo=UTC)),),
    ),
    case(
        "what waited when a watch expired is sent at its hour",
        pub(),
        later(days=1),
        told=["Tue 07:00 ana: Daily digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.DAILY, expires=datetime(2026, 11, 2, 10, tzinfo=UTC)),),
    ),
    case(
        "what came before a watch expired is told though it is matched after its end",
        pub(held=True),
        later(minutes=150),
        matched(),
        told=["Mon 10:30 " + LATE_ONE],
        watches=(watch(expires=datetime(2026, 11, 2, 10, tzinfo=UTC)),),
    ),
    case(
        "a watch whose end is moved goes on",
        later(hours=3),
        change(expires=None),
        pub(),
        told=["Mon 11:00 ana: " + PLAIN],
        watches=(watch(expires=datetime(2026, 11, 2, 10, tzinfo=UTC)),),
    ),
]

RHYTHMS = [
    case(
        "an hourly digest comes at the full hour",
        later(minutes=20),
        pub(),
        later(hours=1),
        told=["Mon 09:00 ana: Hourly digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.HOURLY),),
    ),
    case(
        "an hour without news has no digest",
        later(hours=5),
        watches=(watch(rhythm=Rhythm.HOURLY),),
    ),
    case(
        "a daily digest comes at the reader's hour in her zone",
        pub(),
        later(days=1),
        told=["Tue 03:00 ana: Daily digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.DAILY, timezone="Asia/Baku"),),
    ),
    case(
        "a weekly digest comes on its weekday",
        pub(),
        later(days=7),
        told=["Fri 07:00 ana: Weekly digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.WEEKLY, weekday=4),),
    ),
    case(
        "news on the digest's weekday after its hour waits for a week",
        pub(),
        later(days=7),
        told=["Mon 07:00 ana: Weekly digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.WEEKLY, weekday=0),),
    ),
    case(
        "a digest over the end of a month comes on the first",
        pub(),
        later(days=1),
        told=["Tue 07:00 ana: Daily digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.DAILY),),
        begin=datetime(2026, 11, 30, 8, tzinfo=UTC),
    ),
    case(
        "a weekly digest over the end of the year comes in January",
        pub(),
        later(days=7),
        told=["Fri 07:00 ana: Weekly digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.WEEKLY, weekday=4),),
        begin=datetime(2026, 12, 28, 8, tzinfo=UTC),
    ),
    case(
        "a digest over the end of February comes on the first of March",
        pub(),
        later(days=1),
        told=["Mon 07:00 ana: Daily digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.DAILY),),
        begin=datetime(2027, 2, 28, 8, tzinfo=UTC),
    ),
    case(
        "from weekly to hourly what waits comes at the next hour",
        many(9),
        later(days=1),
        change(rhythm=Rhythm.HOURLY),
        later(hours=1),
        told=["Tue 09:00 ana: Hourly digest: Transit (9): Transit 5"],
        watches=(watch(rhythm=Rhythm.WEEKLY, weekday=6),),
    ),
    case(
        "from hourly to daily what waits comes with the day",
        later(minutes=10),
        pub(),
        change(rhythm=Rhythm.DAILY),
        later(days=1),
        told=["Tue 07:00 ana: Daily digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.HOURLY),),
    ),
    case(
        "from daily to at once what waits comes at once, as one mail",
        many(3),
        later(hours=2),
        change(rhythm=Rhythm.AT_ONCE),
        later(minutes=1),
        told=["Mon 10:00 ana: At once: Transit (3): Transit 1"],
        watches=(watch(rhythm=Rhythm.DAILY),),
    ),
    case(
        "another zone moves the digest's hour",
        pub(),
        change(timezone="Asia/Baku"),
        later(days=1),
        told=["Tue 03:00 ana: Daily digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.DAILY),),
    ),
    case(
        "a brief has the events of all her watches, the weightiest first",
        pub(story="a"),
        pub("Poti shut", text="Storm in Poti.", story="b"),
        pub("Poti shut", outlet="daily", text="Storm in Poti.", story="b"),
        later(days=1),
        told=["Tue 07:00 ana: Daily brief: Ports +1 (2): Poti shut"],
        kept={"copy": 1},
        watches=(
            watch(rhythm=Rhythm.BRIEF),
            watch("poti", name="Ports", rhythm=Rhythm.BRIEF),
        ),
    ),
    case(
        "a brief of a hundred events names twenty",
        many(100),
        later(days=1),
        told=["Tue 07:00 ana: Daily brief: Transit (100): Transit 38"],
        watches=(watch(rhythm=Rhythm.BRIEF),),
    ),
    case(
        "a digest of 520 is one mail",
        many(520),
        later(days=1),
        told=["Tue 07:00 ana: Daily digest: Transit (520): Transit 502"],
        watches=(watch(rhythm=Rhythm.DAILY),),
    ),
]


def quiet(begin, end, zone, **fields):
    return (watch(quiet=(begin, end), timezone=zone, **fields),)


NIGHT = time(22), time(7)
QUIET = [
    case(
        "what comes in quiet hours is told at their end",
        pub(),
        later(hours=4),
        told=["Mon 10:00 ana: " + PLAIN],
        watches=quiet(time(6), time(10), "UTC"),
    ),
    case(
        "what comes in quiet hours is told at their end as one mail",
        pub("Transit one"),
        pub("Transit two"),
        later(hours=4),
        told=["Mon 10:00 ana: At once: Transit (2): Transit two"],
        watches=quiet(time(6), time(10), "UTC"),
    ),
    case(
        "what comes at the end of quiet hours is told at once",
        pub(),
        told=["Mon 08:00 ana: " + PLAIN],
        watches=quiet(time(6), time(8), "UTC"),
    ),
    case(
        "what comes at the beginning of quiet hours waits",
        pub(),
        later(hours=3),
        told=["Mon 10:00 ana: " + PLAIN],
        watches=quiet(time(8), time(10), "UTC"),
    ),
    case(
        "quiet hours with equal ends are none",
        pub(),
        told=["Mon 08:00 ana: " + PLAIN],
        watches=quiet(time(8), time(8), "UTC"),
    ),
    case(
        "over midnight: what comes before it waits for the morning",
        later(hours=15),
        pub(),
        later(hours=10),
        told=["Tue 07:00 ana: " + PLAIN],
        watches=quiet(*NIGHT, "UTC"),
    ),
    case(
        "over midnight: what comes after it waits for the same morning",
        later(hours=18),
        pub(),
        later(hours=10),
        told=["Tue 07:00 ana: " + PLAIN],
        watches=quiet(*NIGHT, "UTC"),
    ),
    case(
        "a digest whose hour lies in quiet hours comes at their end",
        pub(),
        later(days=1),
        told=["Tue 07:00 ana: Daily digest: Transit (1): Transit talks"],
        watches=quiet(*NIGHT, "UTC", rhythm=Rhythm.DAILY, hour=5),
    ),
    case(
        "in Tehran the night ends at half past three in UTC",
        later(hours=12),
        pub(),
        later(hours=12),
        told=["Tue 03:30 ana: " + PLAIN],
        watches=quiet(*NIGHT, "Asia/Tehran"),
    ),
    case(
        "in Tehran a digest at seven comes at half past three in UTC",
        pub(),
        later(days=1),
        told=["Tue 03:30 ana: Daily digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.DAILY, timezone="Asia/Tehran"),),
    ),
    case(
        "in Tehran no clock is changed in March any more",
        pub(),
        later(days=1),
        told=["Mon 03:30 ana: Daily digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.DAILY, timezone="Asia/Tehran"),),
        begin=datetime(2027, 3, 21, 8, tzinfo=UTC),
    ),
    case(
        "in Tehran the night of March 2021 in which the clock was changed ends an hour earlier",
        pub(),
        later(hours=10),
        told=["Mon 02:30 ana: " + PLAIN],
        watches=quiet(*NIGHT, "Asia/Tehran"),
        begin=datetime(2021, 3, 21, 19, tzinfo=UTC),
    ),
    case(
        "in Berlin the night in which summer begins ends an hour earlier",
        pub(),
        later(hours=10),
        told=["Sun 05:00 ana: " + PLAIN],
        watches=quiet(*NIGHT, "Europe/Berlin"),
        begin=datetime(2027, 3, 27, 22, tzinfo=UTC),
    ),
    case(
        "in Berlin the night in which summer ends ends an hour later",
        pub(),
        later(hours=12),
        told=["Sun 06:00 ana: " + PLAIN],
        watches=quiet(*NIGHT, "Europe/Berlin"),
        begin=datetime(2026, 10, 24, 21, tzinfo=UTC),
    ),
    case(
        "in Berlin quiet hours that end in the hour that is left out end after it",
        pub(),
        later(hours=5),
        told=["Sun 01:30 ana: " + PLAIN],
        watches=quiet(time(22), time(2, 30), "Europe/Berlin"),
        begin=datetime(2027, 3, 27, 22, tzinfo=UTC),
    ),
    case(
        "in Berlin quiet hours that end in the hour that comes twice end in the first",
        pub(),
        later(hours=5),
        told=["Sun 00:30 ana: " + PLAIN],
        watches=quiet(time(22), time(2, 30), "Europe/Berlin"),
        begin=datetime(2026, 10, 24, 21, tzinfo=UTC),
    ),
    case(
        "in Berlin the digest after summer's end comes an hour later in UTC",
        pub(),
        later(days=1),
        told=["Sun 06:00 ana: Daily digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.DAILY, timezone="Europe/Berlin"),),
        begin=datetime(2026, 10, 24, 8, tzinfo=UTC),
    ),
    case(
        "in Berlin an hourly digest comes twice in the hour that comes twice",
        later(minutes=30),
        pub("Transit one"),
        later(hours=1),
        pub("Transit two"),
        later(hours=1),
        told=[
            "Sun 01:00 ana: Hourly digest: Transit (1): Transit one",
            "Sun 02:00 ana: Hourly digest: Transit (1): Transit two",
        ],
        watches=(watch(rhythm=Rhythm.HOURLY, timezone="Europe/Berlin"),),
        begin=datetime(2026, 10, 25, 0, tzinfo=UTC),
    ),
]

UNDELIVERED = "Mon 08:00 ana: not delivered"
DELIVERY = [
    case(
        "after a mail that was refused a copy tells the story",
        pub(story="a"),
        dropped("refused_message"),
        later(hours=5),
        pub(outlet="daily", story="a"),
        told=["Mon 08:00 ana: " + PLAIN, UNDELIVERED, "Mon 13:00 " + LATE_ONE],
    ),
    case(
        "after a mail that was given up a copy tells the story",
        pub(story="a"),
        dropped("given_up"),
        later(hours=5),
        pub(outlet="daily", story="a"),
        told=["Mon 08:00 ana: " + PLAIN, UNDELIVERED, "Mon 13:00 " + LATE_ONE],
    ),
    case(
        "what a person dropped stays dropped",
        pub(story="a"),
        dropped_by_hand(),
        later(hours=5),
        pub(outlet="daily", story="a"),
        told=["Mon 08:00 ana: " + PLAIN],
        kept={"copy": 1},
    ),
    case(
        "an address that is no more is written to no more",
        pub(),
        dropped("refused_address"),
        later(hours=5),
        pub("Transit two"),
        told=["Mon 08:00 ana: " + PLAIN, UNDELIVERED],
        kept={"address_paused": 1},
    ),
    case(
        "an address that is back gets what it missed as one digest",
        pub(),
        dropped("refused_address"),
        later(hours=5),
        pub("Transit two"),
        later(hours=5),
        resumed(),
        told=[
            "Mon 08:00 ana: " + PLAIN,
            UNDELIVERED,
            "Mon 18:00 ana: Held back, arriving late: Transit (2): Transit two",
        ],
        kept={"address_paused": 1},
    ),
    case(
        "one reader's paused address is no other's matter",
        pub(),
        dropped("refused_address"),
        pub("Transit two"),
        told=[
            "Mon 08:00 ana: " + PLAIN,
            "Mon 08:00 bo: " + PLAIN,
            "Mon 08:00 bo: not delivered",
            "Mon 08:00 ana: Transit: Transit two",
        ],
        kept={"address_paused": 1},
        watches=(watch(to=(ANA, BO)),),
    ),
]

OUTAGES = [
    case(
        "after four days without a matcher readers get one digest that says so",
        pub("Transit one", held=True),
        pub("Transit two", held=True),
        later(days=4),
        matched(),
        told=["Fri 08:00 ana: Held back, arriving late: Transit (2): Transit two"],
    ),
    case(
        "a copy that comes after the outage is a copy",
        pub(story="a", held=True),
        later(days=4),
        pub(outlet="daily", story="a"),
        told=["Fri 08:00 " + LATE_ONE],
        kept={"copy": 1},
    ),
    case(
        "fifty minutes without a matcher are no outage",
        pub(held=True),
        later(minutes=50),
        matched(),
        told=["Mon 08:50 ana: " + PLAIN],
    ),
    case(
        "what was old when it was found stays history after an outage",
        pub(aged=timedelta(days=4), held=True),
        later(days=2),
        matched(),
        kept={"too_old": 1},
    ),
    case(
        "an outage that ends in quiet hours is made good at their end",
        pub(held=True),
        later(days=1, hours=1),
        matched(),
        later(hours=2),
        told=["Tue 10:00 " + LATE_ONE],
        watches=quiet(time(8), time(10), "UTC"),
    ),
    case(
        "an outage before a digest's hour goes unnoticed",
        pub(held=True),
        later(hours=20),
        matched(),
        later(hours=4),
        told=["Tue 07:00 ana: Daily digest: Transit (1): Transit talks"],
        watches=(watch(rhythm=Rhythm.DAILY),),
    ),
]

BOTH = (watch(to=(ANA, BO)),)
LEAVING = [
    case("who unsubscribed is told nothing", unsubscribed(), pub()),
    case(
        "who unsubscribed while a digest waits does not get it",
        pub(),
        unsubscribed(),
        later(days=1),
        kept={"unsubscribed": 1},
        watches=(watch(rhythm=Rhythm.DAILY),),
    ),
    case(
        "one who leaves is no other's matter",
        unsubscribed(),
        pub(),
        told=["Mon 08:00 bo: " + PLAIN],
        watches=BOTH,
    ),
    case(
        "unsubscribing survives an import",
        unsubscribed(),
        imported(),
        pub(),
        told=["Mon 08:00 bo: " + PLAIN],
        watches=BOTH,
    ),
    case(
        "unsubscribing survives an edit and an import",
        unsubscribed(),
        change(pace=30),
        imported(),
        pub(),
        told=["Mon 08:00 bo: " + PLAIN],
        watches=BOTH,
    ),
    case(
        "who is named again by hand is told again",
        unsubscribed(),
        change(recipients=(ANA,)),
        pub(),
        told=["Mon 08:00 ana: " + PLAIN],
    ),
    case(
        "who leaves one of two watches is told of the other",
        unsubscribed(),
        pub("Poti shut", text="Transit stopped in Poti."),
        told=["Mon 08:00 ana: Ports: Poti shut"],
        watches=(watch(), watch("poti", name="Ports")),
    ),
    case(
        "who leaves both of two watches is told of neither",
        unsubscribed(watches=2),
        pub("Poti shut", text="Transit stopped in Poti."),
        watches=(watch(), watch("poti", name="Ports")),
    ),
]

TWO = (watch(), watch("poti", name="Ports"))
READERS = [
    case(
        "two readers of a watch get a mail each",
        pub(),
        told=["Mon 08:00 ana: " + PLAIN, "Mon 08:00 bo: " + PLAIN],
        watches=BOTH,
    ),
    case(
        "two watches of a reader that fit one story are one mail",
        pub("Poti shut", text="Transit stopped in Poti."),
        told=["Mon 08:00 ana: Transit: Poti shut"],
        watches=TWO,
    ),
    case(
        "the second watch of a reader does not tell what the first has told",
        pub(story="a"),
        later(hours=1),
        pub(outlet="daily", text="Transit stopped in Poti.", story="a"),
        told=["Mon 08:00 ana: " + PLAIN],
        kept={"copy": 1, "already_told": 1},
        watches=TWO,
    ),
    case(
        "the second watch of another reader tells her what fits it first",
        pub(story="a"),
        later(hours=1),
        pub(outlet="daily", text="Transit stopped in Poti.", story="a"),
        told=["Mon 08:00 ana: " + PLAIN, "Mon 09:00 bo: Ports: Transit talks"],
        kept={"copy": 1},
        watches=(watch(), watch("poti", name="Ports", to=(BO,))),
    ),
    case(
        "of two watches with two rhythms the quicker tells a story",
        pub("Poti shut", text="Transit stopped in Poti."),
        later(days=1),
        told=["Mon 08:00 ana: Transit: Poti shut"],
        kept={"already_told": 1},
        watches=(watch(), watch("poti", name="Ports", rhythm=Rhythm.DAILY)),
    ),
    case(
        "two digests of one hour are one mail",
        pub("Poti shut", text="Storm in Poti."),
        pub(),
        later(days=1),
        told=["Tue 07:00 ana: Daily digest: Transit +1 (2): Transit talks"],
        watches=(
            watch(rhythm=Rhythm.DAILY),
            watch("poti", name="Ports", rhythm=Rhythm.DAILY),
        ),
    ),
    case(
        "two readers with two zones get their digests at their own hours",
        pub(),
        later(days=1),
        told=[
            "Tue 03:00 bo: Daily digest: Baku (1): Transit talks",
            "Tue 07:00 ana: Daily digest: Transit (1): Transit talks",
        ],
        watches=(
            watch(rhythm=Rhythm.DAILY),
            watch(name="Baku", to=(BO,), rhythm=Rhythm.DAILY, timezone="Asia/Baku"),
        ),
    ),
    case(
        "a pause of one watch does not silence another that fits",
        pub("Poti shut", text="Transit stopped in Poti."),
        told=["Mon 08:00 ana: Ports: Poti shut"],
        kept={"watch_paused": 1},
        watches=(watch(paused=True), watch("poti", name="Ports")),
    ),
    case(
        "after a pause a watch does not tell what another has told",
        pub("Poti shut", text="Transit stopped in Poti."),
        later(hours=3),
        change(paused=False),
        later(minutes=1),
        told=["Mon 08:00 ana: Ports: Poti shut"],
        kept={"watch_paused": 1, "already_told": 1},
        watches=(watch(paused=True), watch("poti", name="Ports")),
    ),
    case(
        "a reader who joins later is told what comes after",
        pub(),
        change(recipients=(ANA, BO)),
        pub("Transit two"),
        told=[
            "Mon 08:00 ana: " + PLAIN,
            "Mon 08:00 ana: Transit: Transit two",
            "Mon 08:00 bo: Transit: Transit two",
        ],
    ),
]

PICKED = "ana: Transit: Picked up by 3 outlets: Transit talks"
CROWDS = [
    case(
        "a story that three outlets carry is picked up, an hour after the last copy",
        copies(3),
        later(hours=2),
        told=["Mon 09:00 " + PICKED],
        kept={"copy": 2, "kind_not_wanted": 1},
        watches=(watch(kinds=(PICKED_UP,), picked_up_by=3),),
    ),
    case(
        "two outlets do not pick up what three must",
        copies(2),
        later(hours=2),
        kept={"copy": 1, "kind_not_wanted": 1},
        watches=(watch(kinds=(PICKED_UP,), picked_up_by=3),),
    ),
    case(
        "copies that keep coming put it off",
        copies(3),
        later(minutes=40),
        copies(1, start=3),
        later(hours=2),
        told=["Mon 09:40 ana: Transit: Picked up by 4 outlets: Transit talks"],
        kept={"copy": 3, "kind_not_wanted": 1},
        watches=(watch(kinds=(PICKED_UP,), picked_up_by=3),),
    ),
    case(
        "copies that come all day put it off for six hours",
        copies(3),
        *[step for hour in range(8) for step in (later(minutes=50), copies(1, start=3 + hour))],
        later(hours=2),
        told=["Mon 14:00 ana: Transit: Picked up by 10 outlets: Transit talks"],
        kept={"copy": 10, "kind_not_wanted": 1},
        watches=(watch(kinds=(PICKED_UP,), picked_up_by=3),),
    ),
    case(
        "the third outlet may tell it in other words",
        copies(2),
        tell(("kavkaz", "Переговоры", "ru", "b"), text="Министры в Тбилиси."),
        later(hours=2),
        told=["Mon 09:00 " + PICKED],
        kept={"copy": 1, "kind_not_wanted": 1},
        watches=(watch(kinds=(PICKED_UP,), picked_up_by=3),),
    ),
    case(
        "an event is picked up once",
        copies(3),
        later(hours=2),
        copies(3, start=3),
        later(hours=2),
        told=["Mon 09:00 " + PICKED],
        kept={"copy": 5, "kind_not_wanted": 1},
        watches=(watch(kinds=(PICKED_UP,), picked_up_by=3),),
    ),
    case(
        "the first mention in a month is told as such",
        pub(),
        told=["Mon 08:00 ana: Transit: First mention in 30 days: Transit talks"],
        watches=(watch(kinds=(NEW, FIRST)),),
    ),
    case(
        "the second mention is a new story",
        pub(),
        pub("Transit two"),
        told=[
            "Mon 08:00 ana: Transit: First mention in 30 days: Transit talks",
            "Mon 08:00 ana: Transit: Transit two",
        ],
        watches=(watch(kinds=(NEW, FIRST)),),
    ),
    case(
        "after a month of silence there is a first mention again",
        pub(),
        later(days=31),
        pub("Transit two"),
        told=[
            "Mon 08:00 ana: Transit: First mention in 30 days: Transit talks",
            "Thu 08:00 ana: Transit: First mention in 30 days: Transit two",
        ],
        watches=(watch(kinds=(NEW, FIRST)),),
    ),
    case(
        "the first that a new watch tells is one digest",
        many(5),
        told=["Mon 08:00 ana: First matches: Transit (5): Transit 3"],
        is_first=True,
    ),
    case(
        "a first match that is alone is a mail like others",
        pub(),
        told=["Mon 08:00 ana: " + PLAIN],
        is_first=True,
    ),
    case(
        "a day far above three quiet weeks is a spike",
        *[step for day in range(21) for step in (pub(f"Transit day {day}"), later(days=1))],
        many(8, "Transit crowd {}"),
        told=["Mon 08:00 ana: Transit: Well above its usual rhythm: Transit crowd 3"],
        kept={"kind_not_wanted": 29},
        watches=(watch(kinds=(SPIKE,)),),
    ),
    case(
        "a day like the others is no spike",
        *[step for day in range(21) for step in (pub(f"Transit day {day}"), later(days=1))],
        many(2, "Transit crowd {}"),
        kept={"kind_not_wanted": 23},
        watches=(watch(kinds=(SPIKE,)),),
    ),
]


ALL = [
    *NEWS,
    *COPIES,
    *EVENTS,
    *DEVELOPMENTS,
    *EDITS,
    *DELETIONS,
    *OLD,
    *HELD,
    *RHYTHMS,
    *QUIET,
    *DELIVERY,
    *OUTAGES,
    *LEAVING,
    *READERS,
    *CROWDS,
]


@pytest.fixture(scope="module")
def stage(server, tmp_path_factory):
    """One world for all situations."""
    from storage import upkeep

    url = upkeep.create_database(server, f"situations_{os.getpid()}")
    upkeep.migrate(url)
    made = Stage(url, tmp_path_factory.mktemp("mail"))
    yield made
    made.archive.close()


@pytest.mark.parametrize("situation", ALL, ids=lambda item: item.sentence)
def test_situation(stage, situation):
    told, kept_back = play(stage, situation)
    assert told == list(situation.told)
    assert kept_back == situation.kept_back


def test_there_are_many_situations_and_each_is_its_own():
    assert len({item.sentence for item in ALL}) == len(ALL) >= 120
