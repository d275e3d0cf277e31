"""The reference: a query asked of one document by looking at every token.

Slow, short, and right by reading it.

Index, search and watches must answer as this does; docs/query.md says it in words.
"""

from collections import Counter
from collections.abc import Sequence

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
    tokens = _indexed(document)
    found = _Evaluation(tokens, document, aliases if aliases is not None else query.table()).ask(
        query.root
    )
    if found is None:
        return None

    matched = sorted(found, key=lambda token: token.position)

    return Evidence(
        hits=tuple(
            Hit(
                title=token.position < BODY_START,
                start=token.start,
                end=token.end,
                surface=token.surface,
            )
            for token in matched
        )
    )


def _indexed(document: Document) -> list[Token]:
    """Return the tokens that an index keeps: of each term the first OCCURRENCES."""
    seen: Counter[str] = Counter()
    kept = []

    for token in (
        *analyse_title(document.title, document.language).tokens,
        *analyse_body(document.text, document.language).tokens,
    ):
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
                return set().union(*answers) if len(answers) == len(node.parts) else None
            case Or():
                answers = self._answers(node.parts)
                return set().union(*answers) if answers else None
            case Not():
                return set() if self.ask(node.part) is None else None
            case Field():
                return set() if _has(self._document, node) else None
            case Near():
                return self._near(node)
            case _:
                return set().union(*self._spans(node)) or None

    def _answers(self, parts: Sequence[Node]) -> list[set[Token]]:
        """Return the evidence of each part that holds; one that does not hold has none."""
        answers = [self.ask(part) for part in parts]
        return [answer for answer in answers if answer is not None]

    def _near(self, node: Near) -> set[Token] | None:
        """Between the end of the one and the start of the other lie at most distance - 1 words.

        They never overlap.
        """
        found = set()
        for left in self._spans(node.left):
            for right in self._spans(node.right):
                first, second = sorted((left, right), key=lambda span: span[0].position)
                if 1 <= second[0].position - first[-1].position <= node.distance:
                    found |= {*left, *right}

        return found or None

    def _spans(self, node: Text | Or) -> list[Span]:
        match node:
            case Word():
                return self._tokens_with(node, *query_terms(node.text, aliases=self._aliases))
            case Prefix():
                return self._tokens_with(node, *prefix_terms(node.text))
            case Phrase():
                name = named(node, self._aliases)
                others = [] if name is None else self._entity(name, title=node.title)
                return self._phrase(node) + others
            case Entity():
                return self._entity(node.name, title=node.title)
            case Or():
                return self._spans_of_any(node.parts)  # type: ignore[arg-type]

    def _entity(self, name: str, *, title: bool) -> list[Span]:
        """Return the spans of every form of a thing's name."""
        spans: list[Span] = []
        for form in self._aliases.phrases(name):
            text = _text(form, title=title)
            spans += self._phrase(text) if isinstance(text, Phrase) else self._spans(text)

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
        zone = [
            token
            for token in self._tokens.values()
            if token.position < BODY_START or not node.title
        ]

        return [
            (t,)
            for t in zone
            if any(term in whole or term.startswith(beginnings) for term in t.terms)
        ]

    def _phrase(self, node: Phrase) -> list[Span]:
        spans = self._spans(node.parts[0])
        for part in node.parts[1:]:
            following = {span[0].position: span[0] for span in self._spans(part)}
            spans = [
                (*span, following[end])
                for span in spans
                if (end := span[-1].position + 1) in following
            ]

        return spans


def _text(form: tuple[str, ...], *, title: bool) -> Word | Phrase:
    parts = tuple(Word(text=word, title=title) for word in form)
    return (
        parts[0]
        if len(parts) == 1
        else Phrase(
            parts=parts,
            title=title,
        )
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
            return field.value in addresses.hosts(document.url)
        case Name.URL:
            return {*field.value.split()} <= {*addresses.words(document.url)}
        case Name.SECTION:
            return values.folded(document.section) == values.folded(field.value)
        case Name.AUTHOR:
            asked = values.folded(field.value)
            return any(asked in values.folded(author) for author in document.authors)
        case _:
            raise AssertionError(field)  # all other fields are asked above
