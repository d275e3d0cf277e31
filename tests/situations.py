"""Situations of a watch: a short language for what happens, and a world that plays it.

A case is a sentence, the watches, what happens in order, and what is told: "Mon 08:00 ana: subject"
(UTC) for every mail, and how often what was kept back for which reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from watchworld import BEGIN, World

from news.article import Article
from news.watch import MatchKind, Rhythm
from pipeline.alerts import compose, match, saving
from pipeline.alerts.watch_cache import load_usable
from storage import alerts

ANA = "ana@reader.test"
BO = "bo@reader.test"
Step = Callable[["Stage"], None]
_TABLES = (
    "match_queue, deliveries, told, matches, alerts, subscriptions, watches, addresses, skipped, "
    "unsubscribed, "
    "story_members, story_follow_ups, story_events, story_aliases, stories, revisions, "
    "articles, article_urls, runs"
)
_TAKE_BACK = (
    "update alerts set state = 'waiting', sent_at = null where id = (select max(id) from alerts)"
)
_MOST_WRITINGS = 200  # of one step of time: more are a circle


@dataclass(frozen=True, kw_only=True)
class Watching:
    """A watch of a case."""

    name: str = "Transit"
    query: str = "transit"
    to: tuple[str, ...] = (ANA,)
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A situation."""

    sentence: str
    steps: tuple[Step, ...]
    told: tuple[str, ...] = ()
    kept_back: Mapping[str, int] = field(default_factory=dict)
    watches: tuple[Watching, ...] = (Watching(),)
    begin: datetime = BEGIN
    is_first: bool = False  # nothing was ever told before


class Stage(World):
    """A world that is cleared for each case, and writes down what is told when."""

    def open(self, case: Case) -> None:
        """Clear the archive and save the watches of a case."""
        self.rows(f"truncate {_TABLES} restart identity cascade")
        self.now = case.begin - timedelta(days=1)
        self.diary: list[str] = []
        self.articles: dict[str, Article] = {}
        self.stamped = 0
        for item in case.watches:
            self.watch(item.name, item.query, item.to, **item.fields)
        if not case.is_first:
            self.introduce()
        self.now = case.begin

    def match(self) -> None:
        """Match what waits, and note what is told at once."""
        self.stamp()
        while match.match_once(self.archive, self.context, self.now).changes:
            pass
        self.note()

    def stamp(self) -> None:
        """Let what has just been loaded have come now."""
        stamped = self.rows(
            "update match_queue set at = %s where id > %s returning id", self.now, self.stamped
        )
        self.stamped = max([self.stamped, *(number for (number,) in stamped)])

    def write(self) -> None:
        """Write what is due."""
        with self.archive.transaction() as cursor:
            saved, _ = load_usable(cursor)
            compose.compose(cursor, self.context, saved, self.now)
        self.note()

    def note(self) -> None:
        """Note the mails that have been written since."""
        found = self.rows(
            "update alerts set state = 'sent', sent_at = made_at where state = 'waiting' "
            "returning id, address, subject, message_id"
        )
        for _, address, subject, _ in sorted(found):
            reader = address.split("@")[0]
            self.diary.append(f"{self.now:%a %H:%M} {reader}: {subject}")

    def pass_time(self, delta: timedelta) -> None:
        """Turn the clock on; what falls due on the way is written at its own moment."""
        target = self.now + delta
        self.write()
        for _ in range(_MOST_WRITINGS):
            ((due_at,),) = self.rows("select min(due_at) from deliveries where state = 'waiting'")
            if due_at is None or due_at > target:
                break
            self.now = max(self.now, due_at)
            self.write()
        else:
            raise AssertionError("deliveries wait in a circle")
        self.now = target
        self.write()

    def change(self, name: str, **fields: Any) -> None:
        """Change a watch as the command line does."""
        with self.archive.transaction() as cursor:
            saved = alerts.load_watches(cursor, name)[0].watch
            saving.save_watch(cursor, replace(saved, **fields), self.now)


def pub(
    title: str = "Transit talks",
    outlet: str = "wire",
    text: str = "Ministers met in Tbilisi to discuss transit.",
    *,
    held: bool = False,
    aged: timedelta | None = None,
    **more: Any,
) -> Step:
    """An outlet publishes; `held`: no matcher looks. `aged`: it was published so long ago."""

    def step(stage: Stage) -> None:
        dated = {"published": stage.now - aged} if aged else {}
        stage.articles[outlet] = stage.publish(outlet, title, text, **dated, **more)
        stage.stamp()
        if not held:
            stage.match()

    return step


def many(number: int, title: str = "Transit {}", **more: Any) -> Step:
    """An outlet publishes many articles at once."""

    def step(stage: Stage) -> None:
        made = [
            stage.article("wire", title.format(count), "On transit.", **more)
            for count in range(number)
        ]
        stage.load(*made)
        stage.match()

    return step


def copies(number: int, story: str = "a", *, start: int = 0) -> Step:
    """So many outlets carry a story, one after the other."""

    def step(stage: Stage) -> None:
        for count in range(start, start + number):
            stage.publish(f"outlet{count}", story=story)
        stage.match()

    return step


def gone(outlet: str = "wire") -> Step:
    """The outlet's last article is there no more."""

    def step(stage: Stage) -> None:
        stage.load(gone=(stage.articles[outlet],))
        stage.match()

    return step


def later(**delta: float) -> Step:
    """Time passes."""
    return lambda stage: stage.pass_time(timedelta(**delta))


def event(*stories: str) -> Step:
    """Stories turn out to be one event."""

    def step(stage: Stage) -> None:
        stage.event(*stories)
        stage.write()

    return step


def tell(*tellings: tuple[str, str, str, str], **more: Any) -> Step:
    """Outlets tell one event in their own words: (outlet, title, language, story)."""

    def step(stage: Stage) -> None:
        for outlet, title, language, story in tellings:
            stage.publish(outlet, title, language=language, story=story, **more)
        known = [story for (story,) in stage.rows("select reason from stories")]
        stage.event(*known)
        stage.match()

    return step


def change(name: str = "Transit", **fields: Any) -> Step:
    """The watch is changed."""
    return lambda stage: stage.change(name, **fields)


def matched() -> Step:
    """The matcher runs (again)."""
    return Stage.match


def unsubscribed(address: str = ANA, *, watches: int = 1) -> Step:
    """A reader leaves the first watches."""

    def step(stage: Stage) -> None:
        with stage.archive.transaction() as cursor:
            alerts.unsubscribe(cursor, address, range(1, watches + 1), stage.now)

    return step


def imported(**fields: Any) -> Step:
    """The file of watches, as it was at first, is imported once more."""

    def step(stage: Stage) -> None:
        with stage.archive.transaction() as cursor:
            saved = alerts.load_watches(cursor)[0].watch
            file = replace(saved, recipients=(ANA, BO), **fields)
            saving.save_watch(cursor, file, stage.now, resubscribe=False)

    return step


def removed_and_imported() -> Step:
    """The watch is removed; then the file of watches, as it was at first, is imported."""

    def step(stage: Stage) -> None:
        with stage.archive.transaction() as cursor:
            cursor.execute("select address from subscriptions order by address")
            readers = tuple(address for (address,) in cursor.fetchall())
            saved = alerts.load_watches(cursor)[0].watch
            alerts.remove_watch(cursor, saved.name)
            file = replace(saved, recipients=readers)
            saving.save_watch(cursor, file, stage.now, resubscribe=False)

    return step


def dropped(outcome: str) -> Step:
    """What was told last does not arrive after all."""

    def step(stage: Stage) -> None:
        stage.rows(_TAKE_BACK)
        with stage.archive.transaction() as cursor:
            cursor.execute("select message_id, address from alerts order by id desc limit 1")
            message, address = cursor.fetchone()
            alerts.mark_dropped(cursor, message, outcome=outcome, said="no")
            if outcome == "refused_address":
                alerts.pause_address(cursor, address, "550 5.1.1", stage.now)
        stage.diary.append(f"{stage.now:%a %H:%M} {address.split('@')[0]}: not delivered")

    return step


def resumed(address: str = ANA) -> Step:
    """A paused address gets mail again."""

    def step(stage: Stage) -> None:
        with stage.archive.transaction() as cursor:
            alerts.resume_address(cursor, address, stage.now)
        stage.write()

    return step


def dropped_by_hand() -> Step:
    """A person drops what waits in the outbox."""

    def step(stage: Stage) -> None:
        stage.rows(_TAKE_BACK)
        with stage.archive.transaction() as cursor:
            cursor.execute("select max(id) from alerts")
            alerts.drop_message(cursor, cursor.fetchone()[0])

    return step


def watch(query="transit", *, name="Transit", to=(ANA,), **fields):
    """Return a watch of a situation."""
    return Watching(name=name, query=query, to=to, fields=fields)


def case(sentence, *steps, told=(), kept=None, watches=None, **more):
    """Return a situation: what happens in turn, and what is told and kept back then."""
    return Case(
        sentence=sentence,
        steps=steps,
        told=tuple(told),
        kept_back=kept or {},
        watches=watches or (watch(),),
        **more,
    )


def play(stage: Stage, case: Case) -> tuple[list[str], dict[str, int]]:
    """Play a case; return what was told, and how often what was kept back for which reason."""
    stage.open(case)
    for step in case.steps:
        step(stage)

    return stage.diary, {reason: count for reason, count in stage.skips().items() if count}


__all__ = ["ANA", "BEGIN", "BO", "Case", "MatchKind", "Rhythm", "Stage", "Watching", "play"]
