"""Watches: saved queries, whom they tell, and when. The room's face; it is pure.

Matching is entered through `watches.matching`, mail through `watches.delivery`.
"""

from watches.addresses import address, bare_address
from watches.checks import (
    check_mail_language,
    check_usable,
    check_zone,
    checked,
    quiet_hours,
    recipient,
)
from watches.clean import line, mask_secret
from watches.errors import WatchError
from watches.files import dumps, loads
from watches.kinds import KindTraits, Template, story_opening_kinds, traits, wants
from watches.mail_language import languages as mail_languages
from watches.policy.occurrences import (
    Occurrence,
    StoryContext,
    expired,
    is_picked_up,
    occurrences_of_article,
    reason_to_skip,
)
from watches.policy.schedule import after_quiet_hours, due_after_copy, due_at, due_of_kind
from watches.policy.spikes import WINDOW_DAYS as SPIKE_WINDOW_DAYS
from watches.policy.spikes import is_spike

__all__ = [
    "SPIKE_WINDOW_DAYS",
    "KindTraits",
    "Occurrence",
    "StoryContext",
    "Template",
    "WatchError",
    "address",
    "after_quiet_hours",
    "bare_address",
    "check_mail_language",
    "check_usable",
    "check_zone",
    "checked",
    "due_after_copy",
    "due_at",
    "due_of_kind",
    "dumps",
    "expired",
    "is_picked_up",
    "is_spike",
    "line",
    "loads",
    "mail_languages",
    "mask_secret",
    "occurrences_of_article",
    "quiet_hours",
    "reason_to_skip",
    "recipient",
    "story_opening_kinds",
    "traits",
    "wants",
]
