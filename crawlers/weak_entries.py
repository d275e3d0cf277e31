"""Entries of doors that name more than articles: what is asked for, and what is tried."""

from dataclasses import dataclass, field, replace

from crawlers import moves
from crawlers.discovery import article_shape, hints, pattern_record
from crawlers.discovery.choice import Before
from crawlers.discovery.marks import mark
from crawlers.discovery.reading import Entry, Reading
from crawlers.session import Session
from crawlers.visit import Visit
from news.crawl import Known
from news.outlet import Door

_READ = "-"  # among the seen links: the door has been read with an eye on them
_SEEN_LINKS = 400  # links of unknown shape that are remembered of a door


@dataclass(slots=True)
class Taken:
    """What one reading of a door brought: URLs in its order, by what they are to the crawl."""

    words: dict[str, str] = field(default_factory=dict)  # the door's, shortened, of each article
    new: list[str] = field(default_factory=list)
    changed: list[Known] = field(default_factory=list)  # as the door says
    kept: int = 0  # articles that it brought whole, edits and deletions
    strangers: int = 0  # addresses that are no article of this outlet
    doubtful: int = 0  # unknown addresses that do not look like an article's
    given_up: int = 0  # unknown addresses built as those that never were an article

    @property
    def urls(self) -> list[str]:
        """The articles of this outlet that the reading names."""
        return list(self.words)


def is_passed_over(
    session: Session,
    visit: Visit,
    url: str,
    entry: Entry,
    taken: Taken,
    *,
    before: Before,
) -> bool:
    """Tell whether an unknown address of a weak door is not asked for, and count it.

    A door that names articles and nothing else is believed, and so is a title with a date beside
    it.
    """
    is_vouched = visit.kind.names_articles or bool(entry.content)
    is_news = visit.kind.has_files and entry.title is not None and entry.published is not None
    if is_vouched or is_news or session.options.since or url in session.memory:
        return False

    if pattern_record.is_given_up(session.outlet_notes().records, url):
        session.tally.given_up[article_shape.pattern(url)] += 1
        taken.given_up += 1

        return True

    if not visit.kind.has_files or visit.door.articles:
        return False

    if article_shape.looks_like_article(url, session.learnt_patterns()):
        return False

    taken.doubtful += 1
    has_appeared = before.listed is not None and not before.lists(mark(entry.url))
    session.doubtful.add(unknown(session, url, entry, visit.door), has_appeared=has_appeared)

    return True


def enter_doubtful(
    session: Session,
    visit: Visit,
    reading: Reading,
    base: str,
    taken: Taken,
) -> None:
    """Note the doubtful links of a listing, and which of them have appeared since its last poll."""
    before = visit.notes.seen_links
    is_known_door = visit.state.last_polled is not None and _READ in before
    shown: list[str] = []

    for entry in reading.doubtful:
        url = session.scope.identify(entry.url, base, visit.door)
        if url is None or url in session.memory or url in taken.words:
            continue

        key = hints.short(url)
        shown.append(key)
        taken.doubtful += 1
        has_appeared = is_known_door and key not in before
        session.doubtful.add(unknown(session, url, entry, visit.door), has_appeared=has_appeared)

    kept = dict.fromkeys([_READ, *shown, *before])
    visit.notes = replace(visit.notes, seen_links=tuple(kept)[:_SEEN_LINKS])


def unknown(
    session: Session,
    url: str,
    entry: Entry,
    door: Door,
) -> Known:
    """Return an address of which nothing is known but what a door says."""
    now = session.now()
    published = entry.published

    if published is None and session.options.since:
        published = entry.updated

    return Known(
        outlet=session.outlet.name,
        url=url,
        address=url if moves.has_moved(url, entry.url) else entry.url,
        first_seen=now,
        published=published,
        next_check=now,
        door=door.url,
    )
