"""DKIM signatures (RFC 6376), optional. The only module that knows dkimpy."""

import re
from dataclasses import dataclass, field

from watches.errors import WatchError

_NAME = re.compile(r"[A-Za-z0-9._-]{1,200}")
# What a relay must not change unseen. Each name twice would also forbid adding a second one, which
# some relays do to To.
_HEADERS = [
    b"from",
    b"to",
    b"subject",
    b"date",
    b"message-id",
    b"references",
    b"in-reply-to",
    b"list-id",
    b"list-unsubscribe",
    b"list-unsubscribe-post",
    b"auto-submitted",
    b"mime-version",
    b"content-type",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A signing key: its selector and domain in the DNS, and the private key in PEM."""

    selector: str
    domain: str
    private: bytes = field(repr=False)


def read_key(selector_and_domain: str, private: bytes) -> Key:
    """Return a key named `selector._domainkey.example.org` or `selector:example.org`.

    `private` is in PEM. Raises WatchError.
    """
    name = selector_and_domain.replace("._domainkey.", ":", 1)
    selector, _, domain = name.partition(":")
    if not _NAME.fullmatch(selector) or not _NAME.fullmatch(domain):
        raise WatchError(f"{selector_and_domain!r} names no DKIM key; write selector:example.org")
    if b"PRIVATE KEY" not in private:
        raise WatchError("the DKIM key file holds no private key in PEM")

    return Key(
        selector=selector,
        domain=domain,
        private=private,
    )


def signed(raw: bytes, key: Key) -> bytes:
    """Return the message with its signature before it; raises WatchError.

    RFC 8058 wants the unsubscribe headers covered, and they are.
    """
    import dkim

    try:
        header = dkim.sign(
            raw,
            key.selector.encode(),
            key.domain.encode(),
            key.private,
            include_headers=_HEADERS,
        )
    except (dkim.DKIMException, ValueError) as error:
        name = f"{key.selector}:{key.domain}"
        sentence = f"the mail could not be signed with the DKIM key {name}: {error}"
        raise WatchError(sentence) from error

    return bytes(header) + raw
