"""Mail addresses: read, checked, and brought into the one form under which they are kept."""

import unicodedata
from email.headerregistry import Address
from email.utils import getaddresses

import idna

from watches import clean
from watches.errors import WatchError

_NO_TEXT = {"Cc", "Cs"}  # control characters, and what was no UTF-8
_LONGEST = 254  # characters of an address (RFC 5321, 4.5.3.1.3)
_LONGEST_NAME = 100  # characters of a display name


def address(text: str) -> Address:
    """Return a mail address with its display name; raises WatchError naming what is wrong."""
    categories = {unicodedata.category(char) for char in text}
    if not categories.isdisjoint(_NO_TEXT):
        what = "control characters, or bytes that are no UTF-8"
        raise WatchError(f"{clean.line(text)!r} is no mail address: it holds {what}")

    named = getaddresses([text])
    if len(named) > 1:
        raise WatchError(f"{text!r} names {len(named)} mail addresses; give each one by itself")

    name, spec = "", ""
    if named:
        name, spec = named[0]

    local, _, domain = spec.rpartition("@")
    is_whole = local and domain
    is_too_long = len(spec) > _LONGEST
    if not is_whole or is_too_long or " " in spec:
        raise WatchError(f"{text!r} is no mail address; it must read name@host")

    try:
        shown = header_text(name, _LONGEST_NAME)
        host = _ascii_domain(domain)
        return Address(
            display_name=shown,
            username=local,
            domain=host,
        )
    except (ValueError, UnicodeError) as error:
        raise WatchError(f"{text!r} is no mail address: {error}") from error


def bare_address(text: str) -> str:
    """Return `local@domain` of an address, the domain in small ASCII letters.

    This is the form under which an address is kept. Raises WatchError.
    """
    return address(text).addr_spec


def header_text(text: str, limit: int) -> str:
    """Return a text for a header, of at most `limit` characters.

    Readers decode what looks like an encoded word (RFC 2047): a text must not look like one.
    """
    return clean.line(text, limit).replace("=?", "= ?")


def _ascii_domain(name: str) -> str:
    """Return a domain in small ASCII letters; raises UnicodeError.

    By IDNA 2008 (RFC 5891): "straße" and "strasse" are two domains, and may be two owners'.
    """
    if name.isascii():
        return name.encode("idna").decode("ascii").lower()

    return idna.encode(name, uts46=True).decode("ascii").lower()
