"""All settings in one model, read from the environment once, at a command's or stage's entry.

Nothing else reads a KHABAR_ variable; the few that cannot be in the model stand in ELSEWHERE with
the reason. `.env.example` and the tables of the docs are made from this file (`khabar settings`).
"""

from collections.abc import Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, Field, ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict
from pydantic_settings.sources import PydanticBaseSettingsSource as Source

from news.errors import KhabarError
from pipeline.setting_checks import (
    ELSEWHERE,
    PREFIX,
    Addresses,
    Count,
    Days,
    File,
    Gigabytes,
    Home,
    Postgres,
    PublicUrl,
    Seconds,
    Share,
    Switch,
    Zone,
    variable,
    without_password,
)

CHECKOUT = Path(__file__).resolve().parent.parent
_OUTLETS = CHECKOUT / "crawlers" / "outlets"

__all__ = [
    "CHECKOUT",
    "ELSEWHERE",
    "Settings",
    "SettingsError",
    "changed",
    "read",
    "sample_outlets",
    "variable",
    "without_password",
]


class SettingsError(KhabarError):
    """A setting in the environment is wrong; the message names it and what it may be."""


def _setting(
    default: Any,
    words: str,
    *,
    shown: str = "",
    common: bool = False,
    secret: bool = False,
    alias: AliasChoices | None = None,
) -> Any:
    """Return a field: its default, a sentence on it, and the default in words where that helps.

    `common`: in the README's table; `secret`: never in a repr, empty in `.env.example`.
    """
    return Field(
        default=default,
        description=words,
        validate_default=True,
        repr=not secret,
        validation_alias=alias,
        json_schema_extra={
            "shown": shown,
            "common": common,
            "secret": secret,
        },
    )


class Settings(BaseSettings):
    """Everything Khabar reads from its environment. Paths are absolute; the home's has no links."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
    )

    home: Home = _setting(
        CHECKOUT / ".khabar",
        "data, secrets, runs, logs",
        shown="`.khabar/` in the checkout",
        common=True,
    )
    database_url: Postgres | None = _setting(
        None,
        "a PostgreSQL of your own: `postgresql://user:password@host:port/database`",
        shown="an embedded one",
        common=True,
        secret=True,
    )
    airflow_database_url: Postgres | None = _setting(
        None,
        "Airflow's database",
        shown="`airflow`, beside the archive",
        secret=True,
    )
    outlets: File = _setting(
        _OUTLETS,
        "the folder of outlet files",
        shown="`crawlers/outlets`",
        common=True,
    )
    contact: str = _setting(
        "",
        "mail address or page in the User-Agent, so that an outlet can reach you; "
        "the operator's mail goes there",
        shown="none",
        common=True,
    )
    smtp_url: str | None = _setting(
        None,
        "`smtp://user:password@host:587`, `smtp+starttls://` or `smtps://...:465`",
        shown="a local mailbox",
        common=True,
        secret=True,
    )
    mail_from: str = _setting(
        "khabar@localhost",
        "the sender, with a display name if you like",
        common=True,
    )
    mail_rate: str = _setting(
        "",
        "mails a minute by domain: `gmail.com=20 *=60`",
        shown="no limit",
    )
    mails_an_hour: Count = _setting(
        30,
        "mails an hour to one address; what falls due beyond comes together in one",
    )
    dkim: str = _setting(
        "",
        "`selector:example.org`: sign mails",
        shown="off",
    )
    dkim_key: File | None = _setting(
        None,
        "the file of the private key (PEM) for it",
        shown="none",
    )
    secret: str = _setting(
        "",
        "signs the links in mails; at least 24 characters",
        shown="`secrets/links`",
        secret=True,
    )
    public_url: PublicUrl = _setting(
        "",
        "where links in mails lead",
        shown="the local UI",
        common=True,
    )
    feed_token: str = _setting(
        "",
        "opens API and feeds without a login",
        shown="`secrets/feed-token`",
        secret=True,
    )
    schedule: str = _setting(
        "0 5 * * *",
        "when all outlets are read and the day is judged, cron; `off`: by hand only",
        common=True,
    )
    light_schedule: str = _setting(
        "*/15 * * * *",
        "when, between two of these runs, the doors that are due are read, cron; `off`: never",
        common=True,
    )
    red_share: Share = _setting(
        0.25,
        "share of a run's outlets (0 to 1) that may ail before the run is red; one with "
        "`must_have = true` in its file reddens it alone",
    )
    late_minutes: Count = _setting(
        60,
        "minutes after which a run that has not ended is told to the operator",
    )
    timezone: Zone = _setting(
        "UTC",
        "the zone of the schedules",
        common=True,
    )
    mail_schedule: str = _setting("*/5 * * * *", "when due digests and retries are sent, cron")
    upkeep_schedule: str = _setting("30 3 * * *", "housekeeping, cron")
    follow: Switch = _setting(
        default=True,
        words="the part `postman` (`khabar watch follow`) matches and mails within seconds of "
        "each outlet's load, and the DAGs find the work done; `0`: they do it when a run ends",
        shown="on",
    )
    events: Switch = _setting(
        default=True,
        words="`0`: stories of one event are not linked across languages",
        shown="on",
        common=True,
    )
    aliases: File | None = _setting(
        None,
        "a file of names of your own, beside the package's table",
        shown="none",
        common=True,
    )
    warc_days: Days = _setting(
        45,
        "days that fetched pages are kept; those of unfinished runs stay",
        common=True,
    )
    warc_gb: Gigabytes = _setting(
        20,
        "and never more gigabytes of them than this",
        common=True,
    )
    page_seconds: Seconds = _setting(
        60,
        "processor time that one page may take to be extracted; a page that takes more is "
        "put aside and named",
        common=True,
    )
    evidence_key: File | None = _setting(
        None,
        "the file of the house's private key (Ed25519, PEM) that signs each day's records",
        shown="`secrets/evidence-key.pem`",
    )
    tsa_urls: Addresses = _setting(
        "",
        "up to two time stamp authorities (RFC 3161) that stamp each signed day",
        shown="none",
    )
    tsa_roots: File | None = _setting(
        None,
        "their root certificates (PEM): with them a stamp that is not theirs is refused",
        shown="none",
    )
    ots_calendars: Addresses = _setting(
        "",
        "calendars of OpenTimestamps that each signed day is put into",
        shown="none",
    )
    evidence_mail: Switch = _setting(
        default=False,
        words="`1`: the operator is mailed the head of each day that is signed",
        shown="off",
    )
    keep_runs: Days = _setting(60, "days that run folders are kept")
    keep_logs: Days = _setting(30, "days that task logs are kept")
    sentry_dsn: str | None = _setting(
        None,
        "where errors are reported",
        shown="off",
        common=True,
        secret=True,
        alias=AliasChoices("KHABAR_SENTRY_DSN", "SENTRY_DSN"),
    )
    chromium: str = _setting(
        "",
        "the browser for outlets with `render = true`",
        shown="the first on PATH",
    )
    allow_loopback: Switch = _setting(
        default=False,
        words="`1`: outlets on this machine may be crawled, as the sample's are",
        shown="off",
    )
    admin_password: str = _setting(
        "",
        "in containers: the password of the user admin",
        shown="`secrets/login`",
        secret=True,
    )

    @property
    def runs(self) -> Path:
        """Where run folders lie."""
        return self.home / "runs"

    @property
    def checkout(self) -> Path:
        """Where the code lies."""
        return CHECKOUT

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], *args: Source, **sources: Source
    ) -> tuple[Source, ...]:
        """Read one mapping alone: this process's environment, or the one that `read` was given."""
        del args, sources
        return (_GivenEnvironment(settings_cls),)


# What `read` was given; None: the environment of this process.
_given: ContextVar[Mapping[str, str] | None] = ContextVar("given environment", default=None)


class _GivenEnvironment(EnvSettingsSource):
    """The environment as a source, or the mapping that stands in for it."""

    def _load_env_vars(self) -> Mapping[str, str | None]:
        given = _given.get()
        if given is None:
            return super()._load_env_vars()
        return {name.lower(): value for name, value in given.items() if value}


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of this process, or of another environment; raises SettingsError."""
    token = _given.set(environment)
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None
    finally:
        _given.reset(token)


def _sentence(error: ValidationError) -> str:
    """Return the first fault as a sentence; what was given is not repeated, it may be a secret."""
    fault = error.errors(
        include_url=False,
        include_input=False,
    )[0]
    said = fault.get("ctx", {}).get("error")
    name = variable(str(fault["loc"][0])) if fault["loc"] else PREFIX
    return str(said) if said is not None else f"{name}: {fault['msg']}"


def changed(settings: Settings, **values: Any) -> Settings:
    """Return settings with some values changed, by the names of their fields."""
    return settings.model_copy(update=values)


def sample_outlets(home: Path) -> Path:
    """Return the folder of the sample press's outlet files."""
    return home / "sample" / "outlets"
