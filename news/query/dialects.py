"""What people bring from other search engines: Google, Talkwalker, Meltwater, FreshRSS, Lucene.

Each sign either means something of ours, or is refused with the spelling that would say it.
"""

import html
import re
from dataclasses import dataclass
from urllib.parse import unquote_plus

from news.query.notes import Note

# Names of fields elsewhere -> ours.
FIELDS = {
    "intitle": "title",
    "inhead": "title",
    "headline": "title",
    "hl": "title",
    "source": "outlet",
    "publication": "outlet",
    "language": "lang",
    "since": "after",
    "until": "before",
    "byline": "author",
    "inauthor": "author",
    "sourcecountry": "country",
    "domain": "site",
    "host": "site",
    "inurl": "url",
    "link": "url",
    "http": "url",
    "https": "url",
}
AND_NOTS = frozenset({"ANDNOT", "AND-NOT", "BUTNOT", "&!", "AND!"})
WEIGHTS = "^ and its number mean nothing: words have no weights here"

_DISTANCE = re.compile(
    r"""(?P<name> NEAR | AROUND | WITHIN | ONEAR | PRE | ADJ
        | [Nn]ear | [Aa]round | [Ww]ithin | [Oo]near | [WwNnPp](?=/) )
    (?: [/:~](?P<slash>[0-9]{1,9})(?P<tail>\w*)
        | \((?P<bracket>[0-9]{1,9})\) | (?P<glued>[0-9]{1,9}) )
    (?=[\s)]|$)""",
    re.VERBOSE,
)
_NEEDS_DISTANCE = re.compile(r"(?P<name>NEAR|AROUND|ONEAR)(?:/\S*|\(\S*)?(?=[\s)]|$)")
_ORDERED = frozenset({"onear", "pre", "adj", "p"})
_WEIGHT = re.compile(r"\^[0-9.]*$")
_INNER_QUESTION = re.compile(r"\w\?(?=\w)")
_FUZZY = re.compile(r"\w~[0-9.]*$")
_OUTSIDE = re.compile(r"[\[\]{}<>\\]")
_YEARS = re.compile(r"([0-9]{4})\.\.([0-9]{4})")
_LEXIS = re.compile(r"/(?:[nwps+]?([0-9]+)|[sp])", re.IGNORECASE)
# Operators of nearness that ask for more than it: an order, a sentence, how often, that it be not.
_OTHER_NEARNESS = re.compile(
    r"(?:NOT|AND|OR|BEFORE|AFTER|SENT\w*|PARA\w*|SAME|ATLEAST|NOTNEAR|NOTWITHIN|FAR)/([0-9]{1,3})",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}(?=[A-Za-z%]|$)|&(?:#[0-9]+|[A-Za-z]{2,6});")
_JOINED = re.compile(r"\w[+=]+(?=\w)")
_PATTERN = re.compile(r"/[^/]+/[a-z]{0,2}")
_ANCHORS = re.compile(r"\^\w.*|.*\w\$")
_AFTER_BRACKET = re.compile(r"~[0-9]{1,3}")
_COUNTED = re.compile(r"atl(?:east)?[0-9]+", re.IGNORECASE)
_SMALL_OPERATORS = frozenset({"and", "or", "not"})
# Operators of other languages, in capitals.
_OTHER_OPERATORS = {
    "И": "AND",
    "ИЛИ": "OR",
    "НЕ": "NOT",
    "VƏ": "AND",
    "YA": "OR",
    "VE": "AND",
    "VEYA": "OR",
    "UND": "AND",
    "ODER": "OR",
    "ET": "AND",
    "OU": "OR",
    "ЖӘНЕ": "AND",
    "НЕМЕСЕ": "OR",
    "ЖАНА": "AND",
    "ЖЕ": "OR",
    "VA": "AND",
    "YOKI": "OR",
    "ВА": "AND",
    "ЁКИ": "OR",
    "ԵՎ": "AND",
    "ԿԱՄ": "OR",
    "DEYİL": "NOT",
    "DEĞİL": "NOT",
    # Words for it in English.
    "PLUS": "AND",
    "MINUS": "NOT",
    "EXCEPT": "NOT",
    "WITHOUT": "NOT",
    "UNLESS": "NOT",
    "BEFORE": "NEAR/5",
    "AFTER": "NEAR/5",
    "SAME": "NEAR/15",
    "SENTENCE": "NEAR/15",
    "PARAGRAPH": "NEAR/15",
}
_SMALL_NEAR = re.compile(r"(?:near|around|within|onear|adj)([0-9]{1,2})", re.IGNORECASE)
_MARKED = re.compile(r"[#@$]+(?=\w)")


@dataclass(frozen=True, slots=True)
class Distance:
    """An operator of nearness as it is written; `refusal` says why it cannot be meant."""

    written: str
    distance: str
    foreign: bool
    refusal: str = ""


def distance_call(query: str, at: int) -> Distance | None:
    """Return the operator of nearness that begins at a character, None when none does."""
    found = _DISTANCE.match(query, at)
    if found is None:
        needs = _NEEDS_DISTANCE.match(query, at)
        if needs is None:
            return None

        return Distance(
            needs.group(),
            "",
            foreign=True,
            refusal="NEAR needs a distance in words, as in NEAR/5",
        )

    written = found.group()
    distance = found["slash"] or found["bracket"] or found["glued"]
    name = found["name"].lower()
    if found["glued"] and not found["name"].isupper():
        return None  # a word with a number: near5

    if name in _ORDERED or found["tail"]:
        sentence = f"{written} asks for an order, which cannot be asked: write NEAR/{distance}"
        return Distance(
            written,
            distance,
            foreign=True,
            refusal=sentence,
        )

    return Distance(written, distance, foreign=written != f"NEAR/{distance}")


def refused(text: str) -> Note | None:
    """Return why a word with signs in it cannot be meant, and the place in it; None when it can."""
    operator = _refused_operator(text)
    if operator:
        return Note(operator, 0)

    years = _YEARS.search(text)
    if years is not None:
        sentence = f"a range is written after:{years[1]} before:{int(years[2]) + 1}"
        return Note(sentence, years.start())

    question = _INNER_QUESTION.search(text)
    if question is not None:
        head = text[: question.start() + 1]
        sentence = f"? cannot stand for a letter: write {head}* or both spellings with OR"

        return Note(sentence, question.start() + 1)

    fuzzy = _FUZZY.search(text)
    if fuzzy is not None:
        head = text[: fuzzy.start() + 1]
        sentence = f"~ after a word asks for likeness, which is not known: write {head}* or OR"

        return Note(sentence, fuzzy.start() + 1)

    if text.startswith("~"):
        return Note("~ before a word asks for synonyms, which are not known: write them with OR", 0)

    outside = _OUTSIDE.search(text)
    if outside is not None:
        return Note(_outside(outside.group()), outside.start())

    return None


def escaped(text: str) -> Note | None:
    """Return why a word cannot be read that has signs as an address or a page's source has them."""
    found = _ESCAPED.search(text)
    if found is None:
        return None

    meant = html.unescape(unquote_plus(text))

    return Note(f"{found.group()} stands for another sign: write {meant}", found.start())


def _refused_operator(text: str) -> str:
    """Return why an operator of other engines cannot be meant, empty for what is none."""
    lexis = _LEXIS.fullmatch(text) or _OTHER_NEARNESS.fullmatch(text)
    if lexis is not None:
        return f"{text} is no operator here: write NEAR/{lexis[1] or 15}"

    if _COUNTED.fullmatch(text):
        return f"{text} asks how often, which cannot be asked: write the word alone"

    if text.startswith(("_exists_", "_missing_")):
        return f"{text.partition(':')[0]}: cannot be asked: leave it out"

    if _AFTER_BRACKET.fullmatch(text):
        return f"{text} stands after quotation marks only: write a NEAR/{text[1:]} b"

    return "there is no XOR: write (a OR b) AND NOT (a AND b)" if text == "XOR" else ""


def _outside(sign: str) -> str:
    """Return why a sign has no meaning, and what says it."""
    if sign == "\\":
        return "\\ is not needed: put quotation marks round words with signs in them"
    if sign in "<>":
        return "dates are compared as after:2026-01-31 and before:2026-02-28"

    return f"{sign} cannot be read: write the words with OR, a range as after:2020 before:2026"


def remark(text: str) -> str:
    """Return what is to be said of a word that was read otherwise than it looks; mostly empty."""
    if _WEIGHT.search(text):
        return WEIGHTS

    operator = _operator_meant(text)
    if operator:
        return f"{text} was read as a word: the operator is {operator}, in capitals"

    return _dropped_signs(text) or _joined_words(text)


def _dropped_signs(text: str) -> str:
    """Return which signs of a word mean nothing here; mostly empty."""
    marked = _MARKED.match(text)
    if marked is not None:
        return f"{text} was read as {text[marked.end() :]}"
    if text.endswith(("++", "#")):
        return f"{text} was read as {text.rstrip('+#')}"
    if text.startswith("="):
        return "= means nothing: a word is found in all its forms"
    if "?" in text:
        return "? was read as punctuation"
    if _PATTERN.fullmatch(text) or _ANCHORS.fullmatch(text):
        return f"patterns cannot be asked: {text} was read as its words"

    return ""


def _joined_words(text: str) -> str:
    """Return the phrase that several words are which a sign joins; mostly empty."""
    inside = text.strip("/")
    words = _JOINED.sub(lambda found: f"{found.group()[0]} ", inside).replace("/", " ")
    if words == inside:
        return ""

    return f'{text} was read as the phrase "{words}"'


def _operator_meant(text: str) -> str:
    """Return the operator that a word looks like: or, ODER, near5; empty for most words."""
    if text.lower() in _SMALL_OPERATORS and not text.isupper():
        return text.upper()

    small_near = _SMALL_NEAR.fullmatch(text)
    if small_near is not None:
        return f"NEAR/{small_near[1]}"

    return _OTHER_OPERATORS.get(text, "")


def without_weight(text: str) -> str:
    """Return a word without its weight: gas^2 is gas."""
    return _WEIGHT.sub("", text)
