"""Scrapy's own commands over this project's settings and spiders: list, crawl, shell, check ..."""

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from crawlers import outlet_files
from crawlers.sample_hosts import sample_ports

_MODULE = "crawlers.settings"


def run(arguments: Sequence[str], settings: Mapping[str, Any]) -> None:
    """Run `scrapy ARGUMENTS` in this process, which ends with it.

    `settings` are this machine's, above those of the project and below `-s NAME=VALUE`. Raises
    CrawlError for what a person can mend.
    """
    # By this Scrapy tells that it is inside a project.
    os.environ["SCRAPY_SETTINGS_MODULE"] = _MODULE
    from scrapy import cmdline
    from scrapy.utils.project import get_project_settings

    made = get_project_settings()
    made.setdict(dict(settings), priority="project")
    made.set("KHABAR_LOOPBACK_PORTS", _sample_ports(made), priority="project")
    if arguments[:1] == ("crawl",):
        _check(arguments[1:], made)

    cmdline.execute(["scrapy", *arguments], settings=made)


def _sample_ports(settings: Any) -> list[int]:
    """Return the ports of this machine at which the sample's outlets may be asked."""
    folder = Path(settings.get("OUTLET_FILES") or outlet_files.OUTLETS)
    if not settings.getbool("KHABAR_ALLOW_LOOPBACK") or not folder.is_dir():
        return []

    outlets, _ = outlet_files.load_all(folder)
    ports = (sample_ports(outlet, loopback=True) for outlet in outlets)

    return sorted(frozenset().union(*ports))


def _check(arguments: Sequence[str], settings: Any) -> None:
    """Refuse in a sentence what Scrapy would only tell by a trace once it runs."""
    from crawlers import alone, spider_names

    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("spider", nargs="?", default="")
    parser.add_argument("-a", action="append", default=[])
    try:
        said, _ = parser.parse_known_args(list(arguments))
    except (argparse.ArgumentError, SystemExit):
        # Scrapy says what it makes of them.
        return

    if not said.spider:
        return

    spider = spider_names.find(said.spider)
    own = getattr(spider, "outlet", None)
    pairs = [pair.split("=", 1) for pair in said.a if "=" in pair]
    if own is not None:
        alone.check(settings, own, dict(pairs))
