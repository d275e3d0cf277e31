"""Where and as whom mail is sent, read from an SMTP URL. Pure."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from watches.errors import WatchError

_SCHEMES = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where and as whom to send. `security` is "none", "starttls" or "tls"."""

    host: str
    port: int
    security: str = "none"
    user: str = ""
    password: str = ""
    verify: bool = True  # the certificate; off only for one's own server with a private one

    def __repr__(self) -> str:
        return f"Account({self.host}:{self.port}, {self.security}, user={self.user!r})"


def account(url: str) -> Account:
    """Return the account of smtp://, smtp+starttls:// or smtps://user:password@host:port.

    User and password are percent-encoded. `?starttls=1` on smtp:// asks for STARTTLS too,
    `?verify=0` accepts any certificate. Raises WatchError.
    """
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise WatchError(
            "the SMTP URL must read smtp://, smtp+starttls:// or smtps://user:password@host:port"
        )

    try:
        port = parts.port or _SCHEMES[parts.scheme]
    except ValueError as error:
        raise WatchError("the port in the SMTP URL is no number from 1 to 65535") from error

    options = parse_qs(parts.query)

    return Account(
        host=parts.hostname,
        port=port,
        security=_security(parts.scheme, options),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        verify=options.get("verify", [""])[-1] != "0",
    )


def _security(scheme: str, options: dict[str, list[str]]) -> str:
    """Return how a connection is protected: "none", "starttls" or "tls"."""
    if scheme == "smtps":
        return "tls"

    asked = options.get("starttls", [""])[-1] == "1"

    return "starttls" if asked or scheme == "smtp+starttls" else "none"
