"""Named SQL statements out of storage/sql/*.sql.

A statement begins with a line `-- name: words_and_underscores`; the comment lines under it say in a sentence what it does.
"""

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "queries"
_NAME = re.compile(r"^-- name: (\w+)\s*$", re.MULTILINE)


@cache
def statements(stem: str) -> dict[str, str]:
    """Return the statements of one file by name."""
    parts = _NAME.split((_FOLDER / f"{stem}.sql").read_text(encoding="utf-8"))
    return {name: text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def statement(stem: str, name: str) -> str:
    """Return one statement."""
    return statements(stem)[name]
