"""The alias table of this house: the package's, and the lines of the file KHABAR_ALIASES names."""

from functools import lru_cache
from pathlib import Path

from news.text.aliases import Aliases
from pipeline.settings import Settings, SettingsError


def table(settings: Settings) -> Aliases:
    """Return the names that queries know. A process reads the file once.

    Raises SettingsError when the file cannot be read, news.text.aliases.AliasError naming the line
    that cannot.
    """
    return Aliases.default() if settings.aliases is None else _read(settings.aliases)


@lru_cache(maxsize=8)
def _read(path: Path) -> Aliases:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SettingsError(f"KHABAR_ALIASES: {path} is not UTF-8") from error
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        raise SettingsError(f"KHABAR_ALIASES: {path} {reason}") from error
    return Aliases.default().extended(text, where=str(path))
