"""The reference: a query asked of one document by looking at every token.

Slow, short, and right by reading it.

Index, search and watches must answer as this does; docs/query.md says it in words.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from news.query import addresses, values
from news.query.document import Document, Evidence, Hit
from news.query.nodes import (
    And,
    Entity,
    Field,
    Name,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Text,
    Word,
    named,
)
from news.text import (
    BODY_START,
    OCCURRENCES,
    Token,
    analyse_body,
    analyse_title,
    prefix_terms,
    query_terms,
)
from news.text.aliases import Aliases

Span = tuple[Token, ...]  # consecutive tokens


def evaluate(query: Query, document: Document, aliases: Aliases | None = None) -> Evidence | None:
    """Return why a document matches a query, or None.

    Under the alias table it was parsed with, when none is given.
    """
    table = aliases
    if table is None:
        table = query.table()

    tokens = _indexed(document)
    evaluation = _Evaluation(tokens, document, table)
    found = evaluation.ask(query.root)
    if found is None:
        return None

    hits: list[Hit] = []
    for token in sorted(found, key=lambda token: token.position):
        hits.append(
            Hit(
                title=token.position < BODY_START,
                start=token.start,
                end=token.end,
                surface=token.surface,
            )
        )

    return Evidence(hits=tuple(hits))


def _indexed(document: Document) -> list[Token]:
    """Return the tokens that an index keeps: of each term the first OCCURRENCES."""
    title = analyse_title(document.title, document.language)
    body = analyse_body(document.text, document.language)
    seen: Counter[str] = Counter()
    kept: list[Token] = []

    for token in (*title.tokens, *body.tokens):
        seen.update(token.terms)
        terms = tuple(term for term in token.terms if seen[term] <= OCCURRENCES)
        kept.append(
            Token(
                surface=token.surface,
                start=token.start,
                end=token.end,
                position=token.position,
                terms=terms,
            )
        )

    return kept


class _Evaluation:
    """Asks nodes of one document: None for no, else the set of tokens that are the reason."""

    def __init__(self, tokens: list[Token], document: Document, aliases: Aliases) -> None:
        self._tokens = {token.position: token for token in tokens}
        self._document = document
        self._aliases = aliases

    def ask(self, node: Node) -> set[Token] | None:
        match node:
            case And():
                answers = self._answers(node.parts)
                every_part = len(answers) == len(node.parts)
                return _evidence(answers, holds=every_part)
            case Or():
                answers = self._answers(node.parts)
                some_part = len(answers) > 0
                return _evidence(answers, holds=some_part)
            case Not():
                excluded = self.ask(node.part)
                return _evidence([], holds=excluded is None)
            case Field():
                has_value = _has(self._document, node)
                return _evidence([], holds=has_value)
            case Near():
                return self._near(node)
            case _:
                spans = self._spans(node)
                return set().union(*spans) or None

    def _answers(self, parts: Sequence[Node]) -> list[set[Token]]:
        """Return the evidence of each part that holds; one that does not hold has none."""
        answers: list[set[Token]] = []
        for part in parts:
            answer = self.ask(part)
            if answer is not None:
                answers.append(answer)

        return answers

    def _near(self, node: Near) -> set[Token] | None:
        """Between the end of the one and the start of the other lie at most distance - 1 words.

        They never overlap.
        """
        found: set[Token] = set()
        for left in self._spans(node.left):
            for right in self._spans(node.right):
                if 1 <= _distance(left, right) <= node.distance:
                    found.update(left)
                    found.update(right)

        return found or None

    def _spans(self, node: Text | Or) -> list[Span]:
        match node:
            case Word():
                whole, beginnings = query_terms(node.text, aliases=self._aliases)
                return self._tokens_with(node, whole, beginnings)
            case Prefix():
                whole, beginnings = prefix_terms(node.text)
                return self._tokens_with(node, whole, beginnings)
            case Phrase():
                as_written = self._phrase(node)
                name = named(node, self._aliases)
                if name is None:
                    return as_written

                return as_written + self._entity(name, title=node.title)
            case Entity():
                return self._entity(node.name, title=node.title)
            case Or():
                return self._spans_of_any(node.parts)  # type: ignore[arg-type]

    def _entity(self, name: str, *, title: bool) -> list[Span]:
        """Return the spans of every form of a thing's name."""
        spans: list[Span] = []
        for form in self._aliases.phrases(name):
            text = _text(form, title=title)
            if isinstance(text, Phrase):
                spans += self._phrase(text)
            else:
                spans += self._spans(text)

        return spans

    def _spans_of_any(self, nodes: Sequence[Text | Or]) -> list[Span]:
        """Return the spans of every node, in the nodes' order."""
        spans: list[Span] = []
        for node in nodes:
            spans += self._spans(node)

        return spans

    def _tokens_with(
        self, node: Word | Prefix, whole: tuple[str, ...], beginnings: tuple[str, ...]
    ) -> list[Span]:
        spans: list[Span] = []
        for token in self._tokens.values():
            if node.title and token.position >= BODY_START:
                continue

            for term in token.terms:
                if term in whole or term.startswith(beginnings):
                    spans.append((token,))
                    break

        return spans

    def _phrase(self, node: Phrase) -> list[Span]:
        first, *others = node.parts
        spans = self._spans(first)
        for part in others:
            following = self._spans(part)
            spans = _joined(spans, following)

        return spans


def _evidence(answers: Iterable[set[Token]], *, holds: bool) -> set[Token] | None:
    """Return the tokens of all answers as the one answer of a node; None where it is no."""
    if not holds:
        return None

    return set().union(*answers)


def _distance(one: Span, other: Span) -> int:
    """Return how far the one of two spans that starts later is from the end of the other."""
    one_start = one[0].position
    other_start = other[0].position
    if other_start < one_start:
        return one_start - other[-1].position

    return other_start - one[-1].position


def _joined(spans: list[Span], following: list[Span]) -> list[Span]:
    """Return each span with the token that follows it; spans that none follows are left out."""
    starts: dict[int, Token] = {}
    for span in following:
        first = span[0]
        starts[first.position] = first

    joined: list[Span] = []
    for span in spans:
        end = span[-1].position
        token = starts.get(end + 1)
        if token is not None:
            joined.append((*span, token))

    return joined


def _text(form: tuple[str, ...], *, title: bool) -> Word | Phrase:
    parts = tuple(Word(text=word, title=title) for word in form)
    if len(parts) == 1:
        return parts[0]

    return Phrase(
        parts=parts,
        title=title,
    )


def _has(document: Document, field: Field) -> bool:
    match field.name:
        case Name.OUTLET:
            return document.outlet.lower() == field.value
        case Name.COUNTRY:
            return document.country.lower() == field.value
        case Name.LANG:
            return document.language.lower() == field.value
        case Name.IS:
            return field.value in document.flags
        case Name.AFTER | Name.BEFORE:
            return _is_dated(document, field)
        case _:
            return _is_described(document, field)


def _is_dated(document: Document, field: Field) -> bool:
    """Return whether a document is as old as a field says; one without a date never is."""
    if document.published is None:
        return False

    border = values.moment(field.value)
    if field.name is Name.AFTER:
        return document.published >= border

    return document.published < border


def _is_described(document: Document, field: Field) -> bool:
    """Return whether what stands beside a document's text is as a field says."""
    match field.name:
        case Name.SITE:
            hosts = addresses.hosts(document.url)
            return field.value in hosts
        case Name.URL:
            asked_words = set(field.value.split())
            address_words = addresses.words(document.url)
            return asked_words.issubset(address_words)
        case Name.SECTION:
            asked = values.folded(field.value)
            section = values.folded(document.section)
            return section == asked
        case Name.AUTHOR:
            asked = values.folded(field.value)
            authors = map(values.folded, document.authors)
            return any(asked in author for author in authors)
        case _:
            raise AssertionError(field)  # all other fields are asked above
