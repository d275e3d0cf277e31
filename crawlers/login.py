"""The login of an outlet that shows its articles to those who have an account there.

The outlet file names a secret and never holds one. It is told to the outlet's own hosts alone,
over https (or on this machine), and stands in no log, no record of a WARC and no report.
"""

import base64
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawlers.errors import CrawlError
from crawlers.sample_hosts import is_sample

NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
SECRET_FIELDS = frozenset({"authorization", "cookie", "proxy-authorization", "set-cookie"})
_FORMS = "`basic USER:PASSWORD` or `cookie NAME=VALUE; NAME=VALUE`"
_LONGEST = 16_384


@dataclass(frozen=True, slots=True, repr=False)
class Login:
    """One field of a request's head by which an outlet knows a reader."""

    field: str
    value: str


def parse(name: str, secret: str) -> Login:
    """Return the login that a named secret holds; raises CrawlError, which never quotes it."""
    kind, _, rest = secret.strip().partition(" ")
    value = rest.strip()
    fits = len(value) <= _LONGEST and value.isprintable()

    if fits and kind == "basic" and ":" in value:
        return _basic(value)

    if fits and kind == "cookie" and "=" in value and value.isascii():
        return Login("Cookie", value)

    raise CrawlError(f"the secret of the login {name!r} is neither {_FORMS}")


def _basic(pair: str) -> Login:
    """Return the login of RFC 7617: user and password, with a colon between."""
    raw = pair.encode()
    token = base64.b64encode(raw)
    return Login("Authorization", f"Basic {token.decode('ascii')}")


def is_safe(url: str) -> bool:
    """Tell whether nobody on the way reads what is sent to an address."""
    parts = urlsplit(url)
    return parts.scheme == "https" or is_sample(parts.hostname or "")
