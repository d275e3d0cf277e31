"""The names that an outlet's file may give for `spider`, and the class of each.

A name is a module of crawlers/spiders or an entry point in the group `khabar.spiders`. It is never
a path: an outlet's file chooses among what is installed and cannot bring code.
"""

from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from crawlers.errors import CrawlError

GROUP = "khabar.spiders"
ANY_OUTLET = "outlet"  # the spider of all outlets whose file names none
_FOLDER = Path(__file__).parent / "spiders"


def known() -> frozenset[str]:
    """Return all names; nothing is imported for it."""
    ours = {path.stem for path in _FOLDER.glob("[a-z]*.py")}
    others = {point.name for point in entry_points(group=GROUP)}

    return frozenset(ours | others)


def find(name: str) -> Any:
    """Return the class of a spider; an empty name is the one for any outlet.

    Raises CrawlError for a name that nothing here has.
    """
    wanted = name or ANY_OUTLET
    if wanted not in known():
        raise CrawlError(f"there is no spider {wanted!r} here; there are {_names()}")

    path = _FOLDER / f"{wanted}.py"
    if not path.exists():
        (point,) = entry_points(group=GROUP, name=wanted)
        return point.load()

    module = import_module(f"crawlers.spiders.{wanted}")
    for value in vars(module).values():
        is_its_own = getattr(value, "__module__", "") == module.__name__
        if is_its_own and getattr(value, "name", None) == wanted:
            return value

    raise CrawlError(f"{path}: no class in it has the name {wanted!r}")


def _names() -> str:
    return ", ".join(sorted(known()))
