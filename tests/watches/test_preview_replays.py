"""A preview says what the same month has really sent: mail by mail, under every rhythm."""

import os
import random
from datetime import timedelta

import pytest
from situations import Case, MatchKind, Rhythm, Stage, Watching, event, gone, later, matched, pub

from pipeline.alerts import preview
from storage import alerts

KINDS = tuple(kind for kind in MatchKind if kind is not MatchKind.FIRST_MENTION)
DAYS = 15  # of news: what waits for a week is told within the month, too
OUTLETS = ("wire", "daily", "third", "kavkaz", "azeri")


@pytest.fixture(scope="module")
def stage(server, tmp_path_factory):
    """One world for all months."""
    from storage import upkeep

    url = upkeep.create_database(server, f"replays_{os.getpid()}")
    upkeep.migrate(url)
    made = Stage(url, tmp_path_factory.mktemp("mail"))
    yield made
    made.archive.close()


def watching(rhythm, **fields):
    """A watch of one rhythm, to a reader of her own."""
    return Watching(
        name=rhythm.value, to=(f"{rhythm.value}@reader.test",), fields={"rhythm": rhythm, **fields}
    )


def month(seed):
    """Return what happens in a month: news, copies, tellings, developments, edits, deletions."""
    rng = random.Random(seed)
    stories = []
    events = {}
    steps = []
    for number in range(45):
        steps.append(later(minutes=rng.randint(5, int(2 * DAYS * 1440 / 45))))
        what = rng.choices(
            ("news", "copy", "telling", "development", "edit", "gone", "other"),
            (8, 6, 4, 3, 5, 2, 3),
        )[0]
        outlet = rng.choice(OUTLETS)
        story = f"s{number}"
        text = f"Transit of {rng.randint(2, 99)} ships, report {number}."
        if what == "other":
            steps.append(pub(f"Weather {number}", outlet, "Rain in Batumi.", path=str(number)))
        elif what == "copy" and stories:
            known = rng.choice(stories)
            steps.append(pub(f"Copy {number}", outlet, text, path=str(number), story=known))
        elif what == "telling" and stories:
            own_event = events[rng.choice(stories)]
            own_event.append(story)
            steps += [
                pub(f"Telling {number}", outlet, text, path=str(number), story=story, held=True),
                event(*own_event),
                matched(),
            ]
        elif what == "development" and stories:
            known = rng.choice(stories)
            steps.append(
                pub(f"Later {number}", outlet, text, path=str(number), story=story, follows=known)
            )
        elif what == "edit" and stories:
            steps.append(rewrite(rng, number))
        elif what == "gone" and stories:
            steps.append(gone_any(rng))
        else:
            stories.append(story)
            events[story] = [story]
            steps.append(pub(f"News {number}", outlet, text, path=str(number), story=story))
    return steps


def rewrite(rng, number):
    """An outlet edits its last article; so it stays in the query."""

    def step(stage):
        outlet = rng.choice(sorted(stage.articles))
        article = stage.articles[outlet]
        path = article.url.rsplit("/", 1)[1]
        pub(article.title, outlet, f"Transit of {number} ships after all.", path=path)(stage)

    return step


def gone_any(rng):
    """An outlet's last article is there no more."""
    return lambda stage: gone(rng.choice(sorted(stage.articles)))(stage)


def played(stage, steps, **fields):
    """Play a month for a reader of each rhythm; return when she had mails, and the preview."""
    watches = tuple(watching(rhythm, **fields) for rhythm in Rhythm)
    stage.open(Case(sentence="", steps=(), watches=watches))
    for step in steps:
        step(stage)
    later(days=8)(stage)
    sent = {
        rhythm: [
            at
            for (at,) in stage.rows(
                "select made_at from alerts where address = %s order by made_at, id",
                f"{rhythm.value}@reader.test",
            )
        ]
        for rhythm in Rhythm
    }
    with stage.archive.transaction() as cursor:
        saved = alerts.load_watches(cursor, Rhythm.DAILY.value)[0].watch
        found = preview.preview(cursor, saved, stage.now)
    return sent, found


@pytest.mark.parametrize("seed", range(3))
def test_a_preview_has_the_mails_of_the_real_month_under_every_rhythm(stage, seed):
    sent, found = played(stage, month(seed), kinds=KINDS, picked_up_by=3)
    previewed = {item.rhythm: [mail.at for mail in item.mails] for item in found.rhythms}
    assert previewed == sent
    assert all(sent.values())
    assert found.mails == len(sent[Rhythm.DAILY])
    assert found.a_week == pytest.approx(7 * found.mails / found.days)


def test_what_a_preview_keeps_back_is_counted_under_the_real_reasons(stage):
    steps = [
        pub("Transit one", story="a"),
        pub("Transit one", "daily", story="a"),
        pub("Transit old", "third", story="b", aged=timedelta(days=5)),
        pub("Transit off", "kavkaz", story="c", follows="a"),
    ]
    _, found = played(stage, steps, kinds=(MatchKind.NEW,))
    assert dict(found.kept_back) == {"copy": 1, "too_old": 1, "kind_not_wanted": 1}
    assert "kept back: " in "\n".join(preview.lines(found))
    assert [(story.kind, story.title) for story in found.rhythms[0].mails[0].stories] == [
        (MatchKind.NEW, "Transit one")
    ]
