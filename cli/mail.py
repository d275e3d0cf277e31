"""`khabar mail`: the group of the commands on mail."""

import click

from cli.mail_addresses import bounce, paused, resume
from cli.mail_key import key
from cli.mail_local import list_, show
from cli.mail_outbox import drop, failed, retry


@click.group(invoke_without_command=True)
@click.pass_context
def mail(context: click.Context) -> None:
    """List and show what arrived in the local mailbox."""
    if context.invoked_subcommand is None:
        context.invoke(list_)


for command in (list_, failed, retry, drop, show, bounce, paused, resume, key):
    mail.add_command(command)
