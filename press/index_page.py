"""The start page of the press, which leads to all its outlets."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from press.http import Response
from press.site import Site


def index(sites: Sequence[Site], port: int, now: datetime) -> Response:
    """Return the start page that leads to all outlets."""
    rows = "".join(
        f'<li><a href="http://{site.name}.localhost:{port}/">{escape(site.title)}</a> '
        f"<small>{site.region}, {', '.join(site.languages)};"
        f" {', '.join(site.doors)}</small></li>"
        for site in sites
    )

    style = (
        "body{font:18px/1.8 Georgia,serif;max-width:760px;margin:40px "
        "auto;color:#222}small{color:#777;font:13px sans-serif}"
    )
    html = (
        f"<!DOCTYPE html><meta charset=utf-8><title>Press</title><style>{style}</style><h1>The "
        f"sample press</h1><p>{now:%d %B %Y %H:%M} UTC</p><ul>{rows}</ul>"
    )

    return Response(body=html.encode())
