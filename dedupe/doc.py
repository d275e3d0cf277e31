"""An article as dedupe sees it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Doc:
    """What telling stories apart needs of an article. `published` is aware; None when nobody knows."""

    id: int
    text: str
    title: str = ""
    outlet: str = ""
    language: str = "und"
    published: datetime | None = None
    url: str = ""
    credit: str = ""  # the agency the text names as its source; empty: it will be looked for
    outlet_title: str = ""  # the outlet's name as people write it
    withdrawn: bool = False  # the outlet has deleted it: it does not lead
