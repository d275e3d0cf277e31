"""Mails to the operator: addresses that were paused. Plain text, no watch, no tracking. Pure."""

import html
from collections.abc import Sequence
from datetime import datetime

from watches.delivery import clean
from watches.delivery.message import Rendered


def paused(addresses: Sequence[tuple[str, str, datetime]]) -> Rendered:
    """Return the mail that tells of paused addresses: (address, reason, since)."""
    rows = [
        f"- {clean.line(shown(address), 120)}, {since:%Y-%m-%d %H:%M} UTC: {clean.line(reason, 200)}"
        for address, reason, since in addresses
    ]
    text = "\n".join(
        [
            "Mail to these addresses was refused for good, and has been paused:",
            "",
            *rows,
            "",
            "What is wrong there, only a person can find out. When it is mended: khabar mail resume ADDRESS",
            "",
        ]
    )
    lines = "".join(f"<li>{_escaped(row[2:])}</li>" for row in rows)
    page = (
        '<!DOCTYPE html><html lang="en"><body style="font-family:sans-serif;font-size:16px;line-height:1.5">'
        f"<p>Mail to these addresses was refused for good, and has been paused:</p><ul>{lines}</ul>"
        "<p>What is wrong there, only a person can find out. When it is mended: <code>khabar mail resume ADDRESS</code></p></body></html>"
    )
    return Rendered(
        subject=f"Khabar: {len(rows)} address{'es' if len(rows) > 1 else ''} paused",
        text=text,
        html=page,
    )


def shown(address: str) -> str:
    """Return an address without the secret that an Apprise URL may hold."""
    scheme, is_url, _ = address.partition("://")
    return f"{scheme}://…" if is_url else address


def _escaped(text: str) -> str:
    return html.escape(text)
