"""Which addresses are an outlet's articles."""

import re
from dataclasses import replace
from functools import cached_property

from news import urls
from news.outlet import Door, Outlet


class Scope:
    """An outlet's hosts and a door's rules. Hosts to which the outlet has moved for good are added while it is crawled."""

    def __init__(self, outlet: Outlet) -> None:
        self.outlet = outlet
        self.moved: dict[str, str] = {}  # new host -> the host it stands for
        self._own = {urls.host_key(outlet.home), *(host.lower() for host in outlet.hosts)}
        self._rules: dict[
            tuple[str | None, str | None], tuple[re.Pattern[str] | None, re.Pattern[str] | None]
        ] = {}

    @cached_property
    def door_hosts(self) -> frozenset[str]:
        """The hosts of the outlet's doors that lie under its own domain."""
        return frozenset(
            key
            for door in self.outlet.doors
            if self._under(key := urls.host_key(re.sub(r"%[A-Za-z]", "0", door.url)))
        )

    @property
    def hosts(self) -> frozenset[str]:
        """All hosts whose articles are this outlet's."""
        return frozenset(self._own) | self.door_hosts | frozenset(self.moved)

    def _under(self, host: str) -> bool:
        # A host of the outlet file without a port stands for every port of it.
        names = {host, host.rpartition(":")[0] or host}
        return any(name == own or name.endswith(f".{own}") for own in self._own for name in names)

    def is_ours(self, url: str) -> bool:
        """Tell whether a canonical URL lies on one of the outlet's hosts, editions on further subdomains included."""
        try:
            host = urls.host_key(url)
        except urls.UrlError:
            return False
        return host in self.moved or self._under(host)

    def move(self, old: str, new: str) -> None:
        """Take the articles of a new host for this outlet's: a door redirects there for good."""
        old_host, new_host = urls.host_key(old), urls.host_key(new)
        related = new_host.endswith(f".{old_host}") or old_host.endswith(f".{new_host}")
        if new_host != old_host and not related:
            self.moved.setdefault(new_host, old_host)

    def former(self, url: str) -> str | None:
        """Return the canonical URL that an article on a moved host had before; None when its host has not moved."""
        host = urls.host_key(url)
        return url.replace(f"//{host}", f"//{self.moved[host]}", 1) if host in self.moved else None

    def identify(self, url: str, base: str, door: Door) -> str | None:
        """Return the canonical URL of an article that a door names; None for what is not this outlet's or no article."""
        try:
            canonical = urls.canonical(url, base=base)
            path = urls.target(canonical)
        except urls.UrlError:
            return None
        wanted, never = self._compiled(door)
        if (
            not self.is_ours(canonical)
            or path == "/"
            or (wanted and not wanted.search(path))
            or (never and never.search(path))
        ):
            return None
        return canonical

    def _compiled(self, door: Door) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
        key = (door.articles, door.never)
        if key not in self._rules:
            self._rules[key] = (
                re.compile(door.articles) if door.articles else None,
                re.compile(door.never) if door.never else None,
            )
        return self._rules[key]


def at(door: Door, url: str) -> Door:
    """Return a door at another address."""
    return replace(door, url=url)
