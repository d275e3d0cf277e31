"""How many mails a minute each provider takes. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from watches.errors import WatchError

_RULE = re.compile(r"(\*|[a-z0-9.:-]+)=([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class Rates:
    """Limits by the recipient's domain, in mails a minute; "*" is for each domain that is not named."""

    limits: Mapping[str, int] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether there is any limit."""
        return bool(self.limits)

    def full(self, sent: Mapping[str, int]) -> list[str]:
        """Return the domains that have had their share of the last minute."""
        usual = self.limits.get("*")
        return [
            domain
            for domain, count in sent.items()
            if (limit := self.limits.get(domain, usual)) is not None and count >= limit
        ]


def parse(text: str) -> Rates:
    """Return the rates of "gmail.com=20 *=60"; raises WatchError."""
    found = {}
    for part in text.replace(",", " ").split():
        rule = _RULE.fullmatch(part.lower())
        if rule is None:
            raise WatchError(
                f"{part!r} is no mail rate; write domain=mails_a_minute, or *=60 for all others"
            )
        found[rule[1]] = int(rule[2])
    return Rates(found)
