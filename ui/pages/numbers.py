"""What addresses of pages may hold, and how a page that is not there is refused."""

from http import HTTPStatus
from typing import Annotated

from fastapi import HTTPException, Query

Text = Annotated[str, Query(max_length=2_000)]
_LAST = 2**63 - 1


def can_exist(number: int) -> bool:
    """Tell whether an id fits into the database; a larger one would be a server's error."""
    return abs(number) <= _LAST


def not_there(sentence: str) -> HTTPException:
    """Return the answer 404 with a sentence for its page."""
    return HTTPException(HTTPStatus.NOT_FOUND, sentence)
