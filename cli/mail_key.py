"""`khabar mail key`: what the receiver of a webhook checks signatures with."""

import click

from cli.open_archive import archive_cursor
from pipeline import settings
from pipeline.alerts import mail_context
from storage import alerts
from watches import WatchError, mask_secret
from watches.delivery import webhook_key

_SCHEMES = ("webhook+http://", "webhook+https://")


@click.command()
@click.argument("url")
@click.option(
    "--renew",
    is_flag=True,
    help="Give it a key of its own, a new one each time; the old one ends at once.",
)
def key(url: str, *, renew: bool) -> None:
    """Show the key that signs what goes to the webhook URL; with --renew a new one.

    All webhooks begin with one key, which KHABAR_SECRET makes; a renewed one is known to its
    receiver alone.
    """
    if not url.startswith(_SCHEMES):
        raise WatchError("only a webhook has a key: its URL begins with webhook+https://")

    secret = mail_context.secret(settings.read())
    with archive_cursor() as cursor:
        ask = alerts.renew_webhook_key if renew else alerts.webhook_key_turn
        turn = ask(cursor, url)

    if turn is None:
        raise WatchError(
            f"no watch tells {mask_secret(url)}; `khabar watch list` shows whom they do"
        )

    click.echo(webhook_key(secret, url, turn))
