"""What letters are made of, read from the archive for many mails at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from news.watch import MatchKind
from pipeline.alerts.bundles import Line
from pipeline.alerts.topics import Topics
from storage import alerts, in_savepoint
from storage.alerts import ArticleText, DueDelivery, MailArticle, StoryCopy, Telling
from watches import traits

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_MOST_IN_CROWD = 60  # events of a spike that are looked up


@dataclass(slots=True)
class Material:
    """The archive's part of letters.

    `edited` holds an article's text before the first and after the last edit that a line tells of.
    `failed` are the lines of which something cannot be read, and why.
    """

    articles: dict[int, MailArticle] = field(default_factory=dict)
    copies: dict[int, list[StoryCopy]] = field(default_factory=dict)  # by story
    edited: dict[Line, tuple[ArticleText, ArticleText]] = field(default_factory=dict)
    failed: dict[Line, Exception] = field(default_factory=dict)
    topics: Topics = field(default_factory=Topics)
    tellings: dict[int, list[Telling]] = field(default_factory=dict)  # by event
    crowds: dict[int, list[int]] = field(default_factory=dict)  # articles of a spike, by its match

    def is_undone(self, line: Line) -> bool:
        """Return whether the edits of a line leave the text as it was."""
        texts = self.edited.get(line)
        if texts is None:
            return False

        before, after = texts

        return before == after

    def without(self, line: Line, gone: Sequence[DueDelivery]) -> Line:
        """Return a line without some of its deliveries; what was read for it stays its own."""
        rest = tuple(due for due in line.dues if due not in gone)
        shorter = replace(line, dues=rest)
        if line in self.edited:
            self.edited[shorter] = self.edited[line]

        return shorter


def read_material(cursor: "Cursor", lines: Sequence[Line], topics: Topics) -> Material:
    """Return what the letters of some lines need. What cannot be read fails alone."""
    material = Material(topics=topics)
    error = in_savepoint(cursor, lambda: _read(cursor, lines, material))
    if error is None:
        return material

    material = Material(topics=topics)
    for line in lines:
        _read_alone(cursor, line, material)

    return material


def _read_alone(cursor: "Cursor", line: Line, material: Material) -> None:
    """Add one line's material, or the reason why it cannot be read."""
    error = in_savepoint(cursor, lambda: _read(cursor, [line], material))
    if error is not None:
        material.failed[line] = error


def _read(cursor: "Cursor", lines: Iterable[Line], material: Material) -> None:
    """Add the material of some lines."""
    topics = material.topics
    articles: set[int] = set()
    stories: set[int] = set()
    events: set[int] = set()
    for line in lines:
        for due in line.dues:
            story = topics.story(due)
            articles.add(due.article)
            stories.add(story)
            events.add(topics.event(story))

            if due.kind is MatchKind.SPIKE:
                material.crowds[due.match] = _crowd(cursor, due)
                articles.update(material.crowds[due.match])

    tellings = alerts.stories_of_events(cursor, events)
    for own_tellings in tellings.values():
        for telling in own_tellings:
            stories.add(telling.story)
            articles.add(telling.article)

    material.tellings |= tellings
    material.articles |= alerts.mail_articles(cursor, articles)
    material.copies |= alerts.story_copies(cursor, stories)
    for line in lines:
        texts = _edited(cursor, line)
        if texts is not None:
            material.edited[line] = texts


def _crowd(cursor: "Cursor", due: DueDelivery) -> list[int]:
    """Return the other articles that make a spike, one of each event."""
    crowd = alerts.crowd_of_watch(cursor, due.watch, due.at, _MOST_IN_CROWD)

    articles: list[int] = []
    for match in crowd:
        if match.article != due.article:
            articles.append(match.article)

    return articles


def _edited(cursor: "Cursor", line: Line) -> tuple[ArticleText, ArticleText] | None:
    """Return an article before the first and after the last of the edits that a line tells.

    None where it tells of none.
    """
    versions = [due.version for due in line.dues if traits(due.kind).adds_up]
    if not versions:
        return None

    return alerts.edit_texts(cursor, line.first.article, min(versions), max(versions))
