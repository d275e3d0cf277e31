"""What a home is: over our own sample press, or over the real outlets of the world. Never both.

The first command that brings something into a home writes its kind into the file `kind`. A home
that was made before that file was is known by what it holds. Whoever reads outlets asks here first.
"""

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from crawlers import is_sample, outlet_files
from news.errors import KhabarError
from news.outlet import Outlet
from pipeline import house_state
from pipeline.secrets import once
from pipeline.settings import Settings, changed, sample_outlets, without_password


class HomeError(KhabarError):
    """A command would mix the sample press with real outlets; the message says what to do."""


class Kind(StrEnum):
    """What a home reads."""

    SAMPLE = "sample"
    REAL = "real"


def of(outlets: Iterable[Outlet]) -> Kind | None:
    """Return the kind of outlets that are read together, None where there are none.

    Raises HomeError when some are of the sample press and others are not.
    """
    names: dict[Kind, str] = {}
    for outlet in outlets:
        names.setdefault(_of_address(outlet.home), outlet.name)
    if len(names) > 1:
        raise HomeError(
            f"the outlet {names[Kind.SAMPLE]!r} is on this machine, as the sample press is, and"
            f" {names[Kind.REAL]!r} is a real one: a home reads one kind or the other"
        )
    return next(iter(names), None)


def of_folder(folder: Path) -> Kind:
    """Return the kind of the active outlets in a folder; raises HomeError when it holds both."""
    found = outlet_files.load_all(folder)[0] if folder.is_dir() else []
    return of(outlet for outlet in found if outlet.active) or Kind.REAL


def held(settings: Settings) -> Kind | None:
    """Return what this home is, None for one that holds nothing yet. No database is asked."""
    home = settings.home
    recorded = _recorded(home)
    if recorded is not None:
        return recorded
    house = house_state.read(home)
    # A state that could not be read names the supervisor alone, and nothing of what it reads.
    if house.address and house_state.alive(house.supervisor):
        return Kind.SAMPLE if house.sample else Kind.REAL
    by_runs = _of_addresses(_front_pages(settings.runs))
    if by_runs is not None:
        return by_runs
    return Kind.SAMPLE if (home / "press").is_dir() else None


def require(
    settings: Settings,
    wanted: Kind,
    front_pages: Iterable[str] = (),
) -> None:
    """Raise HomeError when this home, or an archive with these outlets, is of the other kind.

    `front_pages`: addresses of the outlets that the archive knows.
    """
    if held(settings) not in {None, wanted}:
        raise HomeError(_refusal(str(settings.home), wanted, "set KHABAR_HOME to another folder"))
    if _of_addresses(front_pages) in {None, wanted}:
        return
    if settings.database_url is None:
        raise HomeError(_refusal(str(settings.home), wanted, "set KHABAR_HOME to another folder"))
    archive = f"the archive {without_password(settings.database_url)}"
    raise HomeError(_refusal(archive, wanted, "name another database in KHABAR_DATABASE_URL"))


def claim(
    settings: Settings,
    wanted: Kind,
    front_pages: Iterable[str] = (),
) -> None:
    """Make this a home of a kind for good; raises HomeError when it is of the other already.

    Of two that claim at once the first one's word stands.
    """
    require(settings, wanted, front_pages)
    settings.home.mkdir(
        parents=True,
        exist_ok=True,
    )
    once(settings.home / "kind", wanted.value)
    require(settings, wanted)


def following(settings: Settings) -> Settings:
    """Return settings whose outlets are the home's own: in a sample home those of the press.

    A folder that KHABAR_OUTLETS names is kept.
    """
    folder = sample_outlets(settings.home)
    named = settings.outlets != settings.checkout / "crawlers" / "outlets"
    if named or not folder.is_dir() or held(settings) is not Kind.SAMPLE:
        return settings
    return changed(
        settings,
        outlets=folder,
        allow_loopback=True,
    )


def _recorded(home: Path) -> Kind | None:
    try:
        text = (home / "kind").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    try:
        return Kind(text)
    except ValueError as error:
        raise HomeError(f"{home / 'kind'} holds {text!r}; it must be sample or real") from error


def _refusal(
    place: str,
    wanted: Kind,
    remedy: str,
) -> str:
    """Say that the outlets of this kind do not go in there, and where they do."""
    if wanted is Kind.REAL:
        return (
            f"{place} holds the sample press, and real outlets are not read into it: {remedy} for"
            " them (`khabar up --sample` and `khabar run --sample` go on with the sample)"
        )
    return f"{place} holds real outlets, and the sample press is not read into it: {remedy} for it"


def _of_address(front_page: str) -> Kind:
    host = urlsplit(front_page).hostname or ""
    return Kind.SAMPLE if is_sample(host) else Kind.REAL


def _of_addresses(front_pages: Iterable[str]) -> Kind | None:
    """Return the kind of what is held: real as soon as anything is, since that is lost for good."""
    found = None
    for address in front_pages:
        if not address:
            continue
        found = _of_address(address)
        if found is Kind.REAL:
            return found
    return found


def _front_pages(runs: Path) -> Iterator[str]:
    """Yield the front pages of the outlets that the kept runs have read."""
    for path in runs.glob("2*/*/*/outlet.json"):
        try:
            yield str(json.loads(path.read_text(encoding="utf-8"))["home"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
