"""A backup read into an empty archive; mails that waited in it are given up."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline import aliases, database
from pipeline.settings import Settings
from storage import Archive, upkeep


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came of a restore."""

    articles: int
    made_at: str  # ISO 8601: when the backup was made
    migrations: tuple[str, ...]  # applied after it, since the backup's schema was older
    mails_given_up: int  # they waited at the backup; the house that went on has sent them


def restore(settings: Settings, file: Path) -> Restored:
    """Read a backup into the archive, which must be empty; raises StorageError."""
    from pipeline.alerts import match
    from pipeline.alerts.mail_context import mail_context

    url = database.url(settings)
    manifest = upkeep.restore(url, file)
    applied = upkeep.migrate(url)
    with Archive(url, aliases.table(settings)) as archive:
        given_up = match.after_restore(archive, mail_context(settings), datetime.now(UTC))
    return Restored(
        articles=manifest.tables["article_urls"][0],
        made_at=manifest.made_at,
        migrations=tuple(applied),
        mails_given_up=given_up,
    )
