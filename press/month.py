"""The simulated month.

Every kind of door and every habit that a crawler must cope with, for 30 days.
"""

from press.site import Behaviour, Roster, Site

DAYS = 30
_PLACES = {
    "en": ("GB", "Europe/London"),
    "az": ("AZ", "Asia/Baku"),
    "ru": ("KZ", "Asia/Almaty"),
    "tr": ("TR", "Europe/Istanbul"),
    "hy": ("AM", "Asia/Yerevan"),
    "ka": ("GE", "Asia/Tbilisi"),
    "fa": ("IR", "Asia/Tehran"),
}


def _site(
    name: str, language: str, doors: str, url: str, per_day: float = 8, **behaviour: object
) -> Site:
    country, zone = _PLACES[language]
    theme = {"wordpress": "zox", "latest": "wire"}.get(
        doors.split(maxsplit=1)[0],
        (
            "column",
            "tabloid",
            "broad",
        )[len(name) % 3],
    )

    charset = str(behaviour.pop("charset", "utf-8"))

    return Site(
        name=name,
        region="month",
        title=name.capitalize(),
        country=country,
        languages=(language,),
        zone=zone,
        theme=theme,
        url=url,
        doors=tuple(doors.split()),
        per_day=per_day,
        backlog=3,
        copies=0.2,
        charset=charset,
        behaviour=Behaviour(**behaviour),  # type: ignore[arg-type]
    )


_SITES = (
    _site("overflow", "en", "rss listing", "numbered", 60, feed_items=10),
    _site("overmap", "en", "rss news-sitemap", "dated", 60, feed_items=10),
    _site("nofeed", "az", "listing", "stamp", 12),
    _site("liar", "ru", "rss", "novosti", 8, lies_304=True),
    _site("editor", "en", "rss", "plain", 8, edits=0.9, deletes=0.0),
    _site("eraser", "tr", "rss", "haber", 8, edits=0.5, deletes=0.5, delete_status=410),
    _site("mover", "en", "rss listing", "numbered", 6, moves=(12.0, "movernew")),
    _site("blocker", "en", "rss listing", "dated", 5, blocks=(10.0, 17.0), feed_items=15),
    _site("nested", "ru", "sitemap-index", "novosti", 10, per_page=40),
    _site("pages", "fa", "listing", "persian", 30, per_page=10),
    _site("press", "en", "wordpress", "dated", 12, per_page=10),
    _site("archive", "az", "archive", "number", 15),
    _site("latest", "en", "latest", "wire", 20),
    _site("ampsite", "tr", "rss", "haber", 8, amp=True),
    _site("jsonic", "en", "json", "numbered", 8),
    _site("atomic", "ka", "atom", "numbered", 8, validators=False),
    _site("oldest", "ru", "rss091", "novosti", 6, charset="windows-1251", dates=False),
    _site("rdfone", "hy", "rss1", "number", 6),
    _site("oneguid", "en", "rss", "plain", 8, same_guid=True),
    _site("nodates", "az", "listing", "plain", 6, dates=False),
    _site("slashes", "ru", "rss listing", "dated", 8, slash_variants=True),
    _site("indexer", "en", "listing rss", "plain", 8, index_variants=True),
    _site("sessions", "tr", "listing", "haber", 8, session_ids=True),
    _site("tracker", "en", "rss", "dated", 8, tracking=True),
    _site("bursts", "en", "rss listing", "numbered", 24, burst=24, feed_items=10),
    _site("limits", "en", "rss", "numbered", 6, limits=(5.0, 6.0)),
    _site("slowly", "ka", "rss", "number", 4, crawl_delay=10),
    _site("mobile", "tr", "listing", "haber", 6, mobile=True, upper_case=True),
)
MONTH = Roster(name="month", sites=_SITES, gap_before=180, gap_after=19)
