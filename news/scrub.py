"""What may leave the house in an error report.

Where it happened and why, never an article's text, never a secret.

Pure: takes a Sentry event (a dict) and returns a smaller one.
"""

import re
from typing import Any

_SECRET_NAME = re.compile(
    r"pass(?:word|wd)?|secret|token|api_?key|auth|cookie|session|"
    r"dsn|credential|private|fernet|jwt|signature",
    re.IGNORECASE,
)
_URL_PASSWORD = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*://)(?P<user>[^\s:/@]*):(?P<password>[^\s@/]+)@", re.IGNORECASE
)
_NAMED_SECRET = re.compile(
    r"(?P<name>\b[\w-]*(?:pass(?:word|wd)?|secret|token|api[_-]?key|authorization|cookie|jwt)"
    r"[\w-]*[\"']?\s*[=:]\s*)"
    r"(?:\"[^\"]*\"?|'[^']*'?|(?:bearer\s+|basic\s+)?[^\s\"',;&}]+)",
    re.IGNORECASE,
)
_HEADER = re.compile(r"(?P<name>\b(?:cookie|authorization)[\"']?\s*:\s*)[^\r\n]+", re.IGNORECASE)
_BEARER = re.compile(r"\b(?:bearer|basic)\s+[\w.~+/=-]{8,}", re.IGNORECASE)
_DROPPED = frozenset(
    {
        "vars",
        "pre_context",
        "context_line",
        "post_context",
        "data",
        "body",
        "cookies",
        "env",
        "query_string",
        "item",
        "response",
        "text",
        "blocks",
        "html",
        "content",
        "raw",
        "sys.argv",
        "argv",
    }
)
_KEPT_HEADERS = frozenset({"host", "user-agent", "content-type"})
_LONGEST = 500
_READ = 4000
HIDDEN = "[hidden]"


def text(value: str) -> str:
    """Return a message without secrets, shortened: an exception may quote a page."""
    # A page may be built so that patterns run long on it: what is beyond is not sent in any case.
    cleaned = _URL_PASSWORD.sub(rf"\g<scheme>\g<user>:{HIDDEN}@", value[:_READ])
    cleaned = _HEADER.sub(rf"\g<name>{HIDDEN}", cleaned)
    cleaned = _BEARER.sub(HIDDEN, _NAMED_SECRET.sub(rf"\g<name>{HIDDEN}", cleaned))

    return (
        cleaned
        if len(cleaned) <= _LONGEST
        else f"{cleaned[:_LONGEST]}... ({len(value)} characters)"
    )


def event(held: dict[str, Any]) -> dict[str, Any]:
    """Return a Sentry event without local variables.

    Source lines, request and item bodies, breadcrumbs' data and secrets.
    """
    cleaned: dict[str, Any] = _clean(held)
    cleaned.pop("breadcrumbs", None)
    cleaned.pop("extra", None)
    cleaned.pop("user", None)
    cleaned.pop("modules", None)
    entry = cleaned.get("logentry")

    if isinstance(entry, dict):
        # Scrapy's parameters hold the whole item: the message with its arguments filled in is
        # shortened, they go.
        entry.pop("params", None)

    return cleaned


def _clean(value: Any, depth: int = 0) -> Any:
    """Return a copy without what must not leave; nesting beyond any event's is cut."""
    if depth > 12:  # noqa: PLR2004
        return HIDDEN
    match value:
        case str():
            return text(value)
        case bytes():
            return HIDDEN
        case dict():
            return {
                name: _named(str(name), item, depth)
                for name, item in value.items()
                if str(name) not in _DROPPED
            }
        case list() | tuple():
            return [_clean(item, depth + 1) for item in value]
        case _:
            return (
                value
                if value is None or isinstance(value, bool | int | float)
                else text(str(value))
            )


def _named(name: str, value: Any, depth: int) -> Any:
    """Return the value that stands under a name, hidden where the name says that it is secret."""
    shows_nothing = value is None or isinstance(value, bool | dict)
    if _SECRET_NAME.search(name) and not shows_nothing:
        return HIDDEN

    if name == "headers" and isinstance(value, dict):
        return _kept_headers(value)

    return _clean(value, depth + 1)


def _kept_headers(headers: dict[str, Any]) -> dict[str, str]:
    """Return the headers that name nobody, their values cleaned."""
    kept: dict[str, str] = {}
    for name, value in headers.items():
        if name.lower() in _KEPT_HEADERS:
            kept[name] = text(str(value))

    return kept
