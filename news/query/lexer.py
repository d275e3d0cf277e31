"""From characters to the signs of the query language. Never raises but QueryError.

Signs of other search engines are known here: what means the same is taken for ours, with a note
where it looks like something else; what cannot be meant is an error that offers the right spelling.
"""

import re
import unicodedata

from news.query import dialects, fields
from news.query.errors import QueryError
from news.query.notes import Note
from news.query.quotes import Quotes
from news.query.signs import Lexeme, Sign

MAX_CHARACTERS = 20_000

_CONTROL = frozenset({"Cc", "Cs"})  # categories of Unicode
_QUOTES = '"“”„‟«»＂'
_OPENING_SINGLE = "'‘‚‛‹`"
_DASHES = "-‐‑‒–—―−﹣－"
_EMPTY_SIGNS = "+=~$`´"  # what, alone between blanks, asks for nothing, beside punctuation
_ALONE = re.compile(r"[^\w\s()\"“”„‟«»|]+(?=[\s)]|$)")
# The signs of East Asian keyboards, each in the place of one of ASCII.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FIELD = re.compile(r"([A-Za-z]+):(?=\S)")
_CHUNK = re.compile(rf"[^\s()（）{_QUOTES}|]+")
# A comma between two words, not between the digits of a number.
_COMMA = re.compile(r"(?<=[^\d\s])[,;،؛、](?=\S)|(?<=\d)[,;،؛、](?=[^\d\s])")

_AND_SIGN = re.compile(r"&&|&(?=\s|$)")
_LATE_DISTANCE = re.compile(r"~\s*[0-9]")


_WORDS = {"AND": Sign.AND, "OR": Sign.OR, "NOT": Sign.NOT}
_BRACKETS = {"(": Sign.OPEN, ")": Sign.CLOSE, "（": Sign.OPEN, "）": Sign.CLOSE}


def lex(query: str) -> tuple[list[Lexeme], list[Note]]:
    """Return the signs of a query, an END last, and what is to be said about them."""
    if len(query) > MAX_CHARACTERS:
        raise QueryError(
            f"the query is longer than {MAX_CHARACTERS} characters",
            query[:MAX_CHARACTERS],
            MAX_CHARACTERS - 1,
        )

    _refuse_control(query)
    lexer = _Lexer(query.translate(_WIDE))
    lexer.read()
    end = Lexeme(Sign.END, "", len(query))

    return [*lexer.lexemes, end], lexer.notes


def _refuse_control(query: str) -> None:
    for at, character in enumerate(query):
        if character.isspace() or unicodedata.category(character) not in _CONTROL:
            continue

        code = ord(character)
        raise QueryError(
            f"a control character (U+{code:04X}) stands in the query",
            query,
            at,
        )


class _Lexer(Quotes):
    """One pass over the characters of a query."""

    def read(self) -> None:
        """Read all signs."""
        end = len(self._query)
        while self._at < end:
            character = self._query[self._at]
            if character.isspace():
                self._at += 1
            else:
                self._sign(character)

    def _sign(self, character: str) -> None:
        """Read one sign, or pass over what asks for nothing; `character` is its first one."""
        bracket = _BRACKETS.get(character)
        if bracket is not None:
            self._add(bracket, character, 1)
        elif character in _QUOTES:
            self._quoted(_QUOTES)
        elif character in _OPENING_SINGLE and self._closes_single() is not None:
            self._single_quoted()
        elif self._is_value():
            self._value()
        elif not self._operator(character):
            self._word()

    def _operator(self, character: str) -> bool:
        """Read a sign that joins or excludes, or asks for nothing; return whether there is one."""
        if character == "|":
            self._or_sign()
        elif character == "&" and _AND_SIGN.match(self._query, self._at):
            self._and_sign()
        elif character in _DASHES:
            self._dash(character)
        elif character in "!¬":
            self._exclamation(character)
        elif character == "+" and self._is_glued():
            self._pass_over("every word must stand in any case: + means nothing")
        elif self._empty_signs():
            signs = self._empty_signs()
            self._pass_over(f"{signs} alone asks for nothing", len(signs))
        else:
            return False
        return True

    def _is_glued(self) -> bool:
        """Return whether something to look for follows directly."""
        following = self._next()
        return not following.isspace() and following not in ")）|"

    def _is_value(self) -> bool:
        """Return whether a word is glued to a field's name: author:O'Neill, after:-7d."""
        if not self.lexemes:
            return False

        last = self.lexemes[-1]
        if last.sign is not Sign.FIELD:
            return False
        if last.text == "title":  # words of a text, as those without a field
            return False

        before = self._query[self._at - 1]
        if before != ":":
            return False

        return _CHUNK.match(self._query, self._at) is not None

    def _empty_signs(self) -> str:
        """Return the signs that stand between blanks here, beside others that are words."""
        character = self._query[self._at]
        if character == "=" and self._next() in _QUOTES:
            return character if self._has_others() else ""

        alone = _ALONE.match(self._query, self._at)
        if alone is None or not self._has_others(alone.end()):
            return ""

        signs = alone.group()
        if signs in _EMPTY_SIGNS:
            self._refuse_distance(signs)
            return signs

        further = signs[1:]
        if "*" in further:
            return ""

        for sign in signs:
            category = unicodedata.category(sign)
            if not category.startswith("P"):
                return ""

        return signs

    def _refuse_distance(self, sign: str) -> None:
        """Refuse the ~ of "a b" ~ 5."""
        if sign != "~" or not self.lexemes:
            return

        late = _LATE_DISTANCE.match(self._query, self._at)
        before = self.lexemes[-1].sign
        if late is not None and before in {Sign.QUOTED, Sign.CLOSE}:
            raise self._error('~ stands directly after quotation marks, as in "a b"~5', self._at)

    def _dash(self, character: str) -> None:
        """Read a dash: glued to what follows it excludes that.

        Between blanks it asks for nothing.
        """
        if not self._is_glued():
            if not self._has_others():
                raise self._error("there is no word here to look for", self._at)

            self._pass_over("a dash between blanks means nothing: glued to a word it excludes that")

            return

        if self._next() in _DASHES:
            raise self._error("one dash excludes: write -word or NOT word", self._at)

        if character != "-":
            self._note(f"the dash {character} before a word was read as -: it excludes that")

        self._add(Sign.NOT, "-", 1)

    def _exclamation(self, character: str) -> None:
        if not self._is_glued() or self._next() in "!?=":
            self._pass_over(f"{character} alone asks for nothing: glued to a word it excludes that")
            return

        self._note(f"{character} was read as NOT")
        self._add(Sign.NOT, "!", 1)

    def _or_sign(self) -> None:
        end = self._at
        while self._query.startswith("|", end):
            end += 1

        length = end - self._at
        self._note("| was read as OR")
        self._add(Sign.OR, "OR", length)

    def _and_sign(self) -> None:
        length = 1
        if self._next() == "&":
            length = 2

        self._note("& was read as AND")
        self._add(Sign.AND, "AND", length)

    def _word(self) -> None:
        """Read a field's name, an operator or a word."""
        call = dialects.distance_call(self._query, self._at)
        if call is not None:
            self._distance(call)
            return

        field = _FIELD.match(self._query, self._at)
        if field is not None:
            self._field(field[1], field.end())
            return

        found = _CHUNK.match(self._query, self._at)
        if found is None:
            raise self._error("this character cannot be read", self._at)

        misplaced = fields.misplaced(self._query, self._at, dialects.FIELDS)
        if misplaced is not None:
            raise self._error(misplaced.sentence, misplaced.position)

        text = found.group()
        self._refuse_escaped(text, self._at)
        text = text.partition("&&")[0] or text
        comma = _COMMA.search(text)

        if comma is not None:
            self._note("a comma was read as AND: write OR for either, quotation marks for a phrase")
            text = text[: comma.start()]

        self._chunk(text)
        if comma is not None:
            self._at += 1

    def _value(self) -> None:
        """Read a word that is glued to a field's name, whatever it holds."""
        found = _CHUNK.match(self._query, self._at)
        if found is None:
            raise AssertionError(self._query)  # _is_value has matched it

        text = found.group()
        if self.lexemes[-1].text in {"url", "site"}:
            self._add(Sign.CHUNK, text, len(text))  # an address may hold any sign
        else:
            self._chunk(text)

    def _field(self, written: str, end: int) -> None:
        name = written.lower()
        known = dialects.FIELDS.get(name, name)

        if known != name:
            self._note(f"{name}: was read as {known}:")

        self.lexemes.append(Lexeme(Sign.FIELD, known, self._at))
        self._at = end
        pieces, joint = fields.several(self._query, end, known)
        if pieces:
            self._listed(known, pieces, joint)

    def _listed(self, name: str, pieces: list[tuple[str, int]], joint: str) -> None:
        """Read the values of name:a,b or name:a|b as those of a bracket."""
        between = f" {joint} "
        values = [value for value, _ in pieces]
        written = between.join(values)
        self._note(f"several values were read as {name}:({written})")

        self._add(Sign.OPEN, "(", 0)
        first = True

        for value, at in pieces:
            self._at = at
            if not first:
                self._add(_WORDS[joint], joint, 0)

            first = False
            refusal = dialects.refused(value)
            if refusal is not None:
                refused_at = at + refusal.position
                raise self._error(refusal.sentence, refused_at)

            self._add(Sign.CHUNK, value, len(value))

        self._add(Sign.CLOSE, ")", 0)

    def _distance(self, call: dialects.Distance) -> None:
        """Read NEAR/5, or what other engines write for it."""
        if call.refusal:
            raise self._error(call.refusal, self._at)

        if call.foreign:
            self._note(f"{call.written} was read as NEAR/{call.distance}")

        self.lexemes.append(Lexeme(Sign.NEAR, call.distance, self._at))
        self._at += len(call.written)

    def _chunk(self, text: str) -> None:
        at = self._at
        if text in dialects.AND_NOTS:
            self._note(f"{text} was read as AND NOT")
            self.lexemes.append(Lexeme(Sign.AND, "AND", at))
            self._add(Sign.NOT, "NOT", len(text))

            return

        refusal = dialects.refused(text)
        if refusal is not None:
            refused_at = at + refusal.position
            raise self._error(refusal.sentence, refused_at)

        if not self._is_value():
            sentence = dialects.remark(text)
            if sentence:
                self._note(sentence)

        sign = _WORDS.get(text, Sign.CHUNK)
        weightless = dialects.without_weight(text)
        self._add(sign, weightless, len(text))
