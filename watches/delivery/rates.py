"""How many mails a minute each provider takes. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from watches.errors import WatchError

_RULE = re.compile(r"(\*|[a-z0-9.:-]+)=([1-9][0-9]{0,5})")
_EVERY_OTHER = "*"


@dataclass(frozen=True, slots=True)
class Rates:
    """Limits by the recipient's domain, in mails a minute.

    "*" is for each domain that is not named.
    """

    limits: Mapping[str, int] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether there is any limit."""
        return bool(self.limits)

    def exhausted(self, sent: Mapping[str, int]) -> list[str]:
        """Return the domains that have had their share of the last minute.

        `sent`: domain -> mails of that minute.
        """
        usual = self.limits.get(_EVERY_OTHER)
        domains: list[str] = []
        for domain, count in sent.items():
            limit = self.limits.get(domain, usual)
            if limit is not None and count >= limit:
                domains.append(domain)

        return domains


def parse_rates(text: str) -> Rates:
    """Return the rates of "gmail.com=20 *=60"; raises WatchError."""
    limits: dict[str, int] = {}
    for part in text.replace(",", " ").split():
        rule = _RULE.fullmatch(part.lower())
        if rule is None:
            wanted = "write domain=mails_a_minute, or *=60 for all others"
            raise WatchError(f"{part!r} is no mail rate; {wanted}")

        limits[rule[1]] = int(rule[2])

    return Rates(limits)
