"""Whose page an address is: an outlet of the files, or one made up after the host; and pages and profiles that runs have kept."""

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
    """Return an outlet for pages of a site that has no outlet file: named after its host, in its country's zone."""
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
    """The outlets of a folder of files, by name and by address. Files that are wrong are left out; `broken` has a sentence for each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.broken: tuple[str, ...] = ()

    @cached_property
    def outlets(self) -> dict[str, Outlet]:
        """The outlets by name; read when they are first asked for."""
        from crawlers import outlet_files

        found, broken = outlet_files.load_all(self.folder) if self.folder.is_dir() else ([], [])
        self.broken = tuple(str(error) for error in broken)
        return {outlet.name: outlet for outlet in found}

    def of(self, url: str, name: str | None = None) -> Outlet:
        """Return the outlet of this name, or on whose hosts the address lies, or one made up; a name that no file has names the made-up one."""
        if name in self.outlets:
            return self.outlets[name]
        return (None if name else whose(url, self.outlets.values())) or outlet_of(url, name)


def whose(url: str, outlets: Iterable[Outlet]) -> Outlet | None:
    """Return the outlet on whose hosts an address lies, the one with the longest home where several fit."""
    from crawlers import Scope

    return max(
        (outlet for outlet in outlets if Scope(outlet).is_ours(url)),
        key=lambda outlet: len(outlet.home),
        default=None,
    )
