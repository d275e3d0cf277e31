"""What the house says when it begins to sign with a key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from evidence.errors import EvidenceError
from evidence.leaf import moment_text
from evidence.lines import fields_of, text_of
from evidence.signing import Key, fingerprint, is_signed

_FIRST = "khabar key 1"
_NAMES = ("key", "previous", "made", "signature", "by-previous")
_NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyStatement:
    """A public key, and that of before it.

    `signature` is by the key itself; `by_previous`: by the one before, empty where that was lost,
    or where there was none (`previous` empty).
    """

    public: bytes
    previous: bytes
    made_at: datetime
    signature: bytes
    by_previous: bytes

    @property
    def signed_text(self) -> bytes:
        """The bytes that both keys sign."""
        return _signed_text(
            self.public,
            self.previous,
            self.made_at,
        )

    @property
    def text(self) -> bytes:
        """The statement as a file."""
        own = self.signature.hex()
        others = self.by_previous.hex() or _NONE
        signatures = f"signature {own}\nby-previous {others}\n"

        return self.signed_text + signatures.encode("ascii")

    @classmethod
    def parsed(cls, text: bytes) -> Self:
        """Return the statement that a file holds; raises EvidenceError for any other bytes."""
        fields = fields_of(
            text,
            _FIRST,
            _NAMES,
        )
        try:
            statement = cls(
                public=bytes.fromhex(fields["key"]),
                previous=_bytes(fields["previous"]),
                made_at=datetime.fromisoformat(fields["made"]),
                signature=bytes.fromhex(fields["signature"]),
                by_previous=_bytes(fields["by-previous"]),
            )
        except ValueError as error:
            raise EvidenceError(f"a key's statement cannot be read: {error}") from error

        if statement.text != text:
            raise EvidenceError("a key's statement is not written as they are")

        return statement


def _bytes(value: str) -> bytes:
    return b"" if value == _NONE else bytes.fromhex(value)


def _signed_text(public: bytes, previous: bytes, made_at: datetime) -> bytes:
    fields = {
        "key": public.hex(),
        "previous": previous.hex() or _NONE,
        "made": moment_text(made_at),
    }

    return text_of(_FIRST, fields)


def state_key(key: Key, *, previous: bytes, old: Key | None, now: datetime) -> KeyStatement:
    """Return the statement of a new key.

    `previous`: the public key of before, empty when there was none; `old`: its private part, None
    when it was lost.
    """
    text = _signed_text(
        key.public,
        previous,
        now,
    )

    return KeyStatement(
        public=key.public,
        previous=previous,
        made_at=now,
        signature=key.sign(text),
        by_previous=old.sign(text) if old else b"",
    )


def key_faults(statements: Sequence[KeyStatement]) -> list[str]:
    """Return a sentence for each fault of the house's keys, oldest first: none if all is well.

    A key that was lost leaves a fault for ever: nobody but the old key can say who the new one is.
    """
    faults: list[str] = []
    before = b""
    for statement in statements:
        name = fingerprint(statement.public)
        if not is_signed(
            statement.public,
            statement.signature,
            statement.signed_text,
        ):
            faults.append(f"the key {name} did not sign its own statement")

        if statement.previous != before:
            faults.append(f"the key {name} names another key before it than the one that was")
        elif before and not is_signed(
            before,
            statement.by_previous,
            statement.signed_text,
        ):
            faults.append(f"the key {name} is not vouched for by the key before it")

        before = statement.public

    return faults
