"""Whether a new recipient can be reached, as far as that can be known before a mail is written."""

from collections.abc import Iterable

from pipeline.settings import Settings
from watches.delivery import channels, message, operator
from watches.delivery.smtp import Mailer, account
from watches.errors import WatchError


def check(settings: Settings, recipients: Iterable[str]) -> list[str]:
    """Return what could not be found out, a sentence each.

    Raises WatchError naming who cannot be told. Asks the mail server only about addresses beyond
    ASCII.
    """
    unknown = []
    for recipient in recipients:
        if channels.is_url(recipient):
            channels.check(recipient)
        elif not recipient.isascii() and settings.smtp_url is not None:
            unknown += _asked(settings.smtp_url, settings.mail_from, recipient)
    return unknown


def _asked(smtp_url: str, mail_from: str, recipient: str) -> list[str]:
    where = account(smtp_url)
    with Mailer(where, message.bare(mail_from)) as mailer:
        speaks = mailer.speaks_utf8()
    shown = operator.shown(recipient)
    if speaks is False:
        raise WatchError(
            f"{shown} cannot be mailed: the mail server {where.host} takes only addresses whose "
            "part before the @ is ASCII (it has no SMTPUTF8); name another address"
        )
    if speaks is None:
        return [
            f"the mail server {where.host} does not answer: whether it takes {shown}, which is "
            "beyond ASCII, shows with the first mail"
        ]
    return []
