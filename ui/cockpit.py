"""The application as it runs inside Airflow: Airflow's own login stands before every page."""

from airflow.api_fastapi.core_api.security import bearer_scheme, get_user
from fastapi import FastAPI, Request

from pipeline import settings
from ui.app import create
from ui.people import Person, role_of


async def login(request: Request) -> Person:
    """Return the user of Airflow's cookie or bearer token; raises HTTPException 401."""
    user = await get_user(request, None, await bearer_scheme(request))

    return Person(user.get_name(), role_of(getattr(user, "role", None)))


def build() -> FastAPI:
    """Return the application with this process's settings."""
    return create(settings.read(), login=login)
