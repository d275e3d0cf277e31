"""A small world for watches: a real archive, outlets that publish, a clock that the test turns."""

import contextlib
import email
import email.policy
import socket
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from news.article import Article, Block, BlockKind, Reason, Rejected
from news.outlet import Door, DoorKind, Outlet
from news.watch import Watch
from pipeline.alerts import compose as composing
from pipeline.alerts import match as alerting
from pipeline.alerts import send as sending
from pipeline.alerts.mail_context import MailContext
from pipeline.alerts.watch_cache import load_usable
from storage import Archive, Batch, OutletBatch, alerts
from watches import checked
from watches.delivery import Folder

BEGIN = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)  # a Monday, noon in Tbilisi


class World:
    """Outlets publish, an analyst watches."""

    def __init__(
        self, url: str, folder: Path, *, now: datetime = BEGIN, first_run: int = 0
    ) -> None:
        self.url = url
        self.archive = Archive(url)
        self.context = MailContext(
            sender="Khabar <khabar@news.test>",
            base="https://khabar.test",
            secret=b"0123456789abcdef",
        )
        self.folder = folder
        self.now = now
        self._runs = first_run * 1000

    def watch(
        self,
        name: str = "Transit",
        query: str = "transit",
        to: tuple[str, ...] = ("ana@reader.test",),
        **fields,
    ) -> int:
        """Save a watch."""
        with self.archive.transaction() as cursor:
            return alerts.save_watch(
                cursor, checked(Watch(name=name, query=query, recipients=to, **fields))
            )

    def article(self, outlet: str, title: str, text: str, *, path: str = "", **fields) -> Article:
        """Return an article of an outlet, published now."""
        blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=line) for line in text.split("\n"))
        url = f"https://{outlet}.test/{path or zlib.crc32(title.encode())}"
        fields = {"language": "en", "published": self.now, **fields}
        return Article(
            url=url,
            outlet=outlet,
            title=title,
            blocks=blocks,
            fetched_at=self.now,
            extractor="1",
            **fields,
        )

    def load(
        self,
        *articles: Article,
        gone: tuple[Article, ...] = (),
        story: str | None = None,
        follows: str | None = None,
        run: str = "",
    ) -> None:
        """Load articles, in a run of their own that ends at once, or in one that goes on.

        Those of one `story` belong together.
        """
        self._runs += 1
        names = dict.fromkeys([item.outlet for item in (*articles, *gone)])
        parts = tuple(
            OutletBatch(
                outlet=_outlet(name),
                articles=tuple(item for item in articles if item.outlet == name),
                rejected=tuple(
                    Rejected(url=item.url, outlet=name, reason=Reason.GONE, fetched_at=self.now)
                    for item in gone
                    if item.outlet == name
                ),
            )
            for name in names
        )
        hooks = [lambda cursor, loaded: _stories(cursor, loaded, story, follows)]
        name = run or f"run-{self._runs}"
        self.archive.load(Batch(run=name, started=self.now, outlets=parts), hooks)
        if not run:
            self.rows("update runs set finished_at = started_at where finished_at is null")

    def publish(
        self,
        outlet: str = "wire",
        title: str = "Transit talks",
        text: str = "Ministers met in Tbilisi to discuss transit.",
        **more,
    ) -> Article:
        """Publish one article."""
        chosen = {name: more.pop(name) for name in ("story", "follows", "run") if name in more}
        made = self.article(outlet, title, text, **more)
        self.load(made, **chosen)
        return made

    def introduce(self) -> None:
        """Let every watch have told its readers something before, so that no mail is its first."""
        self.publish("introduction", title="Introduction", text="Nothing that anyone watches.")
        self.rows("delete from match_queue")
        self.rows(
            "with known as (insert into matches (watch_id, story_id, kind, article_id, at) "
            "select watches.id, -1, 'new', (select max(id) from article_urls), %s from watches "
            "returning id, watch_id) "
            "insert into deliveries (match_id, address, due_at, state) "
            "select known.id, address, %s, 'written' from known "
            "join subscriptions using (watch_id)",
            self.now,
            self.now,
        )

    def event(self, *stories: str) -> None:
        """Link stories, by their names, into one event."""
        self.rows(
            "insert into story_events (story_id, event_id) select id, (select min(id) from "
            "stories where reason = any (%s)) from stories where reason = any (%s) "
            "on conflict (story_id) do update set event_id = excluded.event_id",
            list(stories),
            list(stories),
        )

    def later(self, **delta: float) -> None:
        """Turn the clock on."""
        self.now += timedelta(**delta)

    def match(self) -> alerting.Done:
        """Match all that waits."""
        done = alerting.Done()
        while (step := alerting.match_once(self.archive, self.context, self.now)).changes:
            done += step
        return done

    def compose(self) -> int:
        """Write what has become due."""
        with self.archive.transaction() as cursor:
            saved, _ = load_usable(cursor)
            return composing.compose(cursor, self.context, saved, self.now)[0]

    def send(self) -> sending.Report:
        """Send what is due; the outbox's own clock is the real one."""
        return sending.Sender(Folder(self.folder)).send_all(self.archive)

    def mails(self) -> list[email.message.EmailMessage]:
        """Return what has arrived, after a pass of everything."""
        self.match()
        self.compose()
        self.rows("update alerts set next_try_at = '2000-01-01'")
        self.send()
        return [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in sorted(self.folder.glob("*.eml"))
        ]

    def rows(self, query: str, *values):
        """Ask the archive."""
        with self.archive.transaction() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def skips(self) -> dict[str, int]:
        """Return the counted reasons."""
        return dict(self.rows("select reason, sum(count)::int from skipped group by 1"))


def free_port() -> int:
    """Return a TCP port of loopback that nobody uses."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _outlet(name: str) -> Outlet:
    home = f"https://{name}.test/"
    return Outlet(
        name=name,
        region="test",
        title=name.capitalize(),
        home=home,
        country="GE",
        languages=("en",),
        timezone="UTC",
        doors=(Door(kind=DoorKind.FEED, url=f"{home}feed"),),
    )


def _stories(cursor, loaded, story: str | None, follows: str | None) -> dict[str, int]:
    """Put new articles into the story of a name (kept as its reason)."""
    if story is None:
        return {}
    for article in loaded.new:
        cursor.execute(
            "insert into stories (lead_id, reason, formed_at, changed_at) select %s, %s, "
            "now(), now() "
            "where not exists (select 1 from stories where reason = %s)",
            (article, story, story),
        )
        cursor.execute(
            "insert into story_members (article_id, story_id) select %s, id from stories "
            "where reason = %s",
            (article, story),
        )
    if follows is not None:
        cursor.execute(
            "insert into story_follow_ups (later_id, earlier_id, score) select l.id, e.id, "
            ".5 from stories l, stories e "
            "where l.reason = %s and e.reason = %s on conflict do nothing",
            (story, follows),
        )
    return {}
