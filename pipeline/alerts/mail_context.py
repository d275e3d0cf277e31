"""What mails need to know of the house: sender, links, secret, way out. Read from settings at a stage's entry."""

from dataclasses import dataclass, field

from pipeline.secrets import once
from pipeline.settings import Settings
from watches.delivery import unsubscribe

_LEAST_SECRET = 16
_MOST_WATCHES = 50  # of one link: a header line ends at 998 characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Everything that a mail's making depends on besides the archive."""

    sender: str  # may carry a display name
    base: str  # public address of the ui; empty: no links to us
    secret: bytes = field(repr=False)  # signs unsubscribe links

    def article(self, number: int) -> str:
        """Return where the archive shows an article."""
        return f"{self.base}/khabar/article/{number}" if self.base else ""

    def unsubscribe(self, address: str, watches: tuple[int, ...]) -> str:
        """Return the link that ends watches for an address."""
        # A service's URL may be its secret: it does not belong into a message.
        return (
            unsubscribe.url(
                self.base, self.secret, unsubscribe.Ask(address, watches[:_MOST_WATCHES])
            )
            if self.base and "://" not in address
            else ""
        )

    def feed(self, watch: int) -> str:
        """Return a watch's Atom feed."""
        return f"{self.base}/khabar/watch/{watch}.atom" if self.base else ""


def office(settings: Settings) -> Office:
    """Return the office of these settings; its secret is KHABAR_SECRET or made once under KHABAR_HOME/secrets."""
    return Office(
        sender=settings.mail_from, base=settings.public_url.rstrip("/"), secret=secret(settings)
    )


def secret(settings: Settings) -> bytes:
    """Return the secret that signs unsubscribe links, made at first use."""
    import secrets as random

    from watches.errors import WatchError

    given = settings.secret
    if given:
        if len(given) < _LEAST_SECRET:
            raise WatchError(
                f"KHABAR_SECRET is too short to sign links with: at least {_LEAST_SECRET} characters, better 40 random ones"
            )
        return given.encode()
    folder = settings.home / "secrets"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return once(folder / "links", random.token_urlsafe(32)).encode("ascii")
