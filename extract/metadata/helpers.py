"""Who is named beside the author for another part: who checked, reviewed, tested, edited.

Systems mark them up like authors and show them in the same box. They complete no list of authors.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.metadata.names import LINE
from extract.page.segments import Segment

_PARTS = (
    r"(?:fact[- ]?check(?:ed|ing)?|(?:medically |technically |expert |peer )?reviewed|tested|"
    r"researched|edited|verified|approved|updated|translated|photographed|illustrated|"
    r"contributions?|contributors?|geprüft|bearbeitet|übersetzt|vérifié|relu|revisado|editado|"
    r"проверил[аи]?|отредактировал[аи]?|перевод|перевёл|перевела|redaktə|tərcümə|çeviri|"
    r"düzenleyen)"
)
_NAMED = re.compile(
    rf"(?:^|[|•·⋅,;–—-]\s*|\s)(?i:{_PARTS})(?:\s+(?i:by|from|von|par|por|edən|eden))?\s*:?\s+"
    r"([^|•·⋅]+)"
)
_ALONE = re.compile(
    rf"^\W*(?:{_PARTS})(?:\s+(?:by|from|von|par|por|edən|eden))?\s*:?$", re.IGNORECASE
)


def helpers(lines: Sequence[Segment]) -> Iterator[str]:
    """Give the raw bylines of those who did something else than write, of lines near a headline.

    The label stands before the name, or on the line above it.
    """
    for segment in lines:
        if len(segment.text) >= LINE:
            continue

        for match in _NAMED.finditer(segment.text):
            yield match[1]

    for segment, following in pairwise(lines):
        if _ALONE.match(segment.text) and len(following.text) < LINE:
            yield following.text
