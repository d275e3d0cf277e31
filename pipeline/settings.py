"""Settings: read from the environment once, at a command's or stage's entry, never at import."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from news.errors import KhabarError


class SettingsError(KhabarError):
    """A setting in the environment is wrong; the message names it and what it may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything Khabar reads from its environment. Paths are absolute; the home's has no links."""

    home: Path  # KHABAR_HOME: data, secrets (0600), runs, logs
    checkout: Path  # where the code lies
    database_url: str | None  # KHABAR_DATABASE_URL: a server of one's own; None: the embedded one
    outlets: Path  # KHABAR_OUTLETS: folder region/name.toml
    sentry_dsn: str | None  # KHABAR_SENTRY_DSN or SENTRY_DSN; None: off
    contact: str  # KHABAR_CONTACT: mail or URL in the User-Agent
    allow_loopback: bool  # KHABAR_ALLOW_LOOPBACK=1: the sample press may be crawled
    smtp_url: (
        str | None
    )  # KHABAR_SMTP_URL: smtp://user:password@host:port, smtps://...; None: local mailbox
    mail_from: str  # KHABAR_MAIL_FROM
    events: bool  # KHABAR_EVENTS=0 switches the linking of events off
    public_url: str  # KHABAR_PUBLIC_URL: where links in mails lead; empty: the local UI
    aliases: Path | None = (
        None  # KHABAR_ALIASES: a file with names of one's own, added to news/text/aliases.txt
    )
    warc_days: int = 45  # KHABAR_WARC_DAYS: pages as fetched are kept this long
    warc_gb: int = 20  # KHABAR_WARC_GB: and never more than this of them, 10^9 bytes
    page_seconds: int = (
        60  # KHABAR_PAGE_SECONDS: processor time that one page may take to be extracted
    )

    @property
    def runs(self) -> Path:
        """Where run folders lie."""
        return self.home / "runs"


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of this process; raises SettingsError."""
    env = os.environ if environment is None else environment
    checkout = Path(__file__).resolve().parent.parent
    home = _home(env.get("KHABAR_HOME"), checkout)
    database_url = env.get("KHABAR_DATABASE_URL") or None
    if database_url and urlsplit(database_url).scheme not in {"postgresql", "postgres"}:
        msg = "KHABAR_DATABASE_URL must read postgresql://user:password@host:port/database"
        raise SettingsError(msg)
    return Settings(
        home=home,
        checkout=checkout,
        database_url=database_url,
        outlets=Path(env.get("KHABAR_OUTLETS") or checkout / "crawlers" / "outlets")
        .expanduser()
        .absolute(),
        sentry_dsn=env.get("KHABAR_SENTRY_DSN") or env.get("SENTRY_DSN") or None,
        contact=env.get("KHABAR_CONTACT", ""),
        allow_loopback=env.get("KHABAR_ALLOW_LOOPBACK") == "1",
        smtp_url=env.get("KHABAR_SMTP_URL") or None,
        mail_from=env.get("KHABAR_MAIL_FROM") or "khabar@localhost",
        events=env.get("KHABAR_EVENTS", "1") != "0",
        public_url=env.get("KHABAR_PUBLIC_URL", ""),
        aliases=Path(env["KHABAR_ALIASES"]).expanduser().absolute()
        if env.get("KHABAR_ALIASES")
        else None,
        warc_days=_whole(env, "KHABAR_WARC_DAYS", 45, "days"),
        warc_gb=_whole(env, "KHABAR_WARC_GB", 20, "gigabytes"),
        page_seconds=_whole(env, "KHABAR_PAGE_SECONDS", 60, "seconds"),
    )


def _home(named: str | None, checkout: Path) -> Path:
    """Return the one path of a home, however it is spelled; service/bootstrap.py has the same.

    Marks, state and locks of a house carry this path: two spellings would be two houses.
    """
    given = Path(named or checkout / ".khabar").expanduser()
    return Path(os.path.realpath(given))


def _whole(env: Mapping[str, str], name: str, default: int, unit: str) -> int:
    """Return a whole number of something, 1 or more; raises SettingsError."""
    text = env.get(name) or str(default)
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= 100_000:  # noqa: PLR2004
        msg = f"{name} is {text!r}; it must be a number of {unit}, 1 or more"
        raise SettingsError(msg)
    return int(text)


def sample_outlets(home: Path) -> Path:
    """Return the folder of the sample press's outlet files."""
    return home / "sample" / "outlets"


def without_password(url: str) -> str:
    """Return a URL fit for a screen."""
    parts = urlsplit(url)
    user = f"{parts.username}@" if parts.username else ""
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit(parts._replace(netloc=f"{user}{parts.hostname or ''}{port}"))
