"""What a watch would have sent under each rhythm, and what it would have kept back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from news.watch import MatchKind, Rhythm
from pipeline.alerts.fits import FittingChange
from pipeline.alerts.past import read_past
from pipeline.alerts.replay import Replayed, ReplayedMail, replay
from storage.alerts import SavedWatch

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


@dataclass(frozen=True, slots=True)
class PreviewedStory:
    """A story as a mail would have told it: its article's headline, and what had happened."""

    kind: MatchKind
    article: int
    title: str


@dataclass(frozen=True, slots=True)
class PreviewedMail:
    """A mail that would have been sent, and when (aware)."""

    at: datetime
    stories: tuple[PreviewedStory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedRhythm:
    """What a watch would have sent under one rhythm, and kept back: (reason, how often)."""

    rhythm: Rhythm
    mails: tuple[PreviewedMail, ...]
    kept_back: tuple[tuple[str, int], ...]


def previewed_rhythms(
    cursor: "Cursor",
    trial: SavedWatch,
    fitting: Sequence[FittingChange],
) -> tuple[PreviewedRhythm, ...]:
    """Return what every rhythm would have sent, the watch's own first."""
    past = read_past(cursor, [item.change for item in fitting])
    titles: dict[int, str] = {}
    for item in fitting:
        change = item.change
        titles[change.article] = change.text.title

    own = trial.watch.rhythm
    others = [rhythm for rhythm in Rhythm if rhythm is not own]
    previewed: list[PreviewedRhythm] = []
    for rhythm in (own, *others):
        watch = replace(trial.watch, rhythm=rhythm)
        played = replace(trial, watch=watch)
        result = replay(
            played,
            fitting,
            past,
        )
        previewed.append(_previewed(rhythm, result, titles))

    return tuple(previewed)


def _previewed(rhythm: Rhythm, result: Replayed, titles: Mapping[int, str]) -> PreviewedRhythm:
    """Return what was played again as a preview shows it."""
    mails = [_previewed_mail(mail, titles) for mail in result.mails]

    return PreviewedRhythm(
        rhythm=rhythm,
        mails=tuple(mails),
        kept_back=tuple(result.kept_back.most_common()),
    )


def _previewed_mail(mail: ReplayedMail, titles: Mapping[int, str]) -> PreviewedMail:
    """Return a mail that was played again as a preview shows it."""
    stories: list[PreviewedStory] = []
    for line in mail.bundle.lines:
        due = line.first
        story = PreviewedStory(due.kind, due.article, titles[due.article])
        stories.append(story)

    return PreviewedMail(mail.at, tuple(stories))
