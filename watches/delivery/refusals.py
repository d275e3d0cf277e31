"""How much a refusal counts against the address that it came from. Pure.

One refusal proves little: directories fail for an hour, mailboxes are full over a weekend. So
refusals add up over time, what an address takes lowers their sum, and only at `PAUSES_AT` its mail
is paused.
"""

from datetime import timedelta
from enum import Enum

PAUSES_AT = 3.0
APART = timedelta(hours=4)  # within this time refusals of one address count once
FORGIVEN = 1.0  # that a mail which was taken takes off the sum


class Weight(Enum):
    """What a refusal says of an address, and how much that counts."""

    NONE = 0.0  # nothing: it was about something else
    FULL = 0.1  # no room (5.2.2): thirty of them, five days, as long as servers try
    UNCLEAR = 0.3  # a bounce that names no cause: ten of them
    MISSING = 1.0  # no such mailbox, or closed (5.1.1, 5.2.1, 410): three of them, eight hours
    IMPOSSIBLE = PAUSES_AT  # we know ourselves that nothing can go there
