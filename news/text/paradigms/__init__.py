"""How words go on: the forms that a word, as dictionaries give it, can have in a text.

Only queries ask. A stemmer looks at one form and knows no word, so forms of one word may keep
different stems: vowels that drop, endings that a word's own end looks like, plurals of another
root. A query therefore looks under the stems of all forms of its word. The index pays nothing for
it, and texts are read as fast as before.
"""

from collections.abc import Callable, Iterator

from news.text import stems
from news.text.paradigms import armenian, georgian, persian, russian, turkic

_FORMS: dict[str, Callable[[str], Iterator[str]]] = {
    "R": russian.forms,
    "H": armenian.forms,
    "G": georgian.forms,
    "F": persian.forms,
}
_LEAST = 2  # letters of a word that has a paradigm


def stems_of(folded: str, group: str) -> tuple[str, ...]:
    """Return the stems of all forms of a folded word in a group, those of the word itself first."""
    own = stems.stem(folded, group)
    if len(folded) < _LEAST:
        return (own,)

    found = {own: None}
    if group in turkic.GRAMMARS:
        found.update(turkic.stems_of(folded, group))
        return tuple(found)

    forms_of = _FORMS.get(group)
    if forms_of is None:
        return (own,)

    for form in forms_of(folded):
        stem = stems.stem(form, group)
        if len(stem) >= _LEAST:
            found[stem] = None

    return tuple(found)
