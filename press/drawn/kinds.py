"""The kinds of outlet that are drawn: what each is about is fixed here, all the rest by the seed.

Each kind is a habit of real sites. A kind's function fills in what the habit needs;
`press.drawn.drawing` draws languages, addresses, paths and sizes for the rest.
"""

from press.drawn import door_kinds, mixed_kinds, site_kinds
from press.drawn.register import KINDS

__all__ = ["KINDS", "door_kinds", "mixed_kinds", "site_kinds"]
