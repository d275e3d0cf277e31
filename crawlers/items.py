"""What a spider yields when one of Scrapy's own commands runs it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True, kw_only=True)
class PageItem:
    """One page of an outlet as it was received. Times are aware and in UTC."""

    outlet: str
    url: str  # canonical
    address: str  # that answered
    status: int
    fetched_at: datetime
    title: str  # as a door has it; empty where none named it
    published: datetime | None  # likewise
    html: str
