"""The one reader of dates: texts become moments, with where their zone came from. Pure.

`read` finds a date in any form that people or machines write, wherever it stands in a short text.
`read_stamp` reads what a feed or a site map has in a field made for a date, and nothing looser.
"""

from news.dates.calendar import from_persian, is_persian_leap
from news.dates.days import EARLIEST
from news.dates.forms import Moment, ZoneOf, is_dateline, read, read_clock
from news.dates.stamps import read_stamp
from news.dates.words import month, persian_month, plain_digits

__all__ = [
    "EARLIEST",
    "Moment",
    "ZoneOf",
    "from_persian",
    "is_dateline",
    "is_persian_leap",
    "month",
    "persian_month",
    "plain_digits",
    "read",
    "read_clock",
    "read_stamp",
]
