"""The register of kinds of drawn outlets."""

from collections.abc import Callable
from random import Random
from typing import Any

Fill = Callable[[Random], dict[str, Any]]
KINDS: dict[str, Fill] = {}


def kind(name: str) -> Callable[[Fill], Fill]:
    """Enter a function as a kind."""

    def enter(fill: Fill) -> Fill:
        KINDS[name] = fill
        return fill

    return enter
