"""Whose page an address is: an outlet of the files, or one made up after the host."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from news.outlet import Outlet

# Country-code domains whose pages give local time; elsewhere UTC is assumed.
ZONES = {
    "az": "Asia/Baku",
    "am": "Asia/Yerevan",
    "ge": "Asia/Tbilisi",
    "tr": "Europe/Istanbul",
    "ir": "Asia/Tehran",
    "ru": "Europe/Moscow",
    "kz": "Asia/Almaty",
    "uz": "Asia/Tashkent",
    "kg": "Asia/Bishkek",
    "tm": "Asia/Ashgabat",
    "tj": "Asia/Dushanbe",
    "af": "Asia/Kabul",
}


def outlet_of(url: str, name: str | None = None) -> Outlet:
    """Return an outlet for pages of a site that has no outlet file.

    It is named after its host, and is in its country's zone.
    """
    from news.urls import host_key

    try:
        host = host_key(url)
    except ValueError:
        host = "unknown.invalid"
    top = host.rsplit(".", 1)[-1]
    return Outlet(
        name=name or host,
        region="unknown",
        title="",
        home=f"https://{host}/",
        country=top,
        languages=(),
        timezone=ZONES.get(top, "UTC"),
        doors=(),
    )


class Sites:
    """The outlets of a folder of files, by name and by address.

    Files that are wrong are left out; `broken` has a sentence for each.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.broken: tuple[str, ...] = ()

    @cached_property
    def outlets(self) -> dict[str, Outlet]:
        """The outlets by name; read when they are first asked for."""
        from crawlers import outlet_files

        if not self.folder.is_dir():
            return {}
        outlets, broken = outlet_files.load_all(self.folder)
        self.broken = tuple(str(error) for error in broken)
        return {outlet.name: outlet for outlet in outlets}

    def of(
        self,
        url: str,
        name: str | None = None,
    ) -> Outlet:
        """Return the outlet of this name, or on whose hosts the address lies, or one made up.

        A name that no file has names the made-up one.
        """
        if name in self.outlets:
            return self.outlets[name]
        owner = None if name else whose(url, self.outlets.values())
        return owner or outlet_of(url, name)


def whose(url: str, outlets: Iterable[Outlet]) -> Outlet | None:
    """Return the outlet on whose hosts an address lies; of several, that of the longest home."""
    from crawlers import Scope

    owners = [outlet for outlet in outlets if Scope(outlet).is_ours(url)]
    return max(
        owners,
        key=lambda outlet: len(outlet.home),
        default=None,
    )
