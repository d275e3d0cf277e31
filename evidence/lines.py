"""Canonical text: a first line that names the form, then one `name value` a line, in one order."""

from collections.abc import Mapping, Sequence

from evidence.errors import EvidenceError

Fields = Mapping[str, str]


def text_of(first: str, fields: Fields) -> bytes:
    """Return the text of some fields, each line ended by a line feed; ASCII."""
    lines = [first]
    for name, value in fields.items():
        lines.append(f"{name} {value}")

    joined = "\n".join(lines)

    return f"{joined}\n".encode("ascii")


def fields_of(text: bytes, first: str, names: Sequence[str]) -> Fields:
    """Return the values of a text that has just these names, in this order.

    Raises EvidenceError for any other text.
    """
    try:
        lines = text.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise EvidenceError(f"{first!r} is not plain text") from error

    if lines[0] != first or lines[-1] or len(lines) != len(names) + 2:
        raise EvidenceError(f"this is no {first!r}")

    fields: dict[str, str] = {}
    for name, line in zip(
        names,
        lines[1:-1],
        strict=True,
    ):
        found, _, value = line.partition(" ")
        if found != name or not value:
            raise EvidenceError(f"{first!r} has {found!r} where {name!r} belongs")

        fields[name] = value

    return fields
