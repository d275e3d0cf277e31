"""One model of all settings: what is in it is documented, what is read elsewhere is in it."""

import ast
from pathlib import Path

import pytest

from cli import settings_docs
from pipeline import settings

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "news",
    "crawlers",
    "extract",
    "dedupe",
    "watches",
    "storage",
    "evidence",
    "pipeline",
    "service",
)
UPPER_ROOMS = ("cli", "ui", "dags", "press")
# Read by a bare Python before there is anything of ours to import; see settings.ELSEWHERE.
BARE = {"service/bootstrap.py", "service/probe.py"}
READING = {"get", "getenv", "pop", "setdefault"}


def is_scrapys(mapping: ast.expr) -> bool:
    """Whether what is asked are a crawl's settings: they are told to it, in its job."""
    return isinstance(mapping, ast.Attribute) and mapping.attr == "settings"


def read_names(tree: ast.AST) -> set[str]:
    """The KHABAR_ names that a module looks up in some mapping."""
    keys: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in READING and not is_scrapys(node.func.value):
                keys += node.args[:1]
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            keys.append(node.slice)
    words = [key.value for key in keys if isinstance(key, ast.Constant)]
    return {word for word in words if isinstance(word, str) and word.startswith("KHABAR_")}


def test_nothing_but_the_model_reads_a_setting_from_the_environment() -> None:
    strangers = {}
    for room in (*ROOMS, *UPPER_ROOMS):
        for path in (ROOT / room).rglob("*.py"):
            name = str(path.relative_to(ROOT))
            found = read_names(ast.parse(path.read_text(encoding="utf-8")))
            if found and name not in BARE:
                strangers[name] = found
    assert strangers == {}


def test_what_a_bare_python_reads_is_named_with_its_reason() -> None:
    known = {settings.variable(name) for name in settings.Settings.model_fields}
    for name in BARE:
        found = read_names(ast.parse((ROOT / name).read_text(encoding="utf-8")))
        assert found <= known | set(settings.ELSEWHERE), name
    assert all(settings.ELSEWHERE.values())


@pytest.mark.parametrize("path", sorted(settings_docs.WRITTEN))
def test_what_is_made_from_the_model_is_as_the_model_is(path: str) -> None:
    written = (ROOT / path).read_text(encoding="utf-8")
    assert settings_docs.WRITTEN[path](written) == written, "run: ./khabar settings --write"


def test_the_example_read_as_an_environment_gives_the_defaults() -> None:
    given = {}
    for line in settings_docs.example("").splitlines():
        if line.startswith("#") and not line.startswith("# "):
            name, _, value = line[1:].partition("=")
            given[name] = value
    assert set(given) == {settings.variable(name) for name in settings.Settings.model_fields}
    assert settings.read(given) == settings.read({})


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("KHABAR_WARC_GB", "1e3", "KHABAR_WARC_GB is '1e3'; it must be a number of gigabytes"),
        ("KHABAR_PAGE_SECONDS", "0", "KHABAR_PAGE_SECONDS is '0'; it must be a number of seconds"),
        ("KHABAR_EVENTS", "no", "KHABAR_EVENTS is 'no'; it must be 1 or 0"),
        ("KHABAR_ALLOW_LOOPBACK", "true", "KHABAR_ALLOW_LOOPBACK is 'true'; it must be 1 or 0"),
        ("KHABAR_TIMEZONE", "Mars", "KHABAR_TIMEZONE is 'Mars'; it must be a time zone"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_may_be(name: str, value: str, sentence: str) -> None:
    with pytest.raises(settings.SettingsError) as caught:
        settings.read({name: value})
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("name", ["KHABAR_DATABASE_URL", "KHABAR_AIRFLOW_DATABASE_URL"])
def test_the_address_of_a_database_is_checked_and_its_password_not_repeated(name: str) -> None:
    with pytest.raises(settings.SettingsError) as caught:
        settings.read({name: "mysql://user:planted-password@host/db"})
    assert name in str(caught.value)
    assert "planted" not in str(caught.value)


def test_an_empty_setting_is_none_at_all() -> None:
    empty = {settings.variable(name): "" for name in settings.Settings.model_fields}
    assert settings.read(empty) == settings.read({})


def test_settings_of_another_environment_take_nothing_from_this_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KHABAR_CONTACT", "here@example.org")
    assert settings.read({}).contact == ""
    assert settings.read().contact == "here@example.org"


def test_secrets_do_not_stand_in_what_is_printed_of_settings() -> None:
    secret = [
        name
        for name, field in settings.Settings.model_fields.items()
        if settings_docs.notes_of(field)["secret"]
    ]
    assert {"smtp_url", "database_url", "feed_token", "secret"} <= set(secret)
    given = {"KHABAR_SMTP_URL": "smtp://u:planted@h", "KHABAR_FEED_TOKEN": "planted-token"}
    assert "planted" not in repr(settings.read(given))


def test_sentrys_own_variable_counts_where_ours_is_not_set() -> None:
    both = {"SENTRY_DSN": "http://theirs@h/1", "KHABAR_SENTRY_DSN": "http://ours@h/1"}
    assert settings.read(both).sentry_dsn == "http://ours@h/1"
    assert settings.read({"SENTRY_DSN": "http://theirs@h/1"}).sentry_dsn == "http://theirs@h/1"
