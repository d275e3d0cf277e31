"""Mail and other ways to tell a reader: what is written, how it leaves, and what comes back.

The face of this part of the room.
"""

from watches.delivery.bounces import Bounce, read_bounces, read_complaint
from watches.delivery.carriers import Carrier, Carriers, Folder, hand_over, is_url, webhook_key
from watches.delivery.edit_view import changes
from watches.delivery.letter import Copy, Item, Letter, Piece, Section, Telling, Why
from watches.delivery.message import Written, letter_id, write_letter, write_notice
from watches.delivery.operator import Notice, Trouble, tell_troubles, tell_well
from watches.delivery.outcomes import Attempt, Outcome
from watches.delivery.rates import Rates, parse_rates
from watches.delivery.reach import check_recipients
from watches.delivery.refusals import APART, FORGIVEN, PAUSES_AT, Weight
from watches.delivery.rendered import Rendered
from watches.delivery.signing import Key, read_key
from watches.delivery.smtp import Mailer
from watches.delivery.smtp_account import account
from watches.delivery.unsubscribe import (
    Answer,
    Request,
    answer_get,
    answer_post,
    feed_token,
    fitting_request,
    link_for,
)

__all__ = [
    "APART",
    "FORGIVEN",
    "PAUSES_AT",
    "Answer",
    "Attempt",
    "Bounce",
    "Carrier",
    "Carriers",
    "Copy",
    "Folder",
    "Item",
    "Key",
    "Letter",
    "Mailer",
    "Notice",
    "Outcome",
    "Piece",
    "Rates",
    "Rendered",
    "Request",
    "Section",
    "Telling",
    "Trouble",
    "Weight",
    "Why",
    "Written",
    "account",
    "answer_get",
    "answer_post",
    "changes",
    "check_recipients",
    "feed_token",
    "fitting_request",
    "hand_over",
    "is_url",
    "letter_id",
    "link_for",
    "parse_rates",
    "read_bounces",
    "read_complaint",
    "read_key",
    "tell_troubles",
    "tell_well",
    "webhook_key",
    "write_letter",
    "write_notice",
]
