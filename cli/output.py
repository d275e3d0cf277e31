"""How commands speak: lines for people on standard error, JSON lines for programs."""

import json
from typing import Any

import click


def say(sentence: str) -> None:
    """Say something to the person at the terminal, on standard error."""
    click.echo(sentence, err=True)


def complain(sentence: str) -> None:
    """Say on standard error, under our name, what is wrong and does not end the command."""
    say(f"khabar: {sentence}")


def json_line(value: Any) -> str:
    """Return a value as one line of JSON, letters of every script as they are."""
    return json.dumps(value, ensure_ascii=False)
