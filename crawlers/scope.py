"""Which addresses are an outlet's articles."""

import re
from collections.abc import Callable
from functools import cached_property, lru_cache

from news import urls
from news.outlet import Door, Outlet

_PATTERN = re.compile(r"%[A-Za-z]")  # of a date in the address of an archive


class Scope:
    """An outlet's hosts and a door's rules.

    Hosts to which the outlet has moved for good are added while it is crawled.
    """

    def __init__(self, outlet: Outlet) -> None:
        self.outlet = outlet
        self.moved: dict[str, str] = {}  # new host -> the host it stands for
        # What a spider of the outlet's own says of addresses; by default nothing.
        self.is_article: Callable[[str], bool] = lambda _url: True
        self.identity: Callable[[str], str] = lambda url: url
        home = urls.host_key(outlet.home)
        others = map(str.lower, outlet.hosts)
        self._own = {home, *others}

    @cached_property
    def door_hosts(self) -> frozenset[str]:
        """The hosts of the outlet's doors that lie under its own domain."""
        hosts = {urls.host_key(_PATTERN.sub("0", door.url)) for door in self.outlet.doors}

        return frozenset(host for host in hosts if self._is_under(host))

    @property
    def hosts(self) -> frozenset[str]:
        """All hosts whose articles are this outlet's."""
        return frozenset(self._own) | self.door_hosts | frozenset(self.moved)

    def _is_under(self, host: str) -> bool:
        """Tell whether a host is one of the outlet's own or lies under one."""
        # A host of the outlet file without a port stands for every port of it.
        bare = host.rpartition(":")[0] or host
        for own in self._own:
            if own in {host, bare} or host.endswith(f".{own}") or bare.endswith(f".{own}"):
                return True

        return False

    def is_ours(self, url: str) -> bool:
        """Tell whether a canonical URL lies on one of the outlet's hosts, editions included."""
        try:
            host = urls.host_key(url)
        except urls.UrlError:
            return False

        return host in self.moved or self._is_under(host)

    def is_own(self, url: str) -> bool:
        """Tell whether an address lies on a host that the outlet's file vouches for."""
        return self._is_under(urls.host_key(url))

    def move(self, old: str, new: str) -> None:
        """Take the articles of a new host for this outlet's: a door redirects there for good."""
        old_host = urls.host_key(old)
        new_host = urls.host_key(new)
        is_under = new_host.endswith(f".{old_host}")
        is_above = old_host.endswith(f".{new_host}")
        is_related = is_under or is_above

        if new_host != old_host and not is_related:
            self.moved.setdefault(new_host, old_host)

    def former(self, url: str) -> str | None:
        """Return the canonical URL that an article on a moved host had before.

        None when its host has not moved.
        """
        host = urls.host_key(url)
        if host not in self.moved:
            return None

        return url.replace(f"//{host}", f"//{self.moved[host]}", 1)

    def identify(self, url: str, base: str, door: Door) -> str | None:
        """Return the canonical URL of an article that a door names.

        None for what is not this outlet's or no article.
        """
        try:
            canonical = self.identity(urls.canonical(url, base=base))
            path = urls.target(canonical)
        except urls.UrlError:
            return None

        is_candidate = path != "/" and self.is_article(canonical)

        if not is_candidate or not self.is_ours(canonical):
            return None

        if door.articles and not _compiled(door.articles).search(path):
            return None

        if door.never and _compiled(door.never).search(path):
            return None

        return canonical


@lru_cache(maxsize=1024)
def _compiled(expression: str) -> re.Pattern[str]:
    """Return an expression of an outlet file, compiled once."""
    return re.compile(expression)
