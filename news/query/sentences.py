"""Why a query cannot be read, and what can be written instead."""

from difflib import get_close_matches

from news.query.nodes import Name

LEAST_PREFIX = 2  # letters before *
ZONES = ("title", "entity")  # of the text, where fields are of the document

# Fields of other engines that are known, and are written otherwise here.
_DATES = frozenset({"date", "published", "year", "pubdate", "userdate", "mod_date", "when"})
_TEXT_NAMES = "allintitle allintext intext allinurl text body content fulltext"
_TEXTS = frozenset(_TEXT_NAMES.split())


def is_known_elsewhere(name: str) -> bool:
    """Return whether other engines have a field of that name, which is written otherwise here."""
    return name in _DATES or name in _TEXTS


def misplaced_star(piece: str, *, quoted: bool) -> str:
    """Return why * cannot stand where it does, and what can be written instead."""
    head = piece.partition("*")[0]
    if len(head) >= LEAST_PREFIX:
        return f"* can only stand at the end of a word: write {head}*"
    if quoted and not head:
        return "* can only stand at the end of a word: for any word between write a NEAR/2 b"

    return "* can only stand at the end of a word, after two letters or more"


def unknown_field(name: str) -> str:
    """Return why there is no such field, and which one or which spelling may be meant."""
    known = [*ZONES, *Name]
    if name in _DATES:
        return f"there is no {name}: here; write after:2026-01-31 and before:2026-02-28"
    if name in _TEXTS:
        return f"there is no {name}: here; write title:(two words), or the words alone for the text"

    near_names = get_close_matches(
        name,
        known,
        n=1,
        cutoff=0.7,
    )

    fields = " ".join(f"{each}:" for each in known)
    meant = f"; did you mean {near_names[0]}:?" if near_names else ""

    return (
        f'there is no field "{name}"{meant}; the fields are {fields} '
        "(quote a word that holds a colon)"
    )
