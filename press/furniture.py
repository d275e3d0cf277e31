"""What every outlet serves besides articles and doors: robots.txt and pictures."""

from press import doors
from press.http import TEXT, Response
from press.picture import picture
from press.site import Site


def robots(site: Site, root: str) -> Response:
    """Return robots.txt: what crawlers may not fetch, how fast, and where the sitemaps lie."""
    lines = ["User-agent: *"]
    for path in (*site.behaviour.disallow, "/_press/"):
        lines.append(f"Disallow: {path}")

    if site.behaviour.crawl_delay:
        lines.append(f"Crawl-delay: {site.behaviour.crawl_delay:g}")

    for door in site.doors:
        if "sitemap" in door:
            lines.append(f"Sitemap: {root}{doors.PATHS[door]}")

    return Response(body="\n".join(lines).encode() + b"\n", kind=TEXT)


def image(path: str) -> Response:
    """Return the picture that an address draws."""
    return Response(
        body=picture(path),
        kind="image/svg+xml",
        headers=(("Cache-Control", "max-age=86400"),),
    )
