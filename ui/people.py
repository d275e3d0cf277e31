"""Who is asking: her name and role, and the dependencies by which pages learn and demand them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import IntEnum
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, HTTPException, Request


class Role(IntEnum):
    """What a person may do; each may what those before it may."""

    READER = 0  # reads
    EDITOR = 1  # and changes watches
    OPERATOR = 2  # and outlets and schedules
    ADMIN = 3


@dataclass(frozen=True, slots=True)
class Person:
    """Who is logged in."""

    name: str
    role: Role


Login = Callable[[Request], Awaitable[Person]]  # raises HTTPException 401 for a stranger
# The names of Airflow's SimpleAuthManager; whoever has another role reads.
_AIRFLOW_ROLES = {
    "VIEWER": Role.READER,
    "USER": Role.EDITOR,
    "OP": Role.OPERATOR,
    "ADMIN": Role.ADMIN,
}


def role_of(airflow_role: str | None) -> Role:
    """Return the role that goes with one of Airflow's."""
    return _AIRFLOW_ROLES.get((airflow_role or "").upper(), Role.READER)


def asking(request: Request) -> Person:
    """Return who asks, whom the login before every page has found."""
    person: Person = request.state.person
    return person


Asking = Annotated[Person, Depends(asking)]


def needs(role: Role) -> Callable[[Request], Person]:
    """Return a dependency that refuses (403) whoever has a lesser role."""

    def check(request: Request) -> Person:
        person = asking(request)
        if person.role < role:
            have = person.role.name.lower()
            wanted = role.name.lower()
            sentence = f"This needs the role {wanted}; {person.name} has the role {have}."
            raise HTTPException(HTTPStatus.FORBIDDEN, sentence)

        return person

    return check
