"""What a plan is made of: index terms at one position, chains of them, and how they are joined."""

from dataclasses import dataclass

from news.query.nodes import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One position that has any of these terms, or a term that begins so.

    `title`: a position below BODY_START. `guessed` are those of `whole` that only guess at what was
    meant (news.text.guessed_terms): they find, and count for nothing where hits are ranked.
    """

    whole: tuple[str, ...]
    beginnings: tuple[str, ...] = ()
    title: bool = False
    guessed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Terms at successive positions; two or more."""

    links: tuple[Terms, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """Any of `left` and any of `right`, near each other in either order.

    From the end of the one to the start of the other it is `least` to `distance` positions. The
    alternatives of one side are all equally wide.
    """

    left: tuple[Chain | Terms, ...]
    right: tuple[Chain | Terms, ...]
    distance: int
    least: int = 1  # more only where an index asks for a part of the distances


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Every part holds."""

    parts: "tuple[Plan, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """Some part holds."""

    parts: "tuple[Plan, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneOf:
    """The part does not hold."""

    part: "Plan"


Plan = Terms | Chain | Close | AllOf | AnyOf | NoneOf | Field


def width(found: Terms | Chain) -> int:
    """Return how many positions it takes."""
    if isinstance(found, Chain):
        return len(found.links)
    return 1
