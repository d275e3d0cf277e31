"""Whether a new recipient can be reached, as far as that can be known before a mail is written."""

from collections.abc import Iterable

from watches import clean
from watches.addresses import bare_address
from watches.delivery import channels
from watches.delivery.smtp import Mailer
from watches.delivery.smtp_account import account
from watches.errors import WatchError

_PATIENCE = 30.0  # seconds that somebody waits at a terminal for the mail server's answer


def check_recipients(
    recipients: Iterable[str], *, smtp_url: str | None, mail_from: str
) -> list[str]:
    """Return what could not be found out, a sentence each.

    Raises WatchError naming who cannot be told. Asks the mail server only about addresses beyond
    ASCII; without `smtp_url` mail goes to the local mailbox, which takes them all.
    """
    unknown: list[str] = []
    for recipient in recipients:
        if channels.is_url(recipient):
            channels.check(recipient)
        elif not recipient.isascii() and smtp_url is not None:
            unknown += _ask_server(smtp_url, mail_from, recipient)

    return unknown


def _ask_server(smtp_url: str, mail_from: str, recipient: str) -> list[str]:
    """Return a sentence if the server does not say whether it takes an address beyond ASCII."""
    where = account(smtp_url)
    with Mailer(where, bare_address(mail_from), patience=_PATIENCE) as mailer:
        speaks_utf8 = mailer.speaks_utf8()

    shown = clean.mask_secret(recipient)
    if speaks_utf8 is False:
        raise WatchError(
            f"{shown} cannot be mailed: the mail server {where.host} takes only addresses whose "
            "part before the @ is ASCII (it has no SMTPUTF8); name another address"
        )

    if speaks_utf8 is None:
        return [
            f"the mail server {where.host} does not answer: whether it takes {shown}, which is "
            "beyond ASCII, shows with the first mail"
        ]

    return []
