"""What mails need to know of the house: sender, links, secret. Read at a stage's entry."""

import secrets as random
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.secrets import once
from pipeline.settings import Settings
from watches import WatchError
from watches.delivery import Request, feed_token, fitting_request, link_for

_SHORTEST_SECRET = 16  # characters
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class MailContext:
    """Everything that a mail's making depends on besides the archive."""

    sender: str  # may carry a display name
    base: str  # public address of the ui; empty: no links to us
    secret: bytes = field(repr=False)  # signs unsubscribe links
    mails_an_hour: int = 30  # to one address; the rest comes together

    def article_url(self, number: int) -> str:
        """Return where the archive shows an article; empty: no link."""
        return f"{self.base}/khabar/article/{number}" if self.base else ""

    def watch_url(self, watch: int) -> str:
        """Return where the archive lists all that a watch matched; empty: no link."""
        return f"{self.base}/khabar/watch/{watch}" if self.base else ""

    def feed_url(self, watch: int) -> str:
        """Return a watch's Atom feed, with a token that opens it alone; empty: no link."""
        if not self.base:
            return ""

        token = feed_token(self.secret, watch)

        return f"{self.base}/khabar/watch/{watch}.atom?token={token}"

    def unsubscribe_link(self, address: str, watches: tuple[int, ...]) -> "UnsubscribeLink":
        """Return the link that ends watches for an address; its URL is empty without one."""
        # A service's URL may be its secret: it does not belong into a message.
        if not self.base or "://" in address:
            return UnsubscribeLink("", ends_all=False)

        request = fitting_request(self.base, self.secret, Request(address, watches))
        url = link_for(self.base, self.secret, request)

        return UnsubscribeLink(url, ends_all=request.everything)


class UnsubscribeLink(NamedTuple):
    """Where a reader leaves."""

    url: str
    ends_all: bool  # it ends all that she gets: the mail speaks of more watches than fit into it


def mail_context(settings: Settings) -> MailContext:
    """Return the context of mails under these settings; raises WatchError."""
    return MailContext(
        sender=settings.mail_from,
        base=settings.public_url.rstrip("/"),
        secret=secret(settings),
        mails_an_hour=settings.mails_an_hour,
    )


def secret(settings: Settings) -> bytes:
    """Return the secret that signs unsubscribe links: KHABAR_SECRET, or one made at first use.

    The latter is kept under KHABAR_HOME/secrets. Raises WatchError when the former is too short.
    """
    given = settings.secret
    if given:
        if len(given) < _SHORTEST_SECRET:
            raise WatchError(
                "KHABAR_SECRET is too short to sign links with: "
                f"at least {_SHORTEST_SECRET} characters, better 40 random ones"
            )

        return given.encode()

    folder = settings.home / "secrets"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)

    return once(folder / "links", random.token_urlsafe(_SECRET_BYTES)).encode("ascii")
